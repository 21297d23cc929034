"""B17 · A ticket is offered back at face value, and stays valid until somebody has bought it."""

import asyncio
from collections import Counter
from contextvars import copy_context
from typing import Any
from uuid import UUID

import httpx2

from boxoffice.data.postgres import Database
from tests.support.locks import somebody_waits_for
from tests.support.product import Product, once
from tests.support.seated import labels, seated_stage, taken, wish
from tests.support.shop import Shop, done, line, refused
from tests.support.staff import staff_of
from tests.support.waiting import Waiting, offer_what_is_free, open_list, parts, wait

ADA = "ada@example.org"
BOB = "bob@example.org"
Json = dict[str, Any]


async def allow(shop: Shop, **returns: Any) -> None:
    """The buyers may, and people may wait."""
    body = {"returns": {"allowed": True} | returns}
    done(await shop.staff.put(f"{shop.event}/order-policy", json=body))
    await open_list(shop)


async def bought(shop: Shop, buyer: httpx2.AsyncClient, *lines: Json, **more: Any) -> Json:
    order = done(await shop.buy(buyer, *lines, **({"email": ADA} | more)), 201)
    return order if order["status"] == "confirmed" else await paid(shop, buyer, order)


async def paid(shop: Shop, buyer: httpx2.AsyncClient, order: Json) -> Json:
    path = f"{shop.orders}/{order['id']}/payments"
    answer = await buyer.post(path, json={"source": "practice_ok"}, headers=once())
    return done(answer)["order"]


def path_of(shop: Shop, order: Json, number: int = 0) -> str:
    return f"{shop.orders}/{order['id']}/tickets/{order['tickets'][number]['id']}/returns"


async def give_back(shop: Shop, buyer: httpx2.AsyncClient, order: Json, number: int = 0) -> Json:
    return done(await buyer.post(path_of(shop, order, number), headers=once()), 201)


async def serve(shop: Shop) -> None:
    """What the worker does when a ticket is offered back or somebody joins the list."""
    bookings = shop.product.services.bookings
    await bookings.returned_tickets.serve_date(shop.stage.organizer_id, shop.stage.occurrence_id)


async def returns(shop: Shop, buyer: httpx2.AsyncClient, order: Json) -> list[Json]:
    answer = await buyer.get(f"{shop.orders}/{order['id']}/returns")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def scan(shop: Shop, code: str) -> Json:
    body = {
        "code": code,
        "event_id": str(shop.stage.event_id),
        "nonce": str(UUID(once()["idempotency-key"])),
    }
    path = f"/api/v1/organizers/{shop.stage.slug}/scans"
    return done(await shop.staff.post(path, json=body))


async def test_returned_to_the_pool_at_face_value_offered_to_the_waitlist_refunded_only_when_resold(
    paying_shop: Shop, paying_product: Product
) -> None:
    shop = paying_shop
    async with paying_product.visitor() as ada, paying_product.visitor() as bob:
        kind = await shop.add("Regular", price=2500, quantity=2)
        order = await bought(shop, ada, line(kind, 2))
        await allow(shop)
        back = await give_back(shop, ada, order)
        assert (back["status"], back["face_value"]["amount"], back["promised"]) == (
            "offered", 2500, False,
        )  # fmt: skip
        place = await wait(shop, bob, BOB, kind)
        await serve(shop)
        assert await place.state() == "offered"
        (shown,) = await returns(shop, ada, order)
        assert (shown["status"], shown["promised"]) == ("offered", True)
        held = done(await place.do("accept"), 201)
        still = done(await ada.get(f"{shop.orders}/{order['id']}"))
        assert (still["total"]["amount"], len(still["tickets"])) == (5000, 2)

        await paid(shop, bob, held)
        after = done(await ada.get(f"{shop.orders}/{order['id']}"))
        assert (after["total"]["amount"], len(after["tickets"])) == (2500, 1)
        assert after["refund_status"] == "pending"
        (shown,) = await returns(shop, ada, order)
        assert (shown["status"], shown["promised"]) == ("taken", False)
        returning = shop.product.services.bookings.returning
        await returning.send_money(shop.stage.organizer_id, UUID(shown["id"]))
        async with shop.db.begin(shop.stage.organizer_id) as tx:
            payments = shop.product.services.payments
            standing = await payments.standing(tx, shop.stage.organizer_id, UUID(order["id"]))
        assert standing is not None
        assert standing.refunded.amount == 2500


