"""What a cancellation comes to, and when buyers may: pure."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Invalid
from boxoffice.services.bookings.cancelling.figures import Terms, charges_after, figures
from boxoffice.services.bookings.pricing import charges_of_unit
from boxoffice.services.bookings.rules import (
    AlreadyCancelled,
    CancelAllAtOnce,
    CancellationNotAllowed,
    CancellationTerms,
    CancellationTooLate,
    DiscountLost,
    FeeStep,
    IllegalMove,
    OrderPaymentStatus,
    OrderPolicy,
    OrderStatus,
    RemainingCostsMore,
    check_cancellable,
    checked_policy,
    chosen_of,
    step_at,
    with_extras,
)
from boxoffice.services.bookings.rules.cancelling import PartOfBundle
from boxoffice.services.bookings.snapshots import OrderCharges, OrderSnapshot, PositionSnapshot
from boxoffice.services.events.api import PriceBook
from boxoffice.services.events.rules.pricing.basket import Unit, price
from boxoffice.services.events.rules.pricing.book import Rules
from boxoffice.services.events.rules.pricing.discounts import DiscountRule
from boxoffice.services.events.rules.pricing.fees import FeeRule
from boxoffice.services.events.rules.pricing.taxes import Rounding, TaxRule

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
KINDS = [new_id(), new_id()]


def order_of(prices: list[int], book: PriceBook) -> OrderSnapshot:
    """A confirmed order of tickets of two types, taking turns."""
    units = [Unit(KINDS[number % 2], amount) for number, amount in enumerate(prices)]
    priced = price(units, book)

    def money(amount: int) -> Money:
        return Money(amount=amount, currency="EUR")

    return OrderSnapshot(
        id=new_id(),
        code="ABC",
        event_id=new_id(),
        occurrence_id=new_id(),
        status=OrderStatus.CONFIRMED,
        payment_status=OrderPaymentStatus.PAID,
        total=money(priced.total),
        charges=OrderCharges(fees=priced.fees, book=book),
        buyer_id=None,
        buyer=None,
        locale="en",
        hold_expires_at=None,
        extensions=0,
        link_version=1,
        created_at=NOW,
        confirmed_at=NOW,
        positions=[
            PositionSnapshot(
                id=new_id(),
                number=number,
                ticket_type_id=unit.ticket_type_id,
                ticket_type_name="Standard",
                price=money(unit.price),
                list_price=money(unit.list_price),
                tax=money(unit.tax),
                charges=charges_of_unit(unit),
                attendee_name=None,
            )
            for number, unit in enumerate(priced.units, start=1)
        ],
        tickets=[],
    )


@st.composite
def books(draw: st.DrawFn) -> PriceBook:
    tax = TaxRule(
        id=new_id(), name="VAT", rate=draw(st.integers(0, 30_000)), inclusive=draw(st.booleans())
    )
    fee = FeeRule(
        id=new_id(),
        name="Fee",
        fixed=draw(st.integers(0, 500)),
        percent=draw(st.integers(0, 20_000)),
        per=draw(st.sampled_from(["ticket", "order"])),
        tax_rule_id=draw(st.sampled_from([None, tax.id])),
    )
    group = DiscountRule(
        id=new_id(), name="G", count=draw(st.integers(2, 4)), percent=draw(st.integers(0, 50_000))
    )
    rules = Rules(
        rounding=draw(st.sampled_from(Rounding)),
        type_taxes={KINDS[0]: tax.id},
        fees=(fee,),
        discounts=(group,) if draw(st.booleans()) else (),
    )
    return PriceBook(rules=rules, taxes=(tax,))


terms = st.builds(
    Terms,
    percent=st.integers(0, 100_000),
    fixed=st.integers(0, 1000),
    keep_fees=st.booleans(),
    discounts=st.sampled_from(["keep", "charge"]),
)


@given(st.data(), st.lists(st.integers(0, 5000), min_size=1, max_size=6), books(), terms)
def test_edge_case_14_parts_of_a_refund_sum_up_and_nothing_is_lost_or_made(
    data: st.DataObject, prices: list[int], book: PriceBook, what: Terms
) -> None:
    order = order_of(prices, book)
    ids = [one.id for one in order.positions]
    chosen = data.draw(st.sets(st.sampled_from(ids), min_size=1))
    try:
        made = figures(order, chosen, what, received=order.total.amount)
    except RemainingCostsMore:
        assume(what.discounts == "charge" or len(chosen) < len(ids))
        return
    borne = [fee for fee in made.fees if fee.payer == "buyer"]
    assert made.refund == made.old_total - made.new_total >= 0
    assert made.new_total == sum(unit.price for unit in made.units) + sum(f.price for f in borne)
    assert sum(line.refund for line in made.lines) + made.fees_refund == made.refund
    assert all(0 <= line.fee <= line.price for line in made.lines)
    assert all(line.refund >= 0 and line.tax >= 0 for line in made.lines)
    assert sum(line.fee for line in made.lines) == made.fee
    assert made.whole == (len(chosen) == len(ids))
    assert sum(line.tax for line in made.lines) <= made.refund_tax
    before = sum(one.tax.amount for one in order.positions)
    before += sum(fee.tax for fee in order.charges.fees) if order.charges else 0
    after = sum(unit.tax for unit in made.units) + sum(fee.tax for fee in borne)
    assert made.refund_tax == max(0, before - after)


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=6), books())
def test_cancelling_everything_for_nothing_gives_everything_back(
    prices: list[int], book: PriceBook
) -> None:
    order = order_of(prices, book)
    everything = [one.id for one in order.positions]
    made = figures(order, everything, Terms(), received=order.total.amount)
    assert (made.refund, made.new_total, made.fee) == (order.total.amount, 0, 0)
    assert charges_after(order, made) is not None


@given(st.integers(0, 9000))
def test_no_more_goes_back_than_has_come(received: int) -> None:
    order = order_of([2000, 2000], PriceBook())
    made = figures(order, [order.positions[0].id], Terms(), received=received)
    assert made.refund == max(0, min(received, 4000) - 2000)


def test_edge_case_13_a_policy_may_forbid_to_break_a_discount() -> None:
    group = DiscountRule(id=new_id(), name="G", count=2, percent=10_000)
    order = order_of([2000, 2000], PriceBook(rules=Rules(discounts=(group,))))
    with pytest.raises(DiscountLost):
        figures(order, [order.positions[0].id], Terms(discounts="forbid"), received=3600)
    whole = [one.id for one in order.positions]
    assert figures(order, whole, Terms(discounts="forbid"), received=3600).refund == 3600


@given(st.integers(0, 200))
def test_the_first_step_that_is_not_over_counts(hours: int) -> None:
    early = FeeStep(hours_before=100, percent=10_000)
    late = FeeStep(hours_before=10, percent=50_000)
    policy = checked_policy(
        OrderPolicy(cancellation=CancellationTerms(allowed=True, schedule=[late, early]))
    )
    starts_at = NOW + timedelta(hours=hours)
    if hours <= 10:
        with pytest.raises(CancellationTooLate):
            step_at(policy.cancellation, starts_at=starts_at, now=NOW)
    else:
        step = step_at(policy.cancellation, starts_at=starts_at, now=NOW)
        assert step == (early if hours > 100 else late)


def test_nobody_cancels_where_the_organizer_has_not_said_so() -> None:
    with pytest.raises(CancellationNotAllowed):
        step_at(OrderPolicy().cancellation, starts_at=NOW + timedelta(days=9), now=NOW)


def test_two_steps_never_end_at_the_same_time() -> None:
    steps = [FeeStep(hours_before=5), FeeStep(hours_before=5, fixed=1)]
    with pytest.raises(Invalid):
        checked_policy(OrderPolicy(cancellation=CancellationTerms(schedule=steps)))


def test_only_positions_that_stand_are_cancelled() -> None:
    live, gone = [new_id(), new_id()], [new_id()]
    assert chosen_of(None, live=live, gone=gone) == frozenset(live)
    wrong: list[tuple[Any, type[Exception]]] = [
        (gone, AlreadyCancelled), ([new_id()], Invalid), ([], Invalid),
    ]  # fmt: skip
    for wanted, refusal in wrong:
        with pytest.raises(refusal):
            chosen_of(wanted, live=live, gone=gone)
    with pytest.raises(AlreadyCancelled):
        chosen_of(None, live=[], gone=gone)


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=12), st.data())
def test_a_position_takes_with_it_whatever_comes_with_it(
    parts: list[tuple[int, bool]], data: st.DataObject
) -> None:
    bases, ids = [new_id() for _ in range(5)], [new_id() for _ in parts]
    parents = {one: bases[base] for one, (base, _) in zip(ids, parts, strict=True)}
    bundled = [one for one, (_, part) in zip(ids, parts, strict=True) if part]
    chosen = data.draw(st.sets(st.sampled_from([*bases, *ids])))
    if any(one in chosen and parents[one] not in chosen for one in bundled):
        with pytest.raises(PartOfBundle):
            with_extras(chosen, parents, bundled)
    else:
        gone = with_extras(chosen, parents, bundled)
        assert gone == chosen | {one for one in ids if parents[one] in chosen}


def test_orders_that_are_not_confirmed_are_cancelled_whole_and_ended_ones_never() -> None:
    check_cancellable(OrderStatus.HELD, whole=True)
    with pytest.raises(CancelAllAtOnce):
        check_cancellable(OrderStatus.AWAITING_PAYMENT, whole=False)
    with pytest.raises(IllegalMove):
        check_cancellable(OrderStatus.EXPIRED, whole=True)
