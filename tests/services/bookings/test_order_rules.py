"""The pure rules of orders, and that the documentation shows the same table of moves."""

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.refusals import Invalid
from boxoffice.services.bookings.rules import (
    AXES,
    MAX_EXTENSIONS,
    OPEN,
    ChangeStatus,
    EmptyOrder,
    IllegalMove,
    NoMoreExtensions,
    OrderPaymentStatus,
    OrderRefundStatus,
    OrderStatus,
    ScanReason,
    TicketStatus,
    TooManyTickets,
    check_extension,
    check_quantities,
    extended,
    judge_scan,
    shown_status,
)
from boxoffice.services.bookings.rules.transitions import Axis

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
CARD = Path(__file__).parents[3] / "docs" / "services" / "bookings.md"


@pytest.mark.parametrize("name", AXES)
def test_the_documentation_shows_the_table_of_legal_moves(name: str) -> None:
    section = CARD.read_text().split(f"<!-- moves: {name} -->")[1].split("<!-- end -->")[0]
    shown = {
        row[1]: re.findall(r"`(\w+)`", row[2])
        for row in re.finditer(r"^\| `(\w+)` \| (.*) \|$", section, re.MULTILINE)
    }
    moves = AXES[name].moves
    assert {state: set(targets) for state, targets in shown.items()} == {
        state.value: {target.value for target in targets} for state, targets in moves.items()
    }


@pytest.mark.parametrize("axis", AXES.values(), ids=list(AXES))
def test_only_moves_of_the_table_are_legal(axis: Axis[Any]) -> None:
    for current, targets in axis.moves.items():
        for target in axis.moves:
            assert (current.value in axis.sources(target)) == (target in targets)
            if target in targets:
                assert axis.move(current, target) is target
            else:
                with pytest.raises(IllegalMove):
                    axis.move(current, target)


@pytest.mark.parametrize(
    "kind", [OrderStatus, OrderPaymentStatus, OrderRefundStatus, TicketStatus, ChangeStatus]
)
def test_every_state_stands_in_its_table(kind: type[StrEnum]) -> None:
    (axis,) = [axis for axis in AXES.values() if next(iter(axis.moves)).__class__ is kind]
    assert set(axis.moves) == set(kind)


@given(st.sampled_from(OrderStatus), st.integers(-600, 600))
def test_an_order_that_is_open_or_not_decided_reads_expired_past_its_time(
    status: OrderStatus, seconds: int
) -> None:
    expires = NOW + timedelta(seconds=seconds)
    shown = shown_status(status, hold_expires_at=expires, now=NOW)
    ends = status in OPEN or status is OrderStatus.AWAITING_APPROVAL
    lapsed = ends and seconds <= 0
    assert shown is (OrderStatus.EXPIRED if lapsed else status)


@given(st.integers(-3600, 3600))
def test_an_extension_never_leaves_less_than_five_minutes(seconds: int) -> None:
    until = extended(NOW + timedelta(seconds=seconds), now=NOW)
    assert until - NOW >= timedelta(minutes=5)


def test_extensions_end_after_the_tenth() -> None:
    check_extension(MAX_EXTENSIONS - 1)
    with pytest.raises(NoMoreExtensions):
        check_extension(MAX_EXTENSIONS)


def test_an_order_needs_one_to_a_hundred_tickets() -> None:
    check_quantities([1, 99])
    with pytest.raises(EmptyOrder):
        check_quantities([])
    with pytest.raises(TooManyTickets):
        check_quantities([1, 100])
    with pytest.raises(Invalid) as refused:
        check_quantities([1, -1])
    assert [error.pointer for error in refused.value.errors] == ["/items/1/quantity"]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, ScanReason.OK),
        ({"right_event": False, "status": TicketStatus.VOID}, ScanReason.WRONG_EVENT),
        ({"status": TicketStatus.VOID}, ScanReason.VOID),
        ({"current_code": False}, ScanReason.VOID),
        ({"confirmed": False}, ScanReason.UNPAID),
        ({"status": TicketStatus.USED}, ScanReason.ALREADY_ADMITTED),
        ({"admitted": True}, ScanReason.ALREADY_ADMITTED),
    ],
)
def test_the_door_says_why_it_refuses(facts: dict[str, Any], reason: ScanReason) -> None:
    usual: dict[str, Any] = {
        "right_event": True,
        "current_code": True,
        "status": TicketStatus.VALID,
        "confirmed": True,
        "admitted": False,
    }
    assert judge_scan(**{**usual, **facts}) is reason
