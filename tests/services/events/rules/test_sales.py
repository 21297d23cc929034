"""When a type can be bought, and what a buyer is told."""

from datetime import UTC, datetime, timedelta

import pytest

from boxoffice.services.events.rules import sales
from boxoffice.services.events.rules.sales import OfferStateName, Terms

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def terms(
    start: timedelta | None = None, end: timedelta | None = None, over: timedelta = 24 * HOUR
) -> Terms:
    return Terms(
        sales_start=NOW + start if start is not None else None,
        sales_end=NOW + end if end is not None else None,
        over_at=NOW + over,
    )


@pytest.mark.parametrize(
    ("given", "available", "state"),
    [
        (terms(), 11, "on_sale"),
        (terms(), 10, "few"),
        (terms(), 1, "few"),
        (terms(), 0, "sold_out"),
        (terms(), -5, "sold_out"),
        (terms(start=HOUR), 11, "not_yet"),
        (terms(start=HOUR), 0, "not_yet"),
        (terms(start=timedelta(0)), 11, "on_sale"),
        (terms(end=timedelta(0)), 11, "ended"),
        (terms(end=-HOUR), 0, "ended"),
        (terms(end=HOUR), 11, "on_sale"),
        (terms(over=timedelta(0)), 11, "ended"),
        (terms(end=48 * HOUR, over=-HOUR), 11, "ended"),
        (terms(start=HOUR, over=-HOUR), 11, "ended"),
    ],
)
def test_the_state_of_an_offer(given: Terms, available: int, state: OfferStateName) -> None:
    assert sales.offer_state(given, available=available, now=NOW) == state


def test_only_a_small_number_is_told() -> None:
    assert sales.told_available("few", 3) == 3
    assert sales.told_available("on_sale", 300) is None
    assert sales.told_available("sold_out", 0) is None


@pytest.mark.parametrize(
    ("states", "word"),
    [
        ([], "not_on_sale"),
        (["not_yet", "ended"], "not_on_sale"),
        (["sold_out", "not_yet"], "sold_out"),
        (["sold_out", "few"], "few"),
        (["few", "on_sale"], "available"),
    ],
)
def test_one_word_for_the_event(states: list[OfferStateName], word: str) -> None:
    assert sales.availability(states) == word


def test_the_cheapest_of_what_can_be_bought() -> None:
    offers: list[tuple[OfferStateName, int]] = [("sold_out", 5), ("few", 20), ("on_sale", 30)]
    assert sales.cheapest(offers) == 20
    assert sales.cheapest(offers[:1]) is None
    assert sales.cheapest([("on_sale", 0)]) == 0
