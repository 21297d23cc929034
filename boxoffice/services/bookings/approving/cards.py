"""Applying with a card: it holds the money while the organizer decides, who takes it by approving.

The hold becomes an application when the provider says that the card holds the money: in the answer,
by a webhook, or by the clockwork; whoever notices first, it is one application. What becomes of the
money is decided in the transactions that decide about the order (`charge`, `Tender.let_go`), and
asked for after them; if whoever decided dies before, payments asks.
"""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import structlog
from msgspec import structs

from boxoffice.data.idempotency import KeyInUse
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.bookings.approving import rows
from boxoffice.services.bookings.approving.applying import Applying, columns_of_hold, last_end
from boxoffice.services.bookings.approving.parts import Parts
from boxoffice.services.bookings.asking_money import PayRequest
from boxoffice.services.bookings.composing import dates_of
from boxoffice.services.bookings.confirming import PaidAmiss
from boxoffice.services.bookings.facts import ApplicationMoved
from boxoffice.services.bookings.people import checked_message
from boxoffice.services.bookings.policies import policy_of
from boxoffice.services.bookings.reading import lock_orders, read_order
from boxoffice.services.bookings.rules import (
    OPEN,
    PAYMENT,
    ApplicationStep,
    CustomerMissing,
    HoldExpired,
    IllegalMove,
    OrderNotFound,
    OrderPaymentStatus,
    OrderStatus,
    check_shown,
    held_while_paying,
    longest_hold,
    pay_until,
    shown_status,
)
from boxoffice.services.bookings.snapshots import CardHold, OrderSnapshot
from boxoffice.services.bookings.views import OrderView
from boxoffice.services.events.api import EventSummary, Standing
from boxoffice.services.payments.api import (
    Begun,
    Payments,
    PaymentStatus,
    PaymentView,
)

log = structlog.get_logger(__name__)


class AppliedByCard(PayRequest, frozen=True, kw_only=True):
    """A few words, with the card that is to hold the money."""

    message: str


class Settling(Protocol):
    """What `Checkout` does when a payment is settled."""

    async def money_came(
        self, organizer_id: UUID, order_id: UUID, payment: PaymentView
    ) -> OrderView: ...

    async def payment_failed(self, organizer_id: UUID, order_id: UUID) -> None: ...


