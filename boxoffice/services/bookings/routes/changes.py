"""Cancelling and postponing dates: looked at, decided, and watched."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.bookings.api import Bookings, ChangePreview, DateChangeView, Policy
from boxoffice.services.bookings.changes.policy import RefundAs, RefundName
from boxoffice.services.events.api import DateTimes

_EVENT = "/organizers/{organizer:str}/events/{event_id:uuid}"
_CHANGES = f"{_EVENT}/date-changes"
_WRITE = requires(Permission.ORDERS_WRITE)
Dates = Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=1000)]
Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]
MinorUnits = Annotated[int, msgspec.Meta(ge=0, le=10**9)]
Message = Annotated[str, msgspec.Meta(description="What buyers are told, up to 2,000 characters.")]


class CancelDatesBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Without `occurrence_ids` the whole event, as far as it is to come.

    `keep_fee` keeps `keep_percent` of what was paid and `keep_per_ticket` for each ticket. As a
    `gift_card` each buyer gets all that goes back on one new card, its code by mail.
    """

    occurrence_ids: Dates | None = None
    refund: RefundName = "full"
    refund_as: RefundAs = "money"
    keep_percent: Percent = 0
    keep_per_ticket: MinorUnits = 0
    message: Message = ""

    def policy(self) -> Policy:
        return Policy(
            refund=self.refund,
            refund_as=self.refund_as,
            keep_percent=self.keep_percent,
            keep_per_ticket=self.keep_per_ticket,
        )


class PostponeDatesBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Without `occurrence_ids` all dates to come.

    `starts_at`: the new wall-clock start of the first of them; the others move by as much.
    """

    occurrence_ids: Dates | None = None
    starts_at: str
    message: Message = ""


@post(
    f"{_EVENT}/cancellations/preview",
    status_code=200,
    operation_id="preview_cancellation",
    summary="What cancelling would mean: orders, tickets, money; nothing is changed",
    opt=_WRITE,
)
async def preview_cancellation(
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[CancelDatesBody],
    bookings: NamedDependency[Bookings],
) -> ChangePreview:
    return await bookings.changes.preview(
        organizer_id, event_id, data.occurrence_ids, data.policy()
    )


@post(
    f"{_EVENT}/cancellations",
    status_code=202,
    operation_id="cancel_dates",
    summary="Cancel dates or the whole event: sell no more, refund, void tickets, tell everybody",
    opt=_WRITE,
)
async def cancel_dates(  # what the path, the body and the door name
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[CancelDatesBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> DateChangeView:
    """The sale ends in this call, which is final; a worker deals with the orders one by one."""
    return await bookings.changes.cancel(
        actor,
        organizer_id,
        event_id,
        occurrence_ids=data.occurrence_ids,
        policy=data.policy(),
        message=data.message,
        once=once,
    )


@post(
    f"{_EVENT}/postponements",
    status_code=202,
    operation_id="postpone_dates",
    summary="Move dates to another time and tell everybody with a ticket; tickets stay valid",
    opt=_WRITE,
)
async def postpone_dates(  # what the path, the body and the door name
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[PostponeDatesBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> DateChangeView:
    return await bookings.changes.postpone(
        actor,
        organizer_id,
        event_id,
        times=DateTimes(starts_at=data.starts_at, occurrence_ids=data.occurrence_ids),
        message=data.message,
        once=once,
    )


@get(
    _CHANGES,
    operation_id="list_date_changes",
    summary="What was cancelled and postponed of an event, the newest first",
    opt=requires(Permission.ORDERS_READ),
)
async def list_date_changes(
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
) -> list[DateChangeView]:
    return await bookings.changes.list(organizer_id, event_id)


@get(
    f"{_CHANGES}/{{date_change_id:uuid}}",
    operation_id="get_date_change",
    summary="How far the work for the orders is",
    opt=requires(Permission.ORDERS_READ),
)
async def get_date_change(
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    date_change_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
) -> DateChangeView:
    """Poll it while it is running."""
    return await bookings.changes.get(organizer_id, event_id, date_change_id)


HANDLERS = [
    preview_cancellation,
    cancel_dates,
    postpone_dates,
    list_date_changes,
    get_date_change,
]
