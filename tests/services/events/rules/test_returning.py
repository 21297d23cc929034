"""Which claims give units back when a part of an order is cancelled."""

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.ids import new_id
from boxoffice.services.events.rules.returning import (
    ReturnedUnit,
    StandingClaim,
    set_aside_uses,
    taken_from,
)

KIND, HALL, HOUSE, VOUCHER, DATE = new_id(), new_id(), new_id(), new_id(), new_id()


def claim(
    quota: UUID,
    units: int = 1,
    *,
    seat: UUID | None = None,
    voucher: UUID | None = None,
    date: UUID = DATE,
) -> StandingClaim:
    return StandingClaim(
        id=new_id(),
        quota_id=quota,
        occurrence_id=date,
        ticket_type_id=KIND,
        variation_id=None,
        units=units,
        seat_id=seat,
        voucher_id=voucher,
    )


@given(st.integers(1, 20), st.data())
def test_each_ticket_returns_one_unit_to_every_quota_it_counted_against(
    tickets: int, data: st.DataObject
) -> None:
    claims = [claim(HALL, tickets), claim(HOUSE, tickets)]
    back = data.draw(st.integers(0, tickets))
    given_back = taken_from(claims, [ReturnedUnit(occurrence_id=DATE, ticket_type_id=KIND)] * back)
    assert given_back == Counter({one.id: back for one in claims})


def test_a_seat_goes_back_with_its_own_claim() -> None:
    seats = [new_id(), new_id()]
    claims = [claim(HALL, seat=seats[0]), claim(HALL, seat=seats[1]), claim(HOUSE, 2)]
    given_back = taken_from(
        claims, [ReturnedUnit(occurrence_id=DATE, ticket_type_id=KIND, seat_id=seats[1])]
    )
    assert given_back == {claims[1].id: 1, claims[2].id: 1}


def test_what_a_voucher_had_set_aside_goes_back_to_it_first() -> None:
    claims = [claim(HALL, 2), claim(HALL, 1, voucher=VOUCHER)]
    with_voucher = ReturnedUnit(occurrence_id=DATE, ticket_type_id=KIND, voucher_id=VOUCHER)
    assert taken_from(claims, [with_voucher]) == {claims[1].id: 1}
    assert taken_from(claims, [ReturnedUnit(occurrence_id=DATE, ticket_type_id=KIND)]) == {
        claims[0].id: 1
    }


def test_no_claim_gives_more_than_it_has_and_strangers_give_nothing() -> None:
    claims = [claim(HALL, 1)]
    assert taken_from(claims, [ReturnedUnit(occurrence_id=DATE, ticket_type_id=KIND)] * 3) == {
        claims[0].id: 1
    }
    assert not taken_from(claims, [ReturnedUnit(occurrence_id=DATE, ticket_type_id=new_id())])


def test_of_an_order_over_several_dates_only_the_tickets_own_date_gets_a_unit_back() -> None:
    other = new_id()
    claims = [claim(HALL, 2), claim(HOUSE, 2, date=other)]
    unit = ReturnedUnit(occurrence_id=other, ticket_type_id=KIND)
    assert taken_from(claims, [unit]) == {claims[1].id: 1}


def test_a_use_of_a_voucher_stands_for_what_it_had_set_aside_once_in_all_quotas() -> None:
    """What it only made cheaper, or gave beyond what it had set aside, is no such use."""
    claims = [
        *(claim(HALL, 1, voucher=VOUCHER), claim(HOUSE, 1, voucher=VOUCHER)),
        *(claim(HALL, 2), claim(HOUSE, 2)),
    ]
    with_voucher = ReturnedUnit(occurrence_id=DATE, ticket_type_id=KIND, voucher_id=VOUCHER)
    cheaper = ReturnedUnit(occurrence_id=DATE, ticket_type_id=KIND, voucher_id=new_id())
    for units, uses in (([with_voucher, with_voucher], {VOUCHER: 1}), ([cheaper], {})):
        assert set_aside_uses(claims, taken_from(claims, units), units) == uses
