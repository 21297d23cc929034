"""Which map a date uses."""

from uuid import UUID

from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules.seats.choosing import seat_prefix
from boxoffice.services.events.rules.seats.plans import decoded
from boxoffice.services.events.seating.maps import category_views
from boxoffice.services.events.seating.views import SeatingView, SoldCategoryView
from boxoffice.services.events.tables_seating import (
    SeatingCategoryRow,
    SeatingRow,
    SeatMapRow,
    SeatMapVersionRow,
)


def date_of(whole: WholeEvent, occurrence_id: UUID | None) -> UUID:
    """That date of the event, or its first; `NotFound` for another event's."""
    if occurrence_id is None:
        return whole.first.id
    if occurrence_id not in {one.id for one in whole.occurrences}:
        raise NotFound
    return occurrence_id


async def seating_row(tx: Transaction, occurrence_id: UUID) -> SeatingRow | None:
    """The map that the date uses."""
    return await tx.session.scalar(
        select(SeatingRow).where(
            SeatingRow.organizer_id == tx.organizer_id, SeatingRow.occurrence_id == occurrence_id
        )
    )


async def seating_view(tx: Transaction, row: SeatingRow) -> SeatingView:
    """Which map the date uses, and as what its categories are sold."""
    version = await tx.session.get(SeatMapVersionRow, (row.organizer_id, row.version_id))
    seat_map = version and await tx.session.get(SeatMapRow, (row.organizer_id, version.seat_map_id))
    if version is None or seat_map is None:
        raise NotFound
    sold = await tx.session.execute(
        select(SeatingCategoryRow.category, SeatingCategoryRow.ticket_type_id).where(
            SeatingCategoryRow.organizer_id == row.organizer_id,
            SeatingCategoryRow.seating_id == row.id,
        )
    )
    types = {one.category: one.ticket_type_id for one in sold}
    return SeatingView(
        occurrence_id=row.occurrence_id,
        seat_map_id=seat_map.id,
        name=seat_map.name,
        version=version.number,
        version_id=version.id,
        seat_prefix=seat_prefix(row.occurrence_id).hex(),
        categories=[
            SoldCategoryView(
                name=one.name,
                color=one.color,
                seats=one.seats,
                standing=one.standing,
                ticket_type_id=types[one.name],
            )
            for one in category_views(decoded(version.plan))
            if one.name in types
        ],
    )
