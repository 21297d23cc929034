"""What the staff keeps from the sale: claims of their own kind, with a reason, maybe an end."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.data.transience import retried
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import FieldError, Invalid, NotFound, Refusal
from boxoffice.services.events.kept import marks
from boxoffice.services.events.locking import is_among, lock_quota
from boxoffice.services.events.reading import read_event
from boxoffice.services.events.rules.blocking import (
    BlockedUnits,
    check_end,
    reason_of,
    units_of,
)
from boxoffice.services.events.rules.claiming import SoldOut
from boxoffice.services.events.rules.seats.choosing import ChosenSeat, Seating
from boxoffice.services.events.rules.seats.refusals import NotSeated
from boxoffice.services.events.rules.shelf import NewClaim, Want
from boxoffice.services.events.seating.bodies import BlockBody
from boxoffice.services.events.seating.reading import date_of, seating_row
from boxoffice.services.events.seating.views import BlockedTypeView, BlockView
from boxoffice.services.events.seats.claims import lines_of
from boxoffice.services.events.seats.floors import Floors
from boxoffice.services.events.stock import Stock, write_claims
from boxoffice.services.events.tables import OccurrenceRow, QuotaRow
from boxoffice.services.events.tables_seating import BlockRow

_CLAIMS = """
SELECT holder, quota_id, ticket_type_id, variation_id, seat_id, units FROM events.claims
WHERE organizer_id = $1 AND holder = ANY($2::uuid[]) AND released_at IS NULL AND kind = 'block'
"""


class Blocks:
    """Blocks on seats, and on units of quotas without seats."""

    def __init__(self, db: Database, stock: Stock, floors: Floors) -> None:
        self._db = db
        self._stock = stock
        self._floors = floors

    async def create(  # who blocks what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        body: BlockBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> BlockView:
        """All of it or nothing: `seat_taken` names the seats that are sold, held or blocked."""
        reason = reason_of("/reason", body.reason)
        # A ticket type may gain a quota while we are looking.
        return await retried(
            lambda: self._create(actor, organizer_id, event_id, body, reason, once=once)
        )

    async def list_blocks(self, organizer_id: UUID, event_id: UUID) -> list[BlockView]:
        """What is blocked now, the newest first; what has ended is free and not listed."""
        async with self._db.begin(organizer_id) as tx:
            await read_event(tx, event_id)
            date, block = OccurrenceRow, BlockRow
            now = await tx.now()
            rows = await tx.session.scalars(
                select(block)
                .join(date, (date.organizer_id == block.organizer_id)
                      & (date.id == block.occurrence_id))
                .where(
                    block.organizer_id == organizer_id,
                    date.event_id == event_id,
                    block.released_at.is_(None),
                    or_(block.expires_at.is_(None), block.expires_at > now),
                )
                .order_by(block.id.desc())
            )  # fmt: skip
            views = await self._views(tx, list(rows))
        return [view for view in views if view.quota_id is not None]

    async def release(
        self, actor: Actor, organizer_id: UUID, event_id: UUID, block_id: UUID
    ) -> BlockView:
        """Everybody can buy it again from now on; releasing again, or once it has ended, changes
        nothing.
        """
        async with self._db.begin(organizer_id) as tx:
            await self._stock.standing(tx, [block_id])
            row = await _lock(tx, event_id, block_id)
            (view,) = await self._views(tx, [row])
            if row.released_at is None:
                await self._stock.release(tx, [block_id])
                row.released_at = await tx.now()
                tx.audit("block.released", actor=actor, subject=f"event:{event_id}")
            return view

    async def _create(  # who blocks what, why, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        body: BlockBody,
        reason: str,
        *,
        once: IdempotencyKey | None,
    ) -> BlockView:
        async with self._db.begin(organizer_id) as tx:
            replayed = await tx.claim(once, BlockView)
            if replayed is not None:
                return replayed
            date = date_of(await read_event(tx, event_id), body.occurrence_id)
            row = BlockRow(
                organizer_id=organizer_id,
                id=new_id(),
                occurrence_id=date,
                reason=reason,
                expires_at=body.expires_at,
            )
            if body.seats:
                await self._block_seats(tx, event_id, row, body.seats)
            else:
                row.occurrence_id = await self._block_units(tx, event_id, row, body)
            check_end("/expires_at", row.expires_at, now=await tx.now())
            row.created_at = await tx.now()
            tx.session.add(row)
            await tx.session.flush()
            tx.audit(
                "block.created",
                actor=actor,
                subject=f"event:{event_id}",
                changes={"reason": reason, "units": len(body.seats) or body.units},
            )
            (view,) = await self._views(tx, [row])
            return await tx.keep(once, view, status=201)

    async def _block_seats(
        self, tx: Transaction, event_id: UUID, row: BlockRow, seat_ids: Sequence[UUID]
    ) -> None:
        found = await seating_row(tx, row.occurrence_id)
        if found is None:
            raise NotSeated("This date has no seats; block units of a quota.")
        seating = await self._floors.seating(tx, found.id)
        want = Want(
            holder=row.id,
            event_id=event_id,
            occurrence_id=row.occurrence_id,
            lines=lines_of(seating, seat_ids),
            expires_at=row.expires_at,
            kind="block",
        )
        shelf = await self._stock.lock_types(tx, {line.ticket_type_id for line in want.lines})
        (outcome,) = await self._stock.claim(tx, shelf, [want])
        if isinstance(outcome, Refusal):
            raise outcome

    async def _block_units(
        self, tx: Transaction, event_id: UUID, row: BlockRow, body: BlockBody
    ) -> UUID:
        """The date of the quota whose units are blocked."""
        if body.quota_id is None or not body.units:
            raise Invalid(
                errors=[FieldError("/seats", "missing", "Give `seats`, or `quota_id` and `units`.")]
            )
        quota = await lock_quota(tx, event_id, body.quota_id)
        if quota is None:
            raise NotFound
        if quota.seating_id is not None:
            sentence = "The units of this quota are seats: say which."
            raise Invalid(errors=[FieldError("/seats", "missing", sentence)])
        await self._stock.release_lapsed(tx, [quota.id], await tx.now())
        await tx.session.refresh(quota)
        left = max(0, quota.capacity - quota.claimed)
        if left < body.units:
            raise SoldOut(wanted=body.units, left=left)
        write_claims(tx, [_units_claim(row, quota, body.units)])
        await marks.keep(tx, [quota.id])
        return quota.occurrence_id

    async def _views(self, tx: Transaction, rows: Sequence[BlockRow]) -> list[BlockView]:
        claims: dict[UUID, list[Any]] = {row.id: [] for row in rows}
        found = await tx.connection.exec_driver_sql(_CLAIMS, (tx.tenant, list(claims)))
        for claim in found:
            claims[claim.holder].append(claim)
        views: list[BlockView] = []
        for row in rows:
            date = await seating_row(tx, row.occurrence_id)
            seating = await self._floors.seating(tx, date.id) if date is not None else None
            views.append(_view(row, claims[row.id], seating))
        return views


def _units_claim(row: BlockRow, quota: QuotaRow, units: int) -> NewClaim:
    return NewClaim(
        quota_id=quota.id,
        ticket_type_id=None,
        holder=row.id,
        units=units,
        expires_at=row.expires_at,
        kind="block",
    )


async def _lock(tx: Transaction, event_id: UUID, block_id: UUID) -> BlockRow:
    block, date = BlockRow, OccurrenceRow
    of_event = select(date.id).where(
        date.organizer_id == tx.organizer_id, date.event_id == event_id
    )
    found = await tx.session.scalar(
        select(block)
        .where(
            block.organizer_id == tx.organizer_id,
            block.id == block_id,
            is_among(block.occurrence_id, of_event),
        )
        .with_for_update(key_share=True)
    )
    if found is None:
        raise NotFound
    return found


def _view(row: BlockRow, claims: Sequence[Any], seating: Seating | None) -> BlockView:
    seats = [chosen for c in claims if (chosen := _chosen(seating, c.seat_id)) is not None]
    counted = units_of(
        BlockedUnits(c.quota_id, c.ticket_type_id, c.variation_id, c.units) for c in claims
    )
    return BlockView(
        id=row.id,
        occurrence_id=row.occurrence_id,
        reason=row.reason,
        expires_at=row.expires_at,
        created_at=row.created_at,
        quota_id=claims[0].quota_id if claims else None,
        units=sum(counted.values()),
        seats=seats,
        types=tuple(
            BlockedTypeView(ticket_type_id=kind, variation_id=variation, units=units)
            for (kind, variation), units in counted.items()
            if kind is not None
        ),
    )


def _chosen(seating: Seating | None, seat_id: UUID | None) -> ChosenSeat | None:
    seat = seating.index(seat_id) if seating is not None and seat_id is not None else None
    return seating.chosen(seat) if seating is not None and seat is not None else None
