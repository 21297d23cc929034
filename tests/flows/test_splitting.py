"""B12 · Staff split an order: tickets become an order of their own, with their money."""

import asyncio
from typing import Any
from uuid import UUID

import httpx2

from boxoffice.data.postgres import Database
from tests.flows.test_dearer_changes import asked
from tests.flows.test_extras import bind, group
from tests.flows.test_gift_cards import detail, issued
from tests.flows.test_paying_by_gift_card import cancel, held, pay, put_on
from tests.flows.test_staff_changes import bought, change, counts, scan, ticket
from tests.support.card_company import CardCompany
from tests.support.product import Product, once
from tests.support.shop import Shop, done, line, open_shop, refused

Json = dict[str, Any]
GRACE = {"email": "grace@example.org", "name": "Grace Hopper"}


def path(shop: Shop, order: Json, rest: str = "/splits") -> str:
    return f"{shop.orders}/{order['id']}{rest}"


def of(order: Json, *numbers: int) -> Json:
    return {"position_ids": [ticket(order, number)["position_id"] for number in numbers]}


async def look(shop: Shop, order: Json, *numbers: int, **more: Any) -> httpx2.Response:
    return await shop.staff.post(
        path(shop, order, "/splits/preview"), json=of(order, *numbers) | more
    )


async def split(shop: Shop, order: Json, *numbers: int, **more: Any) -> Json:
    """Both orders, and what it came to."""
    shown = done(await look(shop, order, *numbers, **more))
    body = of(order, *numbers) | more | {"expected_total": shown["new_total"]["amount"]}
    made = done(await shop.staff.post(path(shop, order), json=body, headers=once()), 201)
    assert made["split"] == shown
    return made


async def now(shop: Shop, order: Json) -> Json:
    return done(await shop.staff.get(path(shop, order, "")))


async def kept(shop: Shop, *orders: Json) -> list[int]:
    """The money that is here for each."""
    payments, organizer = shop.product.services.payments, shop.stage.organizer_id
    ids = [UUID(order["id"]) for order in orders]
    async with shop.db.begin(organizer) as tx:
        found = await payments.standings(tx, organizer, ids)
    return [found[one].kept.amount if one in found else 0 for one in ids]


def in_the_book(company: CardCompany, shop: Shop) -> int:
    """What the card company says that the organizer has."""
    ((amount,),) = company.book(
        "SELECT coalesce(sum(amount - amount_refunded), 0) FROM charges "
        "WHERE merchant = ? AND status = 'succeeded'",
        shop.stage.organizer_id,
    )
    return amount


async def claims(shop: Shop) -> list[Any]:
    """The units of every holder, and every quota's counter."""
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT quota_id, sum(units)::int, count(seat_id) FROM events.claims "
            "WHERE organizer_id = $1 AND released_at IS NULL GROUP BY 1 UNION ALL "
            "SELECT id, claimed, ceiling FROM events.quotas WHERE organizer_id = $1 ORDER BY 1, 2",
            (shop.stage.organizer_id,),
        )
        return [tuple(row) for row in rows]


async def offered(shop: Shop, ada: httpx2.AsyncClient, order: Json, own: Json) -> str:
    """The path of the link by which Eve may take the ticket."""
    path_of_it = path(shop, order, f"/tickets/{own['id']}/transfers")
    made = done(await ada.post(path_of_it, json={"email": "eve@example.org"}), 201)
    bookings = shop.product.services.bookings
    news = await bookings.transfer(shop.stage.organizer_id, UUID(made["id"]))
    assert news is not None
    return f"/api/v1/ticket-transfers/{news.token}"


