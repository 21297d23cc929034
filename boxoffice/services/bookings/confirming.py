"""Confirming orders: claims become permanent, tickets come into being, the fact is told.

A confirmation is free, or brought by money. Money may come late: claims that lapsed but still stand
are simply kept; claims that are gone are claimed again if the stock allows, otherwise the money
goes back.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.refusals import Conflict, Refusal
from boxoffice.services.bookings import persons
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.confirm_requests import ConfirmRequests
from boxoffice.services.bookings.facts import MoneyCameTooLate, OrderConfirmed
from boxoffice.services.bookings.reading import lock_orders, read_orders
from boxoffice.services.bookings.returns.taking import Taking, takes_of
from boxoffice.services.bookings.rules import (
    OPEN,
    ORDER,
    PAYMENT,
    ApprovalNeeded,
    BuyerMissing,
    CustomerMissing,
    HoldExpired,
    IllegalMove,
    InPurchase,
    OrderNotFound,
    OrderPaymentStatus,
    OrderStatus,
    PaymentNeeded,
    shown_status,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot, TicketSnapshot
from boxoffice.services.bookings.tender import Tender
from boxoffice.services.bookings.views import OrderView
from boxoffice.services.bookings.writing import insert_tickets
from boxoffice.services.events.api import (
    Granted,
    PersonLimitReached,
    Standing,
    Stock,
    Want,
    WantedLine,
)

_CONFIRM = """
UPDATE bookings.orders o
SET status = 'confirmed', payment_status = c.payment_status, payment_id = c.payment_id,
    hold_expires_at = NULL, confirmed_at = $5
FROM unnest($2::uuid[], $3::text[], $4::uuid[]) AS c(id, payment_status, payment_id)
WHERE o.organizer_id = $1 AND o.id = c.id
"""
_EXPIRE = """
UPDATE bookings.orders
SET status = CASE WHEN status = ANY($3::text[]) THEN 'expired' ELSE status END,
    payment_status = CASE WHEN payment_status = ANY($4::text[]) THEN 'paid' ELSE payment_status END
