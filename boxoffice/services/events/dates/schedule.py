"""For whoever knows the orders: dates that will not take place, or later than was said.

Every verb takes the caller's transaction, so that what follows for the orders begins with it. Sales
for a cancelled date stop at the commit: a sale under way has its quotas locked, so it is either
finished before or finds the date cancelled.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.refusals import FieldError, Invalid
from boxoffice.services.events import discovery
from boxoffice.services.events.dates.bodies import DateTimes
from boxoffice.services.events.dates.patterns import take_times, wall_clock
from boxoffice.services.events.dates.quotas import (
    lock_quotas_of_dates,
    order_units,
    release_dates,
)
from boxoffice.services.events.dates.refusals import DateExists
from boxoffice.services.events.dates.single import date_of_event
from boxoffice.services.events.facts import DatesCancelled, DatesPostponed
from boxoffice.services.events.reading import (
    CANCELLED,
    SCHEDULED,
    WholeEvent,
    lock_event,
    read_event,
)
from boxoffice.services.events.rules.forms import Checker
from boxoffice.services.events.rules.lifecycle import EventCancelled, EventStatus, move
from boxoffice.services.events.rules.localtime import instant_of, wall_clock_of
from boxoffice.services.events.rules.series import DateOf
from boxoffice.services.events.tables import OccurrenceRow
from boxoffice.services.events.workbench import Bench, Open, show


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """Dates of an event that somebody wants to change, and how they stand."""

    event_id: UUID
    slug: str
    title: str
    currency: str
    occurrence_ids: list[UUID]
    whole_event: bool


class Schedule:
    """Cancels and postpones dates."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def look(
        self, tx: Transaction, event_id: UUID, occurrence_ids: Collection[UUID] | None
    ) -> Dated:
        """The dates that `cancel` would cancel; None means the whole event."""
        whole, now = await read_event(tx, event_id), await tx.now()
        if whole.event.status == EventStatus.CANCELLED:
            raise EventCancelled
        dates = _chosen(whole, occurrence_ids, now)
        return _dated(whole, dates, whole_event=occurrence_ids is None)

    async def cancel(
        self,
        tx: Transaction,
        actor: Actor,
        event_id: UUID,
        occurrence_ids: Collection[UUID] | None,
    ) -> Dated:
        """Sell no more for these dates and say that they will not take place, which is final.

        None cancels the whole event. Call `forget` after the commit.
        """
        event, whole = await self._open(tx, actor, event_id)
        dates = _chosen(whole, occurrence_ids, await tx.now())
        await lock_quotas_of_dates(tx, [one.id for one in dates])
        for one in dates:
            one.status = CANCELLED
            one.sequence += 1
        before = event.row.status
        if occurrence_ids is None:
            event.row.status = move(EventStatus(before), EventStatus.CANCELLED)
        event.note("dates.cancelled", dates=[str(one.id) for one in dates])
        tx.tell(DatesCancelled(organizer_id=tx.tenant, event_id=event_id))
        await self._show(event, before)
        return _dated(whole, dates, whole_event=occurrence_ids is None)

    async def postpone(
        self, tx: Transaction, actor: Actor, event_id: UUID, times: DateTimes
    ) -> Dated:
        """Move the first of these dates to another time and the others by as much, by the clock.
        `Invalid` if that is no other time.

        Call `forget` after the commit.
        """
        event, whole = await self._open(tx, actor, event_id)
        now, zone = await tx.now(), whole.event.timezone
        dates = _chosen(whole, times.occurrence_ids, now)
        start = _future(times.starts_at, zone, now)
        delta = start - wall_clock_of(dates[0].starts_at, zone)
        if not delta:
            unmoved = FieldError("/starts_at", "not_moved", "It begins at this time already.")
            raise Invalid(errors=[unmoved])
        for one in dates:
            _move(one, delta, zone)
        starts = [one.starts_at for one in whole.occurrences]
        if len(set(starts)) < len(starts):
            raise DateExists
        event.note("dates.postponed", dates=[str(one.id) for one in dates])
        tx.tell(DatesPostponed(organizer_id=tx.tenant, event_id=event_id))
        await self._show(event, event.row.status)
        return _dated(whole, dates, whole_event=times.occurrence_ids is None)

    async def release(
        self, tx: Transaction, holders: Collection[UUID], dates: Collection[UUID]
    ) -> None:
        """Give back what these holders have of these dates alone; call `Stock.standing` first."""
        await release_dates(tx, holders, dates)

    async def ends(self, tx: Transaction, occurrence_ids: Collection[UUID]) -> dict[UUID, datetime]:
        """When these dates are over, as it stands in this transaction."""
        date = OccurrenceRow
        rows = await tx.session.execute(
            select(date.id, date.ends_at).where(
                date.organizer_id == tx.tenant, date.id.in_(list(occurrence_ids))
            )
        )
        return {row.id: row.ends_at for row in rows}

    async def order_units(self, tx: Transaction, occurrence_ids: Collection[UUID]) -> int:
        """The units of these dates that orders still have."""
        return await order_units(tx, occurrence_ids)

    def forget(self, organizer_id: UUID, dated: Dated) -> None:
        """The change is committed: this process shows it at once."""
        self._bench.shown.forget(organizer_id, dated.event_id, dated.slug)

    async def _open(self, tx: Transaction, actor: Actor, event_id: UUID) -> tuple[Open, WholeEvent]:
        event = Open(tx, await lock_event(tx, event_id), actor)
        if event.row.status == EventStatus.CANCELLED:
            raise EventCancelled
        return event, await event.whole()

    async def _show(self, event: Open, before: str) -> None:
        event.row.changed_at = await event.tx.now()
        whole = await event.whole()
        if whole.event.status == EventStatus.CANCELLED:
            await discovery.withdraw(event.tx, whole.event.id)
            return
        organizer = await self._bench.users.organizer(event.tx.tenant)
        await show(event.tx, whole, organizer, before=before)


