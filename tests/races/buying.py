"""Recipes: opening an order, and what its buyer does until they have tickets."""

from typing import Any
from uuid import uuid4

from tests.races.ring import ADA, BOB, Recipes, Ring, Shot
from tests.support.shop import Json, done, line

RECIPES = Recipes()

BUYER = {"email": ADA, "name": "Ada Lovelace"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def _wanted(ring: Ring, kind: Json, **more: Any) -> Json:
    return {"event_id": str(ring.shop.stage.event_id), "items": [line(kind)]} | more


@RECIPES.race("open_order")
async def open_order(ring: Ring) -> Shot:
    """Three are left, and who asks fifty times gets them."""
    kind = await ring.shop.add("Regular", quantity=3)
    return Shot(ring.ada, "POST", ring.shop.orders, _wanted(ring, kind, buyer=BUYER), wins=3)


@RECIPES.race("quote_order")
async def quote_order(ring: Ring) -> Shot:
    kind = await ring.shop.add("Regular", price=1500)
    return Shot(ring.ada, "POST", f"{ring.shop.orders}/quote", _wanted(ring, kind))


@RECIPES.race("set_buyer")
async def set_buyer(ring: Ring) -> Shot:
    order = await ring.held(await ring.shop.add("Regular", price=1500, max_per_person=1))
    return Shot(ring.ada, "PUT", ring.order(order, "/buyer"), BUYER)


@RECIPES.race("set_order_vouchers")
async def set_order_vouchers(ring: Ring) -> Shot:
    order = await ring.held(await ring.shop.add("Regular", price=1500))
    terms = {"code": "SPRING", "effect": "amount", "value": 500, "max_uses": 1}
    done(await ring.staff.post(f"{ring.shop.event}/vouchers", json=terms), 201)
    return Shot(ring.ada, "PUT", ring.order(order, "/vouchers"), {"codes": ["SPRING"]})


@RECIPES.race("set_order_customer")
async def set_order_customer(ring: Ring) -> Shot:
    order = await ring.held(await ring.shop.add("Regular", price=1500))
    return Shot(ring.ada, "PUT", ring.order(order, "/customer"), {"country": "AT"})


@RECIPES.race("confirm_order")
async def confirm_order(ring: Ring) -> Shot:
    order = await ring.held(await ring.shop.add("Regular"), 2)
    done(await ring.ada.put(ring.order(order, "/buyer"), json=BUYER))
    return Shot(ring.ada, "POST", ring.order(order, "/confirm"))


@RECIPES.race("extend_hold")
async def extend_hold(ring: Ring) -> Shot:
    """Ten times at most."""
    order = await ring.held(await ring.shop.add("Regular"))
    return Shot(ring.ada, "POST", ring.order(order, "/extend"), wins=10)


@RECIPES.race("release_order")
async def release_order(ring: Ring) -> Shot:
    order = await ring.held(await ring.shop.add("Regular"), 2)
    return Shot(ring.ada, "POST", ring.order(order, "/release"))


@RECIPES.race("pay_order")
async def pay_order(ring: Ring) -> Shot:
    order = await ring.held(await ring.shop.add("Regular", price=1500))
    done(await ring.ada.put(ring.order(order, "/buyer"), json=BUYER))
    return Shot(ring.ada, "POST", ring.order(order, "/payments"), {"source": "practice_ok"})


@RECIPES.race("find_orders")
async def find_orders(ring: Ring) -> Shot:
    """Each is a mail, and how many there may be is the rate limit's matter."""
    return Shot(ring.ada, "POST", "/api/v1/order-links", {"email": ADA}, wins=50)


@RECIPES.race("answer_order")
async def answer_order(ring: Ring) -> Shot:
    question = await ring.question("Badge")
    order = await ring.held(await ring.shop.add("Regular"))
    answers = {"answers": [{"question_id": question, "value": "Ada"}]}
    return Shot(ring.ada, "PUT", ring.order(order, "/answers"), answers)


@RECIPES.race("upload_answer_file")
async def upload_answer_file(ring: Ring) -> Shot:
    """Each is a file of its own; those that no answer names go after a day."""
    await ring.question("Proof", kind="file")
    order = await ring.held(await ring.shop.add("Regular"))
    files = {"file": ("proof.pdf", PDF, "application/pdf")}
    return Shot(ring.ada, "POST", ring.order(order, "/answer-files"), files=files, wins=50)


async def _applied(ring: Ring) -> Json:
    order = await ring.held(await ring.shop.add("Regular", needs_approval=True))
    done(await ring.ada.put(ring.order(order, "/buyer"), json=BUYER))
    return done(await ring.ada.post(ring.order(order, "/application"), json={}))


def _application(ring: Ring, order: Json, verb: str) -> str:
    return ring.order(order, f"/{verb}").replace("/orders/", "/applications/")


@RECIPES.race("apply_for_order")
async def apply_for_order(ring: Ring) -> Shot:
    order = await ring.held(await ring.shop.add("Regular", needs_approval=True))
    done(await ring.ada.put(ring.order(order, "/buyer"), json=BUYER))
    return Shot(ring.ada, "POST", ring.order(order, "/application"), {"message": "Please"})


@RECIPES.race("assess_application")
async def assess_application(ring: Ring) -> Shot:
    path = _application(ring, await _applied(ring), "assessment")
    body = {"score": 7, "note": "Yes"}
    return Shot(ring.staff, "PUT", path, body, notes=("audit order.assessed",))


@RECIPES.race("approve_application")
async def approve_application(ring: Ring) -> Shot:
    return Shot(ring.staff, "POST", _application(ring, await _applied(ring), "approval"), {})


@RECIPES.race("deny_application")
async def deny_application(ring: Ring) -> Shot:
    return Shot(ring.staff, "POST", _application(ring, await _applied(ring), "denial"), {})


@RECIPES.race("scan_ticket")
async def scan_ticket(ring: Ring) -> Shot:
    order = await ring.bought(await ring.shop.add("Regular"))
    body = {
        "code": order["tickets"][0]["code"],
        "event_id": str(ring.shop.stage.event_id),
        "nonce": str(uuid4()),
        "gate": "North",
    }
    return Shot(ring.staff, "POST", ring.shop.orders.replace("/orders", "/scans"), body)


@RECIPES.race("answer_at_the_door")
async def answer_at_the_door(ring: Ring) -> Shot:
    question = await ring.question("Badge", per="ticket", at_check_in=True)
    order = await ring.bought(await ring.shop.add("Regular"))
    path = ring.shop.orders.replace("/orders", f"/tickets/{order['tickets'][0]['id']}/answers")
    body = {"answers": [{"question_id": question, "value": BOB}]}
    return Shot(ring.staff, "POST", path, body, notes=("audit ticket.answers_taken",))


async def _issued(ring: Ring) -> Json:
    path = ring.shop.orders.replace("/orders", "/gift-cards")
    value = {"value": {"amount": 500, "currency": "EUR"}}
    return done(await ring.staff.post(path, json=value), 201)


@RECIPES.race("add_order_gift_card")
async def add_order_gift_card(ring: Ring) -> Shot:
    card = await _issued(ring)
    order = await ring.held(await ring.shop.add("Regular", price=1500))
    return Shot(ring.ada, "POST", ring.order(order, "/gift-cards"), {"code": card["code"]})


@RECIPES.race("remove_order_gift_card")
async def remove_order_gift_card(ring: Ring) -> Shot:
    card = await _issued(ring)
    order = await ring.held(await ring.shop.add("Regular", price=1500))
    path = ring.order(order, "/gift-cards")
    done(await ring.ada.post(path, json={"code": card["code"]}))
    return Shot(ring.ada, "DELETE", f"{path}/{card['card']['id']}")
