"""The decisions of payments, without a database."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.services.payments.refusals import AlreadyPaid, PaymentUnderWay, TooMuchToRefund
from boxoffice.services.payments.rules import (
    MAKE_WAY_AFTER,
    TRANSITIONS,
    Balance,
    PaymentStatus,
    is_news,
    make_way,
    spread,
    spread_at_most,
)

CARD = Path(__file__).parents[3] / "docs" / "services" / "payments.md"
AMOUNTS = st.integers(min_value=0, max_value=10**12)
SAID = [
    PaymentStatus.PENDING,
    PaymentStatus.AUTHORISED,
    PaymentStatus.SUCCEEDED,
    PaymentStatus.FAILED,
]


def test_the_card_shows_the_same_moves() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([^|]*)\|", CARD.read_text(), flags=re.MULTILINE)
    shown = {now: set(re.findall(r"`(\w+)`", moves)) for now, moves in rows}
    assert shown == {str(now): set(map(str, moves)) for now, moves in TRANSITIONS.items()}


@given(st.lists(st.sampled_from(SAID), max_size=12))
def test_a_success_is_never_unsaid(reports: list[PaymentStatus]) -> None:
    """Whatever is reported, in whatever order: one success is enough, and it is news only once."""
    status, successes = PaymentStatus.CREATED, 0
    for said in reports:
        if is_news(status, said):
            successes += said is PaymentStatus.SUCCEEDED
            status = said
    assert successes == (PaymentStatus.SUCCEEDED in reports)
    assert (status is PaymentStatus.SUCCEEDED) == (PaymentStatus.SUCCEEDED in reports)


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), max_size=5), st.integers(1, 10**13))
def test_a_refund_comes_out_exactly_or_not_at_all(sums: list[tuple[int, int]], amount: int) -> None:
    balances = [
        Balance(UUID(int=number), captured=max(pair), refunded=min(pair))
        for number, pair in enumerate(sums)
    ]
    left = {one.payment_id: one.captured - one.refunded for one in balances}
    if amount > sum(left.values()):
        with pytest.raises(TooMuchToRefund):
            spread(amount, balances)
        return
    parts = spread(amount, balances)
    assert sum(part.amount for part in parts) == amount
    assert all(0 < part.amount <= left[part.payment_id] for part in parts)
    assert [part.payment_id for part in parts] == sorted(left, reverse=True)[: len(parts)] or 0 in (
        left.values()
    )


@pytest.mark.parametrize("status", list(PaymentStatus))
def test_who_makes_way_for_another_payment(status: PaymentStatus) -> None:
    for age in (timedelta(), MAKE_WAY_AFTER):
        if status is PaymentStatus.SUCCEEDED:
            with pytest.raises(AlreadyPaid):
                make_way(status, age=age)
        elif status is PaymentStatus.AUTHORISED or (
            status in {PaymentStatus.CREATED, PaymentStatus.PENDING} and not age
        ):
            with pytest.raises(PaymentUnderWay):
                make_way(status, age=age)
        else:
            make_way(status, age=age)


@given(
    st.integers(min_value=0, max_value=10**12),
    st.lists(st.tuples(AMOUNTS, AMOUNTS, st.booleans()), max_size=5),
)
def test_as_much_as_is_there_is_passed_on_and_no_more(
    amount: int, came: list[tuple[int, int, bool]]
) -> None:
    balances = [
        Balance(UUID(int=number), captured, min(captured, back), by_card)
        for number, (captured, back, by_card) in enumerate(came)
    ]
    left = {one.payment_id: one.captured - one.refunded for one in balances}
    parts = spread_at_most(amount, balances)
    assert sum(part.amount for part in parts) == min(amount, sum(left.values()))
    assert all(0 < part.amount <= left[part.payment_id] for part in parts)
    assert len({part.payment_id for part in parts}) == len(parts)
