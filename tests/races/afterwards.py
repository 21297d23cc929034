"""Recipes: what becomes of an order that is confirmed, and of its date."""

from typing import Any

from tests.races.ring import BOB, EVE, Recipes, Ring, Shot
from tests.support.shop import Json, done

RECIPES = Recipes()

CHANGED = ("audit order.changed",)
SIZES = {"S": 1500, "L": 2000}
FREELY = {"cancellation": {"allowed": True, "schedule": [{"hours_before": 0}]}}


async def _previewed(ring: Ring, path: str, body: Json) -> Json:
    """The body with what the preview says."""
    shown = done(await ring.staff.post(f"{path}/preview", json=body))
    return body | {"expected_total": shown["new_total"]["amount"]}


@RECIPES.race("preview_ticket_cancellation")
async def preview_ticket_cancellation(ring: Ring) -> Shot:
    await ring.allow(**FREELY)
    order = await ring.bought(await ring.shop.add("Regular", price=1500), 2)
    return Shot(ring.ada, "POST", ring.order(order, "/cancellations/preview"), {})


@RECIPES.race("cancel_tickets")
async def cancel_tickets(ring: Ring) -> Shot:
    await ring.allow(**FREELY)
    order = await ring.bought(await ring.shop.add("Regular", price=1500), 2)
    path = ring.order(order, "/cancellations")
    body: Json = {"position_ids": [order["positions"][0]["id"]]}
    body = await _previewed(ring, path, body) | {"expected_refund": 1500}
    return Shot(ring.ada, "POST", path, body)


@RECIPES.race("set_order_policy")
async def set_order_policy(ring: Ring) -> Shot:
    path = f"{ring.shop.event}/order-policy"
    return Shot(ring.staff, "PUT", path, FREELY, notes=("audit order_policy.changed",))


@RECIPES.race("preview_cancellation")
async def preview_cancellation(ring: Ring) -> Shot:
    await ring.bought(await ring.shop.add("Regular", price=1500), 2)
    return Shot(ring.staff, "POST", f"{ring.shop.event}/cancellations/preview", {})


@RECIPES.race("cancel_dates")
async def cancel_dates(ring: Ring) -> Shot:
    await ring.bought(await ring.shop.add("Regular"), 2)
    return Shot(ring.staff, "POST", f"{ring.shop.event}/cancellations", {"message": "Ill"})


@RECIPES.race("postpone_dates")
async def postpone_dates(ring: Ring) -> Shot:
    await ring.bought(await ring.shop.add("Regular"), 2)
    body = {"starts_at": "2031-06-01T20:00"}
    return Shot(ring.staff, "POST", f"{ring.shop.event}/postponements", body)


@RECIPES.race("correct_buyer")
async def correct_buyer(ring: Ring) -> Shot:
    order = await ring.bought(await ring.shop.add("Regular"))
    body = {"email": BOB, "name": "Bob"}
    return Shot(ring.ada, "PUT", ring.order(order, "/contact"), body, notes=CHANGED)


@RECIPES.race("name_attendee")
async def name_attendee(ring: Ring) -> Shot:
    order = await ring.bought(await ring.shop.add("Regular"))
    body = {"name": "Grace Hopper"}
    return Shot(ring.ada, "PUT", ring.position(order, "/attendee"), body, notes=CHANGED)


@RECIPES.race("change_ticket_variation")
async def change_ticket_variation(ring: Ring) -> Shot:
    await ring.allow(changes={"variations": True})
    kind = await ring.shop.add("Hoodie", price=2000)
    small = await ring.shop.vary(kind, "S", price=1500)
    large = await ring.shop.vary(kind, "L", price=2000)
    order = await ring.bought(kind, variation_id=large["id"])
    body = {"variation_id": small["id"], "expected_total": 1500}
    return Shot(ring.ada, "PUT", ring.position(order, "/variation"), body)


