"""Which orders can be one purchase. Pure."""

import pytest

from boxoffice.kernel.ids import new_id
from boxoffice.services.bookings.rules import MAX_ORDERS, check_together
from boxoffice.services.bookings.rules.purchases import (
    EmptyPurchase,
    EventTwice,
    NotTogether,
    OtherCurrency,
    TooManyOrders,
)


def test_a_purchase_is_of_some_events_of_one_currency_and_not_of_too_many() -> None:
    euros = [(new_id(), "EUR", False) for _ in range(MAX_ORDERS)]
    check_together(euros)
    with pytest.raises(TooManyOrders):
        check_together([*euros, (new_id(), "EUR", False)])
    with pytest.raises(EmptyPurchase):
        check_together([])
    with pytest.raises(OtherCurrency) as other:
        check_together([*euros[:2], (new_id(), "CHF", False)])
    with pytest.raises(EventTwice) as twice:
        check_together([*euros[:2], euros[1]])
    with pytest.raises(NotTogether) as alone:
        check_together([*euros[:2], (new_id(), "EUR", True)])
    assert [one.value.facts["order_index"] for one in (other, twice, alone)] == [2, 2, 2]
