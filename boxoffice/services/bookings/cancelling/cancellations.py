"""The use case: look at what cancelling comes to, do it, and read what was done.

Everything that is decided on is locked first: quotas and vouchers, then the order, then its tickets
(so that of a scan and a cancellation one wins). Money goes back through payments: promised in this
transaction, asked for after it; whatever becomes of it, the tickets stay cancelled.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import select

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.data.transience import retried
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings import unpaid_changes
from boxoffice.services.bookings.cancelling import writing
from boxoffice.services.bookings.cancelling.asking import Ask, Case, staff_terms, terms_of
from boxoffice.services.bookings.cancelling.blocking import Blocking
from boxoffice.services.bookings.cancelling.figures import Figures, figures
from boxoffice.services.bookings.cancelling.views import (
    BlockedView,
    CancellationPreview,
    CancellationView,
    CancelledView,
    preview_of,
)
from boxoffice.services.bookings.composing import Composer, Known, dates_of
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.facts import TicketsCancelled
from boxoffice.services.bookings.policies import policy_of
from boxoffice.services.bookings.reading import lock_orders, lock_tickets, read_order
from boxoffice.services.bookings.rules import (
    CancellationChanged,
    CancellationNotAllowed,
    CancellationTerms,
    CancellationTooLate,
    FeeStep,
    OrderStatus,
    check_cancellable,
    check_demanded,
    check_tickets,
    chosen_of,
    deadline,
    step_at,
    with_extras,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.tables_changes import Cancellation
from boxoffice.services.bookings.tender import Tender
from boxoffice.services.events.api import ReturnedPlaces, Stock, keep_for_line, return_units
from boxoffice.services.payments.api import Payments, PaymentUnderWay

log = structlog.get_logger(__name__)


class _Plan(msgspec.Struct, kw_only=True):
    """A cancellation that has been thought through."""

    order: OrderSnapshot
    now: datetime
    case: Case
    figures: Figures
    until: datetime | None
    blocked: list[BlockedView]


class Cancellations:
    """Cancels positions of orders."""

    def __init__(  # its parts, all by name
        self,
        *,
        db: Database,
        stock: Stock,
        door: OrderDoor,
        composer: Composer,
        payments: Payments,
        tender: Tender,
    ) -> None:
        self._db = db
        self._stock = stock
        self._door = door
        self._composer = composer
        self._payments = payments
        self._tender = tender
        self._blocking = Blocking(ReturnedPlaces(stock))

    async def preview(self, organizer_id: UUID, ask: Ask) -> CancellationPreview:
        """What it would come to now; refused as doing it would be. Changes nothing."""
        known = await self._known(organizer_id, ask)
        async with self._db.begin(organizer_id) as tx:
            order = await self._read(tx, ask)
            plan = await self._plan(tx, ask, order, known)
        currency = order.total.currency
        return preview_of(plan.figures, currency=currency, until=plan.until, blocked=plan.blocked)

    async def cancel(
        self, organizer_id: UUID, ask: Ask, *, once: IdempotencyKey | None = None
    ) -> CancelledView:
        """Cancel for somebody at the door. `CancellationChanged` unless it comes to what they
        expect; `AlreadyCancelled` for what is.
        """
        known = await self._known(organizer_id, ask)

        async def attempt() -> tuple[CancelledView, list[UUID]]:
            async with self._db.begin(organizer_id) as tx:
                return await self._cancel(tx, ask, known, once)

        view, promised = await retried(attempt)
        await self._send_money(organizer_id, promised)
        return view

    async def of(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> list[CancellationView]:
        """What was cancelled of the order, oldest first."""
        for_team = actor.may(Permission.ORDERS_READ, organizer_id)
        async with self._db.begin(organizer_id) as tx:
            await self._door.read(tx, actor, order_id)
            rows = await tx.session.scalars(
                select(Cancellation)
                .where(Cancellation.organizer_id == organizer_id)
                .where(Cancellation.order_id == order_id)
                .order_by(Cancellation.id)
            )
            return [writing.view_of(row, for_team=for_team) for row in rows]

    async def one(self, organizer_id: UUID, cancellation_id: UUID) -> CancellationView | None:
        """One cancellation, for services that act on its fact."""
        async with self._db.begin(organizer_id) as tx:
            row = await tx.session.get(Cancellation, (organizer_id, cancellation_id))
            return writing.view_of(row, for_team=False) if row else None

    async def _cancel(
        self, tx: Transaction, ask: Ask, known: Known, once: IdempotencyKey | None
    ) -> tuple[CancelledView, list[UUID]]:
        order, waiting = await self._lock(tx, ask)
        if replayed := await tx.claim(once, CancelledView):
            return replayed, []
        plan = await self._plan(tx, ask, order, known)
        _check_expected(ask, plan.figures)
        row, promised = await self._apply(tx, ask, plan, waiting)
        view = CancelledView(
            order=self._composer.view(known, order, now=plan.now),
            cancellation=writing.view_of(row, for_team=plan.case.by == "staff"),
        )
        return await tx.keep(once, view), promised

    async def _known(self, organizer_id: UUID, ask: Ask) -> Known:
        """What other services know, asked for before anything is locked: they may need a connection
        of their own.
        """
        async with self._db.begin(organizer_id) as tx:
            order = await read_order(tx, organizer_id, ask.order_id)
        return await self._composer.known(organizer_id, [], dates=dates_of(order))

    async def _read(self, tx: Transaction, ask: Ask) -> OrderSnapshot:
        staff = Permission.ORDERS_WRITE
        order = await self._door.read(tx, ask.actor, ask.order_id, staff=staff)
        if ask.is_of_staff:
            ask.actor.demand(staff, tx.tenant)
        return order

    async def _lock(self, tx: Transaction, ask: Ask) -> tuple[OrderSnapshot, list[UUID]]:
        """The order, its money and its stock, with that of its changes that wait."""
        waiting = await unpaid_changes.waiting(tx, [ask.order_id])
        await self._stock.standing(tx, [ask.order_id, *waiting])
        await lock_orders(tx, tx.tenant, [ask.order_id])
        await lock_tickets(tx, [ask.order_id])
        await self._payments.lock(tx, ask.order_id)
        return await self._read(tx, ask), waiting

    async def _plan(
        self,
        tx: Transaction,
        ask: Ask,
        order: OrderSnapshot,
        known: Known,
    ) -> _Plan:
        now = await tx.now()
        chosen = chosen_of(
            ask.position_ids,
            live=[one.id for one in order.positions],
            gone=[one.id for one in order.cancelled],
        )
        parents = {one.id: one.parent_id for one in order.positions if one.parent_id}
        chosen = with_extras(chosen, parents, [one.id for one in order.positions if one.bundled])
        whole = len(chosen) == len(order.positions)
        check_cancellable(order.status, whole=whole)
        starts_at = first_start(known, order, chosen)
        case, until = await self._case(tx, ask, order, starts_at, now=now)
        if case.by == "buyer":
            _check_not_charging(order)
            statuses = {ticket.position_id: ticket.status for ticket in order.tickets}
            given_on = [one.position_id for one in order.tickets if one.transfer_id]
            check_tickets(chosen, statuses, given_on)
            check_demanded(chosen, parents, _demands(order))
        return _Plan(
            order=order,
            now=now,
            case=case,
            figures=figures(order, chosen, case.terms, received=await self._received(tx, order)),
            until=until,
            blocked=await self._blocking.planned(tx, ask, order, chosen, now=now),
        )

    async def _case(
        self,
        tx: Transaction,
        ask: Ask,
        order: OrderSnapshot,
        starts_at: datetime,
        *,
        now: datetime,
    ) -> tuple[Case, datetime | None]:
        """On what terms: a buyer's are the policy's; so are nobody's for an order not confirmed."""
        policy = (await policy_of(tx, order.event_id)).cancellation
        own_terms = ask.terms is not None or ask.block is not None
        as_buyer = not own_terms and self._door.is_buyer(ask.actor, tx.tenant, order)
        if as_buyer and order.status is OrderStatus.CONFIRMED:
            step = step_at(policy, starts_at=starts_at, now=now)
            case = Case(by="buyer", terms=terms_of(policy, step))
            return case, deadline(starts_at, step.hours_before)
        step = _step_or_none(policy, starts_at=starts_at, now=now)
        by = "buyer" if as_buyer else "staff"
        return Case(by=by, terms=staff_terms(ask, policy, step)), None

    async def _received(self, tx: Transaction, order: OrderSnapshot) -> int:
        """The money that is here and not promised back, in minor units."""
        standing = await self._payments.standing(tx, tx.tenant, order.id)
        return standing.paid.amount - standing.refunded.amount if standing else 0

    async def _apply(
        self, tx: Transaction, ask: Ask, plan: _Plan, waiting: list[UUID]
    ) -> tuple[Cancellation, list[UUID]]:
        order, made = plan.order, plan.figures
        gone = [line.position_id for line in made.lines]
        await unpaid_changes.end_waiting(
            tx,
            self._stock,
            [order.id],
            waiting,
            lambda change: made.whole or unpaid_changes.touches(change, gone),
        )
        back = [one for one in order.positions if one.id in gone]
        writing.apply(order, made)
        await writing.write_order(tx, order, gone, now=plan.now)
        # Before anything is given back: what comes free goes to those who wait.
        blocked = await self._blocking.keep(tx, ask, order, back, plan.blocked)
        if made.whole:
            await self._stock.release(tx, [order.id])
            await self._tender.let_go_of_unpaid(tx, order)
        elif not plan.blocked:
            freed = await return_units(tx, order.id, writing.returned(order, back))
            await keep_for_line(tx, freed)
        row = writing.record(
            made,
            blocked=blocked,
            organizer_id=tx.tenant,
            id=new_id(),
            order_id=order.id,
            by=plan.case.by,
            because=ask.because,
            currency=order.total.currency,
            created_at=plan.now,
        )
        tx.session.add(row)
        promised = await self._promise(tx, order, row)
        _tell(tx, ask, order, row)
        return row, promised

    async def _promise(
        self, tx: Transaction, order: OrderSnapshot, row: Cancellation
    ) -> list[UUID]:
        if not row.refund_amount:
            return []
        return await self._payments.promise_refund(
            tx,
            reference=order.id,
            amount=Money(amount=row.refund_amount, currency=row.currency),
            key=f"cancellation:{row.id}",
        )

    async def _send_money(self, organizer_id: UUID, promised: list[UUID]) -> None:
        """Ask for the money; whatever goes wrong, the clockwork of payments asks again."""
        try:
            await self._payments.finish_refunds(organizer_id, promised)
        except Exception:
            log.exception("refund_delayed", refund_ids=[str(one) for one in promised])


