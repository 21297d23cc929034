"""Series become dates: at once as far as the horizon, and from then on as time passes."""

from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import SYSTEM
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.events import discovery
from boxoffice.services.events.dates.patterns import find_series, of_series, pattern_of
from boxoffice.services.events.dates.quotas import copy_quotas
from boxoffice.services.events.dates.refusals import MOST_DATES, TooManyDates
from boxoffice.services.events.reading import WholeEvent, read_event
from boxoffice.services.events.rules import series
from boxoffice.services.events.rules.series import HORIZON, MOST_AHEAD, DateOf
from boxoffice.services.events.tables import OccurrenceRow, SeriesRow
from boxoffice.services.events.workbench import Bench, Open
from boxoffice.services.events.writing import add

log = structlog.get_logger(__name__)

_TO_GROW = """
SELECT s.organizer_id, s.event_id, s.id FROM events.series s
JOIN events.events e ON e.organizer_id = s.organizer_id AND e.id = s.event_id
WHERE e.status <> 'cancelled'
ORDER BY s.organizer_id, s.id
"""
_TO_REFRESH = """
SELECT organizer_id, event_id FROM events.discovery
WHERE next_ends_at < ends_at AND next_ends_at <= clock_timestamp()
  AND ends_at > clock_timestamp()
"""


async def materialise(tx: Transaction, whole: WholeEvent, row: SeriesRow, *, now: datetime) -> int:
    """Set up the dates of the series that are to come and are not yet there; how many those are.

    A date that the event has at such a time already becomes the series' own. `TooManyDates` if
    there is no room left.
    """
    pattern = pattern_of(row, whole.event.timezone)
    wanted = series.dates(pattern, after=now, through=now + HORIZON, most=MOST_AHEAD)
    known = {one.slot for one in of_series(whole.occurrences, row.id)}
    at = {one.starts_at: one for one in whole.occurrences}
    fresh: list[DateOf] = []
    for date in wanted:
        there = at.get(date.starts_at)
        if date.slot in known:
            continue
        if there is None:
            fresh.append(date)
        elif there.series_id is None:
            there.series_id, there.slot = row.id, date.slot
    if len(whole.occurrences) + len(fresh) > MOST_DATES:
        raise TooManyDates
    await add_dates(tx, whole, fresh, series_id=row.id)
    return len(fresh)


async def add_dates(
    tx: Transaction, whole: WholeEvent, dates: list[DateOf], *, series_id: UUID | None
) -> None:
    """Write new dates, each with the quotas of the event's first."""
    event = whole.event
    rows = [
        OccurrenceRow(
            organizer_id=event.organizer_id,
            id=new_id(),
            event_id=event.id,
            starts_at=date.starts_at,
            ends_at=date.ends_at,
            doors_at=date.doors_at,
            series_id=series_id,
            slot=date.slot if series_id else None,
        )
        for date in dates
    ]
    await add(tx, rows)
    await copy_quotas(tx, of_date=whole.first.id, to_dates=[row.id for row in rows])


class Growing:
    """The clockwork of dates."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def grow(self) -> None:
        """Set up the dates of all series that have come within the horizon."""
        async with self._bench.db.begin_as_platform("find series to grow") as tx:
            rows = (await tx.connection.exec_driver_sql(_TO_GROW)).all()
        for row in rows:
            try:
                await self._grow(row.organizer_id, row.event_id, row.id)
            except (DBAPIError, Refusal) as error:
                # The others need not wait for this one; the next round tries again.
                log.warning("series_not_grown", series_id=row.id, error=type(error).__name__)

    async def refresh_listings(self) -> None:
        """Show the next date of events whose last shown one is over."""
        async with self._bench.db.begin_as_platform("find listings to refresh") as tx:
            rows = (await tx.connection.exec_driver_sql(_TO_REFRESH)).all()
        for row in rows:
            try:
                await self._refresh(row.organizer_id, row.event_id)
            except Exception:
                # The others need not wait for this one; the next round tries again.
                log.exception("listing_not_refreshed", event_id=str(row.event_id))

    async def _refresh(self, organizer_id: UUID, event_id: UUID) -> None:
        organizer = await self._bench.users.organizer(organizer_id)
        async with self._bench.db.begin(organizer_id) as tx:
            await discovery.publish(tx, [await read_event(tx, event_id)], organizer)

    async def _grow(self, organizer_id: UUID, event_id: UUID, series_id: UUID) -> None:
        async def edit(event: Open) -> None:
            row = await find_series(event.tx, event_id, series_id)
            whole, now = await event.whole(), await event.tx.now()
            added = await materialise(event.tx, whole, row, now=now)
            if added:
                event.note("series.grown", series=str(series_id), dates=added)

        await self._bench.change(SYSTEM, organizer_id, event_id, edit)
