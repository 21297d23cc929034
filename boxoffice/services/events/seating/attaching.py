"""Gives a date a seat map: its categories become ticket types, their quotas seats."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Conflict, FieldError, Invalid, NotFound
from boxoffice.services.events.extras.editing import parts_of_others
from boxoffice.services.events.kept import marks
from boxoffice.services.events.locking import lock_quotas_of_types
from boxoffice.services.events.reading import WholeEvent, read_event
from boxoffice.services.events.rules.seats.choosing import Seating
from boxoffice.services.events.rules.seats.plans import decoded
from boxoffice.services.events.seating.bodies import AttachSeatMapBody
from boxoffice.services.events.seating.maps import category_views, version_of
from boxoffice.services.events.seating.reading import date_of, seating_row, seating_view
from boxoffice.services.events.seating.views import SeatCategoryView, SeatingView
from boxoffice.services.events.seating.writing import (
    Part,
    is_written,
    remove_seating,
    write_seating,
)
from boxoffice.services.events.seats.floors import Floors
from boxoffice.services.events.stock import Stock
from boxoffice.services.events.tables_seating import SeatingRow, SeatMapRow, SeatMapVersionRow
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.workbench import Bench, Open

_MOST_LABELS = 20
_STANDING = """
SELECT c.seat_id, c.ticket_type_id FROM events.claims c
JOIN events.quotas q ON q.organizer_id = c.organizer_id AND q.id = c.quota_id
WHERE c.organizer_id = $1 AND c.quota_id = ANY($2::uuid[]) AND q.occurrence_id = $3
  AND c.released_at IS NULL AND (c.kind <> 'voucher' OR c.seat_id IS NOT NULL)
  AND (c.seat_id IS NOT NULL OR c.ticket_type_id = ANY($4::uuid[]) OR c.ticket_type_id IS NULL)
"""


class SoldWithoutSeats(Conflict):
    code = "sold_without_seats"
    message = (
        "Tickets of these types are sold or held without seats for this date; use new ticket types."
    )


class SeatsInUse(Conflict):
    """`seats` are labels, at most twenty."""

    code = "seats_in_use"
    message = (
        "Seats that are sold, held, blocked or set aside would be lost or change their ticket "
        "type; keep them in the map."
    )


class Attaching:
    """Which map a date uses."""

    def __init__(self, bench: Bench, stock: Stock, floors: Floors) -> None:
        self._bench = bench
        self._stock = stock
        self._floors = floors

    async def attach(  # who attaches what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        body: AttachSeatMapBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Use this version of this map on that date; the quotas become as large as their seats.

        Seats that are taken stay taken, if the map still has them under the same ticket type;
        otherwise `SeatsInUse`.
        """

        async def edit(event: Open) -> None:
            await self._attach(event, body)

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)

    async def detach(
        self, actor: Actor, organizer_id: UUID, event_id: UUID, occurrence_id: UUID | None
    ) -> ManagedEvent:
        """Sell that date without seats again; `SeatsInUse` once any is taken."""

        async def edit(event: Open) -> None:
            whole = await event.whole()
            date = date_of(whole, occurrence_id)
            old = await seating_row(event.tx, date)
            if old is None:
                raise NotFound
            seating = await self._floors.seating(event.tx, old.id)
            quotas = await lock_quotas_of_types(event.tx, list(seating.types))
            taken = await self._standing(event.tx, date, quotas, list(seating.types))
            _check_kept(seating, None, taken)
            await remove_seating(event.tx, old)
            await marks.keep(event.tx, quotas)
            event.note("seating.removed", occurrence=str(date))

        return await self._bench.change(actor, organizer_id, event_id, edit)

    async def list_seatings(self, organizer_id: UUID, event_id: UUID) -> list[SeatingView]:
        """The maps of the event's dates; none for dates without one."""
        async with self._bench.db.begin(organizer_id) as tx:
            whole = await read_event(tx, event_id)
            return [
                await seating_view(tx, row)
                for date in whole.occurrences
                if (row := await seating_row(tx, date.id)) is not None
            ]

    async def _attach(self, event: Open, body: AttachSeatMapBody) -> None:
        tx, whole = event.tx, await event.whole()
        date = date_of(whole, body.occurrence_id)
        version = await _version(tx, body)
        parts = _parts(whole, category_views(decoded(version.plan)), body)
        old = await seating_row(tx, date)
        before = await self._floors.seating(tx, old.id) if old else None
        after = await self._new_seating(tx, date, version, body)
        if old is not None and before is not None and old.version_id == version.id:
            as_before = _by_type(before) == _by_type(after)
            if as_before and is_written(whole, date, old.id, parts):
                return
        types = list(
            {part.ticket_type_id for part in parts} | (before.types if before else {}).keys()
        )
        quotas = await lock_quotas_of_types(tx, list(types))
        taken = await self._standing(tx, date, quotas, [p.ticket_type_id for p in parts if p.seats])
        same_map = old is not None and await _is_of_map(tx, old, version.seat_map_id)
        _check_kept(before, after if same_map else None, taken)
        if old is not None:
            await remove_seating(tx, old)
        await write_seating(tx, whole, date, version, body, after.id, parts)
        marks.tell(tx, await marks.keep(tx, quotas))
        event.note("seating.attached", occurrence=str(date), version=str(version.id))

    async def _standing(
        self, tx: Transaction, date: UUID, quotas: list[UUID], seated: list[UUID]
    ) -> Sequence[Any]:
        """What is taken now of these quotas on that date; what has lapsed is released first."""
        await self._stock.release_lapsed(tx, quotas, await tx.now())
        rows = await tx.connection.exec_driver_sql(_STANDING, (tx.tenant, quotas, date, seated))
        return rows.all()

    async def _new_seating(
        self, tx: Transaction, date: UUID, version: SeatMapVersionRow, body: AttachSeatMapBody
    ) -> Seating:
        types: dict[UUID, tuple[str, ...]] = {}
        for category, type_id in body.categories.items():
            types[type_id] = (*types.get(type_id, ()), category)
        floor = await self._floors.floor(tx, version.id)
        return Seating(id=new_id(), occurrence_id=date, floor=floor, types=types)