def first_start(known: Known, order: OrderSnapshot, chosen: Collection[UUID]) -> datetime:
    """When the first of the chosen tickets' dates begins."""
    event = known.events[order.event_id]
    dates = {
        one.occurrence_id or order.occurrence_id for one in order.positions if one.id in chosen
    }
    return min(event.occurrence(date).starts_at for date in dates)


def _check_not_charging(order: OrderSnapshot) -> None:
    """As for letting go of it: whoever is approved waits until the card has given the money."""
    if order.status is OrderStatus.AWAITING_PAYMENT and order.hold and order.hold.charging:
        raise PaymentUnderWay


def _step_or_none(
    policy: CancellationTerms, *, starts_at: datetime, now: datetime
) -> FeeStep | None:
    try:
        return step_at(policy, starts_at=starts_at, now=now)
    except (CancellationNotAllowed, CancellationTooLate):
        return None


def _check_expected(ask: Ask, made: Figures) -> None:
    expected = ask.expected
    if expected and (expected.refund, expected.new_total) != (made.refund, made.new_total):
        raise CancellationChanged(refund=made.refund, new_total=made.new_total)


def _tell(tx: Transaction, ask: Ask, order: OrderSnapshot, row: Cancellation) -> None:
    tx.tell(
        TicketsCancelled(
            organizer_id=tx.tenant,
            order_id=order.id,
            cancellation_id=row.id,
            event_id=order.event_id,
            occurrence_id=order.occurrence_id,
            whole=row.whole,
        )
    )
    tx.audit(
        "order.cancelled" if row.whole else "order.tickets_cancelled",
        actor=ask.actor,
        subject=f"order:{order.id}",
        changes={
            "by": row.by,
            "because": row.because,
            "tickets": len(row.lines),
            "refund": row.refund_amount,
            **_kept_back(row),
        },
    )


def _kept_back(row: Cancellation) -> dict[str, Any]:
    """For the audit log, if anything was blocked."""
    blocked = [{"block": one["block_id"], "reason": one["reason"]} for one in row.blocked]
    return {"blocked": blocked} if blocked else {}


def _demands(order: OrderSnapshot) -> dict[UUID, tuple[UUID, int]]:
    return {
        one.id: (one.demanded.group_id, one.demanded.least)
        for one in order.positions
        if one.demanded
    }
