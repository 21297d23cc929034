"""A ticket in another variation: the old units go back, the new ones are claimed, in one go.

Never dearer than what was paid; what it is cheaper goes back.
"""

from uuid import UUID

import msgspec
from sqlalchemy import update

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.bookings.cancelling.writing import returned
from boxoffice.services.bookings.changing.doors import ChangeDoor, own_goods
from boxoffice.services.bookings.changing.money import Difference
from boxoffice.services.bookings.pricing import priced_with, repriced
from boxoffice.services.bookings.reading import lock_orders, lock_tickets, read_order
from boxoffice.services.bookings.returns.reading import check_kept
from boxoffice.services.bookings.rules import (
    ChangeCostsMore,
    ChangeDiffers,
    ChangeNotAllowed,
    PositionNotFound,
    SameVariation,
    VoucherTicket,
)
from boxoffice.services.bookings.snapshots import OrderCharges, OrderSnapshot, PositionSnapshot
from boxoffice.services.bookings.tables import OrderPosition
from boxoffice.services.bookings.views import OrderView, View
from boxoffice.services.bookings.writing import update_prices
from boxoffice.services.events.api import (
    Stock,
    TicketTypeFacts,
    VariationFacts,
    VariationOff,
    Want,
    WantedLine,
    keep_for_line,
    lock_exchange,
    return_units,
)
from boxoffice.services.payments.api import Payments


class VariationChoiceView(View, frozen=True, kw_only=True):
    """A variation the ticket could come in, and what the whole order would cost with it."""

    variation_id: UUID
    name: str
    new_total: Money


class VariationChange(msgspec.Struct, frozen=True, kw_only=True):
    """`expected_total`: what the order costs with it, in minor units, as it was shown."""

    position_id: UUID
    variation_id: UUID
    expected_total: int


class ChangingVariations:
    """For buyers as far as the event's policy lets them, and for staff."""

    def __init__(self, db: Database, stock: Stock, door: ChangeDoor, payments: Payments) -> None:
        self._db = db
        self._stock = stock
        self._door = door
        self._money = Difference(payments)

    async def choices(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, position_id: UUID
    ) -> list[VariationChoiceView]:
        """The others on sale that cost no more; whether any is left is known when it is taken."""
        known = await self._door.known(actor, organizer_id, order_id)
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.open(
                tx, actor, order_id, known, "variations", position_id=position_id
            )
            position = own_goods(order, position_id)
            shelf = await self._stock.look(tx, _want(order, position, position.variation_id))
        kind = shelf.types.get(position.ticket_type_id)
        found = kind.variations if kind and kind.pricing == "fixed" else ()
        choices = [
            _choice(order, position, one, price=_price(kind, position, one))
            for one in found
            if kind and one.on_sale and one.id != position.variation_id
        ]
        return [one for one in choices if one.new_total.amount <= order.total.amount]

    async def change(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        wish: VariationChange,
        *,
        once: IdempotencyKey | None,
    ) -> OrderView:
        """All or nothing; sold out, the ticket stays as it is."""
        known = await self._door.known(actor, organizer_id, order_id)
        async with self._db.begin(organizer_id) as tx:
            await self._lock_stock(tx, order_id, wish.position_id)
            await lock_orders(tx, organizer_id, [order_id])
            await lock_tickets(tx, [order_id])
            if replayed := await tx.claim(once, OrderView):
                return replayed
            order = await self._door.open(
                tx, actor, order_id, known, "variations", position_id=wish.position_id
            )
            position = own_goods(order, wish.position_id)
            await self._check_kept(tx, order, position)
            chosen, price = await self._exchange(tx, order, position, wish.variation_id)
            refunds = await self._write(tx, actor, order, position, chosen, price, wish)
            now, order = await tx.now(), await read_order(tx, organizer_id, order_id)
            view = await tx.keep(once, self._door.composer.view(known, order, now=now))
        await self._money.send(organizer_id, refunds)
        return view

    async def _lock_stock(self, tx: Transaction, order_id: UUID, position_id: UUID) -> None:
        """All that is given back and all that may be taken, before the order."""
        order = await read_order(tx, tx.tenant, order_id)
        chosen = [one for one in order.positions if one.id == position_id]
        kinds = {one.ticket_type_id for one in chosen}
        dates = {one.occurrence_id or order.occurrence_id for one in chosen}
        await lock_exchange(tx, [order_id], kinds, dates)
        await self._stock.standing(tx, [order_id])

    async def _check_kept(
        self, tx: Transaction, order: OrderSnapshot, position: PositionSnapshot
    ) -> None:
        for ticket in order.tickets:
            if ticket.position_id == position.id:
                await check_kept(tx, ticket.id, now=await tx.now())

    async def _exchange(
        self, tx: Transaction, order: OrderSnapshot, position: PositionSnapshot, variation_id: UUID
    ) -> tuple[VariationFacts, int]:
        """Give the old units back and take the new ones; the variation, and its list price."""
        if position.variation_id == variation_id:
            raise SameVariation
        cuts = position.charges.reductions if position.charges else ()
        if any(cut.kind == "voucher" for cut in cuts):
            raise VoucherTicket
        freed = await return_units(tx, order.id, returned(order, [position]))
        want = _want(order, position, variation_id)
        # All of them are locked already.
        shelf = await self._stock.lock_types(tx, [position.ticket_type_id], want.dates)
        (outcome,) = await self._stock.claim(tx, shelf, [want])
        if isinstance(outcome, Refusal):
            raise outcome
        await keep_for_line(tx, freed)
        kind = shelf.types[position.ticket_type_id]
        chosen = next((one for one in kind.variations if one.id == variation_id), None)
        if chosen is None:
            raise PositionNotFound
        if not chosen.on_sale:
            raise VariationOff(variation_id=variation_id)
        if kind.pricing != "fixed":
            raise ChangeNotAllowed
        return chosen, _price(kind, position, chosen)

    async def _write(  # noqa: PLR0913, PLR0917  # what one change is made of
        self,
        tx: Transaction,
        actor: Actor,
        order: OrderSnapshot,
        position: PositionSnapshot,
        chosen: VariationFacts,
        price: int,
        wish: VariationChange,
    ) -> list[UUID]:
        old_total = order.total.amount
        _reprice(order, position, price)
        new_total = order.total.amount
        if new_total != wish.expected_total:
            raise ChangeDiffers(new_total=new_total)
        if new_total > old_total:
            raise ChangeCostsMore(more=new_total - old_total)
        await update_prices(tx, order)
        await _write_position(tx, position, chosen, price)
        tx.audit(
            "order.variation_changed",
            actor=actor,
            subject=f"order:{order.id}",
            changes={"ticket": position.number, "variation": chosen.name, "total": new_total},
        )
        return await self._money.promise(tx, order, await self._money.owed(tx, order, old_total))


