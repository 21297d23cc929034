"""B12 · What a split means for vouchers, seats, dates, the wizard, limits and rivals."""

import asyncio
from uuid import UUID

import httpx2
import pytest

from boxoffice.data.postgres import Database
from tests.flows.dates import Venue, open_venue
from tests.flows.test_extras import bind
from tests.flows.test_gift_cards import detail, issued
from tests.flows.test_paying_by_gift_card import pay, put_on
from tests.flows.test_splitting import GRACE, Json, in_the_book, kept, look, of, path, split
from tests.flows.test_splitting import now as read
from tests.flows.test_spread_orders import bought as spread_bought
from tests.flows.test_staff_changes import bought, ticket
from tests.flows.test_vouchers import used
from tests.support.cancelling import bought as sold
from tests.support.cancelling import cancel as back
from tests.support.card_company import CardCompany
from tests.support.market import market_of
from tests.support.product import Product, once
from tests.support.seated import order as seated_order
from tests.support.seated import orders_path, seat_id, seated_stage, taken, wish
from tests.support.shop import Shop, done, line, open_shop, refused
from tests.support.staff import staff_of

ADA = "ada@example.org"


async def cut(staff: httpx2.AsyncClient, orders: str, order: Json, *numbers: int) -> Json:
    """Both orders, by whoever's staff."""
    where, body = f"{orders}/{order['id']}/splits", of(order, *numbers)
    shown = done(await staff.post(f"{where}/preview", json=body))
    body |= {"expected_total": shown["new_total"]["amount"]}
    return done(await staff.post(where, json=body, headers=once()), 201)


@pytest.mark.parametrize(
    ("terms", "before", "between"),
    [
        ({"effect": "percent", "value": 25_000, "max_uses": 5}, (3, 1500, 2), (2, 1000, 3)),
        ({"effect": "percent", "value": 100_000, "budget": 5000}, (3, 5000, 0), (2, 4000, 0)),
    ],
)
async def test_a_vouchers_uses_and_budget_are_parted_and_come_back_once_with_each_half(
    db: Database, paying_product: Product, terms: Json, before: tuple[int, ...], between: object
) -> None:
    async with market_of(db, paying_product, 2000) as market:
        if "budget" not in terms:
            terms = terms | {"on_stock": "reserve", "ticket_type_ids": [market.kind(0)]}
        await market.voucher(code="FRIENDS", **({"max_uses": 3} | terms))
        order = await sold(market, 3, voucher_codes=["FRIENDS"])
        assert await used(market) == [before]
        least = min(order["positions"], key=lambda one: one["reductions"][0]["amount"]["amount"])
        made = await cut(market.manager, f"{market.api}/orders", order, least["number"])
        assert await used(market) == [before]
        parts = [made[one]["reductions"][0]["amount"]["amount"] for one in ("order", "new_order")]
        assert sum(parts) == before[1]
        await back(market, made["new_order"], by=market.manager, terms="full")
        assert await used(market) == [between]
        await back(market, made["order"], by=market.manager, terms="full")
        assert await used(market) == [(0, 0, 5 if "on_stock" in terms else 0)]


async def test_a_numbered_seat_goes_along_and_is_free_once_its_new_order_is_cancelled(
    db: Database, product: Product
) -> None:
    stage = await seated_stage(db, product, ["AAAA"], shared=4)
    orders, three = orders_path(stage), seated_order(stage, wish(stage, 0, 1, 2))
    async with product.visitor() as buyer, staff_of(product, stage, role="manager") as staff:
        order = done(await buyer.post(orders, json=three), 201)
        made = await cut(staff, orders, order, 2)
        new = made["new_order"]
        assert [one["seat"]["id"] for one in new["tickets"]] == [seat_id(stage, 1)]
        assert len(await taken(db, stage)) == 3
        again = seated_order(stage, wish(stage, 1))
        refused(await buyer.post(orders, json=again), 409, "seat_taken")
        gone = {"terms": "full", "expected_refund": 0, "expected_total": 0}
        done(await staff.post(f"{orders}/{new['id']}/cancellations", json=gone))
        assert set(await taken(db, stage)) == {seat_id(stage, one) for one in (0, 2)}
        done(await buyer.post(orders, json=again), 201)


@pytest.fixture
async def venue(paying_product: Product) -> Venue:
    return await open_venue(paying_product)


