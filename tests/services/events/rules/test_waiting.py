"""Who of those that wait gets what is free: properties of the pure rule."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.money import Money
from boxoffice.services.events.rules.shelf import QuotaState, Shelf, TicketTypeFacts
from boxoffice.services.events.rules.waiting import Served, Waiter, reserved_for, serve

NOW = datetime(2027, 3, 1, tzinfo=UTC)
EVENT, DATE = UUID(int=1), UUID(int=2)
KINDS = [UUID(int=10), UUID(int=11), UUID(int=12)]
# The first two types count against one quota together, the last has its own; all fill the house.
QUOTAS = [UUID(int=20), UUID(int=21), UUID(int=22)]
OF_KIND = [(QUOTAS[0], QUOTAS[2]), (QUOTAS[0], QUOTAS[2]), (QUOTAS[1], QUOTAS[2])]


def shelf_of(free: tuple[int, int, int], *, sales_end: datetime | None = None) -> Shelf:
    return Shelf(
        quotas={
            one: QuotaState(id=one, occurrence_id=DATE, capacity=50, claimed=50 - left)
            for one, left in zip(QUOTAS, free, strict=True)
        },
        types={
            kind: TicketTypeFacts(
                id=kind,
                event_id=EVENT,
                name="Any",
                price=Money(amount=100, currency="EUR"),
                published=True,
                on_sale=True,
                min_per_order=1,
                max_per_order=20,
                sales_start=None,
                sales_end=sales_end,
                quotas=quotas,
            )
            for kind, quotas in zip(KINDS, OF_KIND, strict=True)
        },
        now=NOW,
    )


def waiter(number: int, units: int, kinds: list[int]) -> Waiter:
    return Waiter(
        id=UUID(int=1000 + number),
        event_id=EVENT,
        occurrence_id=DATE,
        units=units,
        ticket_type_ids=tuple(KINDS[kind] for kind in kinds),
        minutes=60,
    )


frees = st.tuples(*[st.integers(0, 12)] * 3)
wishes = st.lists(
    st.tuples(st.integers(1, 5), st.permutations([0, 1, 2]).map(lambda kinds: kinds[:2])),
    max_size=20,
)


def served_of(free: tuple[int, int, int], line: list[Waiter]) -> tuple[Shelf, list[Served]]:
    shelf = shelf_of(free)
    return shelf, serve(shelf, line)


def fits(shelf: Shelf, one: Waiter) -> bool:
    return any(
        all(shelf.quotas[quota].free >= one.units for quota in OF_KIND[KINDS.index(kind)])
        for kind in one.ticket_type_ids
    )


@given(frees, wishes)
def test_offers_never_exceed_what_is_free_and_leave_nobody_who_fits(
    free: tuple[int, int, int], wanted: list[tuple[int, list[int]]]
) -> None:
    line = [waiter(number, *wish) for number, wish in enumerate(wanted)]
    shelf, served = served_of(free, line)
    taken = reserved_for(served)
    for quota, left in zip(QUOTAS, free, strict=True):
        assert taken[quota] <= left
        assert shelf.quotas[quota].free == left - taken[quota]
    happy = {one.waiter.id for one in served}
    assert not any(fits(shelf, one) for one in line if one.id not in happy)


@given(frees, wishes)
def test_whoever_comes_later_takes_nothing_from_who_was_before(
    free: tuple[int, int, int], wanted: list[tuple[int, list[int]]]
) -> None:
    line = [waiter(number, *wish) for number, wish in enumerate(wanted)]
    _, all_served = served_of(free, line)
    for count in range(len(line)):
        _, served = served_of(free, line[:count])
        assert served == all_served[: len(served)]


@given(frees, wishes)
def test_everybody_is_offered_all_they_want_of_one_type_they_accept_and_once(
    free: tuple[int, int, int], wanted: list[tuple[int, list[int]]]
) -> None:
    line = [waiter(number, *wish) for number, wish in enumerate(wanted)]
    _, served = served_of(free, line)
    assert max(Counter(one.waiter.id for one in served).values(), default=1) == 1
    for one in served:
        (sold,) = one.granted.lines
        assert sold.quantity == one.waiter.units
        assert sold.ticket_type_id in one.waiter.ticket_type_ids
        assert {claim.kind for claim in one.granted.claims} == {"offer"}
        assert {claim.expires_at for claim in one.granted.claims} == {one.until}


def test_an_offer_never_outlasts_the_sale() -> None:
    soon = NOW + timedelta(minutes=5)
    for sales_end, until in ((None, NOW + timedelta(minutes=60)), (soon, soon)):
        (one,) = serve(shelf_of((9, 9, 9), sales_end=sales_end), [waiter(1, 2, [0])])
        assert one.until == until