async def test_the_house_pays_no_more_for_a_returned_ticket_than_it_earns(
    paying_shop: Shop, paying_product: Product
) -> None:
    shop = paying_shop
    async with paying_product.visitor() as ada, paying_product.visitor() as bob:
        kind = await shop.add("Regular", price=2500, quantity=1)
        order = await bought(shop, ada, line(kind))
        await allow(shop)
        await give_back(shop, ada, order)
        await priced(shop, kind, 1000)
        place = await wait(shop, bob, BOB, kind)
        await serve(shop)
        assert await place.state() == "waiting"
        await priced(shop, kind, 2500)
        await serve(shop)
        assert await place.state() == "offered"
        # What is promised stays promised, and brings in what the ticket costs when it is taken.
        await priced(shop, kind, 1000)
        await paid(shop, bob, done(await place.do("accept"), 201))
        (shown,) = await returns(shop, ada, order)
        assert (shown["status"], shown["face_value"]["amount"]) == ("taken", 1000)


async def priced(shop: Shop, kind: Json, price: int) -> None:
    """The ticket type costs something else from now on."""
    done(await shop.staff.patch(f"{shop.event}/ticket-types/{kind['id']}", json={"price": price}))


async def test_the_code_dies_and_the_capacity_is_as_it_was_once_the_ticket_is_paid_for(
    paying_shop: Shop, paying_product: Product
) -> None:
    shop = paying_shop
    async with paying_product.visitor() as ada, paying_product.visitor() as bob:
        kind = await shop.add("Regular", price=2500, quantity=2)
        order = await bought(shop, ada, line(kind, 2))
        await allow(shop)
        await give_back(shop, ada, order)
        place = await wait(shop, bob, BOB, kind)
        await serve(shop)
        held = done(await place.do("accept"), 201)
        quota = await shop.quota("Regular")
        assert parts(quota) == quota["capacity"] + quota["overbooked_by"] == 3
        new = await paid(shop, bob, held)
        quota = await shop.quota("Regular")
        assert (quota["sold"], quota["free"], quota["overbooked_by"]) == (2, 0, 0)
        assert (await scan(shop, order["tickets"][0]["code"]))["reason"] == "cancelled"
        assert (await scan(shop, order["tickets"][1]["code"]))["verdict"] == "admitted"
        assert (await scan(shop, new["tickets"][0]["code"]))["verdict"] == "admitted"


