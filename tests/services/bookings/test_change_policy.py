"""What goes back when a date is cancelled: pure, and never more than we have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.services.bookings.changes.policy import (
    Policy,
    Share,
    cancelled,
    due,
    postponed,
    share,
)
from boxoffice.services.bookings.rules import ORDER, OrderStatus

policies = st.builds(
    Policy,
    refund=st.sampled_from(["full", "keep_fee", "none"]),
    keep_percent=st.integers(0, 100),
    keep_per_ticket=st.integers(0, 10**6),
)


@given(policies, st.integers(-(10**6), 10**9), st.integers(0, 100))
def test_a_refund_is_never_negative_and_never_more_than_there_is(
    policy: Policy, kept: int, tickets: int
) -> None:
    assert 0 <= due(policy, kept=kept, tickets=tickets) <= max(0, kept)


@pytest.mark.parametrize(
    ("policy", "refund"),
    [
        (Policy(refund="full", keep_percent=50), 5001),
        (Policy(refund="none"), 0),
        (Policy(refund="keep_fee", keep_percent=10), 4501),
        (Policy(refund="keep_fee", keep_per_ticket=150), 4701),
        (Policy(refund="keep_fee", keep_percent=100, keep_per_ticket=1), 0),
        (Policy(refund="keep_fee"), 5001),
    ],
)
def test_the_fee_is_a_percentage_rounded_down_and_an_amount_a_ticket(
    policy: Policy, refund: int
) -> None:
    assert due(policy, kept=5001, tickets=2) == refund


@given(policies, st.sampled_from(OrderStatus), st.integers(0, 10**6))
def test_every_order_goes_where_the_table_of_moves_allows(
    policy: Policy, status: OrderStatus, kept: int
) -> None:
    step = cancelled(policy, status, Share(kept=kept, tickets=1))
    if step is not None:
        assert step.status is status or step.status in ORDER.moves[status]
    told = postponed(status)
    assert told is None or told.status is status


def test_what_was_not_bought_is_let_go_without_money() -> None:
    full = Policy(refund="full")
    for status in (OrderStatus.HELD, OrderStatus.AWAITING_PAYMENT, OrderStatus.AWAITING_APPROVAL):
        step = cancelled(full, status, Share(kept=0, tickets=0))
        assert step is not None
        assert (step.outcome, step.refund) == ("released", 0)


def test_money_for_an_expired_order_goes_back_whole_whatever_the_policy() -> None:
    step = cancelled(Policy(refund="none"), OrderStatus.EXPIRED, Share(kept=700, tickets=0))
    assert step is not None
    assert (step.outcome, step.refund) == ("expired", 700)
    for status in (OrderStatus.CANCELLED, OrderStatus.REJECTED):
        assert cancelled(Policy(), status, Share(kept=700, tickets=0)) is None


def test_what_is_for_other_dates_stays_bought() -> None:
    part = Share(kept=700, tickets=2, remains=True)
    step = cancelled(Policy(), OrderStatus.CONFIRMED, part)
    assert step is not None
    assert (step.status, step.refund) == (OrderStatus.CONFIRMED, 700)
    assert share(kept=2000, whole=False, concerned=700) == 700
    assert share(kept=500, whole=False, concerned=700) == 500
    assert share(kept=2000, whole=True, concerned=1900) == 2000
