"""B13 · Orders that become other ones while a dearer change of theirs waits for its payment."""

from typing import Any

import httpx2

from tests.flows.test_dearer_changes import asked, came, charged, money, own, pay, state
from tests.flows.test_staff_changes import bought, change, ticket
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
