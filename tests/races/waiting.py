"""Recipes: waiting lists, from both sides."""

from tests.races.ring import BOB, Recipes, Ring, Shot
from tests.support.shop import Json
from tests.support.waiting import Waiting, let_go, offer_what_is_free, sold_out, wait

RECIPES = Recipes()


@RECIPES.race("join_waitlist")
async def join_waitlist(ring: Ring) -> Shot:
    kind = (await sold_out(ring.shop, ring.ada))["kind"]
    body = {
        "event_id": str(ring.shop.stage.event_id), "email": BOB, "name": "Bob", "quantity": 1,
        "ticket_type_ids": [kind["id"]],
    }  # fmt: skip
    path = ring.shop.orders.replace("/orders", "/waitlist")
    return Shot(ring.ada, "POST", path, body, notes=("fact bookings.waitlist_joined.v1",))


async def _waits(ring: Ring) -> tuple[Waiting, Json]:
    """Somebody's place in line, and the order that has everything."""
    found = await sold_out(ring.shop, ring.ada, price=1500)
    return await wait(ring.shop, ring.ada, BOB, found["kind"]), found["order"]


async def _offered(ring: Ring) -> Waiting:
    place, order = await _waits(ring)
    await let_go(ring.shop, ring.ada, order)
    await offer_what_is_free(ring.shop)
    assert await place.state() == "offered"
    return place


@RECIPES.race("accept_waitlist_offer")
async def accept_waitlist_offer(ring: Ring) -> Shot:
    return Shot(ring.ada, "POST", f"{(await _offered(ring)).path}/accept", {})


@RECIPES.race("decline_waitlist_offer")
async def decline_waitlist_offer(ring: Ring) -> Shot:
    return Shot(ring.ada, "POST", f"{(await _offered(ring)).path}/decline")


@RECIPES.race("leave_waitlist")
async def leave_waitlist(ring: Ring) -> Shot:
    return Shot(ring.ada, "POST", f"{(await _offered(ring)).path}/leave")


@RECIPES.race("rejoin_waitlist")
async def rejoin_waitlist(ring: Ring) -> Shot:
    place = await _offered(ring)
    await place.lapse()
    return Shot(ring.ada, "POST", f"{place.path}/rejoin")


@RECIPES.race("offer_from_waitlist")
async def offer_from_waitlist(ring: Ring) -> Shot:
    place, order = await _waits(ring)
    await let_go(ring.shop, ring.ada, order)
    path = f"{ring.shop.event}/waitlist/{place.entry_id}/offer"
    return Shot(ring.staff, "POST", path)


@RECIPES.race("remove_from_waitlist")
async def remove_from_waitlist(ring: Ring) -> Shot:
    place = await _offered(ring)
    return Shot(ring.staff, "POST", f"{ring.shop.event}/waitlist/{place.entry_id}/remove")
