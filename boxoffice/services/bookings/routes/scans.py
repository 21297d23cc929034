"""The door."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.kernel.refusals import FieldError, Invalid
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.views import ScanTotals, ScanView

SCAN = requires(Permission.SCAN)
# A time that cannot be stored would take the scans down that are admitted together with it.
_FIRST_YEAR = 2000
_WHEN = "Say when the scanner saw the code, or leave it out."


class ScanBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`nonce` names the attempt: sending it again gives the same verdict and admits nobody twice.

    `scanned_at` is when an offline scanner saw the code.
    """

    code: Annotated[str, msgspec.Meta(max_length=1000)]
    event_id: UUID
    nonce: UUID
    gate: Annotated[str, msgspec.Meta(max_length=100)] = ""
    scanned_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


@post(
    "/organizers/{organizer:str}/scans",
    operation_id="scan_ticket",
    summary="Scan a ticket",
    opt=SCAN,
    status_code=200,
)
async def scan_ticket(
    organizer_id: NamedDependency[UUID],
    data: JSONBody[ScanBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> ScanView:
    """Always 200 with a verdict; a refusal says why, and when the first admission was."""
    if data.scanned_at is not None and data.scanned_at.year < _FIRST_YEAR:
        raise Invalid(errors=[FieldError("/scanned_at", "out_of_range", _WHEN)])
    return await bookings.scan(
        actor,
        organizer_id,
        nonce=data.nonce,
        code=data.code,
        event_id=data.event_id,
        gate=data.gate,
        scanned_at=data.scanned_at,
    )


@get(
    "/organizers/{organizer:str}/events/{event_id:uuid}/scan-totals",
    operation_id="get_scan_totals",
    summary="How many are inside",
    opt=SCAN,
)
async def get_scan_totals(
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
) -> ScanTotals:
    """Admitted and expected, of all dates of the event."""
    return await bookings.scanning.totals(organizer_id, event_id)


HANDLERS = [scan_ticket, get_scan_totals]