async def _changes(ring: Ring) -> tuple[str, Json]:
    dear, cheap = await ring.shop.add("Dear", price=1500), await ring.shop.add("Cheap", price=500)
    order = await ring.bought(dear)
    wish = {"position_id": order["positions"][0]["id"], "ticket_type_id": cheap["id"]}
    return ring.order(order, "/ticket-changes"), {"tickets": [wish]}


@RECIPES.race("preview_ticket_changes")
async def preview_ticket_changes(ring: Ring) -> Shot:
    path, body = await _changes(ring)
    return Shot(ring.staff, "POST", f"{path}/preview", body)


@RECIPES.race("change_tickets")
async def change_tickets(ring: Ring) -> Shot:
    path, body = await _changes(ring)
    return Shot(ring.staff, "POST", path, await _previewed(ring, path, body))


async def _splits(ring: Ring) -> tuple[str, Json]:
    order = await ring.bought(await ring.shop.add("Regular", price=1500), 3)
    return ring.order(order, "/splits"), {"position_ids": [order["positions"][0]["id"]]}


@RECIPES.race("preview_split")
async def preview_split(ring: Ring) -> Shot:
    path, body = await _splits(ring)
    return Shot(ring.staff, "POST", f"{path}/preview", body)


@RECIPES.race("split_order")
async def split_order(ring: Ring) -> Shot:
    path, body = await _splits(ring)
    return Shot(ring.staff, "POST", path, await _previewed(ring, path, body))


async def _offered(ring: Ring) -> tuple[Json, Json]:
    """The order, and the offer of its ticket to somebody."""
    order = await ring.bought(await ring.shop.add("Regular"))
    made = await ring.ada.post(ring.ticket(order, "/transfers"), json={"email": EVE})
    return order, done(made, 201)


async def _link(ring: Ring, transfer_id: Any) -> str:
    news = await ring.shop.product.services.bookings.transfer(
        ring.shop.stage.organizer_id, transfer_id
    )
    assert news is not None
    return f"/api/v1/ticket-transfers/{news.token}"


async def _taken(ring: Ring) -> str:
    _, made = await _offered(ring)
    path = await _link(ring, made["id"])
    done(await ring.ada.post(f"{path}/accept", json={"name": "Eve Adams"}))
    return path


@RECIPES.race("offer_ticket")
async def offer_ticket(ring: Ring) -> Shot:
    order = await ring.bought(await ring.shop.add("Regular"))
    return Shot(ring.ada, "POST", ring.ticket(order, "/transfers"), {"email": EVE})


@RECIPES.race("withdraw_ticket_offer")
async def withdraw_ticket_offer(ring: Ring) -> Shot:
    order, made = await _offered(ring)
    return Shot(ring.ada, "POST", ring.order(order, f"/transfers/{made['id']}/withdraw"))


@RECIPES.race("accept_ticket")
async def accept_ticket(ring: Ring) -> Shot:
    _, made = await _offered(ring)
    path = await _link(ring, made["id"])
    return Shot(ring.ada, "POST", f"{path}/accept", {"name": "Eve Adams"})


@RECIPES.race("decline_ticket")
async def decline_ticket(ring: Ring) -> Shot:
    _, made = await _offered(ring)
    return Shot(ring.ada, "POST", f"{await _link(ring, made['id'])}/decline")


@RECIPES.race("offer_received_ticket")
async def offer_received_ticket(ring: Ring) -> Shot:
    return Shot(ring.ada, "POST", f"{await _taken(ring)}/offer", {"email": BOB})


@RECIPES.race("withdraw_received_ticket_offer")
async def withdraw_received_ticket_offer(ring: Ring) -> Shot:
    path = f"{await _taken(ring)}/offer"
    done(await ring.ada.post(path, json={"email": BOB}))
    return Shot(ring.ada, "DELETE", path)


async def _returnable(ring: Ring) -> Json:
    await ring.allow(returns={"allowed": True})
    settings = {"is_open": True}
    done(await ring.staff.patch(f"{ring.shop.event}/waitlist-settings", json=settings))
    return await ring.bought(await ring.shop.add("Regular", quantity=1))


@RECIPES.race("return_ticket")
async def return_ticket(ring: Ring) -> Shot:
    return Shot(ring.ada, "POST", ring.ticket(await _returnable(ring), "/returns"))


