"""Who of those that wait is promised tickets that are offered back: properties of the pure rule."""

from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from boxoffice.services.events.rules.returned import ReturnedPlace, promise
from boxoffice.services.events.rules.shelf import Shelf
from tests.services.events.rules.test_waiting import KINDS, NOW, shelf_of, waiter, wishes


def places_of(kinds: list[int]) -> list[ReturnedPlace]:
    return [
        ReturnedPlace(
            id=UUID(int=2000 + number),
            ticket_type_id=KINDS[kind],
            variation_id=None,
            ends_at=NOW + timedelta(minutes=number + 1),
        )
        for number, kind in enumerate(kinds)
    ]


def counts(shelf: Shelf) -> list[int]:
    return [quota.claimed for quota in shelf.quotas.values()]


returned = st.lists(st.integers(0, 2), max_size=12).map(places_of)


@given(returned, wishes)
def test_each_place_goes_to_one_who_accepts_it_and_everybody_gets_all_they_wait_for(
    places: list[ReturnedPlace], wanted: list[tuple[int, list[int]]]
) -> None:
    line = [waiter(number, units, kinds) for number, (units, kinds) in enumerate(wanted)]
    shelf = shelf_of((0, 0, 0))
    before = counts(shelf)
    promised = promise(shelf, line, places)
    given_out = [place.id for one in promised for place in one.places]
    assert len(given_out) == len(set(given_out))
    for one in promised:
        (kind,) = {place.ticket_type_id for place in one.places}
        assert kind in one.served.waiter.ticket_type_ids
        assert len(one.places) == one.served.waiter.units
        assert one.served.until <= min(place.ends_at for place in one.places)
        units = [claim.units for claim in one.served.granted.claims]
        assert units == [claim.beyond for claim in one.served.granted.claims]
        assert set(units) == {one.served.waiter.units}
    # What is full stays full: the offers are beyond it.
    assert counts(shelf) == before


@given(returned, wishes)
def test_nobody_is_passed_over_whom_what_is_left_would_do(
    places: list[ReturnedPlace], wanted: list[tuple[int, list[int]]]
) -> None:
    line = [waiter(number, units, kinds) for number, (units, kinds) in enumerate(wanted)]
    promised = promise(shelf_of((0, 0, 0)), line, places)
    gone = {place.id for one in promised for place in one.places}
    left = [place.ticket_type_id for place in places if place.id not in gone]
    happy = {one.served.waiter.id for one in promised}
    for one in line:
        if one.id not in happy:
            assert all(left.count(kind) < one.units for kind in one.ticket_type_ids)


@given(returned, wishes)
def test_a_place_that_earns_less_than_its_holder_gets_goes_to_nobody(
    places: list[ReturnedPlace], wanted: list[tuple[int, list[int]]]
) -> None:
    line = [waiter(number, units, kinds) for number, (units, kinds) in enumerate(wanted)]
    dear = [structs.replace(place, face_amount=1_000_000_000) for place in places]
    assert promise(shelf_of((0, 0, 0)), line, dear) == []