async def test_each_half_of_an_order_over_several_dates_gets_exactly_its_money_from_the_wizard(
    venue: Venue, company: CardCompany
) -> None:
    orders = f"{venue.path}/orders"
    async with venue.product.visitor() as ada:
        order = await spread_bought(venue, ada, (0, 2), (1, 2))
        rows = [done(await venue.staff.get(orders))["items"]]
        made = await cut(venue.staff, orders, order, 2, 3, 4)
        rows.append(done(await venue.staff.get(orders))["items"])
        assert [sum(one["total"]["amount"] for one in page) for page in rows] == [10000, 10000]
        assert [sum(one["tickets"] for one in page) for page in rows] == [4, 4]
        assert await venue.claimed() == [2, 2]
        made = await cut(venue.staff, orders, made["new_order"], 3)
        old, both, late = order, made["order"], made["new_order"]
        assert late["occurrence_id"] == venue.dates[1]
        assert late["positions"][0]["date"] is None
        calendar = (await ada.get(f"{orders}/{late['id']}/calendar.ics")).text
        assert venue.dates[0] not in calendar.replace("\r\n ", "")

        moved = await venue.change("cancellations", occurrence_ids=[venue.dates[1]])
        racing = venue.staff.post(
            f"{orders}/{both['id']}/splits", json=of(both, 1) | {"expected_total": 2500}
        )
        _, answer = await asyncio.gather(venue.work(moved), racing)
        assert answer.status_code in (201, 409), answer.text
        await check_wizard(venue, ada, old, late)
        whole = done(await venue.staff.get(orders))["items"]
        left = [one for one in whole if one["status"] == "confirmed"]
        assert await paid_for(venue, *left) == [one["total"]["amount"] for one in left]
        await venue.work(await venue.change("cancellations"))
        assert set(await paid_for(venue, *whole)) == {0}
    ((here,),) = company.book(
        "SELECT coalesce(sum(amount - amount_refunded), 0) FROM charges WHERE merchant = ?",
        venue.stage.organizer_id,
    )
    assert here == 0


async def check_wizard(venue: Venue, ada: httpx2.AsyncClient, old: Json, late: Json) -> None:
    """The order of the first date has its money still, and the one of the second has it back."""
    await venue.hear_of_refunds()
    shown = [await venue.order(ada, one) for one in (old, late)]
    assert [(one["status"], one["total"]["amount"]) for one in shown] == [
        ("confirmed", 2500), ("cancelled", 2500),
    ]  # fmt: skip
    assert await venue.claimed() == [2, 0]
    assert await paid_for(venue, old, late) == [2500, 0]


async def paid_for(venue: Venue, *orders: Json) -> list[int]:
    """The money that is here for each."""
    payments, organizer = venue.product.services.payments, venue.stage.organizer_id
    async with venue.product.services.db.begin(organizer) as tx:
        found = await payments.standings(tx, organizer, [UUID(one["id"]) for one in orders])
    return [found[one].kept.amount if one in found else 0 for one in map(_id, orders)]


def _id(order: Json) -> UUID:
    return UUID(order["id"])