class Cards:
    """What applicants' cards hold."""

    def __init__(
        self, parts: Parts, payments: Payments, applying: Applying, checkout: Settling
    ) -> None:
        self._db = parts.db
        self._stock = parts.stock
        self._door = parts.door
        self._holds = parts.holds
        self._composer = parts.composer
        self._tender = parts.tender
        self._payments = payments
        self._applying = applying
        self._checkout = checkout

    async def apply(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        asked: AppliedByCard,
    ) -> OrderView:
        """As `Applying.apply`, with what is due held on `source`, where the event's policy wants
        that; else the card is not touched. Declined: `CardDeclined`, and the order is held as it
        was. While the provider ponders the order's payment is `pending`. A repeated request is told
        of its payment, whatever has become of the order.
        """
        message, once = checked_message(asked.message, pointer="/message"), asked.once
        asked = structs.replace(asked, message=message)
        try:
            begun = await self._begin(actor, organizer_id, order_id, asked)
        except (OrderNotFound, KeyInUse):
            raise
        except Refusal:
            payment = await self._payments.repeated(organizer_id, order_id, once)
            if payment is None:
                if answer := await self._applying.repeated(organizer_id, once):
                    return answer
                raise
        else:
            if begun is not None:
                payment = await self._payments.finish(begun)
            else:
                payment = await self._payments.repeated(organizer_id, order_id, once)
        if payment is None:
            return await self._applying.apply(
                actor, organizer_id, order_id, message, shown=asked.shown, once=once
            )
        return await self._settle(actor, organizer_id, order_id, payment)

    async def _settle(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, payment: PaymentView
    ) -> OrderView:
        if payment.status in {PaymentStatus.AUTHORISED, PaymentStatus.VOIDED}:
            return await self.hold_came(organizer_id, order_id, payment)
        sent = await self._was_sent_with(payment, organizer_id, order_id)
        if payment.status is PaymentStatus.FAILED and not sent:
            await self._checkout.payment_failed(organizer_id, order_id)
            raise payment.declined()
        return await self._holds.view(actor, organizer_id, order_id)

    async def _was_sent_with(
        self, payment: PaymentView, organizer_id: UUID, order_id: UUID
    ) -> bool:
        """Whether the order was applied with, with what that payment held."""
        async with self._db.begin(organizer_id) as tx:
            hold = (await read_order(tx, organizer_id, order_id)).hold
        return hold is not None and hold.payment_id == payment.id

    async def _begin(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        asked: AppliedByCard,
    ) -> Begun | None:
        """Check that it can be applied with, hold the stock while the card is asked, and write down
        what is asked of it and with which message; refused, nothing of it has been. None if no card
        is wanted.
        """
        async with self._db.begin(organizer_id) as tx:
            standing = await self._stock.standing_to_keep(tx, [order_id])
            order, now = await self._door.lock(tx, actor, order_id)
            await self._applying.check(tx, order, standing[order_id], now=now)
            if order.due.is_zero or not await self._tender.takes_card(tx, order):
                return None
            if order.charges is not None and order.charges.lacks_customer:
                raise CustomerMissing
            begun = await self._payments.authorisations.begin(
                tx, reference=order_id, amount=order.due, source=asked.source, once=asked.once
            )
            if begun.is_asked_for:
                check_shown(asked.shown, total=order.total, due=order.due)
                await self._wait_for_card(tx, order, asked.message, now=now)
            return begun

    async def _wait_for_card(
        self, tx: Transaction, order: OrderSnapshot, message: str, *, now: datetime
    ) -> None:
        order.set_hold(CardHold(message=message))
        order.payment_status = PAYMENT.move(order.payment_status, OrderPaymentStatus.PENDING)
        longest = longest_hold(order.created_at)
        until = held_while_paying(order.hold_expires_at or now, longest=longest, now=now)
        await self._holds.hold_until(tx, order, until, paying=True, **columns_of_hold(order))

    async def hold_came(
        self, organizer_id: UUID, order_id: UUID, payment: PaymentView
    ) -> OrderView:
        """The card holds the money, whoever noticed: the order is applied with, once. If it cannot
        be any more the money is let go, and why is the refusal.
        """
        async with self._db.begin(organizer_id) as tx:
            dates = dates_of(await read_order(tx, organizer_id, order_id))
        known = await self._composer.known(organizer_id, [], dates=dates)
        async with self._db.begin(organizer_id) as tx:
            standing = await self._stock.standing_to_keep(tx, [order_id])
            await lock_orders(tx, organizer_id, [order_id])
            order, now = await read_order(tx, organizer_id, order_id), await tx.now()
            refusal = None
            if order.hold is None or order.hold.payment_id != payment.id:
                stays = await self._payments.authorisations.stays(tx, payment.id)
                refusal = _unfit(order, standing[order_id], payment, stays=stays, now=now)
                event = known.events[order.event_id]
                await self._take_in(tx, order, event, payment, refusal, now=now)
            view = self._composer.view(known, order, now=now)
        if refusal is not None:
            await self._ask(organizer_id, order_id, payment.id)
            raise refusal
        return view

    async def _take_in(  # what was read under the lock of the order
        self,
        tx: Transaction,
        order: OrderSnapshot,
        event: EventSummary,
        payment: PaymentView,
        refusal: Refusal | None,
        *,
        now: datetime,
    ) -> None:
        """The order is applied with, and holds on to the payment; refused, that is let go."""
        if refusal is not None or order.hold is None:
            await self._payments.authorisations.let_go(tx, [order.id], only=payment.id)
            return
        until = payment.authorised_until
        order.set_hold(
            structs.replace(order.hold, payment_id=payment.id, amount=payment.amount, until=until)
        )
        order.payment_status = PAYMENT.move(order.payment_status, OrderPaymentStatus.AUTHORISED)
        await self._applying.write(tx, order, event, order.hold.message, now=now)

    async def authorised(self, organizer_id: UUID, order_id: UUID, payment_id: UUID) -> None:
        """The fact, perhaps late and perhaps again."""
        payment = await self._payments.payment(organizer_id, order_id, payment_id)
        if payment.status is not PaymentStatus.AUTHORISED:
            return
        try:
            await self.hold_came(organizer_id, order_id, payment)
        except OrderNotFound:
            async with self._db.begin(organizer_id) as tx:
                await self._payments.authorisations.let_go(tx, [order_id], only=payment_id)
        except Refusal as refusal:
            log.info("card_hold_let_go", order_id=str(order_id), because=refusal.code)

    async def charge(self, tx: Transaction, order: OrderSnapshot) -> ApplicationStep:
        """The locked order is approved: take what its card holds, if that is what is due. What the
        buyer is to be told.
        """
        hold, authorisations = order.hold, self._payments.authorisations
        if hold is None or hold.payment_id is None:
            return ApplicationStep.APPROVED
        held = order.payment_status is OrderPaymentStatus.AUTHORISED
        fits = hold.amount in (None, order.due)
        if held and fits and await authorisations.capture(tx, hold.payment_id):
            order.payment_status = PAYMENT.move(order.payment_status, OrderPaymentStatus.PENDING)
            order.set_hold(structs.replace(hold, charging=True))
            return ApplicationStep.CHARGED
        await authorisations.let_go(tx, [order.id])
        if held:
            order.payment_status = PAYMENT.move(order.payment_status, OrderPaymentStatus.FAILED)
        return ApplicationStep.UNCHARGED

    async def carry_out(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> OrderView:
        """Ask for what was decided about the order's card, and show the order as it is then.
        Whatever goes wrong, payments asks again.
        """
        async with self._db.begin(organizer_id) as tx:
            hold = (await read_order(tx, organizer_id, order_id)).hold
        if hold is not None and hold.payment_id is not None:
            await self._ask(organizer_id, order_id, hold.payment_id)
        return await self._holds.view(actor, organizer_id, order_id, staff=Permission.ORDERS_WRITE)

    async def _ask(self, organizer_id: UUID, order_id: UUID, payment_id: UUID) -> None:
        try:
            payment = await self._payments.authorisations.carry_out(organizer_id, payment_id)
            if payment.status is PaymentStatus.SUCCEEDED:
                await self._checkout.money_came(organizer_id, order_id, payment)
            elif payment.status in {PaymentStatus.FAILED, PaymentStatus.VOIDED}:
                await self.nothing_came(organizer_id, order_id, payment_id)
        except Refusal as refusal:
            log.info("money_not_kept", order_id=str(order_id), because=refusal.code)
        except Exception:
            log.exception("card_hold_delayed", payment_id=str(payment_id))

    async def nothing_came(self, organizer_id: UUID, order_id: UUID, payment_id: UUID) -> None:
        """A payment has failed, or a card holds nothing any more: whoever was approved pays
        otherwise, and is told once; else nobody owes anything.
        """
        async with self._db.begin(organizer_id) as tx:
            order = await read_order(tx, organizer_id, order_id)
        # A hold is written down before the card is asked for it.
        if order.hold is None or not await self._end(organizer_id, order, payment_id):
            await self._checkout.payment_failed(organizer_id, order_id)

    async def _end(self, organizer_id: UUID, seen: OrderSnapshot, payment_id: UUID) -> bool:
        """Whether it was what the order's card held."""
        known = await self._composer.known(organizer_id, [], dates=dates_of(seen))
        async with self._db.begin(organizer_id) as tx:
            standing = await self._stock.standing_to_keep(tx, [seen.id])
            await lock_orders(tx, organizer_id, [seen.id])
            order = await read_order(tx, organizer_id, seen.id)
            if ours := _holds(order, payment_id):
                ends_at = last_end(known.events[order.event_id], order)
                await self._write_ended(tx, order, standing[order.id], ends_at)
        return ours

    async def _write_ended(
        self, tx: Transaction, order: OrderSnapshot, standing: Standing, ends_at: datetime
    ) -> None:
        if order.hold is not None and order.hold.charging:
            order.set_hold(structs.replace(order.hold, charging=False))
            if order.status is OrderStatus.AWAITING_PAYMENT:
                order.payment_status = PAYMENT.move(order.payment_status, OrderPaymentStatus.FAILED)
                if standing is Standing.LIVE:
                    await self._let_pay(tx, order, ends_at)
        elif order.status in OPEN:
            # Paid otherwise by now, or to be.
            return
        waits = {OrderPaymentStatus.PENDING, OrderPaymentStatus.AUTHORISED}
        if order.payment_status in waits:
            order.payment_status = PAYMENT.move(order.payment_status, OrderPaymentStatus.RELEASED)
        await self._holds.write(tx, order, **columns_of_hold(order))

    async def _let_pay(self, tx: Transaction, order: OrderSnapshot, ends_at: datetime) -> None:
        """The card gave nothing: the time to pay otherwise begins now."""
        terms = (await policy_of(tx, order.event_id)).approval
        row = await rows.find(tx, order.id)
        row.due_at = pay_until(terms, ends_at=ends_at, now=await tx.now())
        await self._holds.hold_until(tx, order, row.due_at, paying=True)
        tx.tell(
            ApplicationMoved(
                organizer_id=tx.tenant, order_id=order.id, step=ApplicationStep.UNCHARGED
            )
        )  # fmt: skip


def _unfit(
    order: OrderSnapshot, standing: Standing, payment: PaymentView, *, stays: bool, now: datetime
) -> Refusal | None:
    """Why the order cannot be applied with, now that its card holds the money."""
    shown = shown_status(order.status, hold_expires_at=order.hold_expires_at, now=now)
    if shown is OrderStatus.EXPIRED or (order.must_apply and standing is not Standing.LIVE):
        return HoldExpired()
    if not order.must_apply or order.hold is None:
        return IllegalMove(status=shown.value)
    if payment.amount != order.due or not stays:
        return PaidAmiss()
    return None


def _holds(order: OrderSnapshot, payment_id: UUID) -> bool:
    """Whether that payment is what the order's card holds, or was to hold when it ended."""
    hold = order.hold
    if hold is None:
        return False
    return hold.payment_id == payment_id or (hold.payment_id is None and order.status not in OPEN)
