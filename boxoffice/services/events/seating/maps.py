"""Seat maps: imported or generated, changed by adding versions, exported."""

import asyncio
from collections import Counter
from typing import Any, cast
from uuid import UUID

from sqlalchemy import func, select

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.pages import DEFAULT_LIMIT, Page, check_limit, decode_cursor, page_of
from boxoffice.kernel.refusals import Conflict, FieldError, Invalid, NotFound
from boxoffice.services.events.rules import texts
from boxoffice.services.events.rules.seats.checking import Finding, Report, check_plan
from boxoffice.services.events.rules.seats.floors import ordinals_of
from boxoffice.services.events.rules.seats.generating import check_form, section
from boxoffice.services.events.rules.seats.halls import plan_of
from boxoffice.services.events.rules.seats.plans import Plan, decoded, encoded, exported
from boxoffice.services.events.seating.bodies import GenerateSeatMapBody, ImportSeatMapBody
from boxoffice.services.events.seating.views import SeatCategoryView, SeatMapRowView, SeatMapView
from boxoffice.services.events.seats.floors import ordinals_in, packed_ordinals
from boxoffice.services.events.tables_seating import SeatMapRow, SeatMapVersionRow

MAX_MAPS = 500


class BadSeatingPlan(Invalid):
    """`problems` counts all; at most a hundred are listed."""

    code = "bad_seating_plan"
    message = "The plan cannot be used as it is; each error names a place in it and what is wrong."


class TooManySeatMaps(Conflict):
    code = "too_many_seat_maps"
    message = f"An organizer has at most {MAX_MAPS} seat maps; add a version to one of them."


class SeatMaps:
    """The organizer's seat maps. A version never changes, so dates that use it stay as they are."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def import_(
        self,
        actor: Actor,
        organizer_id: UUID,
        body: ImportSeatMapBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> SeatMapView:
        """A new map from a seating plan; `BadSeatingPlan` with everything that is wrong."""
        report = await _checked(body.plan)
        return await self._create(actor, organizer_id, report, body.name, once=once)

    async def generate(
        self,
        actor: Actor,
        organizer_id: UUID,
        body: GenerateSeatMapBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> SeatMapView:
        """A new map of generated sections."""
        report = await _checked(exported(_generated(body)), pointer="/sections")
        return await self._create(actor, organizer_id, report, body.name, once=once)

    async def add_version(  # who adds what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        seat_map_id: UUID,
        body: ImportSeatMapBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> SeatMapView:
        """Another plan of the same hall: seats with known `seat_guid`s are the same seats."""
        report = await _checked(body.plan)
        async with self._db.begin(organizer_id) as tx:
            replayed = await tx.claim(once, SeatMapView)
            if replayed is not None:
                return replayed
            row = await _lock(tx, seat_map_id)
            before = await version_of(tx, row.id, row.latest)
            row.name = _name(body.name) if body.name is not None else row.name
            version = _version(row, _plan(report), before)
            tx.session.add(version)
            tx.audit("seat_map.changed", actor=actor, subject=f"seat_map:{row.id}")
            view = _view(row, version, _plan(report), report.notes)
            return await tx.keep(once, view, status=201)

    async def list_maps(
        self, organizer_id: UUID, *, limit: int = DEFAULT_LIMIT, cursor: str | None = None
    ) -> Page[SeatMapRowView]:
        """The organizer's maps, the newest first."""
        plan, version = SeatMapRow, SeatMapVersionRow
        statement = (
            select(plan, version.seats, version.standing)
            .join(
                version,
                (version.organizer_id == plan.organizer_id)
                & (version.seat_map_id == plan.id)
                & (version.number == plan.latest),
            )
            .where(plan.organizer_id == organizer_id)
            .order_by(plan.id.desc())
            .limit(check_limit(limit) + 1)
        )
        if cursor:
            statement = statement.where(plan.id < decode_cursor(cursor, tuple[UUID])[0])
        async with self._db.begin(organizer_id) as tx:
            rows = [_row_view(*row) for row in await tx.session.execute(statement)]
        return page_of(rows, limit=limit, position=lambda row: (row.id,))

    async def get(self, organizer_id: UUID, seat_map_id: UUID) -> SeatMapView:
        """The map in its latest version, or `NotFound`."""
        async with self._db.begin(organizer_id) as tx:
            row = await _read(tx, seat_map_id)
            version = await version_of(tx, row.id, row.latest)
            return _view(row, version, decoded(version.plan), [])

    async def export(
        self, organizer_id: UUID, seat_map_id: UUID, version: int | None = None
    ) -> bytes:
        """The plan as it was imported or generated, as JSON."""
        async with self._db.begin(organizer_id) as tx:
            row = await _read(tx, seat_map_id)
            return (await version_of(tx, row.id, version or row.latest)).plan.encode()

    async def _create(  # who adds what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        report: Report,
        name: str | None,
        *,
        once: IdempotencyKey | None,
    ) -> SeatMapView:
        plan = _plan(report)
        async with self._db.begin(organizer_id) as tx:
            replayed = await tx.claim(once, SeatMapView)
            if replayed is not None:
                return replayed
            await _check_room(tx)
            row = SeatMapRow(
                organizer_id=organizer_id,
                id=new_id(),
                name=_name(name if name is not None else plan.name),
                latest=0,
                next_ordinal=0,
                created_at=await tx.now(),
            )
            version = _version(row, plan, None)
            tx.session.add(row)
            await tx.session.flush()
            tx.session.add(version)
            tx.audit("seat_map.created", actor=actor, subject=f"seat_map:{row.id}")
            return await tx.keep(once, _view(row, version, plan, report.notes), status=201)


