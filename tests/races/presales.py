"""Recipes: early access, from both sides."""

from tests.races.ring import BOB, Recipes, Ring, Shot
from tests.support.presales import (
    Registered,
    close_presale,
    later_type,
    open_presale,
    register,
    registered,
    registration_of,
)
from tests.support.shop import done

RECIPES = Recipes()
_TOLD = ("fact bookings.presale_registration_moved.v1",)


@RECIPES.race("register_for_presale")
async def register_for_presale(ring: Ring) -> Shot:
    await open_presale(ring.shop)
    body = {"event_id": str(ring.shop.stage.event_id), "email": BOB, "name": "Bob", "quantity": 2}
    path = ring.shop.orders.replace("/orders", "/presale-registrations")
    return Shot(ring.ada, "POST", path, body, notes=_TOLD)


@RECIPES.race("confirm_presale_registration")
async def confirm_presale_registration(ring: Ring) -> Shot:
    await open_presale(ring.shop)
    done(await register(ring.shop, ring.ada, BOB), 202)
    one = await registration_of(ring.shop, ring.ada, BOB)
    return Shot(ring.ada, "POST", f"{one.path}/confirm")


async def _registered(ring: Ring) -> Registered:
    await later_type(ring.shop)
    await open_presale(ring.shop)
    return await registered(ring.shop, ring.ada, BOB, quantity=2)


@RECIPES.race("draw_presale")
async def draw_presale(ring: Ring) -> Shot:
    await _registered(ring)
    return Shot(ring.staff, "POST", f"{ring.shop.event}/presale/draw")


async def _has_won(ring: Ring) -> Registered:
    one = await _registered(ring)
    await close_presale(ring.shop)
    stage = ring.shop.stage
    drawing = ring.shop.product.services.bookings.presales.drawing
    await drawing.draw(stage.organizer_id, stage.event_id)
    assert await one.state() == "won"
    return one


@RECIPES.race("withdraw_presale_registration")
async def withdraw_presale_registration(ring: Ring) -> Shot:
    return Shot(ring.ada, "POST", f"{(await _has_won(ring)).path}/withdraw")


@RECIPES.race("remove_presale_registration")
async def remove_presale_registration(ring: Ring) -> Shot:
    one = await _has_won(ring)
    path = f"{ring.shop.event}/presale/registrations/{one.id}/remove"
    return Shot(ring.staff, "POST", path)
