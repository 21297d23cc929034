"""Another event like this one: the same tickets, capacities and series, from another day on.

Whatever has a time keeps its distance to the first date by the clock: other dates, doors, sale
windows, exceptions. Nothing that was sold, held or blocked is copied; the copy is a draft.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import inspect, select

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.tenancy import Base
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import FieldError, Invalid
from boxoffice.services.events.dates.bodies import DuplicateBody
from boxoffice.services.events.dates.patterns import (
    pattern_of,
    read_series,
    wall_clock,
    write_pattern,
)
from boxoffice.services.events.reading import SCHEDULED, WholeEvent, read_event
from boxoffice.services.events.rules import series, texts
from boxoffice.services.events.rules.localtime import instant_of, is_in_reach, wall_clock_of
from boxoffice.services.events.tables import (
    OccurrenceRow,
    QuotaRow,
    QuotaTicketTypeRow,
    SeriesRow,
    TicketTypeRow,
)
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.workbench import Bench
from boxoffice.services.events.writing import add, new_slug, taken_slugs

R = TypeVar("R", bound=Base)
# What a copy does not take over from the row it is made of.
_ITS_OWN = {"created_at", "changed_at", "published_at", "import_key", "import_digest"}


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
    copy = _Copy(zone, start - wall_clock_of(dates[0].starts_at, zone))
    slug = new_slug(title, await taken_slugs(tx))
    event = copy.of(whole.event, title=title, slug=slug, status="draft")
    types = [copy.type_of(kind) for kind in whole.ticket_types]
    kept = await _series(tx, whole, copy)
    quotas = await _quotas(tx, [one.id for one in dates])
    await add(tx, [event])
    await add(tx, [*types, *kept.values()])
    await add(tx, [copy.date_of(one, kept) for one in dates])
    await add(tx, [copy.quota_of(quota) for quota in quotas])
    await add(tx, [copy.of(link) for link in await _links(tx, [quota.id for quota in quotas])])
    return event.id


class _Copy:
    """Copies rows: with ids of their own, so much later, pointing at one another's copies."""

    def __init__(self, zone: str, delta: timedelta) -> None:
        self._zone = zone
        self.delta = delta
        self._ids: dict[UUID, UUID] = {}
        self._kin: dict[UUID, UUID] = {}

    def of(self, row: R, **changes: Any) -> R:
        """A new row with the same columns."""
        names = [column.key for column in inspect(type(row)).column_attrs]
        values = {name: getattr(row, name) for name in names if name not in _ITS_OWN}
        if "id" in values:
            self._ids[values["id"]] = new_id()
        values = {name: self._mapped(value) for name, value in values.items()}
        return type(row)(**values | changes)

    def type_of(self, kind: TicketTypeRow) -> TicketTypeRow:
        return self.of(
            kind, sales_start=self.later(kind.sales_start), sales_end=self.later(kind.sales_end)
        )

    def date_of(self, date: OccurrenceRow, kept: dict[UUID, SeriesRow]) -> OccurrenceRow:
        in_series = date.series_id in kept and date.slot is not None
        return self.of(
            date,
            starts_at=self.later(date.starts_at),
            ends_at=self.later(date.ends_at),
            doors_at=self.later(date.doors_at),
            sequence=0,
            postponed_from=None,
            series_id=kept[date.series_id].id if date.series_id and in_series else None,
            slot=date.slot + self.delta if date.slot and in_series else None,
        )

    def quota_of(self, quota: QuotaRow) -> QuotaRow:
        kin = self._kin.setdefault(quota.kin or quota.id, new_id())
        return self.of(quota, claimed=0, ceiling=quota.capacity, kin=kin)

    def later(self, moment: datetime | None) -> datetime | None:
        """The same distance by the clock from the copy's first date."""
        if moment is None:
            return None
        moved = instant_of(wall_clock_of(moment, self._zone) + self.delta, self._zone)
        if not is_in_reach(moved):
            raise _too_far()
        return moved

    def _mapped(self, value: Any) -> Any:
        return self._ids.get(value, value) if isinstance(value, UUID) else value


def _read(body: DuplicateBody, whole: WholeEvent) -> tuple[str, datetime]:
    try:
        title = texts.line("/title", body.title or whole.event.title, most=texts.MAX_TITLE, least=1)
        return title, wall_clock("/starts_at", body.starts_at)
    except FieldError as error:
        raise Invalid(errors=[error]) from error


def _too_far() -> Invalid:
    return Invalid(errors=[FieldError("/starts_at", "bad_time", "That is too far away.")])


def _dates(whole: WholeEvent) -> list[OccurrenceRow]:
    """What is copied: the dates that take or took place; of a cancelled event, all."""
    dates = [one for one in whole.occurrences if one.status == SCHEDULED]
    return dates or whole.occurrences


async def _series(tx: Transaction, whole: WholeEvent, copy: _Copy) -> dict[UUID, SeriesRow]:
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


async def _quotas(tx: Transaction, dates: Sequence[UUID]) -> Sequence[QuotaRow]:
    rows = await tx.session.scalars(
        select(QuotaRow)
        .where(QuotaRow.organizer_id == tx.tenant, QuotaRow.occurrence_id.in_(dates))
        .order_by(QuotaRow.id)
    )
    return rows.all()


async def _links(tx: Transaction, quotas: Sequence[UUID]) -> Sequence[QuotaTicketTypeRow]:
    link = QuotaTicketTypeRow
    rows = await tx.session.scalars(
        select(link).where(link.organizer_id == tx.tenant, link.quota_id.in_(quotas))
    )
    return rows.all()
