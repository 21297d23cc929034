"""One date at a time: added, moved, deleted."""

from datetime import timedelta
from uuid import UUID

from msgspec import UNSET, UnsetType
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.refusals import FieldError, Invalid, NotFound
from boxoffice.services.events.dates.bodies import ChangeDateBody, DateBody
from boxoffice.services.events.dates.growing import add_dates
from boxoffice.services.events.dates.patterns import find_series, has_times, read_span, take_times
from boxoffice.services.events.dates.quotas import ever_claimed, lock_quotas_of_dates, sold
from boxoffice.services.events.dates.refusals import (
    MOST_DATES,
    DateCancelled,
    DateExists,
    DateHasOrders,
    DateInUse,
    LastDate,
    TooManyDates,
)
from boxoffice.services.events.dates.retiming import Retiming
from boxoffice.services.events.reading import SCHEDULED, WholeEvent
from boxoffice.services.events.rules.forms import Checker
from boxoffice.services.events.rules.localtime import instant_of, wall_clock_of
from boxoffice.services.events.rules.series import DateOf, slot_text
from boxoffice.services.events.tables import OccurrenceRow
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.workbench import Bench, Open


class Dates:
    """Adds, changes and deletes dates."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def create(  # who adds what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        body: DateBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """One more date, with capacities like the first one's."""

        async def edit(event: Open) -> None:
            whole = await event.whole()
            date = _read(body, whole.event.timezone)
            if len(whole.occurrences) >= MOST_DATES:
                raise TooManyDates
            _check_free(whole, date)
            await add_dates(event.tx, whole, [date], series_id=None)
            event.note("date.created", starts_at=date.starts_at.isoformat())

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once, status=201)

    async def change(  # who changes what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        occurrence_id: UUID,
        body: ChangeDateBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Move the date; of a series also those after it, or all that are to come."""

        async def edit(event: Open) -> None:
            whole = await event.whole()
            date = date_of_event(whole, occurrence_id)
            times = _changed(date, body, whole.event.timezone)
            if body.scope != "this" and date.series_id is not None:
                await Retiming(event, whole, date, body).run(times)
            elif not has_times(date, times):
                await _move(event, whole, date, times)

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)

    async def delete(
        self, actor: Actor, organizer_id: UUID, event_id: UUID, occurrence_id: UUID
    ) -> ManagedEvent:
        """Delete the date, never to come back; refused once somebody ordered for it."""

        async def edit(event: Open) -> None:
            whole = await event.whole()
            date = date_of_event(whole, occurrence_id, also_cancelled=True)
            if len(whole.occurrences) == 1:
                raise LastDate
            await _delete(event, date)
            event.note("date.deleted", starts_at=date.starts_at.isoformat())

        try:
            return await self._bench.change(actor, organizer_id, event_id, edit)
        except IntegrityError as error:
            raise DateInUse from error


def date_of_event(
    whole: WholeEvent, occurrence_id: UUID, *, also_cancelled: bool = False
) -> OccurrenceRow:
    """The date, or `NotFound`; `DateCancelled` for one that will not take place."""
    for date in whole.occurrences:
        if date.id == occurrence_id:
            if date.status != SCHEDULED and not also_cancelled:
                raise DateCancelled
            return date
    raise NotFound


def _read(body: DateBody, zone: str) -> DateOf:
    check = Checker()
    start, end, doors = read_span(check, body.starts_at, body.ends_at, body.doors_at)
    check.finish()
    starts_at, ends_at = instant_of(start, zone), instant_of(end, zone)
    _check_length(starts_at < ends_at)
    doors_at = None if doors is None else min(instant_of(doors, zone), starts_at)
    return DateOf(slot=start, starts_at=starts_at, ends_at=ends_at, doors_at=doors_at)


def _check_length(lasts: bool) -> None:  # noqa: FBT001  # what was found
    if not lasts:
        wrong = FieldError("/ends_at", "end_before_start", "The end comes after the start.")
        raise Invalid(errors=[wrong])


def _changed(date: OccurrenceRow, body: ChangeDateBody, zone: str) -> DateOf:
    """The date with what was given; what was not moves along with the start, by the clock."""
    old_start = wall_clock_of(date.starts_at, zone)
    old_end = wall_clock_of(date.ends_at, zone)
    old_doors = wall_clock_of(date.doors_at, zone) if date.doors_at else None
    if body.starts_at is UNSET and body.ends_at is UNSET and body.doors_at is UNSET:
        return _times(date)
    start = slot_text(old_start) if body.starts_at is UNSET else body.starts_at
    check = Checker()
    new_start, _, _ = read_span(check, start, "2199-12-31T00:00", None)
    check.finish()
    moved = new_start - old_start
    end = slot_text(max(old_end, old_start + timedelta(minutes=1)) + moved)
    doors = slot_text(old_doors + moved) if old_doors else None
    return _read(
        DateBody(
            starts_at=start,
            ends_at=end if body.ends_at is UNSET else body.ends_at,
            doors_at=doors if isinstance(body.doors_at, UnsetType) else body.doors_at,
        ),
        zone,
    )


def _times(date: OccurrenceRow) -> DateOf:
    return DateOf(
        slot=date.slot or date.starts_at.replace(tzinfo=None),
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        doors_at=date.doors_at,
    )


def _check_free(whole: WholeEvent, date: DateOf, *, but: UUID | None = None) -> None:
    if any(one.starts_at == date.starts_at and one.id != but for one in whole.occurrences):
        raise DateExists


async def _move(event: Open, whole: WholeEvent, date: OccurrenceRow, times: DateOf) -> None:
    _check_free(whole, times, but=date.id)
    await lock_quotas_of_dates(event.tx, [date.id])
    if await sold(event.tx, [date.id]):
        raise DateHasOrders
    take_times(date, times)
    event.note("date.changed", date=str(date.id), starts_at=date.starts_at.isoformat())


async def _delete(event: Open, date: OccurrenceRow) -> None:
    await lock_quotas_of_dates(event.tx, [date.id])
    if await ever_claimed(event.tx, [date.id]):
        raise DateInUse
    if date.series_id is not None and date.slot is not None:
        row = await find_series(event.tx, date.event_id, date.series_id)
        row.excepted = sorted({*row.excepted, slot_text(date.slot)})
    await event.tx.session.execute(
        delete(OccurrenceRow).where(
            OccurrenceRow.organizer_id == date.organizer_id, OccurrenceRow.id == date.id
        )
    )
