"""Price seen = price charged: a hold costs what it did, and nobody pays what they never saw."""

from typing import Any

import httpx2

from tests.flows.test_approving_by_card import HELD, by_card
from tests.flows.test_dearer_changes import own
from tests.flows.test_gift_cards import issued
from tests.flows.test_waiting_changes import dearer
from tests.support.card_company import CardCompany
from tests.support.product import once
from tests.support.shop import Json, Shop, done, line, refused

ADA = "ada@example.org"
FEE = {"name": "Fee", "fixed": 150, "per": "ticket"}
GROUP = {"name": "Groups", "kind": "group", "count": 1, "percent": 10_000}


async def voucher(shop: Shop, value: int) -> Json:
    body = {"effect": "percent", "value": value}
    return done(await shop.staff.post(f"{shop.event}/vouchers", json=body), 201)


async def with_voucher(shop: Shop, buyer: httpx2.AsyncClient, order: Json, code: str) -> Json:
    path = f"{shop.orders}/{order['id']}/vouchers"
    return done(await buyer.put(path, json={"codes": [code] if code else []}))


def saw(order: Json, **more: Any) -> Json:
    """A request to pay what this view of the order says."""
    shown = {
        "expected_total": order["total"]["amount"],
        "expected_due": order.get("due", order["total"])["amount"],
    }
    return {"source": "practice_ok"} | shown | more


async def tax(shop: Shop, **body: Any) -> str:
    path = f"/api/v1/organizers/{shop.stage.slug}/tax-rules"
    return f"{path}/{done(await shop.staff.post(path, json=body), 201)['id']}"


