"""One order becomes two: what each costs, and how much money goes along. Pure."""

from collections import Counter
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Invalid
from boxoffice.services.bookings.bills import costs_of
from boxoffice.services.bookings.cancelling.figures import Terms, figures
from boxoffice.services.bookings.rules import (
    AlreadyCancelled,
    ComesWithItsTicket,
    NothingWouldStay,
    leaving,
    money_to_move,
)
from boxoffice.services.bookings.splitting.parting import NewOrder, parted
from boxoffice.services.events.api import PriceBook
from boxoffice.services.events.rules.pricing.book import Rules
from boxoffice.services.events.rules.pricing.discounts import DiscountRule
from boxoffice.services.events.rules.pricing.fees import FeeRule
from tests.services.bookings.test_cancelling_rules import NOW, books, order_of

NEW = NewOrder(id=new_id(), code="NEW", now=NOW)


@given(st.data(), st.lists(st.integers(0, 5000), min_size=2, max_size=7), books())
def test_both_orders_together_cost_what_the_one_did_with_its_taxes_and_fees(
    data: st.DataObject, prices: list[int], book: PriceBook
) -> None:
    order = order_of(prices, book)
    ids = [one.id for one in order.positions]
    chosen = data.draw(st.sets(st.sampled_from(ids), min_size=1, max_size=len(ids) - 1))
    both = parted(order, chosen, NEW)
    one, *two = [costs_of(o.positions, o.charges, currency="EUR") for o in (order, *both)]
    for part in ("total", "net", "tax"):
        assert getattr(one, part).amount == sum(getattr(o, part).amount for o in two)
    taxes = Counter[str]()
    for tax in (tax for costs in two for tax in costs.taxes):
        taxes[tax.name] += tax.tax.amount
    assert taxes == Counter({tax.name: tax.tax.amount for tax in one.taxes})
    fees = [fee for o in two for fee in o.fees]
    assert all(0 <= fee.tax.amount <= fee.price.amount for fee in fees)
    prices_before = {p.id: (p.price, p.tax, p.charges) for p in order.positions}
    for o in both:
        assert {p.id: (p.price, p.tax, p.charges) for p in o.positions}.items() <= (
            prices_before.items()
        )
        everything = [p.id for p in o.positions]
        back = figures(o, everything, Terms(), received=o.total.amount)
        assert back.refund == o.total.amount


def test_a_fixed_fee_and_a_group_discount_are_parted_and_stand_when_a_part_is_cancelled() -> None:
    group = DiscountRule(id=new_id(), name="Group", count=4, percent=50_000)
    fee = FeeRule(id=new_id(), name="Booking", fixed=100)
    order = order_of([1000] * 4, PriceBook(rules=Rules(fees=(fee,), discounts=(group,))))
    assert order.total.amount == 2100
    stays, goes = parted(order, {order.positions[0].id}, NEW)
    assert (stays.total.amount, goes.total.amount) == (1575, 525)
    rest = figures(stays, [stays.positions[0].id], Terms(), received=1575)
    assert (rest.new_total, rest.refund) == (1075, 500)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_the_money_that_goes_is_the_price_or_a_fair_share_of_what_is_here(
    kept: int, staying: int, moving: int
) -> None:
    goes = money_to_move(kept=kept, total=staying + moving, moving=moving)
    assert 0 <= goes <= min(kept, moving)
    if kept >= staying + moving:
        assert goes == moving
    else:
        assert kept - goes <= staying


def test_what_comes_with_a_ticket_goes_along_and_something_stays() -> None:
    day, night, lunch, gone = (new_id() for _ in range(4))
    out_of = partial(leaving, live=[day, night, lunch], gone=[gone], parents={lunch: day})
    assert out_of([day]) == {day, lunch}
    assert out_of([night]) == {night}
    with pytest.raises(ComesWithItsTicket):
        out_of([lunch])
    with pytest.raises(NothingWouldStay):
        out_of([day, night])
    with pytest.raises(AlreadyCancelled):
        out_of([gone])
    for wrong in ([], [new_id()]):
        with pytest.raises(Invalid):
            out_of(wrong)
