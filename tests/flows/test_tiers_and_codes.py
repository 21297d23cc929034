"""Ticket types that open one after the other, and those that a code reveals."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2

from tests.support.shop import Shop, done, line, named, refused
from tests.support.waiting import let_go, offer_what_is_free, open_list, wait


def moment(**ahead: float) -> str:
    return (datetime.now(UTC) + timedelta(**ahead)).isoformat()


# E10 · Waves / early-bird


async def test_the_next_tier_opens_when_the_previous_is_sold_out(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    early = await shop.add("Early bird", quantity=2)
    regular = await shop.add("Regular", price=2500, opens_after_id=early["id"])
    refused(await shop.buy(ada, line(regular)), 409, "not_on_sale")
    last = done(await shop.buy(ada, line(early, 2)), 201)
    done(await shop.buy(ada, line(regular)), 201)
    await shop.lapse(last)
    refused(await shop.buy(ada, line(regular)), 409, "not_on_sale")
    done(await shop.buy(ada, line(early, 2)), 201)
    done(await shop.buy(ada, line(regular)), 201)


async def test_the_next_tier_opens_by_date_or_when_the_sale_of_the_previous_ends(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    early = await shop.add("Early bird")
    regular = await shop.add("Regular", opens_after_id=early["id"], sales_start=moment(hours=1))
    refused(await shop.buy(ada, line(regular)), 409, "not_on_sale")
    await shop.change(regular, sales_start=moment(seconds=-1))
    done(await shop.buy(ada, line(regular)), 201)
    late = await shop.add("Late", opens_after_id=early["id"])
    refused(await shop.buy(ada, line(late)), 409, "not_on_sale")
    await shop.change(early, sales_end=moment(seconds=-1))
    done(await shop.buy(ada, line(late)), 201)


async def test_a_tier_whose_variations_are_all_gone_is_sold_out(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    early = await shop.add("Early bird", quantity=50)
    small = await shop.vary(early, "S", quantity=1)
    regular = await shop.add("Regular", opens_after_id=early["id"])
    refused(await shop.buy(ada, line(regular)), 409, "not_on_sale")
    done(await shop.buy(ada, line(early, 1, small)), 201)
    done(await shop.buy(ada, line(regular)), 201)


async def test_one_waiting_list_serves_all_tiers(shop: Shop, ada: httpx2.AsyncClient) -> None:
    early = await shop.add("Early bird", quantity=1)
    first = done(await shop.buy(ada, line(early)), 201)
    regular = await shop.add("Regular", quantity=1, opens_after_id=early["id"])
    second = done(await shop.buy(ada, line(regular)), 201)
    await shop.change({"id": str(shop.stage.types[0]), "name": "Standard"}, on_sale=False)
    await open_list(shop)
    places = [await wait(shop, ada, f"{who}@example.org") for who in ("bob", "eve")]
    for order, place, tier in zip((second, first), places, ("Regular", "Early bird"), strict=True):
        await let_go(shop, ada, order)
        await offer_what_is_free(shop)
        assert (await place.look())["offer"]["ticket_type_name"] == tier


async def test_the_page_says_which_tier_is_open(shop: Shop, ada: httpx2.AsyncClient) -> None:
    early = await shop.add("Early bird", quantity=1)
    await shop.add("Regular", opens_after_id=early["id"])
    offer = named(done(await ada.get(shop.page))["offers"], "Regular")
    assert (offer["state"], offer["opens_after"]) == ("not_yet", early["id"])
    done(await shop.buy(ada, line(early)), 201)
    forget(shop)
    offers = done(await ada.get(shop.page))["offers"]
    assert [named(offers, name)["state"] for name in ("Early bird", "Regular")] == [
        "sold_out", "on_sale",
    ]  # fmt: skip


# E11 · Hidden/locked types revealed by code or link


async def test_a_hidden_type_is_neither_listed_nor_sold_without_its_code(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    friends = await shop.add("Friends", visibility="hidden", access_code="Ärzte24")
    assert "Friends" not in (await ada.get(shop.page)).text
    assert friends["id"] not in (await ada.get(f"{shop.page}/availability")).text
    for code in (None, "", "wrong", "Ärzte2"):
        refused(await shop.buy(ada, line(friends), access_code=code), 422, "unknown_ticket_type")
    order = done(await shop.buy(ada, line(friends), access_code=" ärzte24 "), 201)
    assert order["positions"][0]["ticket_type_name"] == "Friends"


async def test_the_expired_order_of_a_hidden_type_can_be_asked_for_again_with_its_code(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    friends = await shop.add("Friends", visibility="hidden", access_code="FRIENDS")
    public = await shop.add("Public")
    order = done(await shop.buy(ada, line(friends), access_code="friends"), 201)
    path = f"{shop.orders}/{order['id']}"
    done(await ada.post(f"{path}/release"))
    code = done(await ada.get(path))["access_code"]
    again = done(await shop.buy(ada, line(friends), access_code=code), 201)
    plain = done(await shop.buy(ada, line(public)), 201)
    assert code == again["access_code"] == "friends"
    assert "access_code" not in plain


async def test_a_code_reveals_hidden_types_on_the_page(shop: Shop, ada: httpx2.AsyncClient) -> None:
    friends = await shop.add("Friends", visibility="hidden", access_code="FRIENDS")
    await shop.add("Press", visibility="hidden", access_code="PRESS")
    shown = done(await ada.get(f"{shop.page}/hidden-offers", params={"code": "friends"}))
    assert [offer["ticket_type_id"] for offer in shown["offers"]] == [friends["id"]]
    wrong = await ada.get(f"{shop.page}/hidden-offers", params={"code": "friend"})
    refused(wrong, 404, "unknown_access_code")


async def test_what_is_hidden_lowers_no_price_that_is_advertised(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    managed = await shop.managed()
    await shop.change(managed["ticket_types"][0], price=3000)
    await shop.add("Friends", price=100, visibility="hidden", access_code="FRIENDS")
    cards = await ada.get("/api/v1/events", params={"organizer": shop.stage.slug})
    (card,) = done(cards)["items"]
    assert card["price_from"]["amount"] == 3000


async def test_a_card_shows_the_cheapest_variation_of_the_tier_that_is_open(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    (stock,) = (await shop.managed())["ticket_types"]
    await shop.change(stock, on_sale=False)
    early = await shop.add("Early bird", price=5000, quantity=20)
    child = await shop.vary(early, "Child", price=1000, quantity=1)
    await shop.vary(early, "Adult", quantity=1)
    await shop.add("Regular", price=9000, opens_after_id=early["id"])
    assert await card(shop, ada) == ("few", 1000)
    done(await shop.buy(ada, line(early, 1, child)), 201)
    assert await card(shop, ada) == ("few", 5000)
    await shop.vary(early, "Free", price=0, quantity=0)
    assert await card(shop, ada) == ("few", 5000)
    await shop.change(early, sales_end=moment(seconds=-1))
    assert await card(shop, ada) == ("available", 9000)


async def card(shop: Shop, visitor: httpx2.AsyncClient) -> tuple[str, int]:
    """The availability and the price on the event's card."""
    forget(shop)
    cards = await visitor.get("/api/v1/events", params={"organizer": shop.stage.slug})
    (found,) = done(cards)["items"]
    return found["availability"], found["price_from"]["amount"]


def forget(shop: Shop) -> None:
    """What a second of waiting does."""
    shown: Any = shop.product.services.events._shown
    shown.forget(shop.stage.organizer_id, shop.stage.event_id, "show")
