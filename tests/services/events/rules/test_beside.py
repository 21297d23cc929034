"""What a waiting change holds beside the order is counted once."""

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.ids import new_id
from boxoffice.services.events.rules.beside import HeldUnits, doubled

QUOTAS, SEATS = [new_id(), new_id()], [None, new_id(), new_id()]
held = st.builds(
    lambda quota, seat, units: HeldUnits(
        id=new_id(), quota_id=quota, seat_id=seat, units=1 if seat else units
    ),
    st.sampled_from(QUOTAS),
    st.sampled_from(SEATS),
    st.integers(1, 5),
)


def units(claims: list[HeldUnits]) -> Counter[tuple[UUID, UUID | None]]:
    counted: Counter[tuple[UUID, UUID | None]] = Counter()
    for one in claims:
        counted[one.quota_id, one.seat_id] += one.units
    return counted


@given(st.lists(held, max_size=5), st.lists(held, max_size=5))
def test_as_many_units_are_doubled_as_are_both_kept_and_coming(
    kept: list[HeldUnits], coming: list[HeldUnits]
) -> None:
    twice = doubled([(one, one.units) for one in kept], coming)
    by_id = {one.id: one for one in coming}
    assert all(0 < count <= by_id[claim].units for claim, count in twice.items())
    counted: Counter[tuple[UUID, UUID | None]] = Counter()
    for claim, count in twice.items():
        counted[by_id[claim].quota_id, by_id[claim].seat_id] += count
    assert counted == units(kept) & units(coming)
