"""What comes with tickets becomes lines of the same want: properties of the pure rule."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.money import Money
from boxoffice.services.events.rules.expanding import (
    UnknownAddOn,
    WrongAddOns,
    add_on_prices,
    expanded,
    in_full,
)
from boxoffice.services.events.rules.extras.extras import AddOn, AddOnGroup, Content, Extras
from boxoffice.services.events.rules.shelf import Shelf, TicketTypeFacts, Want, WantedLine

BASE, OTHER = UUID(int=1), UUID(int=2)
ADD_ONS = [UUID(int=number) for number in (10, 11, 12)]
DATE, LATER = UUID(int=20), UUID(int=21)


def kind(one: UUID, price: int, extras: Extras | None = None) -> TicketTypeFacts:
    return TicketTypeFacts(
        id=one,
        event_id=OTHER,
        name="Any",
        price=Money(amount=price, currency="EUR"),
        published=True,
        on_sale=True,
        min_per_order=1,
        max_per_order=20,
        sales_start=None,
        sales_end=None,
        quotas=(),
        extras=extras or Extras(),
    )


def types(prices: list[int], *, most: int = 100, included: int = 0) -> dict[UUID, TicketTypeFacts]:
    """A base with one group of add-ons at these prices."""
    group = AddOnGroup(
        id=OTHER,
        name="Meals",
        most=most,
        included=included,
        add_ons=tuple(AddOn(ticket_type_id=one) for one in ADD_ONS),
    )
    add_ons = {one: kind(one, price) for one, price in zip(ADD_ONS, prices, strict=True)}
    return {BASE: kind(BASE, 5000, Extras(groups=(group,))), **add_ons}


def want(*lines: WantedLine, nested: bool = True, late: bool = False) -> Want:
    return Want(
        holder=OTHER,
        event_id=OTHER,
        occurrence_id=DATE,
        lines=lines,
        expires_at=None,
        nested=nested,
        late=late,
    )


def base(units: int = 1, date: UUID | None = None) -> WantedLine:
    return WantedLine(ticket_type_id=BASE, quantity=units, occurrence_id=date)


def with_base(one: UUID, units: int) -> WantedLine:
    return WantedLine(ticket_type_id=one, quantity=units, parent=0)


prices = st.lists(st.integers(0, 9000), min_size=3, max_size=3)
each = st.lists(st.integers(0, 4), min_size=3, max_size=3)


@given(prices, each, st.integers(1, 5), st.integers(0, 8))
def test_the_dearest_add_ons_are_those_included_and_no_unit_is_lost(
    cost: list[int], chosen: list[int], tickets: int, included: int
) -> None:
    lines = [
        with_base(one, units * tickets) for one, units in zip(ADD_ONS, chosen, strict=True) if units
    ]
    full = expanded(types(cost, included=included), want(base(tickets), *lines))
    parts = [line for line in full.lines if line.bound == "add_on"]
    price_of = dict(zip(ADD_ONS, cost, strict=True))
    for one, units in zip(ADD_ONS, chosen, strict=True):
        got = sum(part.quantity for part in parts if part.ticket_type_id == one)
        assert got == units * tickets
    charged = sum(
        price_of[part.ticket_type_id] * part.quantity for part in parts if part.set_price is None
    )
    apart = sorted(price_of[one] for one, units in zip(ADD_ONS, chosen, strict=True)
                   for _ in range(units))  # fmt: skip
    assert charged == tickets * sum(apart[: max(0, len(apart) - included)])
    assert all(part.parent == 0 and part.quantity % tickets == 0 for part in parts)


@given(st.integers(1, 6), st.integers(1, 4), st.integers(1, 6))
def test_each_ticket_takes_from_its_groups_as_many_as_they_allow(
    tickets: int, most: int, units: int
) -> None:
    asked = want(base(tickets), with_base(ADD_ONS[0], units * tickets))
    known = types([100, 100, 100], most=most)
    if units > most:
        with pytest.raises(WrongAddOns):
            expanded(known, asked)
    else:
        assert len(expanded(known, asked).lines) == 2


def test_what_belongs_to_no_group_of_the_ticket_is_refused() -> None:
    with pytest.raises(UnknownAddOn):
        expanded(types([1, 1, 1]), want(base(), with_base(BASE, 1)))


@given(st.integers(1, 5), st.integers(1, 5))
def test_a_bundles_contents_are_for_its_own_date(tickets: int, units: int) -> None:
    bundle = Extras(contents=(Content(ticket_type_id=OTHER, units=units, price=700),))
    asked = want(base(), base(tickets, LATER), nested=False)
    full = expanded({BASE: kind(BASE, 5000, bundle), OTHER: kind(OTHER, 900)}, asked)
    contents = [line for line in full.lines if line.bound == "content"]
    assert [(one.parent, one.occurrence_id, one.quantity) for one in contents] == [
        (0, None, units), (1, LATER, tickets * units),
    ]  # fmt: skip
    assert {one.set_price for one in contents} == {700}


def test_late_money_and_plain_tickets_get_nothing_more() -> None:
    known = {BASE: kind(BASE, 5000, Extras(contents=(Content(ticket_type_id=OTHER),)))}
    late = want(base(), base(2), nested=False, late=True)
    assert [line.quantity for line in expanded(known, late).lines] == [3]
    plain = want(base(2), nested=False)
    shelf = Shelf(quotas={}, types=known, now=datetime(2027, 3, 1, tzinfo=UTC))
    assert in_full(shelf, plain) is plain


@given(st.lists(st.sampled_from(ADD_ONS), max_size=6), st.integers(0, 4))
def test_add_ons_chosen_after_the_sale_cost_what_they_would_have_in_it(
    chosen: list[UUID], included: int
) -> None:
    known = types([1000, 700, 300], included=included)
    lines = [WantedLine(ticket_type_id=one, quantity=1) for one in chosen]
    prices = add_on_prices(known, known[BASE], lines, set(chosen))
    base = WantedLine(ticket_type_id=BASE, quantity=1)
    bought = expanded(known, want(base, *(bound(one) for one in chosen)))
    own = {one: known[one].price.amount for one in ADD_ONS}
    sale = sum(
        line.quantity * (own[line.ticket_type_id] if line.set_price is None else line.set_price)
        for line in bought.lines[1:]
    )
    assert sum(prices) == sale


def bound(one: UUID) -> WantedLine:
    return WantedLine(ticket_type_id=one, quantity=1, parent=0)


@given(st.lists(st.tuples(st.sampled_from(ADD_ONS), st.integers(1, 5000)), max_size=6))
def test_add_ons_of_a_group_that_is_left_alone_keep_the_price_they_had(
    had: list[tuple[UUID, int]],
) -> None:
    known = types([1000, 700, 300], most=1, included=1)
    lines = [WantedLine(ticket_type_id=one, quantity=1, set_price=price) for one, price in had]
    assert add_on_prices(known, known[BASE], lines, set()) == [price for _, price in had]
