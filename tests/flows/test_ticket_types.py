"""What kinds of tickets can be sold, set up and bought through the API."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from boxoffice.data.postgres import Database
from tests.support.product import Product, once
from tests.support.shop import Shop, done, line, open_shop, refused


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


# E8, E9 · Shared quotas and their breakdown


async def test_a_type_may_count_against_several_quotas_and_all_must_fit(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    hall = (await shop.managed())["quotas"][0]
    front = await shop.add("Front", quota_ids=[hall["id"]])
    limit = {"name": "Front rows", "capacity": 3, "ticket_type_ids": [front["id"]]}
    done(await shop.staff.post(f"{shop.event}/quotas", json=limit), 201)
    done(await shop.buy(ada, line(front, 2)), 201)
    assert refused(await shop.buy(ada, line(front, 2)), 409, "sold_out")["left"] == 1
    assert (await shop.quota("Front rows"))["free"] == 1
    assert (await shop.quota(hall["name"]))["free"] == 998


@pytest.mark.contrived
async def test_the_breakdown_of_a_quota_sums_to_its_capacity(
    db: Database, paying_product: Product
) -> None:
    async with open_shop(paying_product, db) as shop, paying_product.visitor() as ada:
        kind = await shop.add("Regular", price=2500, quantity=40, max_per_order=40)
        path = shop.orders
        paid = done(await shop.buy(ada, line(kind, 1), email="ada@example.org"), 201)
        done(await pay(ada, f"{path}/{paid['id']}", "practice_ok"))
        trying = done(await shop.buy(ada, line(kind, 2), email="ada@example.org"), 201)
        await pay(ada, f"{path}/{trying['id']}", "practice_declined")
        done(await shop.buy(ada, line(kind, 3)), 201)
        lapsed = done(await shop.buy(ada, line(kind, 8)), 201)
        await shop.lapse(lapsed)
        quota = await shop.quota("Regular")
        for claim, units in (("voucher", 4), ("offer", 5), ("block", 6)):
            await shop.reserve(quota, units, kind=claim)
        parts = await breakdown(shop)
        assert parts == {
            "sold": 1, "pending": 2, "held": 3, "vouchers": 4, "waitlist": 5, "blocked": 6,
            "free": 19, "capacity": 40, "overbooked_by": 0,
        }  # fmt: skip
        await shop.staff.patch(f"{shop.event}/quotas/{quota['id']}", json={"capacity": 15})
        parts = await breakdown(shop)
        assert (parts["free"], parts["capacity"], parts["overbooked_by"]) == (0, 15, 6)
        assert sum(parts[name] for name in PARTS) == 15 + 6


PARTS = ("sold", "pending", "held", "vouchers", "waitlist", "blocked", "free")


async def breakdown(shop: Shop) -> dict[str, int]:
    quota = await shop.quota("Regular")
    return {name: quota[name] for name in (*PARTS, "capacity", "overbooked_by")}


async def pay(buyer: httpx2.AsyncClient, path: str, source: str) -> httpx2.Response:
    return await buyer.post(f"{path}/payments", json={"source": source}, headers=once())


# E19 · Lowering capacity under sold


async def test_edge_case_11_a_quota_cut_below_sold_is_flagged_and_blocks_no_other_type(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    front, back = await shop.add("Front", quantity=10), await shop.add("Back", quantity=10)
    sold = [done(await shop.buy(ada, line(front, 4)), 201) for _ in range(2)]
    quota = await shop.quota("Front")
    await shop.staff.patch(f"{shop.event}/quotas/{quota['id']}", json={"capacity": 5})
    quota = await shop.quota("Front")
    assert (quota["overbooked_by"], quota["free"]) == (3, 0)
    refused(await shop.buy(ada, line(front)), 409, "sold_out")
    done(await shop.buy(ada, line(back)), 201)
    done(await ada.post(f"{shop.orders}/{sold[0]['id']}/release"))
    quota = await shop.quota("Front")
    assert (quota["overbooked_by"], quota["free"]) == (0, 1)
    done(await shop.buy(ada, line(front)), 201)
    refused(await shop.buy(ada, line(front)), 409, "sold_out")


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
