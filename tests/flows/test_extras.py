"""E13 · Add-ons, bundles, merchandise bound to a base ticket."""

import asyncio
from pathlib import Path
from typing import Any

import httpx2

from boxoffice.data.postgres import Database, DatabaseSettings
from boxoffice.data.transaction import Transaction
from tests.support.product import Product, once, running_product, settings_for
from tests.support.shop import Json, Shop, done, line, named, open_shop, refused

ADA = "ada@example.org"


async def bind(shop: Shop, base: Json, *groups: Json, contents: list[Json] | None = None) -> Json:
    body = {"add_on_groups": list(groups), "contents": contents or []}
    path = f"{shop.event}/ticket-types/{base['id']}/extras"
    return named(done(await shop.staff.put(path, json=body))["ticket_types"], base["name"])


def group(name: str, *kinds: Json | tuple[Json, int], **limits: int) -> Json:
    add_ons = [
        {"ticket_type_id": one[0]["id"], "price": one[1]}
        if isinstance(one, tuple)
        else {"ticket_type_id": one["id"]}
        for one in kinds
    ]
    return {"name": name, "add_ons": add_ons} | limits


def with_(*parts: Json) -> list[Json]:
    return list(parts)


def bought(order: Json) -> list[tuple[str, int, str | None]]:
    """Each position: its type, its price, and the type of what it comes with."""
    names = {one["id"]: one["ticket_type_name"] for one in order["positions"]}
    return [
        (one["ticket_type_name"], one["price"]["amount"], names.get(one.get("parent_id", "")))
        for one in order["positions"]
    ]


