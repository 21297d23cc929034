"""What kinds of tickets can be sold, set up and bought through the API."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2

from tests.support.product import once
from tests.support.shop import Shop, done, line, named, refused


def moment(**ahead: float) -> str:
    return (datetime.now(UTC) + timedelta(**ahead)).isoformat()


# E6 · Ticket types free/paid/donation/tiered; sale window; min/max per order; server-side


async def test_ticket_types_are_free_paid_or_whatever_the_buyer_gives(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    free = await shop.add("Free")
    paid = await shop.add("Paid", price=2500)
    gift = await shop.add("Donation", pricing="open", price=500, suggested_price=1000)
    assert (gift["pricing"], gift["suggested_price"]["amount"]) == ("open", 1000)
    order = done(
        await shop.buy(
            ada, line(free), line(paid), line(gift, 2, price=700), line(gift, price=900)
        ),
        201,
    )
    prices = [position["price"]["amount"] for position in order["positions"]]
    assert prices == [0, 2500, 700, 700, 900]
    assert order["total"] == {"amount": 4800, "currency": "EUR"}


async def test_an_amount_that_the_buyer_chose_is_checked_on_the_server(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    gift = await shop.add("Donation", pricing="open", price=500)
    paid = await shop.add("Paid", price=2500)
    for price in (None, 499, -1, 10**9 + 1):
        problem = refused(await shop.buy(ada, line(gift, price=price)), 422, "wrong_price")
        assert problem["minimum"] == 500
    problem = refused(await shop.buy(ada, line(paid, price=1)), 422, "wrong_price")
    assert problem["price"] == 2500
    assert done(await shop.buy(ada, line(paid, price=2500)), 201)["total"]["amount"] == 2500


async def test_who_gives_nothing_for_a_donation_ticket_gets_it_at_once(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    gift = await shop.add("Donation", pricing="open")
    order = done(await shop.buy(ada, line(gift, price=0), email="ada@example.org"), 201)
    assert (order["status"], len(order["tickets"])) == ("confirmed", 1)
    held = done(await shop.buy(ada, line(gift, price=1), email="ada@example.org"), 201)
    assert held["status"] == "held"


async def test_edge_case_9_sale_window_and_limits_are_enforced_on_the_server_at_hold(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    early = await shop.add("Early", sales_end=moment(seconds=-1))
    later = await shop.add("Later", sales_start=moment(hours=1))
    pairs = await shop.add("Pairs", min_per_order=2, max_per_order=4)
    off = await shop.add("Off")
    await shop.change(off, on_sale=False)
    refused(await shop.buy(ada, line(early)), 409, "not_on_sale")
    refused(await shop.buy(ada, line(later)), 409, "not_on_sale")
    refused(await shop.buy(ada, line(off)), 409, "not_on_sale")
    for quantity in (1, 5):
        problem = refused(await shop.buy(ada, line(pairs, quantity)), 422, "wrong_quantity")
        assert (problem["min_per_order"], problem["max_per_order"]) == (2, 4)
    refused(await shop.buy(ada, line(pairs, 3), line(pairs, 2)), 422, "wrong_quantity")
    done(await shop.buy(ada, line(pairs, 4)), 201)


async def test_edge_case_9_lines_of_several_variations_pass_no_limit_together(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    shirt = await shop.add("Shirt", max_per_order=3)
    small, large = await shop.vary(shirt, "S"), await shop.vary(shirt, "L")
    lines = line(shirt, 2, small), line(shirt, 2, large)
    refused(await shop.buy(ada, *lines), 422, "wrong_quantity")


# E7 · Variations (size, age group), categories, ordering


async def test_variations_have_their_own_name_price_order_and_may_be_off(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    tour = await shop.add("Tour", price=1200)
    adult, child = await shop.vary(tour, "Adult"), await shop.vary(tour, "Child", price=0)
    gone = await shop.vary(tour, "Senior", price=800)
    path = f"{shop.event}/ticket-types/{tour['id']}/variations"
    await shop.staff.patch(f"{path}/{gone['id']}", json={"on_sale": False})
    ids = [child["id"], adult["id"], gone["id"]]
    done(await shop.staff.put(f"{path}/order", json={"ids": ids}))
    (offer,) = [one for one in done(await ada.get(shop.page))["offers"] if one["name"] == "Tour"]
    shown = [(one["name"], one["price"]["amount"]) for one in offer["variations"]]
    assert shown == [("Child", 0), ("Adult", 1200)]
    order = done(await shop.buy(ada, line(tour, 1, adult), line(tour, 2, child)), 201)
    bought = [(one["variation_name"], one["price"]["amount"]) for one in order["positions"]]
    assert bought == [("Adult", 1200), ("Child", 0), ("Child", 0)]
    refused(await shop.buy(ada, line(tour)), 422, "choose_variation")
    refused(await shop.buy(ada, line(tour, 1, gone)), 409, "variation_off")
    other = await shop.add("Other")
    refused(await shop.buy(ada, line(other, 1, adult)), 422, "unknown_variation")


async def test_a_variation_counts_against_its_own_quota_and_its_types(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    shirt = await shop.add("Shirt", quantity=5)
    small = await shop.vary(shirt, "S", quantity=2)
    large = await shop.vary(shirt, "L")
    done(await shop.buy(ada, line(shirt, 2, small)), 201)
    assert refused(await shop.buy(ada, line(shirt, 1, small)), 409, "sold_out")["left"] == 0
    done(await shop.buy(ada, line(shirt, 3, large)), 201)
    assert refused(await shop.buy(ada, line(shirt, 1, large)), 409, "sold_out")["left"] == 0
    assert (await shop.quota("Shirt"))["held"] == 5
    assert (await shop.quota("Shirt: S"))["held"] == 2


async def test_a_limit_on_variations_of_several_types_counts_what_is_sold_already(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    shirt, hoodie = await shop.add("Shirt"), await shop.add("Hoodie")
    small, large = await shop.vary(shirt, "S"), await shop.vary(shirt, "L")
    warm = await shop.vary(hoodie, "S", quantity=50)
    done(await shop.buy(ada, line(shirt, 2, small), line(shirt, 3, large)), 201)
    done(await shop.buy(ada, line(hoodie, 1, warm)), 201)
    limit = {"name": "All S", "capacity": 4, "variation_ids": [small["id"], warm["id"]]}
    done(await shop.staff.post(f"{shop.event}/quotas", json=limit), 201)
    quota = await shop.quota("All S")
    assert (quota["held"], quota["free"]) == (3, 1)
    refused(await shop.buy(ada, line(shirt, 1, small), line(hoodie, 1, warm)), 409, "sold_out")
    done(await shop.buy(ada, line(hoodie, 1, warm)), 201)
    done(await shop.buy(ada, line(shirt, 1, large)), 201)
    refused(await shop.buy(ada, line(shirt, 1, small)), 409, "sold_out")


async def test_a_variation_that_is_in_orders_stays(shop: Shop, ada: httpx2.AsyncClient) -> None:
    shirt = await shop.add("Shirt")
    small = await shop.vary(shirt, "S")
    order = done(await shop.buy(ada, line(shirt, 1, small)), 201)
    path = f"{shop.event}/ticket-types/{shirt['id']}/variations/{small['id']}"
    refused(await shop.staff.delete(path), 409, "variation_in_use")
    done(await ada.post(f"{shop.orders}/{order['id']}/release"))
    done(await shop.staff.delete(path))


async def test_the_ticket_says_which_variation_it_is(shop: Shop, ada: httpx2.AsyncClient) -> None:
    tour = await shop.add("Tour")
    child = await shop.vary(tour, "Child")
    order = done(await shop.buy(ada, line(tour, 1, child), email="ada@example.org"), 201)
    assert order["tickets"][0]["variation_name"] == "Child"
    scan = {"nonce": once()["idempotency-key"], "code": order["tickets"][0]["code"], "gate": "A"}
    path = f"{shop.event.rpartition('/events')[0]}/scans"
    scanned = await shop.staff.post(path, json=scan | {"event_id": str(shop.stage.event_id)})
    assert done(scanned, scanned.status_code)["ticket_type_name"] == "Tour · Child"


async def test_ticket_types_stand_under_categories_in_the_order_their_organizer_gives(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    path = f"{shop.event}/ticket-categories"
    for name in ("Weekend", "Days", "Unused"):
        made = done(await shop.staff.post(path, json={"name": name}), 201)
    weekend, days, unused = made["categories"]
    await shop.add("Saturday", category_id=days["id"])
    await shop.add("Both", category_id=weekend["id"])
    ids = [days["id"], unused["id"], weekend["id"]]
    done(await shop.staff.put(f"{path}/order", json={"ids": ids}))
    kinds = (await shop.managed())["ticket_types"]
    turned = [kind["id"] for kind in reversed(kinds)]
    done(await shop.staff.put(f"{shop.event}/ticket-types/order", json={"ids": turned}))
    page = done(await ada.get(shop.page))
    assert [one["name"] for one in page["categories"]] == ["Days", "Weekend"]
    assert [offer["name"] for offer in page["offers"]] == ["Both", "Saturday", "Standard"]


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


# Edge case 24 · own hold counted against self, phantom reservation never freed


async def test_edge_case_24_a_reservation_that_ended_is_free_for_everybody_at_once(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    shirt = await shop.add("Shirt", quantity=1)
    small = await shop.vary(shirt, "S", quantity=1)
    held = done(await shop.buy(ada, line(shirt, 1, small)), 201)
    refused(await shop.buy(ada, line(shirt, 1, small)), 409, "sold_out")
    await shop.lapse(held)
    again = [shop.buy(ada, line(shirt, 1, small)) for _ in range(4)]
    answers = [answer.status_code for answer in await asyncio.gather(*again)]
    assert sorted(answers) == [201, 409, 409, 409]
