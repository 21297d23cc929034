"""B11, B12, B13 · What a change costs more is paid with gift cards, wholly or in part."""

import asyncio
from typing import Any
from uuid import UUID

import httpx2

from boxoffice.kernel.money import Money
from tests.flows.test_dearer_changes import asked, came, money, own, pay, state
from tests.flows.test_staff_changes import bought, ticket
from tests.flows.test_waiting_changes import cancel, dearer
from tests.support.charging import charge
from tests.support.product import once
from tests.support.shop import Shop, done, line, refused

Json = dict[str, Any]


def cards(shop: Shop) -> str:
    return shop.orders.replace("/orders", "/gift-cards")


async def issued(shop: Shop, value: int, **more: Any) -> Json:
    body = {"value": {"amount": value, "currency": "EUR"}} | more
    return done(await shop.staff.post(cards(shop), json=body), 201)


async def balance(shop: Shop, card: Json) -> int:
    shown = done(await shop.staff.get(f"{cards(shop)}/{card['card']['id']}"))
    return shown["card"]["balance"]["amount"]


async def use(
    buyer: httpx2.AsyncClient, shop: Shop, order: Json, waiting: Json, card: Json
) -> httpx2.Response:
    path = f"{own(shop, order, waiting)}/gift-cards"
    return await buyer.post(path, json={"code": card["code"]}, headers=once())


async def test_b11_a_gift_card_pays_what_a_change_costs_more_without_any_provider(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    order, waiting = await dearer(shop, buyer)
    card = await issued(shop, 2500)
    path, key = f"{own(shop, order, waiting)}/gift-cards", once()
    made = done(await buyer.post(path, json={"code": card["code"]}, headers=key))
    assert (made["status"], made["settled"], made["still_due"]["amount"]) == ("done", "paid", 0)
    assert await state(buyer, shop, order) == (5000, "Front")
    assert (await balance(shop, card), await money(shop, order)) == (500, (5000, 0))
    assert done(await buyer.post(path, json={"code": card["code"]}, headers=key)) == made
    refused(await use(buyer, shop, order, waiting, card), 409, "change_over")
    assert await balance(shop, card) == 500
    assert (await cancel(shop, order))["refund"]["amount"] == 5000
    assert await money(shop, order) == (5000, 5000)


async def test_b11_a_gift_card_pays_a_part_of_a_change_and_the_rest_is_charged(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    order, waiting = await dearer(shop, buyer)
    first, second = await issued(shop, 600), await issued(shop, 300)
    done(await use(buyer, shop, order, waiting, first))
    shown = done(await use(buyer, shop, order, waiting, second))
    assert (shown["status"], shown["due"]["amount"]) == ("awaiting_payment", 2000)
    assert shown["still_due"]["amount"] == 1100
    refused(await buyer.post(f"{own(shop, order, waiting)}/confirm"), 409, "payment_needed")
    refused(await use(buyer, shop, order, waiting, first), 409, "gift_card_used_here")
    path = f"{own(shop, order, waiting)}/gift-cards/{second['card']['id']}"
    assert done(await buyer.delete(path))["still_due"]["amount"] == 1400
    refused(await buyer.delete(path), 409, "gift_card_not_used_here")
    # Nothing has left them yet, and somebody who withdraws has nothing to get back.
    assert (await balance(shop, first), await balance(shop, second)) == (600, 300)
    paid = done(await pay(buyer, own(shop, order, waiting)))
    assert (paid["change"]["status"], paid["payment"]["amount"]["amount"]) == ("done", 1400)
    assert (await balance(shop, first), await money(shop, order)) == (0, (5000, 0))


async def test_a_card_that_cannot_pay_any_more_lets_no_change_be_made_and_the_money_goes_back(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    order, waiting = await dearer(shop, buyer)
    for code, wrong in (
        ("gift_card_for_tests", await issued(shop, 900, for_tests=True)),
        ("gift_card_unknown", {"code": "AAAA-AAAA-AAAA-AAAA"}),
    ):
        answer = await use(buyer, shop, order, waiting, wrong)
        assert (answer.status_code // 100, answer.json()["code"]) == (4, code)
    card = await issued(shop, 500)
    left = done(await use(buyer, shop, order, waiting, card))
    payment = await charge(
        shop.product.services.payments, shop.db, **_charge(shop, order, waiting, left["still_due"])
    )
    refused(await use(buyer, shop, order, waiting, card), 409, "payment_under_way")
    void = f"{cards(shop)}/{card['card']['id']}/void"
    done(await shop.staff.post(void, json={"because": "Stolen"}))
    for _ in range(2):
        await came(shop, order, waiting, payment)
    assert await state(buyer, shop, order) == (3000, "Back")
    assert await money(shop, order) == (4500, 1500)


def _charge(shop: Shop, order: Json, waiting: Json, due: Json) -> dict[str, Any]:
    return {
        "organizer_id": shop.stage.organizer_id,
        "reference": UUID(order["id"]),
        "purpose": UUID(waiting["id"]),
        "amount": Money(**due),
        "source": "practice_ok",
        "once": None,
    }


async def test_two_changes_at_once_never_spend_more_than_a_card_has(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    front, back = await shop.add("Front", price=5000), await shop.add("Back", price=3000)
    card = await issued(shop, 2000)
    orders = [await bought(shop, buyer, line(back)) for _ in range(4)]
    waiting = [
        await asked(shop, order, ticket(order, 1, ticket_type_id=front["id"])) for order in orders
    ]
    answers = await asyncio.gather(
        *(use(buyer, shop, *pair, card) for pair in zip(orders, waiting, strict=True))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert await balance(shop, card) == 0
    assert sum([(await money(shop, order))[0] for order in orders]) == 4 * 3000 + 2000


async def test_what_gift_cards_pay_wholly_and_could_not_be_made_is_confirmed_once_it_can(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    order, waiting = await dearer(shop, buyer)
    first, second = await issued(shop, 1500), await issued(shop, 500)
    adjust = f"{cards(shop)}/{first['card']['id']}/adjust"
    done(await use(buyer, shop, order, waiting, first))
    done(await shop.staff.post(adjust, json={"amount": -1500, "because": "Lent"}))
    refused(await use(buyer, shop, order, waiting, second), 409, "gift_card_empty")
    path, key = f"{own(shop, order, waiting)}/confirm", once()
    refused(await buyer.post(path, headers=once()), 409, "gift_card_empty")
    done(await shop.staff.post(adjust, json={"amount": 1500, "because": "Back"}))
    made = done(await buyer.post(path, headers=key))
    assert (made["status"], made["still_due"]["amount"]) == ("done", 0)
    assert done(await buyer.post(path, headers=key)) == made
    assert (await balance(shop, first), await balance(shop, second)) == (0, 0)
    assert await money(shop, order) == (5000, 0)