@RECIPES.race("keep_returned_ticket")
async def keep_returned_ticket(ring: Ring) -> Shot:
    order = await _returnable(ring)
    made = done(await ring.ada.post(ring.ticket(order, "/returns")), 201)
    return Shot(ring.ada, "POST", ring.order(order, f"/returns/{made['id']}/withdraw"))


async def _own_change(ring: Ring) -> tuple[str, Json]:
    await ring.allow(changes={"variations": True})
    kind = await ring.shop.add("Hoodie", price=2000)
    small, large = [await ring.shop.vary(kind, name, price=p) for name, p in SIZES.items()]
    order = await ring.bought(kind, variation_id=small["id"])
    wish = {"position_id": order["positions"][0]["id"], "variation_id": large["id"]}
    return ring.order(order, "/own-changes"), {"variations": [wish]}


@RECIPES.race("preview_own_changes")
async def preview_own_changes(ring: Ring) -> Shot:
    path, body = await _own_change(ring)
    return Shot(ring.ada, "POST", f"{path}/preview", body)


@RECIPES.race("change_own_tickets")
async def change_own_tickets(ring: Ring) -> Shot:
    """It is dearer, so it waits for its payment."""
    path, body = await _own_change(ring)
    return Shot(ring.ada, "POST", path, body | {"expected_total": SIZES["L"]})


async def _awaiting(ring: Ring) -> str:
    path, body = await _own_change(ring)
    body |= {"expected_total": SIZES["L"]}
    waiting = done(await ring.ada.post(path, json=body))["awaiting"]
    return path.replace("/own-changes", f"/changes/{waiting['id']}")


@RECIPES.race("pay_order_change")
async def pay_order_change(ring: Ring) -> Shot:
    path = f"{await _awaiting(ring)}/payments"
    return Shot(ring.ada, "POST", path, {"source": "practice_ok"})


@RECIPES.race("withdraw_order_change")
async def withdraw_order_change(ring: Ring) -> Shot:
    return Shot(ring.ada, "DELETE", await _awaiting(ring))


async def _card(ring: Ring, value: int) -> Json:
    """A gift card with its code."""
    path = ring.shop.orders.replace("/orders", "/gift-cards")
    body = {"value": {"amount": value, "currency": "EUR"}}
    return done(await ring.shop.staff.post(path, json=body), 201)


@RECIPES.race("add_order_change_gift_card")
async def add_order_change_gift_card(ring: Ring) -> Shot:
    """It pays a part, so the change waits on."""
    path, card = f"{await _awaiting(ring)}/gift-cards", await _card(ring, 100)
    return Shot(ring.ada, "POST", path, {"code": card["code"]})


@RECIPES.race("remove_order_change_gift_card")
async def remove_order_change_gift_card(ring: Ring) -> Shot:
    path, card = f"{await _awaiting(ring)}/gift-cards", await _card(ring, 100)
    done(await ring.ada.post(path, json={"code": card["code"]}))
    return Shot(ring.ada, "DELETE", f"{path}/{card['card']['id']}")


@RECIPES.race("confirm_order_change")
async def confirm_order_change(ring: Ring) -> Shot:
    """Its gift cards pay all of it, but one had no money when the last of them came."""
    path, first = await _awaiting(ring), await _card(ring, 100)
    adjust = f"{ring.shop.orders.replace('/orders', '/gift-cards')}/{first['card']['id']}/adjust"
    done(await ring.ada.post(f"{path}/gift-cards", json={"code": first["code"]}))
    done(await ring.shop.staff.post(adjust, json={"amount": -100, "because": "Lent"}))
    rest = await _card(ring, 100_000)
    refused = await ring.ada.post(f"{path}/gift-cards", json={"code": rest["code"]})
    assert refused.json()["code"] == "gift_card_empty", refused.text
    done(await ring.shop.staff.post(adjust, json={"amount": 100, "because": "Back"}))
    return Shot(ring.ada, "POST", f"{path}/confirm")