def _chosen(
    whole: WholeEvent, occurrence_ids: Collection[UUID] | None, now: datetime
) -> list[OccurrenceRow]:
    """The dates named; or all to come, because those that took place took place."""
    if occurrence_ids is None:
        scheduled = [one for one in whole.occurrences if one.status == SCHEDULED]
        return [one for one in scheduled if one.ends_at > now] or scheduled
    if not occurrence_ids:
        nothing = FieldError("/occurrence_ids", "missing", "Name a date, or none for all.")
        raise Invalid(errors=[nothing])
    dates = [date_of_event(whole, one) for one in set(occurrence_ids)]
    return sorted(dates, key=lambda one: (one.starts_at, one.id))


def _dated(whole: WholeEvent, dates: list[OccurrenceRow], *, whole_event: bool) -> Dated:
    return Dated(
        event_id=whole.event.id,
        slug=whole.event.slug,
        title=whole.event.title,
        currency=whole.event.currency,
        occurrence_ids=[one.id for one in dates],
        whole_event=whole_event,
    )


def _future(text: str, zone: str, now: datetime) -> datetime:
    check = Checker()
    start = check(lambda: wall_clock("/starts_at", text), now.replace(tzinfo=None))
    check.finish()
    if instant_of(start, zone) <= now:
        past = FieldError("/starts_at", "in_the_past", "The new time is still to come.")
        raise Invalid(errors=[past])
    return start


def _move(date: OccurrenceRow, delta: timedelta, zone: str) -> None:
    def later(moment: datetime) -> datetime:
        return instant_of(wall_clock_of(moment, zone) + delta, zone)

    before, starts_at = date.starts_at, later(date.starts_at)
    ends_at = later(date.ends_at)
    times = DateOf(
        slot=date.slot or before.replace(tzinfo=None),
        starts_at=starts_at,
        ends_at=ends_at if ends_at > starts_at else starts_at + (date.ends_at - before),
        doors_at=min(later(date.doors_at), starts_at) if date.doors_at else None,
    )
    take_times(date, times)
    if date.starts_at != before:
        date.postponed_from = date.postponed_from or before
