"""Early access: what a pass lets in, and where a presale stands. Pure."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.services.events.rules.presales import state_at, window
from boxoffice.services.events.rules.pricing.basket import Unit
from boxoffice.services.events.rules.pricing.passes import (
    EarlyAccessClosed,
    EarlyAccessUsedUp,
    kept,
    let_in,
)
from boxoffice.services.events.rules.pricing.vouchers import Voucher, VoucherTwice

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
FLOOR, BALCONY, NOW_ON_SALE = (UUID(int=number) for number in (1, 2, 3))
WAITING = frozenset({FLOOR, BALCONY})


def a_pass(number: int = 10, units: int = 2, used: int = 0, *kinds: UUID) -> Voucher:
    return Voucher(
        id=UUID(int=number), event_id=UUID(int=0), code=f"P{number}", early=True, max_uses=units,
        used=used, valid_from=NOW - HOUR, valid_until=NOW + HOUR, ticket_type_ids=frozenset(kinds),
    )  # fmt: skip


def units(*kinds: UUID) -> list[Unit]:
    return [Unit(kind, 1000) for kind in kinds]


def test_a_pass_takes_what_waits_for_its_sale_and_nothing_else() -> None:
    redeemed = let_in([a_pass()], units(NOW_ON_SALE, FLOOR, FLOOR), WAITING, now=NOW)
    assert [use.by_type for use in redeemed.uses] == [{FLOOR: 2}]
    assert sorted(redeemed.reductions) == [1, 2]
    assert let_in([a_pass()], units(NOW_ON_SALE), WAITING, now=NOW + 2 * HOUR).uses == ()


def test_a_pass_lets_nobody_in_outside_its_window_or_for_more_than_it_has() -> None:
    for now in (NOW - HOUR - HOUR, NOW + HOUR):
        with pytest.raises(EarlyAccessClosed):
            let_in([a_pass()], units(FLOOR), WAITING, now=now)
    with pytest.raises(EarlyAccessUsedUp):
        let_in([a_pass(10, 2, 1)], units(FLOOR, FLOOR), WAITING, now=NOW)
    with pytest.raises(VoucherTwice):
        let_in([a_pass(), a_pass()], units(FLOOR), WAITING, now=NOW)


def test_what_no_pass_fits_is_left_for_the_sale_to_refuse() -> None:
    redeemed = let_in([a_pass(10, 2, 0, BALCONY)], units(FLOOR, BALCONY), WAITING, now=NOW)
    assert [use.by_type for use in redeemed.uses] == [{BALCONY: 1}]


@given(
    st.lists(st.sampled_from([FLOOR, BALCONY, NOW_ON_SALE]), max_size=12),
    st.lists(st.tuples(st.integers(1, 6), st.integers(0, 6)), max_size=4),
)
def test_passes_never_let_in_more_than_they_have_left(
    kinds: list[UUID], amounts: list[tuple[int, int]]
) -> None:
    passes = [
        a_pass(number, most, min(used, most)) for number, (most, used) in enumerate(amounts, 10)
    ]
    basket = units(*kinds)
    try:
        redeemed = let_in(passes, basket, WAITING, now=NOW)
    except EarlyAccessUsedUp:
        waiting = sum(kind in WAITING for kind in kinds)
        assert waiting > sum(one.uses_left for one in passes)
        return
    left = {one.id: one.uses_left for one in passes}
    assert all(use.units <= left[use.voucher_id] for use in redeemed.uses)
    again = kept(redeemed.uses, basket)
    assert again.reductions.keys() == redeemed.reductions.keys()
    let = Counter(basket[number].ticket_type_id for number in redeemed.reductions)
    assert let == sum((Counter(use.by_type) for use in redeemed.uses), Counter[UUID]())


def test_a_presale_opens_closes_and_is_drawn_and_a_late_draw_gives_as_long() -> None:
    moments = [NOW - HOUR, NOW, NOW + HOUR]
    states = [state_at(NOW, NOW + HOUR, None, now=now) for now in moments]
    assert [*states, state_at(NOW, NOW + HOUR, NOW, now=NOW)] == [
        "not_yet", "open", "closed", "drawn",
    ]  # fmt: skip
    assert window(NOW, 60, drawn_at=NOW - HOUR) == (NOW, NOW + HOUR)
    assert window(NOW, 60, drawn_at=NOW + HOUR) == (NOW + HOUR, NOW + 2 * HOUR)
