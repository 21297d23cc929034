"""Another event like this one: the same tickets, prices, seats and series, from another day on.

Whatever has a time keeps its distance to the first date by the clock: other dates, doors, sale
windows, exceptions. Nothing that was sold, held or blocked is copied; the copy is a draft.
"""

from datetime import datetime
from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.refusals import FieldError, Invalid
from boxoffice.services.events.dates.bodies import DuplicateBody
from boxoffice.services.events.dates.copying import (
    Copy,
    copy_presale,
    copy_prices,
    copy_questions,
    copy_stock,
    copy_types,
)
from boxoffice.services.events.dates.patterns import (
    pattern_of,
    read_series,
    wall_clock,
    write_pattern,
)
from boxoffice.services.events.reading import SCHEDULED, WholeEvent, read_event
from boxoffice.services.events.rules import series, texts
from boxoffice.services.events.rules.localtime import wall_clock_of
from boxoffice.services.events.tables import OccurrenceRow, SeriesRow
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.workbench import Bench
from boxoffice.services.events.writing import add, new_slug, taken_slugs


class Duplicating:
    """Copies events."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def duplicate(  # who copies what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        body: DuplicateBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """A draft whose first date begins at `starts_at`."""
        organizer = await self._bench.users.organizer(organizer_id)
        async with self._bench.db.begin(organizer_id) as tx:
            replayed = await tx.claim(once, ManagedEvent)
            if replayed is not None:
                return replayed
            copied = await _copy(tx, await read_event(tx, event_id), body)
            tx.audit(
                "event.created",
                actor=actor,
                subject=f"event:{copied}",
                changes={"of": str(event_id)},
            )
            whole = await read_event(tx, copied)
            view = self._bench.presenter.managed(whole, organizer, await tx.now())
            return await tx.keep(once, view, status=201)


async def _copy(tx: Transaction, whole: WholeEvent, body: DuplicateBody) -> UUID:
    title, start = _read(body, whole)
    zone, dates = whole.event.timezone, _dates(whole)
    copy = Copy(zone, start - wall_clock_of(dates[0].starts_at, zone))
    slug = new_slug(title, await taken_slugs(tx))
    event = copy.of(whole.event, title=title, slug=slug, status="draft")
    await add(tx, [event])
    kept = await _series(tx, whole, copy)
    await add(tx, kept.values())
    await copy_types(tx, copy, whole)
    await add(tx, [copy.date_of(one, kept) for one in dates])
    await copy_stock(tx, copy, [one.id for one in dates])
    await copy_questions(tx, copy, whole.event.id)
    await copy_prices(tx, copy, of_event=whole.event.id, to_event=event.id)
    await copy_presale(tx, copy, whole, to_event=event.id)
    return event.id


def _read(body: DuplicateBody, whole: WholeEvent) -> tuple[str, datetime]:
    try:
        title = texts.line("/title", body.title or whole.event.title, most=texts.MAX_TITLE, least=1)
        return title, wall_clock("/starts_at", body.starts_at)
    except FieldError as error:
        raise Invalid(errors=[error]) from error


def _dates(whole: WholeEvent) -> list[OccurrenceRow]:
    """What is copied: the dates that take or took place; of a cancelled event, all."""
    dates = [one for one in whole.occurrences if one.status == SCHEDULED]
    return dates or whole.occurrences


async def _series(tx: Transaction, whole: WholeEvent, copy: Copy) -> dict[UUID, SeriesRow]:
    """Copies of the series, by the id of the original.

    One whose rule has no such first date is left out: its dates become dates of their own.
    """
    kept: dict[UUID, SeriesRow] = {}
    for row in await read_series(tx, whole.event.id):
        pattern = pattern_of(row, whole.event.timezone)
        moved = series.shifted(pattern, pattern.start + copy.delta)
        if moved is not None:
            kept[row.id] = copy.of(row)
            write_pattern(kept[row.id], moved)
    return kept
