"""B13 · Orders that become other ones while a dearer change of theirs waits for its payment."""

from typing import Any
from uuid import UUID

import httpx2

from tests.flows.test_dearer_changes import asked, came, charged, lapse, money, own, pay, state
from tests.flows.test_staff_changes import ADA, another_date, bought, change, counts, ticket
from tests.support.product import once
from tests.support.shop import Shop, done, line, refused

Json = dict[str, Any]


async def cancel(shop: Shop, order: Json, *numbers: int) -> Json:
    """Staff cancel these tickets, or the order, for all of their money."""
    path = f"{shop.orders}/{order['id']}/cancellations"
    chosen = [one["id"] for one in order["positions"] if one["number"] in numbers]
    body: Json = {"position_ids": chosen} if numbers else {}
    shown = done(await shop.staff.post(f"{path}/preview", json=body))
    body |= {"expected_refund": shown["refund"]["amount"]}
    body |= {"expected_total": shown["new_total"]["amount"], "because": "They asked"}
    return done(await shop.staff.post(path, json=body, headers=once()))["cancellation"]


async def dearer(shop: Shop, buyer: httpx2.AsyncClient, most: int = 1) -> tuple[Json, Json]:
    """An order for 3000, and a change of it to the only seat at the front, for 2000 more."""
    front, back = (
        await shop.add("Front", price=5000, quantity=1),
        await shop.add("Back", price=3000),
    )
    order = await bought(shop, buyer, line(back, most))
    return order, await asked(shop, order, ticket(order, 1, ticket_type_id=front["id"]))


async def test_an_order_cancelled_while_its_change_is_being_paid_gives_both_back_in_full(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    order, waiting = await dearer(shop, buyer)
    payment = await charged(shop, order, waiting)
    assert (await cancel(shop, order))["refund"]["amount"] == 3000
    for _ in range(2):
        await came(shop, order, waiting, payment)
    assert await money(shop, order) == (5000, 5000)
    assert done(await buyer.get(f"{shop.orders}/{order['id']}"))["status"] == "cancelled"


async def test_money_of_a_withdrawn_change_is_not_what_a_cheaper_one_gives_back(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    order, waiting = await dearer(shop, buyer)
    payment = await charged(shop, order, waiting)
    done(await buyer.delete(own(shop, order, waiting)))
    cheaper = ticket(order, 1, price=2500)
    done(await change(shop, order, cheaper, because="A pillar"))
    await came(shop, order, waiting, payment)
    assert await state(buyer, shop, order) == (2500, "Back")
    assert await money(shop, order) == (5000, 2500)


async def test_a_change_that_was_made_and_whose_money_went_back_is_not_charged_again(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    order, waiting = await dearer(shop, buyer)
    path = own(shop, order, waiting)
    done(await pay(buyer, path))
    refused(await pay(buyer, path), 409, "already_paid")
    assert (await cancel(shop, order))["refund"]["amount"] == 5000
    assert refused(await pay(buyer, path), 409, "change_over")["state"] == "done"
    assert await money(shop, order) == (5000, 5000)


async def test_cancelling_an_order_ends_its_waiting_change_and_frees_what_that_held(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    order, waiting = await dearer(shop, buyer)
    assert await counts(shop) == [(1, 1), (1, 1)]
    await cancel(shop, order)
    assert await counts(shop) == []
    assert await statuses(shop, buyer, order) == ["withdrawn"]
    refused(await pay(buyer, own(shop, order, waiting)), 409, "change_over")
    assert await money(shop, order) == (3000, 3000)


async def test_cancelling_a_ticket_ends_the_change_of_it_and_no_other(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    order, waiting = await dearer(shop, buyer, most=3)
    await cancel(shop, order, 2)
    assert await statuses(shop, buyer, order) == ["awaiting_payment"]
    await cancel(shop, order, 1)
    assert await statuses(shop, buyer, order) == ["withdrawn"]
    refused(await pay(buyer, own(shop, order, waiting)), 409, "change_over")
    assert await counts(shop) == [(1, 1)]


async def test_cancelling_a_date_ends_what_waits_there_and_what_wants_to_go_there(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    await another_date(shop)
    first, second = [one["id"] for one in (await shop.managed())["occurrences"]]
    kind = await shop.add("Regular", price=3000)
    orders = [
        done(await shop.buy(buyer, line(kind, 1), email=ADA, occurrence_id=first), 201)
        for _ in range(2)
    ]
    for one in orders:
        path = f"{shop.orders}/{one['id']}/payments"
        done(await buyer.post(path, json={"source": "practice_ok"}, headers=once()))
    stays, goes = [done(await buyer.get(f"{shop.orders}/{one['id']}")) for one in orders]
    await asked(shop, stays, ticket(stays, 1, price=4000), because="A better view")
    moved = ticket(goes, 1, occurrence_id=second, price=4000)
    await asked(shop, goes, moved, because="A better view")
    for date, waits in ((second, ["awaiting_payment", "withdrawn"]), (first, ["withdrawn"] * 2)):
        path = f"{shop.event}/cancellations"
        body = {"occurrence_ids": [date], "refund": "full", "message": "It rains."}
        gone = done(await shop.staff.post(path, json=body, headers=once()), 202)
        await shop.product.services.bookings.change_work.run(
            shop.stage.organizer_id, UUID(gone["id"])
        )
        now = [(await statuses(shop, buyer, one))[0] for one in (stays, goes)]
        assert now == waits
    assert await counts(shop) == []
    assert [await money(shop, one) for one in (stays, goes)] == [(3000, 3000)] * 2


async def test_what_nobody_paid_for_in_time_is_given_back_by_whoever_asks_for_another_change(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    order, waiting = await dearer(shop, buyer)
    await lapse(shop, waiting)
    done(await change(shop, order, ticket(order, 1, price=2500), because="A pillar"))
    assert await statuses(shop, buyer, order) == ["expired"]
    assert await counts(shop) == [(1, 1)]


async def test_a_change_of_an_order_that_is_over_is_not_held_any_longer_to_be_paid(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    order, waiting = await dearer(shop, buyer)
    await put(shop, order, "cancelled")
    refused(await pay(buyer, own(shop, order, waiting)), 409, "order_not_confirmed")
    await shop.product.services.bookings.changing.expiry.mark_expired()
    assert await statuses(shop, buyer, order) == ["expired"]
    assert await counts(shop) == [(1, 1)]
    await put(shop, order, "confirmed")


async def put(shop: Shop, order: Json, status: str) -> None:
    """Into that state, as nothing in the product does."""
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE bookings.orders SET status = $3 WHERE organizer_id = $1 AND id = $2",
            (shop.stage.organizer_id, UUID(order["id"]), status),
        )


async def statuses(shop: Shop, buyer: httpx2.AsyncClient, order: Json) -> list[str]:
    """How the order's dearer changes stand, newest first."""
    found = (await buyer.get(f"{shop.orders}/{order['id']}/changes")).json()
    return [one["status"] for one in found]