WHERE organizer_id = $1 AND id = ANY($2::uuid[])
"""


class ConfirmOrder(msgspec.Struct, frozen=True, kw_only=True):
    """`payment_id` is the money that came for the order, `amount` minor units; None for one that is
    free, or that gift cards pay for. An order of a purchase is confirmed with all of them, by
    whoever names it: one that is free then has no part of the payment, `amount` 0. An `actor` must
    be its buyer, or of the team.
    """

    order_id: UUID
    payment_id: UUID | None = None
    amount: int | None = None
    purchase_id: UUID | None = None
    actor: Actor | None = None


class TooLate(Conflict):
    """The money came, the units are gone: it is being refunded."""

    code = "paid_too_late"
    message = "The tickets were gone before the payment arrived; the money is on its way back."


class PaidTwice(Conflict):
    """Another payment has confirmed the order: this one is being refunded."""

    code = "paid_twice"
    message = "This order was paid already; the second payment is on its way back."


class PaidAmiss(Conflict):
    """What is due changed after the payment had begun: it is being refunded."""

    code = "paid_amiss"
    message = "This payment is not what is due any more and goes back; pay again."


class Confirming:
    """The settle function of the coalescer for `ConfirmOrder`. Confirming twice is a no-op."""

    def __init__(  # its parts, all by name
        self,
        *,
        db: Database,
        stock: Stock,
        composer: Composer,
        taking: Taking,
        tender: Tender,
        requests: ConfirmRequests,
    ) -> None:
        self._db = db
        self._stock = stock
        self._composer = composer
        self._taking = taking
        self._tender = tender
        self._requests = requests

    async def settle(
        self, organizer_id: UUID, commands: list[ConfirmOrder]
    ) -> Sequence[OrderView | Refusal]:
        """One transaction for all; the confirmed order or a refusal for each."""
        async with self._db.begin(organizer_id) as tx:
            verdicts, orders = await self.settle_in(tx, organizer_id, commands)
            now = await tx.now()
        known = await self._composer.known(
            organizer_id,
            [],
            dates={(o.event_id, date) for o in orders.values() for date in o.dates},
        )
        return [
            verdict
            if isinstance(verdict, Refusal)
            else self._composer.view(known, orders[command.order_id], now=now)
            for command, verdict in zip(commands, verdicts, strict=True)
        ]

    async def settle_in(
        self, tx: Transaction, organizer_id: UUID, commands: list[ConfirmOrder]
    ) -> tuple[list["Verdict"], dict[UUID, OrderSnapshot]]:
        """In the caller's transaction: a refusal or a mark for each, and the orders as they are."""
        ids = sorted({command.order_id for command in commands})
        standing = await self._stock.standing(tx, ids)
        late = [one.order_id for one in commands if _is_late(one, standing[one.order_id])]
        if late:
            await persons.lock_buyers(tx, late)
        await lock_orders(tx, organizer_id, ids)
        orders = await read_orders(tx, organizer_id, ids)
        too_many = await self._too_many(tx, commands, orders, standing)
        takers = [one for one in orders.values() if takes_of(one)]
        gone = await self._taking.gone(tx, takers) if takers else ()
        now = await tx.now()
        asked = [(command.actor, command.order_id) for command in commands]
        refused = await self._requests.refused(tx, asked, orders, now=now)
        verdicts: list[Verdict] = []
        for index, command in enumerate(commands):
            order = orders.get(command.order_id)
            verdict = refused.get(index) or _judge(
                order, command, standing[command.order_id], now=now
            )
            if verdict in (CONFIRM, CLAIM_AGAIN) and command.order_id in too_many:
                verdict = TooLate() if command.payment_id else too_many[command.order_id]
            elif verdict is CONFIRM and command.order_id in gone:
                verdict = TooLate() if command.payment_id else HoldExpired()
            verdicts.append(verdict)
            if order is not None and verdict in (CONFIRM, CLAIM_AGAIN):
                # The next command for this order meets it as this one leaves it.
                _confirm(order, command, now=now)
        # Whoever claims again takes nothing over.
        taking = [
            orders[command.order_id]
            for command, verdict in zip(commands, verdicts, strict=True)
            if takers and verdict is CONFIRM
        ]
        await self._claim_again(tx, commands, orders, verdicts)
        await self._write(tx, organizer_id, commands, orders, verdicts, now=now)
        for order in taking:
            await self._taking.settle(tx, order, now=now)
        return verdicts, orders

    async def _too_many(
        self,
        tx: Transaction,
        commands: list[ConfirmOrder],
        orders: dict[UUID, OrderSnapshot],
        standing: dict[UUID, Standing],
    ) -> dict[UUID, PersonLimitReached]:
        """Orders that give their buyers more than one person may have.

        Money that came in time is not asked: it was asked when the payment began.
        """
        live = {order_id for order_id, how in standing.items() if how is Standing.LIVE}
        asked = {
            command.order_id: orders[command.order_id]
            for command in commands
            if command.order_id in orders
            and (command.payment_id is None or command.order_id not in live)
            and orders[command.order_id].status is not OrderStatus.CONFIRMED
        }
        return await persons.over_limit(tx, self._stock, list(asked.values()), live=live)

    async def _claim_again(
        self,
        tx: Transaction,
        commands: list[ConfirmOrder],
        orders: dict[UUID, OrderSnapshot],
        verdicts: list["Verdict"],
    ) -> None:
        """Money for units that are gone: take all of them anew, or answer `TooLate`.

        Units that still stand are given back first, lest they stay claimed twice.
        """
        late = [index for index, verdict in enumerate(verdicts) if verdict is CLAIM_AGAIN]
        if not late:
            return
        await self._stock.release(tx, [commands[index].order_id for index in late])
        wants = [_want(orders[commands[index].order_id]) for index in late]
        kinds = {line.ticket_type_id for want in wants for line in want.lines}
        dates = {date for index in late for date in orders[commands[index].order_id].dates}
        shelf = await self._stock.lock_types(tx, kinds, dates)
        await self._stock.lock_vouchers(tx, shelf, wants)
        outcomes = await self._stock.claim(tx, shelf, wants)
        for index, outcome in zip(late, outcomes, strict=True):
            verdicts[index] = CONFIRM if isinstance(outcome, Granted) else TooLate()
        refused = {commands[index].order_id for index in late if verdicts[index] is not CONFIRM}
        for index, command in enumerate(commands):
            if command.order_id in refused and verdicts[index] is ALREADY:
                verdicts[index] = TooLate()

    async def _write(  # what one flush has gathered
        self,
        tx: Transaction,
        organizer_id: UUID,
        commands: list[ConfirmOrder],
        orders: dict[UUID, OrderSnapshot],
        verdicts: list["Verdict"],
        *,
        now: datetime,
    ) -> None:
        judged = list(zip(commands, verdicts, strict=True))
        confirmed = [orders[command.order_id] for command, verdict in judged if verdict is CONFIRM]
        if confirmed:
            await self._stock.set_expiry(tx, dict.fromkeys((o.id for o in confirmed), None))
            await self._tender.settle(tx, confirmed)
            await write_confirmed(tx, organizer_id, confirmed, now=now)
            insert_tickets(tx, organizer_id, [(order, order.tickets) for order in confirmed])
            tx.tell(*(OrderConfirmed(organizer_id=organizer_id, order_id=o.id) for o in confirmed))
        late = [command for command, verdict in judged if isinstance(verdict, TooLate)]
        if late:
            # What gives its buyer too many may still stand.
            await self._stock.release(tx, {command.order_id for command in late})
            await self._tender.let_go(tx, [orders[command.order_id] for command in late])
        await _write_too_late(tx, organizer_id, late)


