"""Writes which map a date uses, into the seatings and the quotas of its ticket types."""

from uuid import UUID

import msgspec
from sqlalchemy import delete, select, update

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.reading import QuotaCount, WholeEvent
from boxoffice.services.events.rules.quotas import ceiling_for
from boxoffice.services.events.seating.bodies import AttachSeatMapBody
from boxoffice.services.events.tables import QuotaRow
from boxoffice.services.events.tables_seating import (
    SeatingCategoryRow,
    SeatingRow,
    SeatMapVersionRow,
)
from boxoffice.services.events.writing import add, own_quota


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What of the map one ticket type sells."""

    ticket_type_id: UUID
    seats: int
    standing: int


async def remove_seating(tx: Transaction, row: SeatingRow) -> None:
    """The date has no seats any more; its quotas are locked."""
    await tx.session.execute(
        update(QuotaRow)
        .where(QuotaRow.organizer_id == row.organizer_id, QuotaRow.seating_id == row.id)
        .values(seating_id=None)
    )
    await tx.session.execute(
        delete(SeatingRow).where(
            SeatingRow.organizer_id == row.organizer_id, SeatingRow.id == row.id
        )
    )


async def write_seating(  # noqa: PLR0913, PLR0917  # what an attachment consists of
    tx: Transaction,
    whole: WholeEvent,
    date: UUID,
    version: SeatMapVersionRow,
    body: AttachSeatMapBody,
    seating_id: UUID,
    parts: list[Part],
) -> None:
    """The date uses the version from now on, and the quotas of its types are as large as that."""
    key = {"organizer_id": tx.tenant}
    await add(tx, [SeatingRow(**key, id=seating_id, occurrence_id=date, version_id=version.id)])
    await add(
        tx,
        [
            SeatingCategoryRow(**key, seating_id=seating_id, category=name, ticket_type_id=kind)
            for name, kind in body.categories.items()
        ],
    )
    for part in parts:
        quota = await _quota(tx, whole, date, part)
        quota.capacity = part.seats or part.standing
        quota.ceiling = ceiling_for(quota.capacity, claimed=quota.claimed)
        quota.seating_id = seating_id if part.seats else None
    await tx.session.flush()


def is_written(whole: WholeEvent, date: UUID, seating_id: UUID, parts: list[Part]) -> bool:
    """Whether the quotas of all parts are as `write_seating` makes them."""
    wanted = [(part.seats or part.standing, seating_id if part.seats else None) for part in parts]
    quotas = [_own_quota(whole, date, part) for part in parts]
    return wanted == [(one.capacity, one.seating_id) if one else None for one in quotas]


def _own_quota(whole: WholeEvent, date: UUID, part: Part) -> QuotaCount | None:
    for quota in whole.quotas_of(part.ticket_type_id):
        only = quota.ticket_type_ids == frozenset({part.ticket_type_id})
        if quota.occurrence_id == date and only and not quota.variation_ids:
            return quota
    return None


async def _quota(tx: Transaction, whole: WholeEvent, date: UUID, part: Part) -> QuotaRow:
    """The type's own quota on that date, locked before; a new one if it has none."""
    if (own := _own_quota(whole, date, part)) is not None:
        found = await tx.session.scalar(
            select(QuotaRow)
            .where(QuotaRow.organizer_id == tx.organizer_id, QuotaRow.id == own.id)
            .execution_options(populate_existing=True)
        )
        if found is not None:
            return found
    kind = next(one for one in whole.ticket_types if one.id == part.ticket_type_id)
    quota, counted = own_quota(kind, occurrence_id=date, quantity=part.seats or part.standing)
    quota.claimed = 0
    await add(tx, [quota])
    await add(tx, [counted])
    return quota
