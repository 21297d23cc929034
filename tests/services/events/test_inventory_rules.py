"""The pure rules of ticket types: amounts, codes, tiers, variations, quotas, persons."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.refusals import FieldError
from boxoffice.services.events.rules import access_codes, tiers
from boxoffice.services.events.rules.amounts import MOST, WrongPrice, unit_price
from boxoffice.services.events.rules.persons import (
    PersonLimitReached,
    PersonLimits,
    Tally,
    check_person,
)
from boxoffice.services.events.rules.quotas import Count
from boxoffice.services.events.rules.tiers import Predecessor
from boxoffice.services.events.rules.variations import left_of

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
A, B, C = (UUID(int=n) for n in (1, 2, 3))
AMOUNTS = st.integers(-5, MOST + 5)
SMALL = st.integers(0, 20)


@given(least=st.integers(0, MOST), chosen=AMOUNTS | st.none())
def test_an_open_price_is_what_was_chosen_and_never_below_the_least(
    least: int, chosen: int | None
) -> None:
    try:
        price = unit_price("open", least=least, chosen=chosen, name="Gift")
    except WrongPrice:
        assert chosen is None or not least <= chosen <= MOST
    else:
        assert price == chosen
        assert least <= price <= MOST


@given(price=st.integers(0, MOST), chosen=AMOUNTS | st.none())
def test_a_fixed_price_is_never_another_one(price: int, chosen: int | None) -> None:
    try:
        assert unit_price("fixed", least=price, chosen=chosen, name="Seat") == price
    except WrongPrice:
        assert chosen not in {None, price}


@given(st.text(st.characters(max_codepoint=0x24F, categories=("L", "N")), min_size=1, max_size=40))
def test_a_code_opens_whatever_its_case(code: str) -> None:
    stored = access_codes.checked(code)
    assert access_codes.opens(stored, code)
    assert access_codes.opens(stored, f" {code.casefold()} ")
    assert not access_codes.opens(stored, f"{code}x")
    assert not access_codes.opens(None, code)
    assert not access_codes.opens(stored, None)


@pytest.mark.parametrize("code", ["two words", "tab\tbed", "x" * 101, "line\nbreak"])
def test_a_code_is_one_word(code: str) -> None:
    with pytest.raises(FieldError):
        access_codes.checked(code)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12))
def test_tiers_set_one_by_one_never_wait_for_each_other(changes: list[tuple[int, int]]) -> None:
    waits: dict[UUID, UUID | None] = {UUID(int=n): None for n in range(8)}
    for kind, before in changes:
        changed = {**waits, UUID(int=kind): UUID(int=before)}
        if not tiers.waits_for_itself(changed, UUID(int=kind)):
            waits = changed
    for kind in waits:
        at, steps = waits[kind], 0
        while at is not None:
            at, steps = waits[at], steps + 1
            assert steps < len(waits)


def test_a_tier_opens_at_its_date_or_when_the_one_before_is_over() -> None:
    hour = timedelta(hours=1)
    selling = Predecessor(on_sale=True, sales_end=NOW + hour, left=1)
    sold_out = Predecessor(on_sale=True, sales_end=None, left=0)
    ended = Predecessor(on_sale=True, sales_end=NOW, left=5)
    off = Predecessor(on_sale=False, sales_end=None, left=5)
    assert not tiers.has_opened(None, selling, now=NOW)
    assert not tiers.has_opened(NOW + hour, selling, now=NOW)
    assert tiers.has_opened(NOW, selling, now=NOW)
    assert all(tiers.has_opened(NOW + hour, one, now=NOW) for one in (sold_out, ended, off))
    assert tiers.has_opened(None, None, now=NOW)
    assert not tiers.has_opened(NOW + hour, None, now=NOW)


@given(own=SMALL, variations=st.lists(st.tuples(st.booleans(), SMALL | st.none()), max_size=5))
def test_what_is_left_of_a_type_can_be_bought_in_one_of_its_variations(
    own: int, variations: list[tuple[bool, int | None]]
) -> None:
    left = left_of(own, variations)
    assert 0 <= left <= own
    can = [min(own, own if free is None else free) for on_sale, free in variations if on_sale]
    assert left == (max(can, default=0) if variations else own)


@given(
    capacity=SMALL,
    parts=st.fixed_dictionaries(
        dict.fromkeys(("pending", "held", "vouchers", "waitlist", "blocked", "lapsed"), SMALL)
    ),
    sold=SMALL,
)
def test_the_breakdown_always_sums_to_capacity_and_what_is_overbooked(
    capacity: int, parts: Any, sold: int
) -> None:
    claimed = sold + sum(parts.values())
    count = msgspec.convert({"capacity": capacity, "claimed": claimed, **parts}, Count)
    assert count.sold == sold
    assert count.free >= 0
    reserved = count.vouchers + count.waitlist + count.blocked
    total = count.sold + count.pending + count.held + reserved + count.free
    assert total == capacity + count.overbooked_by


UNITS = st.dictionaries(st.sampled_from([A, B, C]), st.integers(1, 6), min_size=1)


@given(
    event=st.integers(1, 8) | st.none(),
    types=st.dictionaries(st.sampled_from([A, B, C]), st.integers(1, 8)),
    orders=st.lists(UNITS, max_size=6),
)
def test_nobody_ever_has_more_than_the_stricter_limit(
    event: int | None, types: dict[UUID, int], orders: list[dict[UUID, int]]
) -> None:
    limits = PersonLimits(event=event, types=types)
    tally, person, granted = Tally({}), UUID(int=9), Counter[UUID]()
    for order in orders:
        try:
            check_person(limits, taken=tally.of(A, person), wanted=order)
        except PersonLimitReached:
            after = granted + Counter(order)
            broken = any(after[kind] > most for kind, most in types.items() if kind in order)
            assert broken or (event is not None and after.total() > event)
        else:
            tally.add(A, person, order)
            granted += Counter(order)
    assert all(granted[kind] <= most for kind, most in types.items())
    assert event is None or granted.total() <= event
    assert tally.of(A, person) == granted
    assert tally.of(B, person) == Counter()
