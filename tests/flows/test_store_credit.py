"""Cancelled dates that give money back as store credit: gift cards, each order exactly once."""

import asyncio
from typing import Any
from uuid import UUID

import httpx2
import pytest

from boxoffice.services.payments.api import Payments
from tests.flows.dates import Venue, open_venue
from tests.flows.test_cancelling_dates import die_at
from tests.support.product import Product

Json = dict[str, Any]
CREDIT = {"refund_as": "gift_card"}


@pytest.fixture
async def venue(paying_product: Product) -> Venue:
    return await open_venue(paying_product)


async def cards(venue: Venue) -> list[Json]:
    """All of the organizer's gift cards, oldest first."""
    answer = await venue.staff.get(f"{venue.path}/gift-cards")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"][::-1]


async def code_of(venue: Venue, card: Json) -> str:
    return (await venue.staff.post(f"{venue.path}/gift-cards/{card['id']}/reveal")).json()["code"]


async def pay_by_card(
    venue: Venue, browser: httpx2.AsyncClient, order: Json, code: str
) -> httpx2.Response:
    path = f"{venue.path}/orders/{order['id']}/gift-cards"
    return await browser.post(path, json={"code": code})


async def test_e24_the_cancel_wizard_gives_store_credit_in_place_of_money(venue: Venue) -> None:
    """In the dry run with amounts; the card holds all that goes back and pays for another date."""
    async with venue.product.visitor() as ada, venue.product.visitor() as bob:
        paid = await venue.bought(ada, 0, quantity=2)
        await venue.held(bob, 0)
        body = {"occurrence_ids": [venue.dates[0]], "refund": "keep_fee", "keep_percent": 10}
        url = f"{venue.event}/cancellations/preview"
        money = (await venue.staff.post(url, json=body)).json()
        assert (money["gift_cards"], money["credit"]["amount"]) == (0, 0)
        seen = (await venue.staff.post(url, json=body | CREDIT)).json()
        assert (seen["gift_cards"], seen["credit"]["amount"]) == (1, 4500)
        assert seen["refund"] == money["refund"]

        done = await venue.work(await venue.change("cancellations", **body, **CREDIT))
        await venue.hear_of_refunds()
        assert (done["refund_as"], done["refunds_done"]) == ("gift_card", 1)
        (card,) = await cards(venue)
        assert (card["balance"]["amount"], card["reference"]) == (4500, paid["id"])
        after = await venue.order(ada, paid)
        assert (after["status"], after["refund_status"]) == ("cancelled", "partially_refunded")
        assert await sent_by_provider(venue) == []
        again = await venue.held(ada, 1)
        shown = await pay_by_card(venue, ada, again, await code_of(venue, card))
        assert shown.json()["due"]["amount"] == 0


async def test_e24_a_part_that_a_gift_card_has_paid_is_on_the_new_one_too(venue: Venue) -> None:
    async with venue.product.visitor() as ada:
        made = await venue.staff.post(
            f"{venue.path}/gift-cards", json={"value": {"amount": 1000, "currency": "EUR"}}
        )
        order = await venue.held(ada, 0)
        await pay_by_card(venue, ada, order, made.json()["code"])
        await venue.pay(ada, order)
        url = f"{venue.event}/cancellations/preview"
        seen = (await venue.staff.post(url, json={})).json()
        assert (seen["refund"]["amount"], seen["refund_to_gift_cards"]["amount"]) == (2500, 1000)
        seen = (await venue.staff.post(url, json=CREDIT)).json()
        assert (seen["credit"]["amount"], seen["refund_to_gift_cards"]["amount"]) == (2500, 0)
        await venue.work(await venue.change("cancellations", **CREDIT))
        old, new = await cards(venue)
    assert (old["balance"]["amount"], new["balance"]["amount"]) == (0, 2500)


async def test_e24_what_a_card_for_tests_has_paid_never_becomes_a_real_card(venue: Venue) -> None:
    """Its part goes back to it; the new card holds what came besides, and there is none without."""
    async with venue.product.visitor() as ada:
        body = {"value": {"amount": 3500, "currency": "EUR"}, "for_tests": True}
        made = (await venue.staff.post(f"{venue.path}/gift-cards", json=body)).json()
        wholly, partly = await venue.held(ada, 0), await venue.held(ada, 0)
        for order in (wholly, partly):
            paid = await pay_by_card(venue, venue.staff, order, made["code"])
            assert paid.status_code == 200, paid.text
        confirmed = await ada.post(f"{venue.path}/orders/{wholly['id']}/confirm")
        assert confirmed.status_code == 200, confirmed.text
        await venue.pay(ada, partly)
        url = f"{venue.event}/cancellations/preview"
        seen = (await venue.staff.post(url, json=CREDIT)).json()
        assert (seen["paid"]["amount"], seen["paid_by_test_cards"]["amount"]) == (5000, 3500)
        assert (seen["refund"]["amount"], seen["refund_to_test_cards"]["amount"]) == (5000, 3500)
        assert (seen["gift_cards"], seen["credit"]["amount"]) == (1, 1500)
        seen = (await venue.staff.post(url, json={"refund": "keep_fee", "keep_percent": 50})).json()
        # Money goes back first: 1250 of what was paid by card, and 1250 to the card for tests.
        assert (seen["refund"]["amount"], seen["refund_to_test_cards"]["amount"]) == (2500, 1250)
        assert (seen["refund_to_gift_cards"]["amount"], seen["gift_cards"]) == (0, 0)
        done = await venue.work(await venue.change("cancellations", **CREDIT))
        await venue.hear_of_refunds()
        assert done["refunded"]["amount"] == 5000
        tested, new = await cards(venue)
        assert (tested["balance"]["amount"], tested["for_tests"]) == (3500, True)
        assert (new["balance"]["amount"], new["reference"]) == (1500, partly["id"])
        for order in (wholly, partly):
            assert (await venue.order(ada, order))["refund_status"] == "refunded"


async def test_e24_each_order_gets_its_card_once_whoever_works_and_whoever_dies(
    venue: Venue, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with venue.product.visitor() as ada:
        orders = [await venue.bought(ada, 0) for _ in range(3)]
        change = await venue.change("cancellations", occurrence_ids=[venue.dates[0]], **CREDIT)
        await die_at(venue, change, Payments, "refund_as_gift_card", calls=2, patch=monkeypatch)
        assert (await venue.progress(change))["refunds_done"] == 1
        work, organizer_id = venue.product.services.bookings.change_work, venue.stage.organizer_id
        await asyncio.gather(
            *(work._refund_batch(organizer_id, UUID(change["id"])) for _ in range(4))
        )
        await work._leave(organizer_id, UUID(change["id"]))
        done = await venue.work(change)
        assert (done["status"], done["refunded"]["amount"]) == ("done", 7500)
        made = await cards(venue)
    assert sorted(card["reference"] for card in made) == sorted(one["id"] for one in orders)
    assert [card["balance"]["amount"] for card in made] == [2500] * 3


async def sent_by_provider(venue: Venue) -> list[Any]:
    """Refunds that went the way that the money came."""
    return await venue.rows(
        "SELECT id FROM payments.refunds WHERE organizer_id = $1 AND gift_card_id IS NULL"
    )
