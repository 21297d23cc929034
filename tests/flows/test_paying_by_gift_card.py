"""Paying orders with gift cards, through the API, a real database and a practice card company."""

import asyncio
from typing import Any
from uuid import UUID

import httpx2
import pytest

from boxoffice.data.postgres import Database
from tests.flows.test_gift_cards import BECAUSE, cards_of, detail, expire, issued
from tests.flows.test_paid_purchase import money_arrives
from tests.support.cancelling import expecting
from tests.support.elsewhere import elsewhere
from tests.support.locks import so_many_wait
from tests.support.product import Product, once
from tests.support.shop import Shop, done, line, refused
from tests.support.staff import staff_of

Json = dict[str, Any]
OK = {"source": "practice_ok"}


async def held(shop: Shop, buyer: httpx2.AsyncClient, price: int = 5000, **more: Any) -> Json:
    """A held order of one ticket."""
    kind = await shop.add(
        f"Stalls {price} {len((await shop.managed())['ticket_types'])}", price=price
    )
    return done(await shop.buy(buyer, line(kind), email="ada@example.org", **more), 201)


def path_of(shop: Shop, order: Json) -> str:
    return f"{shop.orders}/{order['id']}"


async def put_on(shop: Shop, buyer: httpx2.AsyncClient, order: Json, card: Json) -> httpx2.Response:
    """The card is to pay for the order."""
    return await buyer.post(f"{path_of(shop, order)}/gift-cards", json={"code": card["code"]})


async def balance(shop: Shop, card: Json) -> int:
    """What is left on the card; its entries sum up to it."""
    found = await detail(shop, card)
    left = found["card"]["balance"]["amount"]
    assert sum(one["amount"]["amount"] for one in found["entries"]) == left
    return left


async def pay(shop: Shop, buyer: httpx2.AsyncClient, order: Json, **body: Any) -> Json:
    """Pay the rest with a card of the practice company."""
    paid = await buyer.post(f"{path_of(shop, order)}/payments", json=OK | body, headers=once())
    return done(paid)


async def cancel(shop: Shop, order: Json, **body: Any) -> Json:
    """Staff cancel, everything comes back."""
    path, asked = f"{path_of(shop, order)}/cancellations", {"terms": "full"} | body
    shown = done(await shop.staff.post(f"{path}/preview", json=asked))
    return done(await shop.staff.post(path, json=asked | expecting(shown)))


async def test_b11_a_gift_card_pays_a_part_and_only_the_rest_goes_to_the_provider(
    paying_shop: Shop, buyer: httpx2.AsyncClient, paying_product: Product
) -> None:
    shop, card = paying_shop, await issued(paying_shop, 2000)
    order = await held(shop, buyer)
    shown = done(await put_on(shop, buyer, order, card))
    assert shown["total"]["amount"] == 5000
    assert (shown["due"]["amount"], shown["gift_cards"][0]["amount"]["amount"]) == (3000, 2000)
    assert await balance(shop, card) == 0
    paid = await pay(shop, buyer, order)
    assert paid["payment"]["amount"]["amount"] == 3000
    assert (paid["order"]["status"], paid["order"]["payment_status"]) == ("confirmed", "paid")
    payments = await paying_product.services.payments.of(shop.stage.organizer_id, UUID(order["id"]))
    assert sorted((one.status, one.amount.amount) for one in payments) == [
        ("succeeded", 2000),
        ("succeeded", 3000),
    ]
    again = await buyer.post(f"{path_of(shop, order)}/payments", json=OK, headers=once())
    refused(again, 409, "already_paid")


