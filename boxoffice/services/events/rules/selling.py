"""The bill of one want: its price, its vouchers, and what they do to the stock."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import structs

from boxoffice.kernel.refusals import Conflict
from boxoffice.services.events.rules.pricing.basket import Priced, Unit, plain_unit, price
from boxoffice.services.events.rules.pricing.book import NO_RULES, PriceBook
from boxoffice.services.events.rules.pricing.passes import kept, let_in, together
from boxoffice.services.events.rules.pricing.vouchers import (
    NOTHING_REDEEMED,
    Redeemed,
    UnknownVoucher,
    Use,
    Voucher,
    check_still_left,
    code_key,
    redeem,
    spend,
)

Line = tuple[UUID, str, int, int, tuple[UUID, ...], bool, UUID | None]


class PriceChanged(Conflict):
    code = "price_changed"
    message = "The price has changed since you saw it; look at the new one and accept it."


class VoucherTooLate(Conflict):
    code = "voucher_too_late"
    message = "This voucher has tickets set aside: let these go and enter it before you choose."


class VoucherHoldsTickets(Conflict):
    code = "voucher_holds_tickets"
    message = "This voucher let you have these tickets: let them go to leave it out."


class HeldOrder(msgspec.Struct, frozen=True, kw_only=True):
    """An order whose claims stand, with the list prices and the rules that it was opened under."""

    id: UUID
    event_id: UUID
    units: tuple[Unit, ...]
    book: PriceBook
    uses: tuple[Use, ...]
    expires_at: datetime | None


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """The total that a buyer was shown and, as far as they say, of each ticket type."""

    total: int
    lines: dict[UUID, int] = {}


class Bill(msgspec.Struct, frozen=True, kw_only=True):
    """`priced` is None for a late order: its price stands."""

    priced: Priced | None
    uses: tuple[Use, ...] = ()
    vouchers: tuple[Voucher, ...] = ()

    @property
    def is_free(self) -> bool:
        return self.priced is not None and self.priced.total == 0

    def lender(self, seat_id: UUID | None) -> UUID | None:
        """The voucher that has set this very seat aside."""
        return next((one.id for one in self.vouchers if seat_id in one.aside), None)

    def reserved(
        self, ticket_type_id: UUID, quota_id: UUID, *, seated: bool
    ) -> list[tuple[UUID, int]]:
        """Units of the type that vouchers have set aside in the quota: voucher and number.

        Of a seat only those of vouchers that are for no seats: see `lender`.
        """
        parts = [
            (voucher.id, min(use.by_type.get(ticket_type_id, 0), voucher.reserved.get(quota_id, 0)))
            for voucher, use in self._with(on_stock="reserve")
            if not (seated and voucher.seats)
        ]
        return [(voucher, units) for voucher, units in parts if units]

    def beyond(self, ticket_type_id: UUID) -> int:
        """Units of the type that need not fit into its quotas."""
        return sum(use.by_type.get(ticket_type_id, 0) for _, use in self._with(on_stock="bypass"))

    def _with(self, *, on_stock: str) -> list[tuple[Voucher, Use]]:
        pairs = zip(self.vouchers, self.uses, strict=True)
        return [(voucher, use) for voucher, use in pairs if voucher.on_stock == on_stock]


def ring_up(  # noqa: PLR0913  # what a bill depends on, all by name
    lines: Sequence[Line],
    book: PriceBook,
    *,
    codes: Sequence[str],
    known: Sequence[Voucher],
    expected: Expected | None,
    now: datetime,
    waiting: Collection[UUID] = (),
) -> Bill:
    """The bill for `lines` of ticket type, its name, list price and number of units, where a
    voucher is for seats a seat for each, whether they come with another line, and their date if
    that is not the order's own. The sale of the types that are `waiting` has not begun: passes let
    them in.

    Raises what `redeem` and `let_in` do, `UnknownVoucher`, and `PriceChanged` if another total was
    expected.
    """
    if book is NO_RULES and not codes:
        bill = _plain(lines)
    else:
        units = [unit for line in lines for unit in _units(line)]
        vouchers = tuple(_voucher(code, known) for code in codes)
        plain = tuple(one for one in vouchers if not one.early)
        redeemed = redeem(plain, units, now=now) if plain else NOTHING_REDEEMED
        if passes := [one for one in vouchers if one.early]:
            redeemed = together(let_in(passes, units, waiting, now=now), redeemed)
        bill = _bill(units, book, vouchers, redeemed)
    if expected is not None and bill.priced is not None:
        _check_expected(expected, bill.priced, {line[0]: line[1] for line in lines})
    return bill


def ring_up_held(
    order: HeldOrder, known: Sequence[Voucher], *, codes: Sequence[str], now: datetime
) -> Bill:
    """The bill of a held order with these vouchers instead of those that it has used; what passes
    have let in stays with them.

    Units that a voucher sets aside are taken when an order is opened, not afterwards.
    """
    by_id = {voucher.id: structs.replace(voucher) for voucher in known}
    former = {use.voucher_id for use in order.uses}
    for use in order.uses:
        if use.voucher_id in by_id:
            by_id[use.voucher_id].used -= use.units
            by_id[use.voucher_id].spent -= use.amount
    passes = [use for use in order.uses if use.voucher_id in by_id and by_id[use.voucher_id].early]
    named = (_voucher(code, list(by_id.values())) for code in codes)
    vouchers = tuple(one for one in named if not one.early)
    if any(voucher.on_stock == "reserve" and voucher.id not in former for voucher in vouchers):
        raise VoucherTooLate
    redeemed = redeem(vouchers, order.units, now=now) if vouchers else NOTHING_REDEEMED
    _check_tickets_stay(order.uses, redeemed.uses, by_id)
    redeemed = together(kept(passes, order.units), redeemed)
    return _bill(order.units, order.book, tuple(by_id.values()), redeemed)


def _check_tickets_stay(
    former: Sequence[Use], uses: Sequence[Use], known: Mapping[UUID, Voucher]
) -> None:
    """Tickets that a voucher set aside or let in beyond the capacity stay with that voucher."""
    by_id = {use.voucher_id: use.by_type for use in uses}
    for use in former:
        voucher = known.get(use.voucher_id)
        if voucher is None or voucher.on_stock == "normal":
            continue
        if by_id.get(use.voucher_id) != use.by_type:
            raise VoucherHoldsTickets(voucher=use.code)


def retake(uses: tuple[Use, ...], known: Sequence[Voucher]) -> Bill:
    """The bill of an order that is priced already and lost its claims: its vouchers must still have
    what they gave it, whatever their window says by now.
    """
    by_id = {voucher.id: voucher for voucher in known}
    for use in uses:
        if use.voucher_id not in by_id:
            raise UnknownVoucher
        check_still_left(by_id[use.voucher_id], use)
    return Bill(priced=None, uses=uses, vouchers=tuple(by_id[use.voucher_id] for use in uses))


def settle_bill(bill: Bill, claims: Sequence[tuple[UUID | None, UUID, int, UUID | None]]) -> None:
    """The bill is granted with these claims (voucher, quota, units, seat): so much less is left."""
    by_id = {voucher.id: voucher for voucher in bill.vouchers}
    for voucher, use in zip(bill.vouchers, bill.uses, strict=True):
        spend(voucher, use)
    for voucher_id, quota, units, seat in claims:
        if voucher_id is not None:
            by_id[voucher_id].reserved[quota] -= units
            if seat is not None:
                by_id[voucher_id].aside.discard(seat)


def _units(line: Line) -> list[Unit]:
    kind, _, amount, number, seats, bound, date = line
    if seats:
        return [Unit(kind, amount, seat, bound, date) for seat in seats]
    return [Unit(kind, amount, bound=bound, date=date)] * number


def _plain(lines: Sequence[Line]) -> Bill:
    """What nearly every order is: so many tickets at their list prices."""
    priced = [
        unit
        for kind, _, amount, number, *_ in lines
        for unit in (plain_unit(kind, amount),) * number
    ]
    return Bill(priced=Priced(units=tuple(priced)))


def _bill(
    units: Sequence[Unit], book: PriceBook, vouchers: tuple[Voucher, ...], redeemed: Redeemed
) -> Bill:
    priced = price(units, book, redeemed.reductions)
    by_id = {one.id: one for one in vouchers}
    used = tuple(by_id[use.voucher_id] for use in redeemed.uses)
    return Bill(priced=priced, uses=redeemed.uses, vouchers=used)


def _voucher(code: str, known: Sequence[Voucher]) -> Voucher:
    wanted = code_key(code)
    for voucher in known:
        if code_key(voucher.code) == wanted:
            return voucher
    raise UnknownVoucher(voucher=code)


def _check_expected(expected: Expected, priced: Priced, names: dict[UUID, str]) -> None:
    if priced.total == expected.total:
        return
    lines = [
        {
            "ticket_type_id": kind,
            "ticket_type_name": name,
            "old": expected.lines.get(kind),
            "new": sum(unit.price for unit in priced.units if unit.ticket_type_id == kind),
        }
        for kind, name in names.items()
    ]
    raise PriceChanged(
        old_total=expected.total,
        new_total=priced.total,
        fees=sum(fee.price for fee in priced.passed_on),
        lines=lines,
    )