async def version_of(tx: Transaction, seat_map_id: UUID, number: int) -> SeatMapVersionRow:
    """That version of the map, or `NotFound`."""
    version = SeatMapVersionRow
    found = await tx.session.scalar(
        select(version).where(
            version.organizer_id == tx.organizer_id,
            version.seat_map_id == seat_map_id,
            version.number == number,
        )
    )
    if found is None:
        raise NotFound
    return found


async def _checked(document: dict[str, Any], *, pointer: str = "") -> Report:
    """In a thread: twenty thousand seats take a moment."""
    report = await asyncio.to_thread(check_plan, document)
    if report.plan is None:
        prefix = pointer or "/plan"
        raise BadSeatingPlan(
            errors=[FieldError(f"{prefix}{p.path}", p.code, p.message) for p in report.problems],
            problems=report.problems_in_all,
        )
    return report


def _plan(report: Report) -> Plan:
    return cast("Plan", report.plan)  # `_checked` refuses one without


def _generated(body: GenerateSeatMapBody) -> Plan:
    try:
        for index, form in enumerate(body.sections):
            check_form(form, f"/sections/{index}")
    except FieldError as error:
        raise Invalid(errors=[error]) from error
    return plan_of(_name(body.name), tuple(map(section, body.sections)), stage=body.stage)


def _name(text: str) -> str:
    try:
        return texts.line("/name", text, most=texts.MAX_NAME, least=1)
    except FieldError as error:
        raise Invalid(errors=[error]) from error


async def _check_room(tx: Transaction) -> None:
    count = select(func.count()).where(SeatMapRow.organizer_id == tx.organizer_id)
    if (await tx.session.scalar(count) or 0) >= MAX_MAPS:
        raise TooManySeatMaps


async def _read(tx: Transaction, seat_map_id: UUID) -> SeatMapRow:
    found = await tx.session.get(SeatMapRow, (tx.tenant, seat_map_id))
    if found is None:
        raise NotFound
    return found


async def _lock(tx: Transaction, seat_map_id: UUID) -> SeatMapRow:
    found = await tx.session.scalar(
        select(SeatMapRow)
        .where(SeatMapRow.organizer_id == tx.organizer_id, SeatMapRow.id == seat_map_id)
        .with_for_update(key_share=True)
    )
    if found is None:
        raise NotFound
    return found


def _version(row: SeatMapRow, plan: Plan, before: SeatMapVersionRow | None) -> SeatMapVersionRow:
    """The map's next version; seats that it had before keep their ordinals."""
    known: dict[str, int] = {}
    if before is not None:
        guids = [seat.seat_guid for seat in decoded(before.plan).seats()]
        known = dict(zip(guids, ordinals_in(before.ordinals), strict=True))
    seats = plan.seats()
    ordinals, row.next_ordinal = ordinals_of(
        [seat.seat_guid for seat in seats], known, row.next_ordinal
    )
    row.latest += 1
    return SeatMapVersionRow(
        organizer_id=row.organizer_id,
        id=new_id(),
        seat_map_id=row.id,
        number=row.latest,
        plan=encoded(plan).decode(),
        ordinals=packed_ordinals(ordinals),
        seats=len(seats),
        standing=sum(one.capacity for one in plan.standing()),
    )


def category_views(plan: Plan) -> list[SeatCategoryView]:
    """The plan's categories with their sizes."""
    seats = Counter(seat.category for seat in plan.seats())
    standing: Counter[str] = Counter()
    for one in plan.standing():
        standing[one.category] += one.capacity
    return [
        SeatCategoryView(
            name=category.name,
            color=category.color,
            seats=seats[category.name],
            standing=standing[category.name],
        )
        for category in plan.categories
    ]


def _view(
    row: SeatMapRow, version: SeatMapVersionRow, plan: Plan, notes: list[Finding]
) -> SeatMapView:
    return SeatMapView(
        id=row.id,
        name=row.name,
        version=version.number,
        seats=version.seats,
        standing=version.standing,
        accessible=sum(bool(seat.accessible) for seat in plan.seats()),
        categories=category_views(plan),
        created_at=row.created_at,
        notes=tuple(notes),
    )


def _row_view(row: SeatMapRow, seats: int, standing: int) -> SeatMapRowView:
    return SeatMapRowView(
        id=row.id,
        name=row.name,
        version=row.latest,
        seats=seats,
        standing=standing,
        created_at=row.created_at,
    )
