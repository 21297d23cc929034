"""What holds for any basket under any rules."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.refusals import Refusal
from boxoffice.services.events.rules.pricing import discounts
from boxoffice.services.events.rules.pricing.basket import (
    Priced,
    Reductions,
    Unit,
    price,
    recount,
)
from boxoffice.services.events.rules.pricing.book import NO_RULES, PriceBook
from boxoffice.services.events.rules.pricing.discounts import Candidate, DiscountRule
from boxoffice.services.events.rules.pricing.rounding import pro_rata, share_of
from boxoffice.services.events.rules.pricing.taxes import (
    Rounding,
    TaxableLine,
    TaxRule,
    is_possible,
    tax,
)
from boxoffice.services.events.rules.pricing.vouchers import Voucher, redeem
from tests.services.events.rules.pricing import baskets
from tests.services.events.rules.pricing.baskets import NOW


def redeemed(vouchers: Sequence[Voucher], units: Sequence[Unit]) -> Reductions:
    """As many of the vouchers as fit together."""
    accepted: list[Voucher] = []
    for voucher in vouchers:
        try:
            redeem([*accepted, voucher], units, now=NOW)
        except Refusal:
            continue
        accepted.append(voucher)
    return redeem(accepted, units, now=NOW).reductions


def check(priced: Priced) -> None:
    lines = [*priced.units, *priced.passed_on]
    assert sum(line.price for line in lines) == priced.total
    assert sum(line.tax for line in lines) == priced.tax
    assert all(line.price >= 0 and 0 <= line.tax <= line.price for line in lines)


@given(units=baskets.units, book=baskets.books, vouchers=baskets.voucher_lists)
def test_the_lines_and_fees_of_any_order_sum_up_to_its_total(
    units: list[Unit], book: PriceBook, vouchers: list[Voucher]
) -> None:
    check(price(units, book, redeemed(vouchers, units)))


@given(
    units=baskets.units,
    book=baskets.books,
    country=st.sampled_from(["AT", "CH", "DE"]),
    is_business=st.booleans(),
)
def test_whoever_buys_the_lines_sum_up_and_who_owes_the_tax_themselves_pays_none(
    units: list[Unit], book: PriceBook, country: str, *, is_business: bool
) -> None:
    priced = price(units, book.of(country=country, is_business=is_business))
    check(priced)
    reversed_ = [
        one for one in priced.units if one.tax_rule is not None and one.tax_rule.reverse_charge
    ]
    assert all(one.tax == 0 and one.price <= one.list_price for one in reversed_)


@given(units=baskets.units, vouchers=baskets.voucher_lists)
def test_any_number_of_vouchers_never_brings_any_order_below_zero(
    units: list[Unit], vouchers: list[Voucher]
) -> None:
    priced = price(units, NO_RULES, redeemed(vouchers, units))
    assert all(0 <= unit.price <= unit.list_price for unit in priced.units)
    assert all(unit.list_price - unit.reduced_by == unit.price for unit in priced.units)


@given(units=baskets.units, vouchers=baskets.voucher_lists)
def test_a_voucher_gives_no_more_than_its_uses_its_limit_and_its_budget(
    units: list[Unit], vouchers: list[Voucher]
) -> None:
    for voucher in vouchers:
        try:
            (use,) = redeem([voucher], units, now=NOW).uses
        except Refusal:
            continue
        assert 1 <= use.units <= min(voucher.max_uses, voucher.max_per_order or use.units)
        assert voucher.budget is None or use.amount <= voucher.budget


@given(units=baskets.units, rules=baskets.discounts)
def test_a_discount_line_is_used_once(units: list[Unit], rules: tuple[DiscountRule, ...]) -> None:
    candidates = [
        Candidate(number, unit.ticket_type_id, unit.price, number % 3 == 0, unit.bound, unit.date)
        for number, unit in enumerate(units)
    ]
    taken = discounts.apply(rules, candidates)
    used = [number for one in taken for number in one.used]
    assert len(used) == len(set(used))
    for one in taken:
        assert one.off.keys() <= one.used
        assert one.rule.ticket_type_ids or not any(units[number].bound for number in one.used)
        assert all(0 <= off <= units[number].price for number, off in one.off.items())


@given(
    dates=st.lists(st.integers(0, 4), max_size=14),
    prices=st.lists(st.integers(1, 500), min_size=14, max_size=14),
    count=st.integers(2, 4),
)
def test_a_discount_for_different_dates_takes_the_most_tickets_that_sets_of_them_are_made_of(
    dates: list[int], prices: list[int], count: int
) -> None:
    candidates = [
        Candidate(number, UUID(int=1), prices[number], False, date=UUID(int=date))
        for number, date in enumerate(dates)
    ]
    rule = DiscountRule(id=UUID(int=2), name="Dates", kind="dates", count=count, percent=10_000)
    taken = discounts.apply([rule], candidates)
    used = Counter(dates[number] for one in taken for number in one.used)
    # Dealt in turn to as many sets as the fullest date has units, each set gets different dates.
    assert used.total() >= max(used.values(), default=0) * count
    for sets in range(1, len(dates) + 1):
        most = sum(min(units, sets) for units in Counter(dates).values())
        assert most < sets * count or most <= used.total()
    for one in taken:
        for number in one.used:
            left = [
                n for n, date in enumerate(dates) if date == dates[number] and n not in one.used
            ]
            assert all(prices[n] <= prices[number] for n in left)


@given(units=baskets.units, book=baskets.books, vouchers=baskets.voucher_lists)
def test_a_whole_order_counted_again_costs_the_same(
    units: list[Unit], book: PriceBook, vouchers: list[Voucher]
) -> None:
    priced = price(units, book, redeemed(vouchers, units))
    assert recount(priced.units, book) == priced


@given(units=baskets.units, book=baskets.books)
def test_an_order_keeps_the_pages_of_the_book_that_price_it(
    units: list[Unit], book: PriceBook
) -> None:
    kinds = {unit.ticket_type_id for unit in units}
    assert price(units, book.pages(kinds)) == price(units, book)


@given(units=baskets.units, book=baskets.books)
def test_a_percentage_fee_of_the_final_amount_is_that_share_of_the_final_amount(
    units: list[Unit], book: PriceBook
) -> None:
    """Of net lines it is off by at most a unit for each fee that a rounding step moves."""
    priced = price(units, book)
    rules = {rule.id: rule for rule in book.rules.fees}
    count = sum(unit.price > 0 and not unit.bound for unit in priced.units)
    for fee in priced.passed_on:
        rule = rules[fee.id]
        if rule.of != "total" or (fee.tax_rule and not fee.tax_rule.inclusive):
            continue
        owed = rule.fixed * (count if rule.per == "ticket" else 1) + share_of(
            priced.total, rule.percent
        )
        assert abs(fee.price - owed) <= len(priced.passed_on)


@given(
    gross=st.lists(st.integers(0, 10**6), min_size=1, max_size=20),
    rate=st.integers(0, 30_000),
)
def test_stable_gross_moves_no_gross_price_and_says_when_the_tax_is_inexact(
    gross: list[int], rate: int
) -> None:
    rule = TaxRule(id=baskets.TAX_IDS[0], name="VAT", rate=rate, inclusive=True)
    taxed = tax([TaxableLine(one, rule) for one in gross], Rounding.NET_TOTAL_STABLE_GROSS)
    assert [line.gross for line in taxed.lines] == gross
    owed = share_of(sum(line.net for line in taxed.lines), rate)
    off = abs(owed - sum(line.tax for line in taxed.lines))
    assert off == 0 if is_possible(sum(gross), rule) else off == 1
    assert taxed.inexact is not is_possible(sum(gross), rule)


@given(
    net=st.lists(st.integers(0, 10**6), min_size=1, max_size=20),
    rate=st.integers(0, 30_000),
    inclusive=st.booleans(),
)
def test_by_net_total_the_tax_is_that_of_the_net_total(
    net: list[int], rate: int, *, inclusive: bool
) -> None:
    rule = TaxRule(id=baskets.TAX_IDS[0], name="VAT", rate=rate, inclusive=inclusive)
    taxed = tax([TaxableLine(one, rule) for one in net], Rounding.NET_TOTAL)
    assert sum(line.tax for line in taxed.lines) == share_of(
        sum(line.net for line in taxed.lines), rate
    )


@given(weights=st.lists(st.integers(0, 10**6), min_size=1, max_size=20), data=st.data())
def test_a_partial_refund_is_shared_pro_rata_and_exactly(
    weights: list[int], data: st.DataObject
) -> None:
    """Edge case 14: in minor units, the rest falls to the last lines, none exceeds its price."""
    amount = data.draw(st.integers(0, sum(weights)))
    parts = pro_rata(amount, weights)
    assert sum(parts) == amount
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))
    exact = [amount * weight / max(1, sum(weights)) for weight in weights]
    assert all(abs(part - fair) <= 1 for part, fair in zip(parts, exact, strict=True))


def test_what_does_not_divide_falls_to_the_last_line() -> None:
    assert pro_rata(100, [100, 100, 100]) == [33, 33, 34]