def _by_type(seating: Seating) -> dict[UUID, frozenset[str]]:
    return {kind: frozenset(categories) for kind, categories in seating.types.items()}


async def _version(tx: Transaction, body: AttachSeatMapBody) -> SeatMapVersionRow:
    row = await tx.session.get(SeatMapRow, (tx.tenant, body.seat_map_id))
    if row is None:
        raise Invalid(
            errors=[FieldError("/seat_map_id", "unknown_seat_map", "There is no such seat map.")]
        )
    return await version_of(tx, row.id, body.version or row.latest)


def _parts(
    whole: WholeEvent, categories: list[SeatCategoryView], body: AttachSeatMapBody
) -> list[Part]:
    """What each ticket type sells; `Invalid` names every category that is wrong."""
    known, names = {kind.id for kind in whole.ticket_types}, {one.name for one in categories}
    used = [one for one in categories if one.seats or one.standing]
    missing = {one.name for one in used} - body.categories.keys()
    errors = [
        *(
            _wrong(name, "missing", "Say which ticket type it is sold as.")
            for name in sorted(missing)
        ),
        *(
            _wrong(name, "unknown_category", "The map has no such category.")
            for name in body.categories.keys() - names
        ),
        *(
            _wrong(name, "unknown_ticket_type", "This event has no such ticket type.")
            for name, kind in body.categories.items()
            if kind not in known
        ),
    ]
    seats: Counter[UUID] = Counter()
    standing: Counter[UUID] = Counter()
    for one in used if not errors else []:
        seats[body.categories[one.name]] += one.seats
        standing[body.categories[one.name]] += one.standing
    errors += [
        _wrong(name, "mixed_ticket_type", "A ticket type is for sitting or for standing.")
        for name, kind in body.categories.items()
        if seats[kind] and standing[kind]
    ]
    errors += [
        _wrong(name, "ticket_type_bound", "Numbered seats cannot come with another ticket.")
        for name, kind in body.categories.items()
        if seats[kind] and kind in parts_of_others(whole, kind)
    ]
    if errors:
        raise Invalid(errors=errors)
    return [
        Part(ticket_type_id=kind, seats=seats[kind], standing=standing[kind])
        for kind in dict.fromkeys([*seats, *standing])
    ]


def _wrong(name: str, code: str, sentence: str) -> FieldError:
    escaped = name.replace("~", "~0").replace("/", "~1")
    return FieldError(f"/categories/{escaped}", code, f"“{name}”: {sentence}")


def _check_kept(before: Seating | None, after: Seating | None, taken: Sequence[Any]) -> None:
    if any(row.seat_id is None for row in taken):
        raise SoldWithoutSeats
    lost = [row.seat_id for row in taken if not _keeps(after, row.seat_id, row.ticket_type_id)]
    if lost:
        raise SeatsInUse(seats=_labels(before, lost), seats_in_all=len(lost))


def _keeps(after: Seating | None, seat_id: UUID, type_id: UUID) -> bool:
    seat = after.index(seat_id) if after is not None else None
    return (
        after is not None
        and seat is not None
        and (after.floor.category[seat] in after.group(type_id))
    )


def _labels(before: Seating | None, seat_ids: list[UUID]) -> list[str]:
    if before is None:
        return []
    seats = [seat for seat_id in seat_ids if (seat := before.index(seat_id)) is not None]
    return [before.chosen(seat).label for seat in seats[:_MOST_LABELS]]


async def _is_of_map(tx: Transaction, row: SeatingRow, seat_map_id: UUID) -> bool:
    version = await tx.session.get(SeatMapVersionRow, (row.organizer_id, row.version_id))
    return version is not None and version.seat_map_id == seat_map_id
