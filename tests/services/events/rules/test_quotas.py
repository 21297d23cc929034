"""Counting with quotas."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from boxoffice.services.events.rules import quotas
from boxoffice.services.events.rules.quotas import Count

A, B, C = (UUID(int=number) for number in range(1, 4))
units = st.integers(0, 1_000)


def count(capacity: int, *types: UUID, claimed: int = 0) -> Count:
    return Count(capacity=capacity, claimed=claimed, ticket_type_ids=frozenset(types))


@given(capacity=units, sold=units, held=units, lapsed=units, blocked=units)
def test_the_parts_add_up(capacity: int, sold: int, held: int, lapsed: int, blocked: int) -> None:
    claimed = sold + held + lapsed + blocked
    quota = Count(capacity=capacity, claimed=claimed, held=held, lapsed=lapsed, blocked=blocked)
    assert quota.sold == sold
    assert quota.free == 0 or quota.overbooked_by == 0
    assert quota.free - quota.overbooked_by == capacity - sold - held - blocked


@given(capacity=units, claimed=units)
def test_the_ceiling_allows_what_is_claimed_and_no_sale_beyond_the_capacity(
    capacity: int, claimed: int
) -> None:
    ceiling = quotas.ceiling_for(capacity, claimed=claimed)
    assert claimed <= ceiling
    assert ceiling in {capacity, claimed}


def test_all_quotas_must_fit() -> None:
    assert quotas.available([5, 3, 9]) == 3
    assert quotas.available([5, -3]) == 0
    assert quotas.available([]) == 0


def test_a_part_of_the_hall_is_not_counted_again() -> None:
    hall, front, side = count(500, A, B), count(50, A), count(30, C)
    assert quotas.whole([hall, front, side]) == [hall, side]
    assert quotas.whole([front]) == [front]


def test_of_two_limits_on_the_same_types_the_smaller_binds() -> None:
    wide, tight, same = count(500, A), count(50, A), count(50, A)
    assert quotas.whole([wide, tight]) == [tight]
    assert len(quotas.whole([tight, same])) == 1