async def test_b11_what_a_gift_card_covers_wholly_is_confirmed_without_any_provider(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    card = await issued(shop, 7000)
    order = await held(shop, ada)
    refused(await ada.post(f"{path_of(shop, order)}/confirm"), 409, "payment_needed")
    assert done(await put_on(shop, ada, order, card))["due"]["amount"] == 0
    refused(await ada.post(f"{path_of(shop, order)}/payments", json=OK), 422, "nothing_to_pay")
    confirmed = done(await ada.post(f"{path_of(shop, order)}/confirm"))
    assert (confirmed["status"], confirmed["payment_status"]) == ("confirmed", "paid")
    assert await balance(shop, card) == 2000
    refused(await ada.post(f"{path_of(shop, order)}/payments", json=OK), 409, "illegal_order_move")


async def test_several_cards_pay_in_turn_and_one_that_is_removed_has_its_money_back(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    first, second = await issued(shop, 3000), await issued(shop, 4000)
    order = await held(shop, ada)
    await put_on(shop, ada, order, first)
    both = done(await put_on(shop, ada, order, second))
    assert [one["amount"]["amount"] for one in both["gift_cards"]] == [3000, 2000]
    refused(await put_on(shop, ada, order, first), 409, "gift_card_used_here")
    third = await issued(shop, 10)
    refused(await put_on(shop, ada, order, third), 422, "nothing_to_pay")
    gone = f"{path_of(shop, order)}/gift-cards/{first['card']['id']}"
    left = done(await ada.delete(gone))
    assert [one["amount"]["amount"] for one in left["gift_cards"]] == [4000]
    assert (await balance(shop, first), await balance(shop, second)) == (3000, 0)
    refused(await ada.delete(gone), 409, "gift_card_not_used_here")


async def test_two_simultaneous_orders_never_spend_more_than_a_card_has(
    shop: Shop, ada: httpx2.AsyncClient, db: Database
) -> None:
    """Both wait for the card; whoever had read its balance before that would spend it twice."""
    card = await issued(shop, 5000)
    orders = [await held(shop, ada, 3000), await held(shop, ada, 4000)]
    async with db.begin(shop.stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "SELECT id FROM payments.gift_cards WHERE organizer_id = $1 FOR UPDATE",
            (shop.stage.organizer_id,),
        )
        tries = [elsewhere(put_on(shop, ada, order, card)) for order in orders]
        await so_many_wait(tx, len(orders))
    paid = [done(await one)["gift_cards"][0]["amount"]["amount"] for one in tries]
    assert sorted(paid) in ([2000, 3000], [1000, 4000])
    assert await balance(shop, card) == 0


async def test_whoever_takes_a_card_off_waits_for_its_payment_before_the_card(
    shop: Shop, ada: httpx2.AsyncClient, db: Database
) -> None:
    """A refund has the payment and wants the card: neither may hold what the other waits for."""
    card, whose = await issued(shop, 2000), (shop.stage.organizer_id,)
    order = await held(shop, ada)
    await put_on(shop, ada, order, card)
    async with db.begin(shop.stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "SELECT id FROM payments.payments WHERE organizer_id = $1 FOR NO KEY UPDATE", whose
        )
        path = f"{path_of(shop, order)}/gift-cards/{card['card']['id']}"
        removed = elsewhere(ada.delete(path))
        await so_many_wait(tx, 1)
        await tx.connection.exec_driver_sql(
            "SELECT id FROM payments.gift_cards WHERE organizer_id = $1 FOR NO KEY UPDATE NOWAIT",
            whose,
        )
    done(await removed)
    assert await balance(shop, card) == 2000


async def test_an_order_that_expires_gives_the_card_its_money_back_once(
    shop: Shop, ada: httpx2.AsyncClient, product: Product
) -> None:
    card = await issued(shop, 2000)
    order = await held(shop, ada)
    await put_on(shop, ada, order, card)
    await shop.lapse(order)
    await long_ago(shop, order)
    await asyncio.gather(*(product.services.bookings.expiry.mark_expired() for _ in range(3)))
    found = await detail(shop, card)
    assert [one["kind"] for one in found["entries"]] == ["issued", "spent", "given_back"]
    assert found["card"]["balance"]["amount"] == 2000
    over = done(await ada.get(path_of(shop, order)))
    assert (over["status"], over.get("gift_cards")) == ("expired", None)


async def test_a_declined_card_leaves_the_gift_card_on_the_order_and_letting_go_frees_it(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop, card = paying_shop, await issued(paying_shop, 2000)
    order = await held(shop, buyer)
    await put_on(shop, buyer, order, card)
    path = path_of(shop, order)
    declined = await buyer.post(f"{path}/payments", json={"source": "practice_declined"})
    refused(declined, 402, "card_declined")
    another = await issued(shop, 3000)
    assert done(await put_on(shop, buyer, order, another))["due"]["amount"] == 0
    done(await buyer.post(f"{path}/release"))
    assert (await balance(shop, card), await balance(shop, another)) == (2000, 3000)


async def test_cards_are_not_changed_while_a_payment_is_under_way(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop, card = paying_shop, await issued(paying_shop, 2000)
    order = await held(shop, buyer)
    slow = await buyer.post(f"{path_of(shop, order)}/payments", json={"source": "practice_slow"})
    assert done(slow)["payment"]["status"] == "pending"
    refused(await put_on(shop, buyer, order, card), 409, "payment_under_way")


async def test_late_money_for_what_a_gift_card_no_longer_helps_to_pay_goes_back(
    paying_shop: Shop, buyer: httpx2.AsyncClient, paying_product: Product
) -> None:
    shop, card = paying_shop, await issued(paying_shop, 2000)
    order = await held(shop, buyer)
    due = done(await put_on(shop, buyer, order, card))["due"]
    await shop.lapse(order)
    await long_ago(shop, order)
    await paying_product.services.bookings.expiry.mark_expired()
    payment = await money_arrives(paying_product, shop.stage, order | {"total": due})
    payments = paying_product.services.payments
    back = await payments.payment(shop.stage.organizer_id, UUID(order["id"]), payment.id)
    assert back.status == "refunded"
    assert done(await buyer.get(path_of(shop, order)))["status"] == "expired"
    assert await balance(shop, card) == 2000


async def test_money_that_is_not_what_is_due_goes_back_and_the_order_waits(
    paying_shop: Shop, buyer: httpx2.AsyncClient, paying_product: Product
) -> None:
    shop, card = paying_shop, await issued(paying_shop, 2000)
    order = await held(shop, buyer)
    await put_on(shop, buyer, order, card)
    payment = await money_arrives(paying_product, shop.stage, order)
    payments = paying_product.services.payments
    back = await payments.payment(shop.stage.organizer_id, UUID(order["id"]), payment.id)
    assert back.status == "refunded"
    assert done(await buyer.get(path_of(shop, order)))["status"] == "held"
    assert (await pay(shop, buyer, order))["order"]["status"] == "confirmed"


async def test_m8_a_refund_gives_money_back_first_and_then_the_gift_card(
    paying_shop: Shop, buyer: httpx2.AsyncClient, paying_product: Product
) -> None:
    shop, card = paying_shop, await issued(paying_shop, 6000)
    kind = await shop.add("Pair", price=5000)
    order = done(await shop.buy(buyer, line(kind, 2), email="ada@example.org"), 201)
    await put_on(shop, buyer, order, card)
    paid = await pay(shop, buyer, order)
    one, other = (position["id"] for position in paid["order"]["positions"])
    made = await cancel(shop, order, position_ids=[one])
    assert made["cancellation"]["refund"]["amount"] == 5000
    assert await balance(shop, card) == 1000
    shown = done(await buyer.get(path_of(shop, order)))
    assert (shown["gift_cards"][0]["amount"]["amount"], shown["due"]["amount"]) == (5000, 0)
    await cancel(shop, order, position_ids=[other])
    assert await balance(shop, card) == 6000
    await settled(paying_product, shop, order)
    shown = done(await buyer.get(path_of(shop, order)))
    assert (shown["status"], shown["refund_status"]) == ("cancelled", "refunded")
    payments = await paying_product.services.payments.of(shop.stage.organizer_id, UUID(order["id"]))
    assert {payment.status for payment in payments} == {"refunded"}


async def test_a_refund_revives_a_card_that_has_expired_but_none_that_is_void(
    shop: Shop, ada: httpx2.AsyncClient, db: Database
) -> None:
    expired, void = await issued(shop, 5000), await issued(shop, 5000)
    orders = [await held(shop, ada) for _ in range(2)]
    for order, card in zip(orders, (expired, void), strict=True):
        await put_on(shop, ada, order, card)
        done(await ada.post(f"{path_of(shop, order)}/confirm"))
    await expire(db, shop, expired)
    done(await shop.staff.post(f"{cards_of(shop)}/{void['card']['id']}/void", json=BECAUSE))
    for order in orders:
        await cancel(shop, order)
    assert (await detail(shop, expired))["card"]["status"] == "active"
    found = await detail(shop, void)
    assert (found["card"]["status"], found["card"]["balance"]["amount"]) == ("void", 5000)
    again = await held(shop, ada)
    refused(await put_on(shop, ada, again, void), 409, "gift_card_void")
    done(await put_on(shop, ada, again, expired))


async def test_a_code_that_cannot_pay_is_refused_with_its_reason(
    shop: Shop, ada: httpx2.AsyncClient, db: Database
) -> None:
    order = await held(shop, ada)
    yen, old, empty = await issued(shop, currency="JPY"), await issued(shop), await issued(shop)
    await expire(db, shop, old)
    done(
        await shop.staff.post(
            f"{cards_of(shop)}/{empty['card']['id']}/adjust", json={"amount": -5000} | BECAUSE
        )
    )
    tried = await issued(shop, for_tests=True)
    for card, status, code in (
        ({"code": "NOPE-NOPE-NOPE-NOPE"}, 422, "gift_card_unknown"),
        (yen, 409, "gift_card_currency"),
        (old, 409, "gift_card_expired"),
        (empty, 409, "gift_card_empty"),
        (tried, 409, "gift_card_for_tests"),
    ):
        refused(await put_on(shop, ada, order, card), status, code)
    done(await put_on(shop, shop.staff, order, tried))


async def test_one_organizers_card_is_worth_nothing_at_anothers(
    shop: Shop, paying_shop: Shop, ada: httpx2.AsyncClient
) -> None:
    card = await issued(paying_shop)
    order = await held(shop, ada)
    refused(await put_on(shop, ada, order, card), 422, "gift_card_unknown")


async def test_only_whoever_holds_the_order_pays_for_it_with_a_card(
    shop: Shop, ada: httpx2.AsyncClient, product: Product
) -> None:
    card = await issued(shop)
    order = await held(shop, ada)
    async with product.visitor() as stranger:
        refused(await put_on(shop, stranger, order, card), 404, "order_not_found")
    async with staff_of(product, shop.stage, role="read_only") as reader:
        refused(await put_on(shop, reader, order, card), 404, "order_not_found")


async def test_another_price_of_a_held_order_is_what_the_card_pays(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    card = await issued(shop, 6000)
    voucher = {"code": "HALF", "effect": "percent", "value": 50_000}
    done(await shop.staff.post(f"{shop.event}/vouchers", json=voucher), 201)
    order = await held(shop, ada)
    await put_on(shop, ada, order, card)
    assert await balance(shop, card) == 1000
    path = f"{path_of(shop, order)}/vouchers"
    half = done(await ada.put(path, json={"codes": ["HALF"]}))
    assert (half["total"]["amount"], half["due"]["amount"]) == (2500, 0)
    assert await balance(shop, card) == 3500
    whole = done(await ada.put(path, json={"codes": []}))
    assert (whole["total"]["amount"], whole["due"]["amount"]) == (5000, 0)
    assert await balance(shop, card) == 1000


@pytest.mark.parametrize("way", ["staff", "date"])
async def test_a_held_order_that_is_cancelled_gives_the_card_its_money_back(
    shop: Shop, ada: httpx2.AsyncClient, product: Product, way: str
) -> None:
    card = await issued(shop, 2000)
    order = await held(shop, ada)
    await put_on(shop, ada, order, card)
    if way == "staff":
        await cancel(shop, order)
    else:
        change = done(await shop.staff.post(f"{shop.event}/cancellations", json={}), 202)
        await product.services.bookings.change_work.run(shop.stage.organizer_id, UUID(change["id"]))
    assert done(await ada.get(path_of(shop, order)))["status"] == "cancelled"
    assert await balance(shop, card) == 2000


async def long_ago(shop: Shop, order: Json) -> None:
    """The hold ended more than a minute ago."""
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE bookings.orders SET hold_expires_at = clock_timestamp() "
            "- interval '2 minutes' WHERE organizer_id = $1 AND id = $2::uuid",
            (shop.stage.organizer_id, order["id"]),
        )


async def settled(product: Product, shop: Shop, order: Json) -> None:
    """What refunds report has been heard."""
    await product.services.bookings.checkout.money_went_back(
        shop.stage.organizer_id, UUID(order["id"])
    )
