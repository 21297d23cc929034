"""What a cancellation comes to: what is kept, what comes back of each ticket, what remains. Pure.

Everything is in minor units, and adds up: the old total is the new one and what comes back, the
parts of a refund sum up to it, and so do its taxes.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.kernel.ids import new_id
from boxoffice.services.bookings.pricing import priced_without, unit_of
from boxoffice.services.bookings.rules import DiscountLost, RemainingCostsMore
from boxoffice.services.bookings.snapshots import OrderCharges, OrderSnapshot, PositionSnapshot
from boxoffice.services.events.api import (
    Priced,
    PricedFee,
    PricedUnit,
    TaxLabel,
    VoucherUse,
    divided,
    pro_rata,
    share_of,
)


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of each ticket (`percent` in thousandths of a percent, `fixed` minor units),
    whether service fees are, and what becomes of discounts on what remains.
    """

    percent: int = 0
    fixed: int = 0
    keep_fees: bool = False
    discounts: Literal["keep", "charge", "forbid"] = "charge"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A cancelled ticket: its price, what is kept of it, what comes back and the tax in that."""

    position_id: UUID
    number: int
    name: str
    price: int
    fee: int
    refund: int
    tax: int


class Repriced(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket that remains and costs something else from now on."""

    position_id: UUID
    number: int
    name: str
    old: int
    new: int


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """`fees_refund` is what comes back of the order's fees; with the lines' refunds it sums up to
    `refund`. `units` are the remaining positions' prices, `fees` the order's fees from now on.
    """

    whole: bool
    old_total: int
    new_total: int
    fee: int
    refund: int
    refund_tax: int
    fees_refund: int
    lines: tuple[Line, ...]
    repriced: tuple[Repriced, ...]
    units: tuple[PricedUnit, ...]
    fees: tuple[PricedFee, ...]


def figures(
    order: OrderSnapshot, chosen: Collection[UUID], terms: Terms, *, received: int
) -> Figures:
    """What cancelling the `chosen` positions comes to; `received` is the money that is here.

    `DiscountLost` or `RemainingCostsMore` if the tickets that remain forbid it.
    """
    gone = [one for one in order.positions if one.id in chosen]
    left = [one for one in order.positions if one.id not in chosen]
    rest = _rest(order, chosen, terms, whole=not left)
    fees = _fees_left(order, rest, terms)
    remaining = sum(unit.price for unit in rest.units) + _borne(fees)
    if remaining > order.total.amount:
        raise RemainingCostsMore
    kept = _kept(gone, terms, most=order.total.amount - remaining)
    charged = _charged(gone, kept)
    new_total = remaining + sum(kept)
    refund = max(0, min(order.total.amount, received) - new_total)
    tax = _tax(order.positions, _fees(order)) - _unit_tax(rest.units) - _fee_tax((*fees, *charged))
    fees_back = max(0, _borne(_fees(order)) - _borne(fees))
    lines, of_fees = _lines(gone, kept, refund=refund, fees_back=fees_back)
    fees_tax = max(0, _fee_tax(_fees(order)) - _fee_tax(fees))
    lines = _taxed(lines, gone, tax=max(0, tax), fees_tax=fees_tax if of_fees else 0)
    return Figures(
        whole=not left,
        old_total=order.total.amount,
        new_total=new_total,
        fee=sum(kept),
        refund=refund,
        refund_tax=max(0, tax),
        fees_refund=of_fees,
        lines=lines,
        repriced=_repriced(left, rest.units),
        units=rest.units,
        fees=(*fees, *charged),
    )


def charges_after(order: OrderSnapshot, made: Figures) -> OrderCharges | None:
    """The order's charges once the positions are gone."""
    gone = {line.position_id for line in made.lines}
    before = order.charges or OrderCharges()
    after = msgspec.structs.replace(before, fees=made.fees, uses=uses_left(order, before, gone))
    return None if order.charges is None and not made.fees else after


def taken_away(order: OrderSnapshot, gone: Collection[UUID], *, refund: int) -> Figures:
    """What remains of an order whose other positions are for dates that do not take place.

    Prices, discounts and fees stay; what of the price of those `gone` is not in the `refund` is
    kept as a fee.
    """
    lost = [one for one in order.positions if one.id in gone]
    left = [one for one in order.positions if one.id not in gone]
    prices = [one.price.amount for one in lost]
    kept = pro_rata(sum(prices) - refund, prices)
    fees = (*_fees(order), *_charged(lost, kept))
    tax = max(0, _tax(order.positions, _fees(order)) - _tax(left, fees))
    lines, _ = _lines(lost, kept, refund=refund, fees_back=0)
    return Figures(
        whole=not left,
        old_total=order.total.amount,
        new_total=order.total.amount - refund,
        fee=sum(kept),
        refund=refund,
        refund_tax=tax,
        fees_refund=0,
        lines=_taxed(lines, lost, tax=tax, fees_tax=0),
        repriced=(),
        units=tuple(unit_of(one) for one in left),
        fees=fees,
    )


def fees_kept(order: OrderSnapshot) -> int:
    """What earlier cancellations have cost, in minor units."""
    return sum(fee.price for fee in _fees(order) if fee.kind == "cancellation")