async def test_a_returned_ticket_that_nobody_takes_stays_its_holders(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", quantity=1)
    order = await bought(shop, ada, line(kind))
    await allow(shop)
    back = await give_back(shop, ada, order)
    keep = f"{shop.orders}/{order['id']}/returns/{back['id']}/withdraw"
    async with shop.product.visitor() as bob, shop.product.visitor() as eve:
        first, second = await wait(shop, bob, BOB, kind), await wait(shop, eve, "e@x.org", kind)
        await serve(shop)
        refused(await ada.post(keep), 409, "return_promised")
        await first.lapse()
        await offer_what_is_free(shop)
        # The clockwork finds the date, although the first one's time was to last longer.
        await shop.product.services.bookings.returned_tickets.serve_due()
        assert (await first.state(), await second.state()) == ("expired", "offered")
        held = done(await eve.post(f"{second.path}/decline"))
        assert held["state"] == "declined"
        assert [one["promised"] for one in await returns(shop, ada, order)] == [False]
        quota = await shop.quota("Regular")
        assert (quota["sold"], quota["free"], quota["overbooked_by"]) == (1, 0, 0)
    assert done(await ada.post(keep))["status"] == "withdrawn"
    refused(await ada.post(keep), 410, "return_over")
    assert (await scan(shop, order["tickets"][0]["code"]))["verdict"] == "admitted"


async def test_who_enters_with_a_returned_ticket_keeps_it_and_who_was_offered_it_waits_on(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", quantity=1)
    order = await bought(shop, ada, line(kind))
    await allow(shop)
    back = await give_back(shop, ada, order)
    async with shop.product.visitor() as bob:
        place = await wait(shop, bob, BOB, kind)
        await serve(shop)
        assert await place.state() == "offered"
        assert (await scan(shop, order["tickets"][0]["code"]))["verdict"] == "admitted"
        refused(await place.do("accept"), 410, "offer_over")
        await serve(shop)
        assert await place.state() == "waiting"
    assert [one["status"] for one in await returns(shop, ada, order)] == ["ended"]
    keep = f"{shop.orders}/{order['id']}/returns/{back['id']}/withdraw"
    refused(await ada.post(keep), 410, "return_over")
    quota = await shop.quota("Regular")
    assert (quota["sold"], quota["free"], quota["overbooked_by"]) == (1, 0, 0)


async def test_who_pays_for_a_ticket_that_was_used_meanwhile_gets_the_money_back(
    paying_shop: Shop, paying_product: Product
) -> None:
    shop = paying_shop
    async with paying_product.visitor() as ada, paying_product.visitor() as bob:
        kind = await shop.add("Regular", price=2500, quantity=1)
        order = await bought(shop, ada, line(kind))
        await allow(shop)
        await give_back(shop, ada, order)
        place = await wait(shop, bob, BOB, kind)
        await serve(shop)
        held = done(await place.do("accept"), 201)
        assert (await scan(shop, order["tickets"][0]["code"]))["verdict"] == "admitted"
        path = f"{shop.orders}/{held['id']}/payments"
        answer = await bob.post(path, json={"source": "practice_ok"}, headers=once())
        refused(answer, 409, "paid_too_late")
        async with shop.db.begin(shop.stage.organizer_id) as tx:
            payments = shop.product.services.payments
            standing = await payments.standing(tx, shop.stage.organizer_id, UUID(held["id"]))
        assert standing is not None
        assert standing.kept.amount == 0
        assert done(await ada.get(f"{shop.orders}/{order['id']}"))["total"]["amount"] == 2500
        quota = await shop.quota("Regular")
        assert (quota["sold"], quota["free"], quota["overbooked_by"]) == (1, 0, 0)


async def test_a_promise_holds_when_the_ticket_is_cancelled_otherwise(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    """It has made room for another ticket."""
    kind = await shop.add("Regular", quantity=1)
    order = await bought(shop, ada, line(kind))
    await allow(shop)
    await give_back(shop, ada, order)
    async with shop.product.visitor() as bob:
        place = await wait(shop, bob, BOB, kind)
        await serve(shop)
        body = {"terms": "full", "expected_refund": 0, "expected_total": 0}
        done(await shop.staff.post(f"{shop.orders}/{order['id']}/cancellations", json=body))
        await offer_what_is_free(shop)
        await serve(shop)
        assert done(await place.do("accept"), 201)["status"] == "confirmed"
    assert [one["status"] for one in await returns(shop, ada, order)] == ["ended"]
    quota = await shop.quota("Regular")
    assert (quota["sold"], quota["free"], quota["overbooked_by"]) == (1, 0, 0)


async def test_tickets_returned_together_go_to_somebody_who_waits_for_so_many(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", quantity=3)
    one, two = await bought(shop, ada, line(kind)), await bought(shop, ada, line(kind, 2))
    await allow(shop)
    async with shop.product.visitor() as bob:
        place = await wait(shop, bob, BOB, kind, quantity=2)
        await give_back(shop, ada, one)
        await serve(shop)
        assert await place.state() == "waiting"
        await give_back(shop, ada, two, 1)
        await serve(shop)
        taken = done(await place.do("accept"), 201)
    assert (taken["status"], len(taken["tickets"])) == ("confirmed", 2)
    states = [done(await ada.get(f"{shop.orders}/{o['id']}"))["status"] for o in (one, two)]
    assert states == ["cancelled", "confirmed"]
    quota = await shop.quota("Regular")
    assert (quota["sold"], quota["free"], quota["overbooked_by"]) == (3, 0, 0)


async def test_a_returned_seat_goes_to_whoever_takes_it(db: Database, product: Product) -> None:
    stage = await seated_stage(db, product, ["AA"], shared=2)
    async with staff_of(product, stage, role="owner") as staff, product.visitor() as ada:
        shop = Shop(db=db, product=product, stage=stage, staff=staff)
        order = await bought(shop, ada, wish(stage, 0, 1))
        await allow(shop)
        before = await taken(db, stage)
        await give_back(shop, ada, order, 1)
        async with product.visitor() as bob:
            place = await wait(shop, bob, BOB, {"id": str(stage.types[0])})
            await serve(shop)
            new = done(await place.do("accept"), 201)
        assert labels(new) == labels(order)[1:]
        assert new["tickets"][0]["seat"]["label"] == order["tickets"][1]["seat"]["label"]
        assert await taken(db, stage) == before
        assert (await scan(shop, order["tickets"][1]["code"]))["reason"] == "cancelled"
        assert (await scan(shop, new["tickets"][0]["code"]))["verdict"] == "admitted"


async def test_who_may_return_what_and_until_when(shop: Shop, ada: httpx2.AsyncClient) -> None:
    kind = await shop.add("Regular")
    order = await bought(shop, ada, line(kind, 2))
    refused(await ada.post(path_of(shop, order)), 409, "return_not_allowed")
    await allow(shop, hours_before=24 * 365)
    refused(await ada.post(path_of(shop, order)), 409, "return_too_late")
    await allow(shop)
    async with shop.product.visitor() as stranger:
        assert (await stranger.post(path_of(shop, order))).status_code == 404
    options = done(await ada.get(f"{shop.orders}/{order['id']}/options"))
    assert options["return_until"] == options["tickets"][0]["return_until"] is not None
    key = once()
    back = done(await ada.post(path_of(shop, order), headers=key), 201)
    assert done(await ada.post(path_of(shop, order), headers=key), 201) == back
    refused(await ada.post(path_of(shop, order)), 409, "return_stands")
    transfers = path_of(shop, order).replace("returns", "transfers")
    refused(await ada.post(transfers, json={"email": BOB}), 409, "return_stands")
    other = path_of(shop, order, 1)
    done(await ada.post(other.replace("returns", "transfers"), json={"email": BOB}), 201)
    refused(await ada.post(other), 409, "offer_stands")


async def test_a_resale_waits_for_the_scan_that_was_there_first(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    """Fails without `lock_tickets` in `returns/taking.py`: both get in."""
    kind = await shop.add("Regular", quantity=1)
    order = await bought(shop, ada, line(kind))
    await allow(shop)
    await give_back(shop, ada, order)
    outside = copy_context()
    async with shop.product.visitor() as bob:
        place = await wait(shop, bob, BOB, kind)
        await serve(shop)
        async with shop.db.begin(shop.stage.organizer_id) as tx:
            await tx.connection.exec_driver_sql(
                "UPDATE bookings.tickets SET status = 'used', admitted_at = clock_timestamp() "
                "WHERE organizer_id = $1",
                (shop.stage.organizer_id,),
            )
            accepting = asyncio.get_running_loop().create_task(place.do("accept"), context=outside)
            await somebody_waits_for(tx)
        refused(await accepting, 410, "offer_over")


async def test_of_a_scan_and_a_resale_at_once_one_wins(shop: Shop, ada: httpx2.AsyncClient) -> None:
    count = 12
    kind = await shop.add("Regular", quantity=count)
    await allow(shop)
    orders = [await bought(shop, ada, line(kind)) for _ in range(count)]
    for order in orders:
        await give_back(shop, ada, order)
    places = [await wait(shop, ada, f"w{number}@x.org", kind) for number in range(count)]
    # Workers that look at once promise nothing twice, and forget no promise.
    await asyncio.gather(*(serve(shop) for _ in range(4)))

    async def accept(place: Waiting) -> str:
        answer = await place.do("accept")
        return answer.json()["status"] if answer.status_code == 201 else answer.json()["code"]

    async def enter(order: Json) -> str:
        return (await scan(shop, order["tickets"][0]["code"]))["reason"]

    results = await asyncio.gather(*map(accept, places), *map(enter, orders))
    counts = Counter(results)
    assert counts["confirmed"] + counts["ok"] == count
    assert counts["offer_over"] == counts["ok"]
    assert counts["cancelled"] == counts["confirmed"]
    await serve(shop)
    quota = await shop.quota("Regular")
    assert (quota["sold"], quota["free"], quota["overbooked_by"]) == (count, 0, 0)