async def test_b12_staff_split_an_order_and_each_part_has_its_money_and_lives_on_its_own(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    shop = paying_shop
    front, back = await shop.add("Front", price=5000), await shop.add("Back", price=3000)
    order = await bought(shop, buyer, line(front, 2), line(back))
    stock, quotas = await claims(shop), await counts(shop)
    shown = done(await look(shop, order, 2, 3))
    assert [shown[one]["amount"] for one in ("new_total", "left_total", "paid", "fees")] == [
        8000, 5000, 8000, 0,
    ]  # fmt: skip
    assert [(one["number"], one["name"]) for one in shown["tickets"]] == [(2, "Front"), (3, "Back")]
    assert await claims(shop) == stock
    body = of(order, 2, 3) | {"expected_total": 7999}
    problem = refused(await shop.staff.post(path(shop, order), json=body), 409, "split_differs")
    assert problem["new_total"] == 8000
    body, key = of(order, 2, 3) | {"expected_total": 8000, "because": "Two invoices"}, once()
    made = done(await shop.staff.post(path(shop, order), json=body, headers=key), 201)
    assert done(await shop.staff.post(path(shop, order), json=body, headers=key), 201) == made
    old, new = made["order"], made["new_order"]
    assert (old["total"]["amount"], new["total"]["amount"]) == (5000, 8000)
    assert (old["id"], new["code"] != old["code"], new["token"]) == (order["id"], True, "")
    assert (new["payment_status"], new["refund_status"], new["status"]) == (
        "paid", "none", "confirmed",
    )  # fmt: skip
    assert [one["number"] for one in new["positions"]] == [1, 2]
    assert [one["id"] for one in new["tickets"]] == [one["id"] for one in order["tickets"][1:]]
    assert (await claims(shop), await counts(shop)) == (stock, quotas)
    assert await kept(shop, old, new) == [5000, 8000]
    mine = done(await buyer.get(path(shop, new, "")))
    assert [one["code"] for one in mine["tickets"]] == [o["code"] for o in order["tickets"][1:]]
    assert [await scan(shop, one["code"]) for one in order["tickets"]] == ["ok"] * 3


async def test_after_a_split_each_order_is_changed_split_and_cancelled_on_its_own_exactly(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    shop = paying_shop
    front, back = await shop.add("Front", price=5000), await shop.add("Back", price=3000)
    order = await bought(shop, buyer, line(front, 2), line(back))
    made = await split(shop, order, 2, 3)
    old, new = made["order"], made["new_order"]
    cheaper = ticket(new, 1, price=4000)
    done(await change(shop, new, cheaper, because="A pillar"))
    assert await kept(shop, old, new) == [5000, 7000]
    done(await shop.staff.put(path(shop, new, "/contact"), json=GRACE))
    again = await split(shop, await now(shop, new), 2)
    assert await kept(shop, old, new, again["new_order"]) == [5000, 4000, 3000]
    for one, left in ((new, 8000), (old, 3000), (again["new_order"], 0)):
        assert (await cancel(shop, one))["order"]["status"] == "cancelled"
        assert in_the_book(company, shop) == left
    assert await kept(shop, old, new, again["new_order"]) == [0, 0, 0]
    assert await counts(shop) == []


async def test_the_new_order_may_be_another_persons(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    order = await bought(shop, buyer, line(await shop.add("Front", price=5000), 2))
    made = await split(shop, order, 2, buyer=GRACE)
    assert made["split"]["buyer"] == made["new_order"]["buyer"] == GRACE
    assert made["order"]["buyer"]["email"] == "ada@example.org"
    assert (await buyer.get(path(shop, made["new_order"], ""))).status_code == 404
    bad = await look(shop, order, 1, buyer={"email": "nobody", "name": "G"})
    refused(bad, 422, "invalid")


async def test_gift_cards_follow_and_get_back_what_each_order_had_of_them(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    shop, card = paying_shop, await issued(paying_shop, 6000)
    kind = await shop.add("Stalls", price=5000)
    order = done(await shop.buy(buyer, line(kind, 2), email="ada@example.org"), 201)
    done(await put_on(shop, buyer, order, card))
    order = (await pay(shop, buyer, order))["order"]
    made = await split(shop, order, 1)
    parts = [one["gift_cards"][0]["amount"]["amount"] for one in (made["order"], made["new_order"])]
    assert parts == [5000, 1000]
    await cancel(shop, made["new_order"])
    assert in_the_book(company, shop) == 0
    assert (await detail(shop, card))["card"]["balance"]["amount"] == 1000
    await cancel(shop, made["order"])
    assert (await detail(shop, card))["card"]["balance"]["amount"] == 6000


async def test_answers_add_ons_and_given_on_tickets_follow_and_free_orders_need_no_money(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    day = await shop.add("Day")
    shirt = await shop.add("Shirt", visibility="add_on", admits=False)
    await bind(shop, day, group("Shop", shirt, maximum=1))
    asks = {"label": "Badge", "kind": "short_text", "per": "ticket"}
    made = done(await shop.staff.post(f"{shop.event}/questions", json=asks), 201)
    question = made["questions"][-1]["id"]
    done(await shop.staff.put(f"{shop.event}/order-policy", json={"transfer": {"allowed": True}}))
    chosen = line(day, add_ons=[line(shirt)])
    order = done(await shop.buy(ada, chosen, line(day), email="ada@example.org"), 201)
    shirts = next(one for one in order["positions"] if one["ticket_type_name"] == "Shirt")
    with_shirt = next(
        one["number"] for one in order["positions"] if one["id"] == shirts["parent_id"]
    )
    answers = [
        {"question_id": question, "value": f"Guest {one['number']}", "ticket": one["number"]}
        for one in order["tickets"]
    ]
    done(await ada.put(path(shop, order, "/answers"), json={"answers": answers}))
    refused(await look(shop, order, shirts["number"]), 409, "comes_with_its_ticket")
    own = next(one for one in order["tickets"] if one["number"] == with_shirt)
    link = await offered(shop, ada, order, own)
    refused(await look(shop, order, with_shirt), 409, "offer_stands")
    done(await ada.post(f"{link}/accept", json={"name": "Eve Adams"}))
    made = await split(shop, order, with_shirt)
    new = made["new_order"]
    assert sorted(one["ticket_type_name"] for one in new["positions"]) == ["Day", "Shirt"]
    assert (new["payment_status"], made["split"]["paid"]["amount"]) == ("none", 0)
    said = done(await shop.staff.get(path(shop, new, "/answers")))["answers"]
    assert [(one["ticket"], one["shown"]) for one in said] == [(1, f"Guest {with_shirt}")]
    await exports_each_answer_once(shop, made)
    assert done(await ada.get(link))["status"] == "accepted"
    (last,) = made["order"]["positions"]
    refused(await look(shop, made["order"], last["number"]), 409, "nothing_would_stay")


async def exports_each_answer_once(shop: Shop, made: Json) -> None:
    """With the order that has its ticket now, as JSON and as CSV."""
    codes = [made[one]["code"] for one in ("order", "new_order")]
    names: dict[str, list[str]] = {code: [] for code in codes}
    page = done(await shop.staff.get(f"{shop.event}/answers"))["items"]
    for row in (row for row in page if row["order_code"] in names):
        names[row["order_code"]] += [one["shown"] for one in row["answers"]]
    assert [len(said) for said in names.values()] == [1, 1]
    assert len({said[0] for said in names.values()}) == 2
    file = (await shop.staff.get(f"{shop.event}/answers.csv")).content.decode("utf-8-sig")
    lines = [line.split(",") for line in file.splitlines() if line.split(",")[0] in names]
    said = [(line[0], line[-1]) for line in lines if line[5] == "Day"]
    assert sorted(said) == sorted((code, *names[code]) for code in codes)
    assert all(line[-1] == "" for line in lines if line[5] != "Day")


async def test_what_was_cancelled_stays_with_the_order_that_it_was_cancelled_in(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    day, lunch = await shop.add("Day"), await shop.add("Lunch", visibility="add_on")
    await bind(shop, day, group("More", lunch, maximum=1))
    chosen = line(day, add_ons=[line(lunch)])
    order = done(await shop.buy(ada, chosen, line(day), email="ada@example.org"), 201)
    lunches = next(one for one in order["positions"] if one["ticket_type_name"] == "Lunch")
    ask: Json = {"position_ids": [lunches["id"]], "terms": "full"}
    ask |= {"expected_refund": 0, "expected_total": 0}
    done(await shop.staff.post(path(shop, order, "/cancellations"), json=ask, headers=once()))
    with_lunch = next(
        one["number"] for one in order["positions"] if one["id"] == lunches["parent_id"]
    )
    made = await split(shop, order, with_lunch)
    assert [one["ticket_type_name"] for one in made["new_order"]["positions"]] == ["Day"]
    assert len((await now(shop, order))["cancelled_positions"]) == 1


async def test_what_waits_or_is_not_confirmed_is_not_split_and_strangers_find_nothing(
    paying_shop: Shop, buyer: httpx2.AsyncClient, db: Database, paying_product: Product
) -> None:
    shop = paying_shop
    open_order = await held(shop, buyer)
    refused(await look(shop, open_order, 1), 409, "order_not_confirmed")
    dear, cheap = await shop.add("Dear", price=5000), await shop.add("Cheap", price=3000)
    order = await bought(shop, buyer, line(cheap, 2))
    await asked(shop, order, ticket(order, 1, ticket_type_id=dear["id"]))
    refused(await look(shop, order, 2), 409, "change_waits")
    body = of(order, 1) | {"expected_total": 3000}
    refused(await buyer.post(path(shop, order), json=body), 401, "not_authenticated")
    async with open_shop(paying_product, db) as other:
        strange = path(shop, order).replace(shop.stage.slug, other.stage.slug)
        refused(await other.staff.post(strange, json=body), 404, "order_not_found")
        refused(await other.staff.post(path(shop, order), json=body), 404, "not_found")


async def test_splitting_and_cancelling_at_once_never_spend_the_same_money(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    """Fails without the locks: a ticket would go to two orders, or be paid back twice."""
    shop = paying_shop
    order = await bought(shop, buyer, line(await shop.add("Front", price=5000), 6))
    bodies = [of(order, number) | {"expected_total": 5000} for number in (1, 2, 3, 1, 2, 3)]
    ask: Json = of(order, 3, 4) | {"terms": "full"}
    gone = ask | {"expected_refund": 10000, "expected_total": 20000}
    await asyncio.gather(
        *(shop.staff.post(path(shop, order), json=body) for body in bodies),
        shop.staff.post(path(shop, order, "/cancellations"), json=gone),
    )
    old = await now(shop, order)
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT id::text FROM bookings.orders WHERE organizer_id = $1 AND status = 'confirmed'",
            (shop.stage.organizer_id,),
        )
        orders = [{"id": row.id} for row in rows]
    held_here = await kept(shop, *orders)
    totals = [(await now(shop, one))["total"]["amount"] for one in orders]
    assert held_here == totals
    assert sum(totals) == in_the_book(company, shop)
    for one in [one for one in orders if one["id"] != old["id"]] + [{"id": old["id"]}]:
        await cancel(shop, one)
    assert in_the_book(company, shop) == 0
    assert await counts(shop) == []