def _rest(order: OrderSnapshot, chosen: Collection[UUID], terms: Terms, *, whole: bool) -> Priced:
    if whole:
        return Priced(units=())
    rest = priced_without(order, chosen, keep=terms.discounts == "keep")
    if terms.discounts == "forbid":
        as_is = priced_without(order, chosen, keep=True)
        if any(a.reductions != b.reductions for a, b in zip(rest.units, as_is.units, strict=True)):
            raise DiscountLost
    return rest


def _fees(order: OrderSnapshot) -> tuple[PricedFee, ...]:
    return order.charges.fees if order.charges else ()


def _fees_left(order: OrderSnapshot, rest: Priced, terms: Terms) -> tuple[PricedFee, ...]:
    """The fees of what remains, and those of earlier cancellations, which stay for good."""
    if terms.keep_fees:
        return _fees(order)
    return (*rest.fees, *(fee for fee in _fees(order) if fee.kind == "cancellation"))


def _kept(gone: Sequence[PositionSnapshot], terms: Terms, *, most: int) -> list[int]:
    """What is kept of each ticket; together never more than its going sets free."""
    wanted = [
        min(one.price.amount, share_of(one.price.amount, terms.percent) + terms.fixed)
        for one in gone
    ]
    return wanted if sum(wanted) <= most else pro_rata(most, wanted)


def _charged(gone: Sequence[PositionSnapshot], kept: Sequence[int]) -> tuple[PricedFee, ...]:
    """The cancellation fees, one for each tax rule: what is kept is taxed as the ticket was."""
    prices: Counter[TaxLabel | None] = Counter()
    taxes: Counter[TaxLabel | None] = Counter()
    for one, fee in zip(gone, kept, strict=True):
        label = one.charges.tax_rule if one.charges else None
        prices[label] += fee
        taxes[label] += divided(fee * one.tax.amount, one.price.amount) if fee else 0
    return tuple(
        PricedFee(
            id=new_id(),
            name="Cancellation fee",
            kind="cancellation",
            payer="buyer",
            price=price,
            tax=taxes[label],
            tax_rule=label,
        )
        for label, price in prices.items()
        if price
    )


def _lines(
    gone: Sequence[PositionSnapshot], kept: Sequence[int], *, refund: int, fees_back: int
) -> tuple[tuple[Line, ...], int]:
    """The refund over the tickets and then the fees; what does not divide falls to the last."""
    weights = [one.price.amount - fee for one, fee in zip(gone, kept, strict=True)]
    *parts, of_fees = pro_rata(refund, [*weights, fees_back])
    if refund and not fees_back and of_fees:
        parts[-1] += of_fees
        of_fees = 0
    lines = tuple(
        Line(
            position_id=one.id,
            number=one.number,
            name=_name(one),
            price=one.price.amount,
            fee=fee,
            refund=part,
            tax=0,
        )
        for one, fee, part in zip(gone, kept, parts, strict=True)
    )
    return lines, of_fees


def _taxed(
    lines: Sequence[Line], gone: Sequence[PositionSnapshot], *, tax: int, fees_tax: int
) -> tuple[Line, ...]:
    """The lines with their parts of the tax that comes back; the rest is in the fees."""
    weights = [
        divided(one.tax.amount * (line.price - line.fee), line.price) if line.price else 0
        for one, line in zip(gone, lines, strict=True)
    ]
    *taxes, of_fees = pro_rata(tax, [*weights, fees_tax])
    if not fees_tax and of_fees:
        taxes[-1] += of_fees
    return tuple(
        msgspec.structs.replace(line, tax=part) for line, part in zip(lines, taxes, strict=True)
    )


def _repriced(
    left: Sequence[PositionSnapshot], units: Sequence[PricedUnit]
) -> tuple[Repriced, ...]:
    return tuple(
        Repriced(
            position_id=one.id,
            number=one.number,
            name=_name(one),
            old=one.price.amount,
            new=unit.price,
        )
        for one, unit in zip(left, units, strict=True)
        if one.price.amount != unit.price
    )


def uses_left(
    order: OrderSnapshot, charges: OrderCharges, gone: Collection[UUID]
) -> tuple[VoucherUse, ...]:
    """What the order's vouchers still give it without these positions."""
    uses: list[VoucherUse] = []
    for use in charges.uses:
        returned = [
            (one.ticket_type_id, cut.amount)
            for one in order.positions
            if one.id in gone and one.charges
            for cut in one.charges.reductions
            if cut.kind in {"voucher", "early"} and cut.id == use.voucher_id
        ]
        by_type = Counter(use.by_type) - Counter(kind for kind, _ in returned)
        if by_type:
            amount = use.amount - sum(amount for _, amount in returned)
            uses.append(msgspec.structs.replace(use, amount=amount, by_type=dict(by_type)))
    return tuple(uses)


def _name(one: PositionSnapshot) -> str:
    return " · ".join(filter(None, (one.ticket_type_name, one.variation_name)))


def _borne(fees: Sequence[PricedFee]) -> int:
    return sum(fee.price for fee in fees if fee.payer == "buyer")


def _fee_tax(fees: Sequence[PricedFee]) -> int:
    return sum(fee.tax for fee in fees if fee.payer == "buyer")


def _unit_tax(units: Sequence[PricedUnit]) -> int:
    return sum(unit.tax for unit in units)


def _tax(positions: Sequence[PositionSnapshot], fees: Sequence[PricedFee]) -> int:
    return sum(one.tax.amount for one in positions) + _fee_tax(fees)