async def test_whatever_an_organizer_changes_a_hold_costs_what_was_seen_and_that_is_charged(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    """Prices, the next tier, taxes, fees, discounts, and vouchers that are changed or deleted."""
    shop = paying_shop
    vat = await tax(shop, name="VAT", rate=10_000, inclusive=False)
    rules: Json = {"tax_rule_id": vat.rsplit("/", 1)[1]}
    done(await shop.staff.put(f"{shop.event}/prices", json=rules))
    early = await shop.add("Early", price=2000, quantity=2)
    await shop.add("Regular", price=3000, opens_after_id=early["id"])
    code = await voucher(shop, 50_000)
    order = done(
        await shop.buy(buyer, line(early, 2), email=ADA, voucher_codes=[code["code"]]), 201
    )
    assert order["total"]["amount"] == 3300
    await shop.change(early, price=9900)
    done(await shop.staff.patch(vat, json={"rate": 30_000}))
    rules |= {"fees": [FEE], "discounts": [GROUP]}
    done(await shop.staff.put(f"{shop.event}/prices", json=rules))
    path = f"{shop.event}/vouchers/{code['id']}"
    done(await shop.staff.patch(path, json={"value": 1000}))
    await shop.staff.delete(path)
    seen = done(await buyer.get(f"{shop.orders}/{order['id']}"))
    assert (seen["total"], seen["positions"], seen["fees"]) == (
        order["total"],
        order["positions"],
        order["fees"],
    )
    pay = f"{shop.orders}/{order['id']}/payments"
    paid = done(await buyer.post(pay, json=saw(order), headers=once()))
    assert paid["payment"]["amount"] == order["total"]
    assert paid["order"]["status"] == "confirmed"
    assert company.book("SELECT amount FROM charges WHERE reference = ?", order["id"]) == [
        (order["total"]["amount"],)
    ]


async def test_who_saw_another_total_is_told_old_and_new_and_is_charged_only_what_they_accept(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    """Another tab of the same buyer has changed vouchers or gift cards."""
    shop = paying_shop
    kind, code = await shop.add("Regular", price=5000), await voucher(shop, 10_000)
    order = done(await shop.buy(buyer, line(kind), email=ADA), 201)
    path = f"{shop.orders}/{order['id']}"
    cheaper = await with_voucher(shop, buyer, order, code["code"])
    told = refused(
        await buyer.post(f"{path}/payments", json=saw(order), headers=once()), 409, "total_changed"
    )
    names = ("old_total", "old_due", "new_total", "new_due", "currency")
    assert [told[name] for name in names] == [5000, 5000, 4500, 4500, "EUR"]
    seen = done(await buyer.get(path))
    assert (seen["status"], seen["payment_status"]) == ("held", "none")
    assert seen["hold_expires_at"] == order["hold_expires_at"]
    card = await issued(shop, 1000)
    gift = {"code": card["code"]}
    part = done(await buyer.post(f"{path}/gift-cards", json=gift, headers=once()))
    key = once()
    told = refused(
        await buyer.post(f"{path}/payments", json=saw(cheaper), headers=key), 409, "total_changed"
    )
    assert (told["new_total"], told["new_due"]) == (4500, 3500)
    paid = done(await buyer.post(f"{path}/payments", json=saw(part), headers=once()))
    assert paid["payment"]["amount"]["amount"] == 3500
    again = await buyer.post(f"{path}/payments", json=saw(part), headers=once())
    refused(again, 409, "already_paid")


async def test_who_applies_holds_no_other_amount_on_the_card_than_they_saw(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    shop = paying_shop
    kind, code = await by_card(shop), await voucher(shop, 10_000)
    order = done(await shop.buy(buyer, line(kind), email=ADA, voucher_codes=[code["code"]]), 201)
    path = f"{shop.orders}/{order['id']}/application"
    dearer = await with_voucher(shop, buyer, order, "")
    refused(await buyer.post(path, json=saw(order), headers=once()), 409, "total_changed")
    assert company.book(HELD, order["id"]) == []
    sent = done(await buyer.post(path, json=saw(dearer), headers=once()))
    assert sent["card_hold"]["amount"]["amount"] == 5000
    free = await shop.add("Free", needs_approval=True)
    order = done(await shop.buy(buyer, line(free), email=ADA), 201)
    path = f"{shop.orders}/{order['id']}/application"
    words = {"message": "", "expected_total": 100}
    refused(await buyer.post(path, json=words, headers=once()), 409, "total_changed")


async def test_a_declined_card_is_declined_again_though_a_gift_card_pays_all_of_it_by_now(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop, key = paying_shop, once()
    order = done(await shop.buy(buyer, line(await shop.add("Regular", price=500)), email=ADA), 201)
    path, body = f"{shop.orders}/{order['id']}", saw(order, source="practice_declined")

    async def pay(key: dict[str, str], status: int, code: str) -> Json:
        return refused(await buyer.post(f"{path}/payments", json=body, headers=key), status, code)

    declined = await pay(key, 402, "card_declined")
    gift = {"code": (await issued(shop, 500))["code"]}
    covered = done(await buyer.post(f"{path}/gift-cards", json=gift, headers=once()))
    assert (await pay(key, 402, "card_declined"))["payment_id"] == declined["payment_id"]
    assert (await pay(once(), 409, "total_changed"))["new_due"] == 0
    assert done(await buyer.post(f"{path}/confirm"))["total"] == covered["total"]


async def test_who_pays_for_a_change_is_charged_what_they_saw_of_it_or_nothing(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    """Another tab of the same buyer has given a gift card for it."""
    shop = paying_shop
    order, waiting = await dearer(shop, buyer)
    path = own(shop, order, waiting)
    gift = {"code": (await issued(shop, 600))["code"]}
    part = done(await buyer.post(f"{path}/gift-cards", json=gift, headers=once()))
    stale, fresh = [saw({"total": one["due"], "due": one["still_due"]}) for one in (waiting, part)]
    told = refused(
        await buyer.post(f"{path}/payments", json=stale, headers=once()), 409, "total_changed"
    )
    assert (told["old_due"], told["new_due"], told["new_total"]) == (2000, 1400, 2000)
    key = once()
    paid = done(await buyer.post(f"{path}/payments", json=fresh, headers=key))
    assert (paid["change"]["status"], paid["payment"]["amount"]["amount"]) == ("done", 1400)
    again = done(await buyer.post(f"{path}/payments", json=fresh, headers=key))
    assert again["payment"] == paid["payment"]
    charges = company.book("SELECT amount FROM charges WHERE reference = ?", order["id"])
    assert charges == [(3000,), (1400,)]
