"""A series at another time: from one of its dates on, or all that is to come."""

from datetime import datetime, timedelta
from uuid import UUID

from boxoffice.kernel.refusals import FieldError, Invalid
from boxoffice.services.events.dates.bodies import ChangeDateBody
from boxoffice.services.events.dates.patterns import (
    actual,
    find_series,
    has_times,
    minutes_between,
    of_series,
    pattern_of,
    series_row,
    take_times,
    write_pattern,
)
from boxoffice.services.events.dates.quotas import lock_quotas_of_dates, sold
from boxoffice.services.events.dates.refusals import DateExists, DateHasOrders
from boxoffice.services.events.reading import SCHEDULED, WholeEvent
from boxoffice.services.events.rules import series
from boxoffice.services.events.rules.localtime import wall_clock_of
from boxoffice.services.events.rules.series import DateOf, Pattern
from boxoffice.services.events.tables import OccurrenceRow, SeriesRow
from boxoffice.services.events.workbench import Open
from boxoffice.services.events.writing import add

MOST_NAMED = 20


class Retiming:
    """Gives dates of a series the time that one of them was given.

    Dates that have passed keep theirs: the series is split, and a new one goes on from there.
    """

    def __init__(
        self, event: Open, whole: WholeEvent, date: OccurrenceRow, body: ChangeDateBody
    ) -> None:
        self._event = event
        self._whole = whole
        self._date = date
        self._body = body
        self._zone = whole.event.timezone

    async def run(self, times: DateOf) -> None:
        """Split if need be, then move what may move."""
        assert self._date.series_id is not None  # noqa: S101  # the caller asked
        row = await find_series(self._event.tx, self._whole.event.id, self._date.series_id)
        old = pattern_of(row, self._zone)
        now = await self._event.tx.now()
        dates = of_series(self._whole.occurrences, row.id)
        at = self._from(dates, now)
        try:
            rest, new, delta = self._patterns(old, at, times)
        except FieldError as error:
            raise Invalid(errors=[error]) from error
        moving = [one for one in dates if actual(one).slot >= at]
        moved = await self._move(moving, old, new, delta, now=now)
        if not moved and new == series.split(old, at)[1]:
            return
        starts = [one.starts_at for one in self._whole.occurrences]
        if len(set(starts)) < len(starts):
            raise DateExists
        await self._keep(row, rest, new, moving, delta)
        self._event.note("series.changed", series=str(row.id), dates=len(moving))

    def _from(self, dates: list[OccurrenceRow], now: datetime) -> datetime:
        """The first slot that is concerned."""
        own = actual(self._date).slot
        if self._body.scope == "future":
            return own
        return min((actual(one).slot for one in dates if one.ends_at > now), default=own)

    def _patterns(
        self, old: Pattern, at: datetime, times: DateOf
    ) -> tuple[Pattern | None, Pattern, timedelta]:
        """What stays as it was, what goes on, and by how much that moved."""
        if at in old.added:
            raise FieldError(
                "/scope", "not_by_the_rule", "This date is beside the rule; change it alone."
            )
        before, rest = series.split(old, at)
        own = actual(self._date).slot
        start = wall_clock_of(times.starts_at, self._zone)
        end = wall_clock_of(times.ends_at, self._zone)
        doors = wall_clock_of(times.doors_at, self._zone) if times.doors_at else None
        if start.date() != own.date():
            raise FieldError(
                "/starts_at", "change_the_rule", "To move a series to other days, change its rule."
            )
        delta = start - own
        new = series.retimed(
            rest,
            rest.start + delta,
            minutes=minutes_between(start, end),
            doors_minutes=None if doors is None else minutes_between(doors, start),
        )
        series.check_pattern(new)
        return before, new, delta

    async def _move(
        self,
        moving: list[OccurrenceRow],
        old: Pattern,
        new: Pattern,
        delta: timedelta,
        *,
        now: datetime,
    ) -> bool:
        """Whether any of these dates got another time."""
        open_dates = [one for one in moving if one.status == SCHEDULED and one.ends_at > now]
        tx = self._event.tx
        await lock_quotas_of_dates(tx, [one.id for one in open_dates])
        with_orders = await sold(tx, [one.id for one in open_dates])
        wanted = {one.id: series.date_of(new, actual(one).slot + delta) for one in open_dates}
        due = [
            one
            for one in open_dates
            if self._is_due(one, old) and not has_times(one, wanted[one.id])
        ]
        self._refuse_sold([one for one in due if one.id in with_orders])
        free = [one for one in due if one.id not in with_orders]
        for one in free:
            take_times(one, wanted[one.id])
        return bool(free)

    def _is_due(self, one: OccurrenceRow, old: Pattern) -> bool:
        return (
            self._body.include_drifted
            or one.id == self._date.id
            or not series.drift(old, actual(one))
        )

    def _refuse_sold(self, dates: list[OccurrenceRow]) -> None:
        if dates and not self._body.keep_sold:
            raise DateHasOrders(
                "Orders stand for some of these dates; leave them as they are with `keep_sold`.",
                dates=[one.id for one in dates[:MOST_NAMED]],
            )

    async def _keep(
        self,
        row: SeriesRow,
        before: Pattern | None,
        new: Pattern,
        moving: list[OccurrenceRow],
        delta: timedelta,
    ) -> None:
        series_id: UUID = row.id
        if before is None:
            write_pattern(row, new)
        else:
            write_pattern(row, before)
            following = series_row(self._whole, new)
            series_id = following.id
            await add(self._event.tx, [following])
        for one in moving:
            one.series_id, one.slot = series_id, actual(one).slot + delta
