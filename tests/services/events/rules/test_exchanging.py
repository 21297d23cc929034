"""What is given up for something else in the same quotas: properties of the pure rule."""

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from boxoffice.services.events.rules.exchanging import keep_own
from boxoffice.services.events.rules.shelf import Granted, Want, WantedLine
from boxoffice.services.events.rules.stock import decide
from tests.services.events.rules.test_waiting import (
    DATE,
    EVENT,
    KINDS,
    OF_KIND,
    QUOTAS,
    shelf_of,
)

kinds = st.lists(st.integers(0, 2), min_size=1, max_size=5)


def units_of(chosen: list[int]) -> Counter[UUID]:
    return Counter(quota for kind in chosen for quota in OF_KIND[kind])


@given(st.tuples(*[st.integers(-3, 3)] * 3), kinds, kinds)
def test_of_each_quota_no_more_must_be_free_than_is_taken_beyond_what_is_given_up(
    free: tuple[int, int, int], leaves: list[int], wants: list[int]
) -> None:
    gives, needs = units_of(leaves), units_of(wants)
    shelf = shelf_of(free)
    for quota, units in gives.items():
        shelf.quotas[quota].claimed -= units
    given_up = {quota: state.claimed for quota, state in shelf.quotas.items()}
    lines = tuple(WantedLine(ticket_type_id=KINDS[kind], quantity=1) for kind in wants)
    want = Want(
        holder=UUID(int=9),
        event_id=EVENT,
        occurrence_id=DATE,
        lines=lines,
        expires_at=None,
        late=True,
    )
    (outcome,) = decide(shelf, [keep_own(shelf, want, gives)])
    before = dict(zip(QUOTAS, free, strict=True))
    fits = all(needs[one] - gives[one] <= max(0, before[one]) for one in QUOTAS if needs[one])
    assert isinstance(outcome, Granted) is fits
    if isinstance(outcome, Granted):
        claimed = {one: state.claimed for one, state in shelf.quotas.items()}
        assert claimed == {one: given_up[one] + needs[one] for one in QUOTAS}
        beyond = Counter[UUID]()
        for claim in outcome.claims:
            beyond[claim.quota_id] += claim.beyond
        assert all(beyond[one] == min(needs[one], gives[one]) for one in QUOTAS)