async def test_limits_per_person_count_both_halves_and_those_of_whoever_gets_one(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    """A bundle counts as the one ticket that it is, and is not taken apart."""
    lunch = await shop.add("Lunch", visibility="add_on")
    day = await shop.add("Day", max_per_person=3)
    await bind(shop, day, contents=[{"ticket_type_id": lunch["id"], "units": 1}])
    order = done(await shop.buy(ada, line(day, 3), email=ADA), 201)
    numbers = [one["number"] for one in order["positions"] if one.get("parent_id") is None]
    made = await split(shop, order, numbers[0])
    assert [one["ticket_type_name"] for one in made["new_order"]["positions"]] == ["Day", "Lunch"]
    refused(await shop.buy(ada, line(day), email=ADA), 409, "person_limit")
    done(await shop.buy(ada, line(day, 2), email=GRACE["email"]), 201)
    both = await look(shop, made["order"], *numbers[1:2], buyer=GRACE)
    assert both.status_code == 200, both.text
    done(await shop.buy(ada, line(day), email=GRACE["email"]), 201)
    refused(await look(shop, made["order"], numbers[1], buyer=GRACE), 409, "person_limit")
    bob = GRACE | {"email": "bob@example.org"}
    await split(shop, made["order"], numbers[1], buyer=bob)
    done(await shop.buy(ada, line(day), email=ADA), 201)
    refused(await shop.buy(ada, line(day), email=ADA), 409, "person_limit")


async def told(who: httpx2.AsyncClient, where: str) -> list[Json]:
    """The splits of an order."""
    answer = await who.get(where)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_both_orders_name_a_split_to_the_team_and_to_their_buyers_and_to_nobody_else(
    shop: Shop, ada: httpx2.AsyncClient, db: Database, product: Product
) -> None:
    order = done(await shop.buy(ada, line(await shop.add("Day"), 3), email=ADA), 201)
    body = of(order, 2, 3) | {"expected_total": 0, "because": "Two invoices", "buyer": GRACE}
    new = done(await shop.staff.post(path(shop, order), json=body), 201)["new_order"]
    (went,), (came,) = [await told(shop.staff, path(shop, one)) for one in (order, new)]
    assert (went["moved"], went["other_order_id"], went["other_code"]) == (
        "into", new["id"], new["code"],
    )  # fmt: skip
    assert (came["moved"], came["other_order_id"], came["other_code"]) == (
        "out_of", order["id"], order["code"],
    )  # fmt: skip
    assert went["tickets"] == came["tickets"] == [
        {"number": 2, "name": "Day"}, {"number": 3, "name": "Day"},
    ]  # fmt: skip
    assert went["because"] == came["because"] == "Two invoices"
    (hers,) = await told(ada, path(shop, order))
    assert (hers["because"], hers["other_code"]) == ("", new["code"])
    refused(await ada.get(path(shop, new)), 404, "order_not_found")
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        lines = await tx.connection.exec_driver_sql(
            "SELECT subject, changes->>'code' FROM data.audit_log "
            "WHERE organizer_id = $1 AND action = 'order.split'",
            (shop.stage.organizer_id,),
        )
        assert {tuple(one) for one in lines} == {
            (f"order:{order['id']}", new["code"]),
            (f"order:{new['id']}", order["code"]),
        }
    async with open_shop(product, db) as other:
        strange = path(shop, order).replace(shop.stage.slug, other.stage.slug)
        refused(await other.staff.get(strange), 404, "order_not_found")
        refused(await other.staff.get(path(shop, order)), 404, "order_not_found")


async def test_the_same_request_splits_once_while_another_order_is_being_paid(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    """A split meets a payment of its order half way: before the money there is nothing to split."""
    shop, card = paying_shop, await issued(paying_shop, 3000)
    kind = await shop.add("Stalls", price=2000)
    order = done(await shop.buy(buyer, line(kind, 3), email=ADA), 201)
    done(await put_on(shop, buyer, order, card))
    key, body = once(), of(order, 1) | {"expected_total": 2000}

    async def asked() -> httpx2.Response:
        return await shop.staff.post(path(shop, order), json=body, headers=key)

    _, *early = await asyncio.gather(pay(shop, buyer, order), asked(), asked())
    assert {one.status_code for one in early} <= {201, 409}
    answers = [done(one, 201) for one in await asyncio.gather(asked(), asked(), asked())]
    assert len({one["new_order"]["id"] for one in answers}) == 1
    other = body | {"expected_total": 1999}
    refused(
        await shop.staff.post(path(shop, order), json=other, headers=key),
        422,
        "idempotency_key_reused",
    )
    new = answers[0]["new_order"]
    assert await kept(shop, order, new) == [4000, 2000]
    assert [(await read(shop, one))["total"]["amount"] for one in (order, new)] == [4000, 2000]
    assert in_the_book(company, shop) == 3000
    assert (await detail(shop, card))["card"]["balance"]["amount"] == 0


async def test_what_a_split_order_costs_more_later_is_its_own(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    """Split again, it takes what it has of the dearer change along."""
    shop = paying_shop
    order = await bought(shop, buyer, line(await shop.add("Stalls", price=2000), 3))
    new = (await split(shop, order, 1, 2))["new_order"]
    dearer = {"tickets": [ticket(new, 1, price=2500)], "expected_total": 4500}
    asked = await shop.staff.post(
        path(shop, new, "/ticket-changes"), json=dearer | {"because": "Upgrade"}
    )
    change = done(asked)["awaiting"]
    refused(await look(shop, new, 1), 409, "change_waits")
    due = path(shop, new, f"/changes/{change['id']}/payments")
    done(await buyer.post(due, json={"source": "practice_ok"}, headers=once()))
    last = (await split(shop, await read(shop, new), 1))["new_order"]
    assert await kept(shop, order, new, last) == [2000, 2000, 2500]
    gone = {"terms": "full", "expected_refund": 2500, "expected_total": 0}
    done(await shop.staff.post(path(shop, last, "/cancellations"), json=gone))
    assert in_the_book(company, shop) == 4000
