"""Series: rules that make dates, previewed, begun, changed and ended."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, structs
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.refusals import FieldError
from boxoffice.services.events.dates.bodies import ChangeSeriesBody, SeriesBody
from boxoffice.services.events.dates.growing import materialise
from boxoffice.services.events.dates.patterns import (
    actual,
    find_series,
    of_series,
    pattern_of,
    read_added,
    read_excepted,
    read_pattern,
    read_series,
    series_row,
    wall_clock,
    write_pattern,
)
from boxoffice.services.events.dates.presenting import preview_view, series_view
from boxoffice.services.events.dates.quotas import ever_claimed, lock_quotas_of_dates
from boxoffice.services.events.dates.refusals import MOST_SERIES, DateInUse, TooManySeries
from boxoffice.services.events.dates.views import SeriesPreview, SeriesView
from boxoffice.services.events.reading import SCHEDULED, read_event
from boxoffice.services.events.rules import series
from boxoffice.services.events.rules.forms import Checker
from boxoffice.services.events.rules.recurrence import read_rule
from boxoffice.services.events.rules.series import HORIZON, MOST_AHEAD, Pattern
from boxoffice.services.events.tables import OccurrenceRow
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.workbench import Bench, Open
from boxoffice.services.events.writing import add


class SeriesRoom:
    """Begins, changes, shows and ends series."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def list(self, organizer_id: UUID, event_id: UUID) -> list[SeriesView]:
        """The event's series, each with the dates that are not as its rule says."""
        async with self._bench.db.begin(organizer_id) as tx:
            whole = await read_event(tx, event_id)
            rows, now = await read_series(tx, event_id), await tx.now()
        return [series_view(whole, row, now) for row in rows]

    async def preview(self, organizer_id: UUID, event_id: UUID, body: SeriesBody) -> SeriesPreview:
        """The dates that the rule would make now; nothing is changed."""
        async with self._bench.db.begin(organizer_id) as tx:
            whole, now = await read_event(tx, event_id), await tx.now()
        return preview_view(read_pattern(body, whole.event.timezone), now)

    async def create(  # who adds what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        body: SeriesBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Set up the rule's dates; one that the event has at such a time already joins them."""

        async def edit(event: Open) -> None:
            whole = await event.whole()
            if len(await read_series(event.tx, event_id)) >= MOST_SERIES:
                raise TooManySeries
            row = series_row(whole, read_pattern(body, whole.event.timezone))
            await add(event.tx, [row])
            dates = await materialise(event.tx, whole, row, now=await event.tx.now())
            event.note("series.created", series=str(row.id), rule=row.rule, dates=dates)

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once, status=201)

    async def change(  # who changes what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        series_id: UUID,
        body: ChangeSeriesBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Another rule or other exceptions for all that is to come.

        Dates that it no longer has are deleted, but for those that somebody ordered for.
        """

        async def edit(event: Open) -> None:
            row = await find_series(event.tx, event_id, series_id)
            whole, now = await event.whole(), await event.tx.now()
            old = pattern_of(row, whole.event.timezone)
            new = _changed(old, body)
            if new == old:
                return
            write_pattern(row, new)
            dates = of_series(whole.occurrences, series_id)
            gone = await _fit(event.tx, dates, old, new, now=now)
            added = await materialise(event.tx, await event.whole(), row, now=now)
            event.note("series.changed", series=str(row.id), rule=row.rule, new=added, gone=gone)

        try:
            return await self._bench.change(actor, organizer_id, event_id, edit, once=once)
        except IntegrityError as error:
            raise DateInUse from error

    async def end(
        self, actor: Actor, organizer_id: UUID, event_id: UUID, series_id: UUID
    ) -> ManagedEvent:
        """No more dates by this rule; those there are stay, as dates of their own."""

        async def edit(event: Open) -> None:
            row = await find_series(event.tx, event_id, series_id)
            whole = await event.whole()
            for date in of_series(whole.occurrences, series_id):
                date.series_id = date.slot = None
            await event.tx.session.flush()
            await event.tx.session.delete(row)
            event.note("series.ended", series=str(series_id), rule=row.rule)

        return await self._bench.change(actor, organizer_id, event_id, edit)


def _changed(old: Pattern, body: ChangeSeriesBody) -> Pattern:
    check, new = Checker(), old
    if body.rule is not UNSET:
        text = body.rule
        new = structs.replace(new, rule=check(lambda: read_rule(text, old.zone), old.rule))
    if body.starts_at is not UNSET:
        start = body.starts_at
        new = structs.replace(new, start=check(lambda: wall_clock("/starts_at", start), old.start))
    if body.excepted is not UNSET:
        excepted = body.excepted
        new = structs.replace(new, excepted=frozenset(check(lambda: read_excepted(excepted), [])))
    if body.added is not UNSET:
        added = body.added
        new = structs.replace(new, added=tuple(check(lambda: read_added(added), [])))
    check.finish()
    check(lambda: series.check_pattern(new), None)
    check(lambda: _same_time(old, new), None)
    check.finish()
    return new


def _same_time(old: Pattern, new: Pattern) -> None:
    """A series goes to another time by changing a date with `scope`, so that dates move along."""
    if old.start.time() != new.start.time() and not new.rule.by_hour:
        raise FieldError(
            "/starts_at", "change_a_date", "For another time of day change one of the dates."
        )


async def _fit(
    tx: Transaction, dates: list[OccurrenceRow], old: Pattern, new: Pattern, *, now: datetime
) -> int:
    """Bring the dates to come in step with the new rule; how many went."""
    coming = [one for one in dates if one.ends_at > now and one.status == SCHEDULED]
    wanted = {
        one.slot for one in series.dates(new, after=now, through=now + HORIZON, most=MOST_AHEAD)
    }
    left = [one for one in coming if one.slot not in wanted]
    await lock_quotas_of_dates(tx, [one.id for one in left])
    used = await ever_claimed(tx, [one.id for one in left])
    gone = [one for one in left if one.id not in used and not series.drift(old, actual(one))]
    await tx.session.execute(
        delete(OccurrenceRow).where(
            OccurrenceRow.organizer_id == tx.tenant,
            OccurrenceRow.id.in_([one.id for one in gone]),
        )
    )
    return len(gone)
