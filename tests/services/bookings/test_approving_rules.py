"""Until when an application is decided and paid, and where it stands."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.services.bookings.rules import (
    CAPTURE_BEFORE,
    EXTEND_BY,
    HOLD_FOR,
    PAYMENT_GRACE,
    ApplicationOver,
    ApplicationState,
    ApprovalTerms,
    OrderStatus,
    application_state,
    check_waiting,
    decide_until,
    decide_until_moved,
    held_while_paying,
    longest_hold,
    pay_until,
    shown_status,
)

NOW = datetime(2027, 3, 14, 12, tzinfo=UTC)
HOURS = st.integers(1, 24 * 365)


@given(HOURS, HOURS, st.integers(-100, 10_000))
def test_neither_time_ends_after_the_date_nor_at_once(decide: int, pay: int, ends: int) -> None:
    terms = ApprovalTerms(decide_hours=decide, pay_hours=pay)
    ends_at = NOW + timedelta(hours=ends)
    for until, hours in (
        (decide_until(terms, ends_at=ends_at, now=NOW), decide),
        (pay_until(terms, ends_at=ends_at, now=NOW), pay),
    ):
        assert until >= NOW + HOLD_FOR
        assert until <= max(ends_at, NOW + HOLD_FOR)
        assert until <= NOW + timedelta(hours=hours)


def test_without_a_word_it_waits_until_the_date_is_over() -> None:
    ends_at = NOW + timedelta(days=90)
    assert decide_until(ApprovalTerms(), ends_at=ends_at, now=NOW) == ends_at
    assert pay_until(ApprovalTerms(), ends_at=ends_at, now=NOW) == NOW + timedelta(hours=72)


@given(HOURS, st.integers(1, 168), st.integers(-100, 10_000))
def test_with_a_card_it_is_decided_before_that_lets_go_of_the_money(
    decide: int, held: int, ends: int
) -> None:
    held_until, ends_at = NOW + timedelta(hours=held), NOW + timedelta(hours=ends)
    terms = ApprovalTerms(decide_hours=decide, card=True)
    without = decide_until(terms, ends_at=ends_at, now=NOW)
    until = decide_until(terms, ends_at=ends_at, now=NOW, held_until=held_until)
    assert NOW + HOLD_FOR <= until <= without
    assert until <= max(held_until - CAPTURE_BEFORE, NOW + HOLD_FOR)


def test_an_application_past_its_time_has_lapsed_before_any_job_says_so() -> None:
    shown = shown_status(OrderStatus.AWAITING_APPROVAL, hold_expires_at=NOW, now=NOW)
    state = application_state(shown, approved=None)
    assert state is ApplicationState.LAPSED
    with pytest.raises(ApplicationOver):
        check_waiting(state)


@given(st.sampled_from(OrderStatus), st.sampled_from([True, False]))
def test_what_was_decided_stays_decided_whatever_becomes_of_the_order(
    status: OrderStatus, approved: bool
) -> None:
    decided = ApplicationState.APPROVED if approved else ApplicationState.DENIED
    assert application_state(status, approved=approved) is decided


@given(st.integers(0, 10), st.integers(1, 10_000))
def test_who_was_accepted_days_later_has_the_time_that_paying_takes(
    extensions: int, hours: int
) -> None:
    due = NOW + extensions * EXTEND_BY
    opened = NOW - timedelta(hours=hours + 3)
    longest = longest_hold(opened, pay_until=NOW, extensions=extensions)
    until = held_while_paying(due, longest=longest, now=due - timedelta(seconds=1))
    assert until == due - timedelta(seconds=1) + PAYMENT_GRACE
    assert held_while_paying(until, longest=longest, now=until) == due + PAYMENT_GRACE


@given(HOURS, st.integers(-100, 10_000), st.integers(0, 1_000))
def test_a_moved_date_is_decided_by_its_new_end_and_never_at_once(
    decide: int, ends: int, ago: int
) -> None:
    sent, ends_at = NOW - timedelta(hours=ago), NOW + timedelta(hours=ends)
    terms = ApprovalTerms(decide_hours=decide)
    until = decide_until_moved(terms, ends_at=ends_at, sent_at=sent, now=NOW)
    assert until >= NOW + HOLD_FOR
    assert until <= max(min(ends_at, sent + timedelta(hours=decide)), NOW + HOLD_FOR)