async def test_add_ons_are_chosen_with_a_base_ticket_within_its_limits_and_prices(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    day = await shop.add("Day", price=5000)
    lunch = await shop.add("Lunch", price=1500, visibility="add_on")
    dinner = await shop.add("Dinner", price=3000, visibility="add_on")
    shirt = await shop.add("Shirt", price=2000, visibility="add_on", admits=False)
    await bind(
        shop, day,
        group("Meals", (lunch, 1200), dinner, minimum=1, maximum=3, included=1),
        group("Shop", shirt, maximum=1),
    )  # fmt: skip
    refused(await shop.buy(ada, line(day)), 422, "wrong_add_ons")
    many = line(day, add_ons=with_(line(lunch, 2), line(dinner, 2)))
    problem = refused(await shop.buy(ada, many), 422, "wrong_add_ons")
    assert (problem["group"], problem["minimum"], problem["maximum"]) == ("Meals", 1, 3)
    refused(
        await shop.buy(ada, line(day, add_ons=with_(line(lunch), line(shirt, 2)))),
        422, "wrong_add_ons",
    )  # fmt: skip
    refused(await shop.buy(ada, line(day, add_ons=with_(line(day)))), 422, "unknown_add_on")
    refused(await shop.buy(ada, line(lunch)), 422, "unknown_ticket_type")
    chosen = line(day, 2, add_ons=with_(line(lunch, 2), line(dinner), line(shirt)))
    quote = done(await ada.post(
        f"{shop.orders}/quote", json={"event_id": str(shop.stage.event_id), "items": [chosen]}
    ))  # fmt: skip
    order = done(await shop.buy(ada, chosen), 201)
    assert (
        quote["total"] == order["total"] == {"amount": 2 * (5000 + 2400 + 2000), "currency": "EUR"}
    )
    assert bought(order) == [
        ("Day", 5000, None), ("Day", 5000, None),
        *[("Lunch", 1200, "Day")] * 4,
        ("Dinner", 0, "Day"), ("Dinner", 0, "Day"),
        ("Shirt", 2000, "Day"), ("Shirt", 2000, "Day"),
    ]  # fmt: skip
    parents = [one.get("parent_id") for one in order["positions"]]
    first, second = (one["id"] for one in order["positions"][:2])
    assert parents[2:] == [first, first, second, second, first, second, first, second]


async def test_merchandise_admits_nobody_and_gives_no_ticket(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    day = await shop.add("Day")
    workshop = await shop.add("Workshop", visibility="add_on")
    shirt = await shop.add("Shirt", admits=False)
    large = await shop.vary(shirt, "L")
    await bind(shop, day, group("More", workshop, shirt, maximum=5))
    chosen = with_(line(workshop), line(shirt, 1, large))
    order = done(await shop.buy(ada, line(day, add_ons=chosen), email=ADA), 201)
    assert [one["ticket_type_name"] for one in order["tickets"]] == ["Day", "Workshop"]
    assert [one.get("admits", True) for one in order["positions"]] == [True, True, False]
    alone = done(await shop.buy(ada, line(shirt, 1, large), email=ADA), 201)
    assert (alone["status"], alone["tickets"]) == ("confirmed", [])
    held = done(await shop.buy(ada, line(day, add_ons=chosen)), 201)
    path = f"{shop.orders}/{held['id']}"
    done(await ada.put(f"{path}/buyer", json={"email": ADA, "name": "Ada"}))
    later = done(await ada.post(f"{path}/confirm"))
    assert [one["ticket_type_name"] for one in later["tickets"]] == ["Day", "Workshop"]
    changed = await shop.change(shirt, admits=True)
    assert changed["admits"] is True


async def test_a_bundle_carries_its_contents_at_set_prices_against_their_own_quotas(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    dinner = await shop.add("Dinner", price=3000, quantity=5)
    shirt = await shop.add("Shirt", price=2000, admits=False)
    small = await shop.vary(shirt, "S", quantity=3)
    pack = await shop.add("Weekend", price=9000)
    bundle = await bind(shop, pack, contents=[
        {"ticket_type_id": dinner["id"], "units": 2, "price": 2500},
        {"ticket_type_id": shirt["id"], "variation_id": small["id"]},
    ])  # fmt: skip
    assert [one["units"] for one in bundle["contents"]] == [2, 1]
    page = done(await ada.get(shop.page))
    offer = named(page["offers"], "Weekend")
    assert (offer["price"]["amount"], offer["state"], offer["available"]) == (14000, "few", 2)
    assert [(one["name"], one["variation_name"], one["units"]) for one in offer["contents"]] == [
        ("Dinner", None, 2), ("Shirt", "S", 1),
    ]  # fmt: skip
    order = done(await shop.buy(ada, line(pack, 2)), 201)
    assert order["total"]["amount"] == 28000
    assert bought(order) == [
        ("Weekend", 9000, None), ("Weekend", 9000, None),
        *[("Dinner", 2500, "Weekend")] * 4, *[("Shirt", 0, "Weekend")] * 2,
    ]  # fmt: skip
    assert (await shop.quota("Dinner"))["held"] == 4
    assert (await shop.quota("Shirt: S"))["held"] == 2
    refused(await shop.buy(ada, line(pack)), 409, "sold_out")
    assert (await shop.quota("Weekend"))["held"] == 2
    assert (await shop.quota("Shirt: S"))["held"] == 2
    done(await ada.post(f"{shop.orders}/{order['id']}/release"))
    for name in ("Weekend", "Dinner", "Shirt: S"):
        assert (await shop.quota(name))["claimed"] == 0
    done(await shop.buy(ada, line(pack)), 201)


async def test_a_bundle_changed_in_another_process_is_sold_with_what_it_contains_now(
    db: Database, database_urls: DatabaseSettings, redis_url: str, tmp_path: Path
) -> None:
    settings = settings_for(database_urls, redis_url=redis_url, data=tmp_path)
    async with (
        running_product(settings) as one,
        running_product(settings) as two,
        open_shop(one, db) as shop,
        two.visitor() as ada,
    ):
        dinner = await shop.add("Dinner", quantity=5)
        pack = await shop.add("Pack")
        assert len(done(await shop.buy(ada, line(pack)), 201)["positions"]) == 1
        await bind(shop, pack, contents=[{"ticket_type_id": dinner["id"]}])
        assert len(done(await shop.buy(ada, line(pack)), 201)["positions"]) == 2
        await bind(shop, pack)
        assert len(done(await shop.buy(ada, line(pack)), 201)["positions"]) == 1


async def test_the_page_offers_add_ons_under_their_base_and_never_alone(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    day = await shop.add("Day")
    lunch = await shop.add("Lunch", price=1500, quantity=3, visibility="add_on")
    await bind(shop, day, group("Meals", (lunch, 1000), maximum=2))
    page = done(await ada.get(shop.page))
    assert "Lunch" not in {one["name"] for one in page["offers"]}
    assert page["takes_code"] is False
    (meals,) = named(page["offers"], "Day")["add_on_groups"]
    assert (meals["name"], meals["minimum"], meals["maximum"]) == ("Meals", 0, 2)
    (shown,) = meals["add_ons"]
    assert (shown["name"], shown["price"]["amount"], shown["available"]) == ("Lunch", 1000, 3)
    assert named(page["offers"], "Day")["state"] == "on_sale"
    polled = done(await ada.get(f"{shop.page}/availability"))
    states = {one["ticket_type_id"]: one["available"] for one in polled["offers"]}
    assert states[lunch["id"]] == 3
    await bind(shop, day, group("Meals", lunch, minimum=2, maximum=2))
    must = named(done(await ada.get(shop.page))["offers"], "Day")
    assert (must["state"], must["available"]) == ("few", 1)


async def test_extras_are_set_consistently_and_what_is_bound_stays(shop: Shop) -> None:
    day, lunch = await shop.add("Day"), await shop.add("Lunch")
    shirt = await shop.add("Shirt")
    await shop.vary(shirt, "S")
    path = f"{shop.event}/ticket-types/{day['id']}/extras"

    async def wrong(*groups: Json, contents: list[Json] | None = None) -> dict[str, str]:
        body = {"add_on_groups": list(groups), "contents": contents or []}
        problem = refused(await shop.staff.put(path, json=body), 422, "invalid")
        return {error["pointer"]: error["code"] for error in problem["errors"]}

    own = "/add_on_groups/0/add_ons/0/ticket_type_id"
    assert await wrong(group("A", day)) == {own: "unknown_ticket_type"}
    assert await wrong(group("A", lunch, lunch)) == {"/add_on_groups": "twice"}
    assert await wrong(group("A", lunch, minimum=2)) == {"/add_on_groups/0/maximum": "out_of_range"}
    assert await wrong(group("A", lunch, included=2)) == {
        "/add_on_groups/0/included": "out_of_range"
    }
    assert await wrong(group(" ", lunch)) == {"/add_on_groups/0/name": "missing"}
    assert await wrong(contents=[{"ticket_type_id": shirt["id"]}]) == {
        "/contents/0/variation_id": "choose_variation"
    }
    await bind(shop, lunch, contents=[{"ticket_type_id": (await shop.add("Cake"))["id"]}])
    assert await wrong(group("A", lunch)) == {own: "nested"}
    await bind(shop, lunch)
    await bind(shop, day, group("A", lunch))
    gone = await shop.staff.delete(f"{shop.event}/ticket-types/{lunch['id']}")
    refused(gone, 409, "ticket_type_bound")


async def test_limits_per_person_count_tickets_and_not_what_comes_with_them(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    day = await shop.add("Day")
    lunch = await shop.add("Lunch", visibility="add_on")
    await bind(shop, day, group("Meals", lunch, maximum=3))
    await shop.limit(2)
    chosen = line(day, add_ons=with_(line(lunch, 3)))
    done(await shop.buy(ada, chosen, email=ADA), 201)
    done(await shop.buy(ada, chosen, email=ADA), 201)
    refused(await shop.buy(ada, chosen, email=ADA), 409, "person_limit")


async def test_questions_are_asked_about_add_ons_too(shop: Shop, ada: httpx2.AsyncClient) -> None:
    day = await shop.add("Day")
    shirt = await shop.add("Shirt", visibility="add_on", admits=False)
    await bind(shop, day, group("Shop", shirt, maximum=2))
    body = {"label": "Size", "kind": "short_text", "per": "ticket", "required": True,
            "ticket_type_ids": [shirt["id"]]}  # fmt: skip
    made = done(await shop.staff.post(f"{shop.event}/questions", json=body), 201)
    size = made["questions"][0]["id"]
    answers = [
        {"question_id": size, "ticket": 3, "value": "S"},
        {"question_id": size, "ticket": 5, "value": "L"},
    ]
    items = line(day, add_ons=with_()), line(day, add_ons=with_(line(shirt)))
    more = line(day, add_ons=with_(line(shirt)))
    order = done(await shop.buy(ada, *items, more, email=ADA, answers=answers), 201)
    assert order["status"] == "confirmed"
    kinds = {one["number"]: one["ticket_type_name"] for one in order["positions"]}
    sheet = done(await ada.get(f"{shop.orders}/{order['id']}/answers"))
    said = {one["ticket"]: one["shown"] for one in sheet["answers"]}
    assert {number: kinds[number] for number in said} == {3: "Shirt", 5: "Shirt"}
    assert said == {3: "S", 5: "L"}


async def test_late_money_claims_a_ticket_with_all_its_extras_again_or_goes_back(
    db: Database, paying_product: Product
) -> None:
    async with open_shop(paying_product, db) as shop, paying_product.visitor() as ada:
        day = await shop.add("Day", price=5000)
        lunch = await shop.add("Lunch", price=1000, quantity=1, visibility="add_on")
        await bind(shop, day, group("Meals", lunch))
        chosen = line(day, add_ons=with_(line(lunch)))
        order = done(await shop.buy(ada, chosen, email=ADA), 201)
        await shop.lapse(order)
        path = f"{shop.orders}/{order['id']}/payments"
        refused(
            await ada.post(path, json={"source": "practice_ok"}, headers=once()),
            410,
            "hold_expired",
        )
        again = done(await shop.buy(ada, chosen, email=ADA), 201)
        paid = done(
            await ada.post(
                f"{shop.orders}/{again['id']}/payments",
                json={"source": "practice_ok"},
                headers=once(),
            )
        )
        assert paid["order"]["status"] == "confirmed"
        assert (await shop.quota("Lunch"))["sold"] == 1


async def test_base_in_stock_and_add_on_sold_out_refuses_the_whole_order_and_leaks_nothing(
    db: Database, database_urls: DatabaseSettings, redis_url: str, tmp_path: Path
) -> None:
    """Fails when the quotas of add-ons are not locked: two processes sell the same lunch."""
    settings = settings_for(database_urls, redis_url=redis_url, data=tmp_path)
    async with (
        running_product(settings) as one,
        running_product(settings) as two,
        open_shop(one, db) as shop,
        one.visitor() as here,
        two.visitor() as there,
    ):
        day = await shop.add("Day", quantity=500)
        lunch = await shop.add("Lunch", quantity=0, visibility="add_on")
        night = await shop.add("Night", quantity=500)
        await bind(shop, day, group("Meals", lunch, maximum=2))
        await bind(shop, night, contents=[{"ticket_type_id": lunch["id"], "units": 2}])
        quota = (await shop.quota("Lunch"))["id"]
        for rounds in range(1, 25):
            more = {"capacity": 2 * rounds}
            done(await shop.staff.patch(f"{shop.event}/quotas/{quota}", json=more))
            answers = await asyncio.gather(
                shop.buy(here, line(day, add_ons=with_(line(lunch, 2))), email=ADA),
                shop.buy(there, line(night), email=ADA),
                shop.buy(there, line(day, add_ons=with_(line(lunch, 2))), email=ADA),
            )
            assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
            refusals = {one.json()["code"] for one in answers if one.status_code == 409}
            assert refusals == {"sold_out"}
            (sold,) = [one.json() for one in answers if one.status_code == 201]
            assert len(sold["positions"]) == 3
        counts = {name: (await shop.quota(name))["claimed"] for name in ("Day", "Night", "Lunch")}
        assert counts["Day"] + counts["Night"] == 24
        assert counts["Lunch"] == 48


async def test_an_order_without_extras_costs_a_purchase_no_statement(
    shop: Shop, ada: httpx2.AsyncClient, monkeypatch: Any
) -> None:
    written: list[str] = []
    write = Transaction.write

    def noted(tx: Transaction, statement: str, *arguments: Any) -> None:
        written.append(statement)
        write(tx, statement, *arguments)

    monkeypatch.setattr(Transaction, "write", noted)
    order = done(await shop.buy(ada, line(await shop.add("Plain")), email=ADA), 201)
    assert any("order_positions" in statement for statement in written)
    assert not any("parent_id" in statement for statement in written)
    assert {"parent_id", "admits"}.isdisjoint(order["positions"][0])


async def test_a_duplicate_sells_its_own_add_ons_and_bundles(shop: Shop) -> None:
    day, lunch = await shop.add("Day"), await shop.add("Lunch", visibility="add_on")
    shirt = await shop.add("Shirt", admits=False)
    small = await shop.vary(shirt, "S")
    await bind(
        shop, day, group("Meals", lunch),
        contents=[{"ticket_type_id": shirt["id"], "variation_id": small["id"]}],
    )  # fmt: skip
    body = {"starts_at": "2031-05-14T19:00"}
    copied = done(await shop.staff.post(f"{shop.event}/duplicate", json=body), 201)
    kinds = {kind["name"]: kind for kind in copied["ticket_types"]}
    ids = {kinds["Lunch"]["id"], kinds["Shirt"]["id"]}
    extras = kinds["Day"]
    assert {extras["add_on_groups"][0]["add_ons"][0]["ticket_type_id"]} < ids
    assert extras["contents"][0]["variation_id"] == kinds["Shirt"]["variations"][0]["id"]
    assert kinds["Shirt"]["admits"] is False
    assert lunch["id"] not in ids


async def test_a_bundle_asks_and_must_be_approved_as_what_it_contains(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    shirt = await shop.add("Shirt", visibility="add_on", admits=False)
    gala = await shop.add("Gala", visibility="add_on", needs_approval=True)
    asking, applied = await shop.add("Pack"), await shop.add("Evening")
    await bind(shop, asking, contents=[{"ticket_type_id": shirt["id"]}])
    await bind(shop, applied, contents=[{"ticket_type_id": gala["id"]}])
    offers = done(await ada.get(shop.page))["offers"]
    assert [named(offers, name)["needs_approval"] for name in ("Pack", "Evening")] == [False, True]
    held = done(await shop.buy(ada, line(applied), email=ADA), 201)
    assert held["status"] == "held"
    refused(await ada.post(f"{shop.orders}/{held['id']}/confirm"), 409, "approval_needed")
    body = {"label": "Size", "kind": "short_text", "per": "ticket", "required": True,
            "ticket_type_ids": [shirt["id"]]}  # fmt: skip
    done(await shop.staff.post(f"{shop.event}/questions", json=body), 201)
    held = done(await shop.buy(ada, line(asking), email=ADA), 201)
    assert held["status"] == "held"
