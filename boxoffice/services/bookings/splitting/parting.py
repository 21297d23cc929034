"""One order becomes two, in memory. Pure.

Every position keeps its price, and every fee is shared by what the positions cost, so that both
orders together cost what the one did, to the minor unit and tax by tax. The rules that an order
keeps to be counted again by are parted alike: a fixed fee is shared, and discounts that were earned
together stay with their tickets.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from msgspec.structs import replace

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.bills import costs_of
from boxoffice.services.bookings.cancelling.figures import uses_left
from boxoffice.services.bookings.changing.dating import dated
from boxoffice.services.bookings.rules import OrderPaymentStatus, OrderRefundStatus
from boxoffice.services.bookings.snapshots import OrderCharges, OrderSnapshot, PositionSnapshot
from boxoffice.services.bookings.views import BuyerView
from boxoffice.services.events.api import PriceBook, PricedFee, pro_rata
from boxoffice.services.payments.api import GiftCardUse, PartView


class NewOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What the new order does not have from the old one. Without a `buyer` it is the same one's."""

    id: UUID
    code: str
    now: datetime
    buyer: BuyerView | None = None


class Parted(NamedTuple):
    stays: OrderSnapshot
    goes: OrderSnapshot


# A share for what stays, then one for what goes.
_Shares = list[int]


def parted(order: OrderSnapshot, chosen: Collection[UUID], new: NewOrder) -> Parted:
    """The order without the chosen positions, and one of these alone, neither with gift cards."""
    going = [one for one in order.positions if one.id in chosen]
    staying = [one for one in order.positions if one.id not in chosen]
    stay, go = _charges(order, staying, going)
    stays = replace(order, positions=staying, charges=stay, tickets=_tickets(order, staying))
    goes = replace(
        order,
        id=new.id,
        code=new.code,
        buyer=new.buyer or order.buyer,
        buyer_id=None if new.buyer else order.buyer_id,
        positions=[replace(one, number=number) for number, one in enumerate(going, start=1)],
        cancelled=[],
        tickets=_tickets(order, going),
        charges=go,
        payment_id=None,
        refund_status=OrderRefundStatus.NONE,
        extensions=0,
        link_version=1,
        created_at=new.now,
        confirmed_at=new.now,
    )
    for one in (stays, goes):
        one.total = costs_of(one.positions, one.charges, currency=order.total.currency).total
        dated(one)
    if goes.total.is_zero:
        goes.payment_status = OrderPaymentStatus.NONE
    return Parted(stays, goes)


def with_gift_cards(order: OrderSnapshot, both: Parted, parts: Sequence[PartView]) -> None:
    """Each order names what its cards pay, once these parts of the order's money have moved."""
    moved = {part.taken_from: part for part in parts}
    stay, go = list[GiftCardUse](), list[GiftCardUse]()
    for use in order.gift_cards:
        part = moved.get(use.payment_id)
        left = use.amount - (part.amount.amount if part else 0)
        if left:
            stay.append(replace(use, amount=left))
        if part:
            go.append(replace(use, payment_id=part.id, amount=part.amount.amount))
    for one, uses in zip(both, (stay, go), strict=True):
        if uses or one.gift_cards:
            one.charges = replace(one.charges or OrderCharges(), gift_cards=tuple(uses))


def _tickets(order: OrderSnapshot, positions: Sequence[PositionSnapshot]) -> list[Any]:
    ids = {one.id for one in positions}
    return [ticket for ticket in order.tickets if ticket.position_id in ids]


def _charges(
    order: OrderSnapshot, staying: Sequence[PositionSnapshot], going: Sequence[PositionSnapshot]
) -> tuple[OrderCharges | None, OrderCharges | None]:
    """Whoever was asked for approval has it; what was taken over from others was paid for. The new
    order was not bought together with anything, nor applied for with a card.
    """
    before = order.charges
    if before is None:
        return None, None
    weights = _weights(staying, going)
    (stay_fees, go_fees), (stay_book, go_book) = _fees(before, weights), _books(before, weights)
    stay = replace(
        before,
        fees=stay_fees,
        book=stay_book,
        uses=uses_left(order, before, {one.id for one in going}),
    )
    go = replace(
        before,
        fees=go_fees,
        book=go_book,
        uses=uses_left(order, before, {one.id for one in staying}),
        needs_approval=False,
        takes=(),
        gift_cards=(),
        purchase_id=None,
        hold=None,
    )
    return stay, go


def _weights(staying: Sequence[PositionSnapshot], going: Sequence[PositionSnapshot]) -> _Shares:
    """What the positions cost; where all are free, how many they are."""
    prices = [sum(one.price.amount for one in part) for part in (staying, going)]
    return prices if any(prices) else [len(staying), len(going)]


def _fees(
    charges: OrderCharges, weights: _Shares
) -> tuple[tuple[PricedFee, ...], tuple[PricedFee, ...]]:
    """What was kept of cancelled tickets stays with the order that they were in."""
    stay, go = list[PricedFee](), list[PricedFee]()
    for fee in charges.fees:
        shares = [fee.price, 0] if fee.kind == "cancellation" else pro_rata(fee.price, weights)
        taxes = [fee.tax, 0] if fee.kind == "cancellation" else pro_rata(fee.tax, weights)
        for side, price, tax in zip((stay, go), shares, taxes, strict=True):
            if price:
                side.append(replace(fee, price=price, tax=tax))
    return tuple(stay), tuple(go)


def _books(charges: OrderCharges, weights: _Shares) -> tuple[PriceBook | None, PriceBook | None]:
    book = charges.book
    if book is None:
        return None, None
    fixed = [
        pro_rata(fee.fixed, weights) if fee.per == "order" else [fee.fixed, fee.fixed]
        for fee in book.rules.fees
    ]
    stay, go = (
        replace(
            book,
            rules=replace(
                book.rules,
                discounts=(),
                fees=tuple(
                    replace(fee, fixed=parts[side])
                    for fee, parts in zip(book.rules.fees, fixed, strict=True)
                ),
            ),
        )
        for side in (0, 1)
    )
    return stay, go


def fees_of(order: OrderSnapshot) -> Money:
    """The fees that its buyer bears."""
    costs = sum(one.price.amount for one in order.positions)
    return Money(amount=order.total.amount - costs, currency=order.total.currency)