def _want(order: OrderSnapshot, position: PositionSnapshot, variation_id: UUID | None) -> Want:
    return Want(
        holder=order.id,
        event_id=order.event_id,
        occurrence_id=position.occurrence_id or order.occurrence_id,
        lines=(
            WantedLine(
                ticket_type_id=position.ticket_type_id,
                quantity=1,
                variation_id=variation_id,
                seats=(position.seat.id,) if position.seat else (),
            ),
        ),
        expires_at=None,
        late=True,
    )


def _price(kind: TicketTypeFacts, position: PositionSnapshot, chosen: VariationFacts) -> int:
    """The list price in that variation. What came with a ticket at a price of its own keeps it."""
    own: dict[UUID | None, int] = {
        one.id: kind.price.amount if one.price is None else one.price for one in kind.variations
    }
    as_sold = position.list_price.amount
    kept = position.parent_id is not None and own.get(position.variation_id) != as_sold
    return as_sold if kept or position.bundled else own[chosen.id]


def _reprice(order: OrderSnapshot, position: PositionSnapshot, price: int) -> None:
    """The order in memory as it costs with that list price for the position."""
    charges = order.charges or OrderCharges()
    priced = priced_with(order, position.id, price)
    kept = tuple(fee for fee in charges.fees if fee.kind == "cancellation")
    fees = (*priced.fees, *kept)
    total = priced.total + sum(fee.price for fee in kept)
    order.positions = repriced(order.positions, priced)
    order.total = Money(amount=total, currency=order.total.currency)
    if order.charges is not None:
        order.charges = msgspec.structs.replace(charges, fees=fees, inexact=priced.inexact)


async def _write_position(
    tx: Transaction, position: PositionSnapshot, chosen: VariationFacts, price: int
) -> None:
    await tx.session.execute(
        update(OrderPosition)
        .where(OrderPosition.organizer_id == tx.organizer_id, OrderPosition.id == position.id)
        .values(variation_id=chosen.id, variation_name=chosen.name, list_amount=price)
        .execution_options(synchronize_session=False)
    )


def _choice(
    order: OrderSnapshot, position: PositionSnapshot, one: VariationFacts, *, price: int
) -> VariationChoiceView:
    priced = priced_with(order, position.id, price)
    kept = sum(fee.price for fee in (order.charges or OrderCharges()).fees
               if fee.kind == "cancellation")  # fmt: skip
    total = Money(amount=priced.total + kept, currency=order.total.currency)
    return VariationChoiceView(variation_id=one.id, name=one.name, new_total=total)