class _Mark:
    """A verdict that is neither a refusal nor an order."""


CONFIRM, CLAIM_AGAIN, ALREADY = _Mark(), _Mark(), _Mark()
Verdict = _Mark | Refusal


def _is_late(command: ConfirmOrder, standing: Standing) -> bool:
    return command.payment_id is not None and standing is not Standing.LIVE


def _judge(
    order: OrderSnapshot | None, command: ConfirmOrder, standing: Standing, *, now: datetime
) -> Verdict:
    if order is None:
        return OrderNotFound()
    if order.status is OrderStatus.CONFIRMED:
        return ALREADY if command.payment_id in (None, order.payment_id) else PaidTwice()
    if order.purchase_id != command.purchase_id:
        return PaidAmiss() if command.payment_id else InPurchase(purchase_id=order.purchase_id)
    if command.payment_id is None:
        return _judge_free(order, standing, now=now)
    return _judge_money(order, command, standing)


def _judge_money(order: OrderSnapshot, command: ConfirmOrder, standing: Standing) -> Verdict:
    if order.status in (OrderStatus.CANCELLED, OrderStatus.REJECTED) or _is_going_back(order):
        return TooLate()
    if command.amount not in (None, order.due.amount):
        return TooLate() if order.status is OrderStatus.EXPIRED else PaidAmiss()
    return CLAIM_AGAIN if standing is Standing.GONE else CONFIRM


def _is_going_back(order: OrderSnapshot) -> bool:
    """Money once found too late stays too late, even if stock is free again when asked next."""
    return order.status is OrderStatus.EXPIRED and order.payment_status is OrderPaymentStatus.PAID


def _judge_free(order: OrderSnapshot, standing: Standing, *, now: datetime) -> Verdict:
    shown = shown_status(order.status, hold_expires_at=order.hold_expires_at, now=now)
    if order.must_apply:
        return ApprovalNeeded()
    if not order.due.is_zero:
        return PaymentNeeded()
    if order.buyer is None:
        return BuyerMissing()
    if order.gift_cards and order.charges and order.charges.lacks_customer:
        return CustomerMissing()
    if shown is OrderStatus.EXPIRED or standing is not Standing.LIVE:
        return HoldExpired()
    ready = OPEN if order.gift_cards else {OrderStatus.HELD}
    return CONFIRM if shown in ready else IllegalMove(status=shown.value)


def _confirm(order: OrderSnapshot, command: ConfirmOrder, *, now: datetime) -> None:
    order.status = ORDER.move(order.status, OrderStatus.CONFIRMED)
    if command.payment_id is not None and command.amount != 0:
        order.payment_status = PAYMENT.move(order.payment_status, OrderPaymentStatus.PAID)
        order.payment_id = command.payment_id
    elif order.gift_cards:
        order.payment_status = PAYMENT.move(order.payment_status, OrderPaymentStatus.PAID)
    order.hold_expires_at = None
    order.confirmed_at = now
    order.tickets = [TicketSnapshot.first(one) for one in order.positions if one.admits]


def _want(order: OrderSnapshot) -> Want:
    return Want(
        holder=order.id,
        event_id=order.event_id,
        occurrence_id=order.occurrence_id,
        lines=tuple(
            WantedLine(
                ticket_type_id=position.ticket_type_id,
                quantity=1,
                variation_id=position.variation_id,
                seats=(position.seat.id,) if position.seat else (),
                occurrence_id=position.occurrence_id,
            )
            for position in order.positions
        ),
        spread=len(order.dates) > 1,
        expires_at=None,
        late=True,
        uses=order.charges.uses if order.charges else (),
    )


async def write_confirmed(
    tx: Transaction, organizer_id: UUID, confirmed: list[OrderSnapshot], *, now: datetime
) -> None:
    """Write that these locked orders are confirmed; their claims and tickets are others' work."""
    ids = [order.id for order in confirmed]
    statuses = [order.payment_status.value for order in confirmed]
    payments = [order.payment_id for order in confirmed]
    tx.write(_CONFIRM, organizer_id, ids, statuses, payments, now)


async def _write_too_late(
    tx: Transaction, organizer_id: UUID, late: Sequence[ConfirmOrder]
) -> None:
    if not late:
        return
    await tx.connection.exec_driver_sql(
        _EXPIRE,
        (
            organizer_id,
            [command.order_id for command in late],
            ORDER.sources(OrderStatus.EXPIRED),
            PAYMENT.sources(OrderPaymentStatus.PAID),
        ),
    )
    tx.tell(
        *(
            MoneyCameTooLate(
                organizer_id=organizer_id,
                order_id=command.order_id,
                payment_id=command.payment_id,
            )
            for command in late
            if command.payment_id is not None
        )
    )
