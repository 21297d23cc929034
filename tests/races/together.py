"""Recipes: orders for several events that are bought together."""

from tests.races.ring import Recipes, Ring, Shot
from tests.support.shop import Json, done, line
from tests.support.together import BUYER, Pair, pair

RECIPES = Recipes()


async def _held(ring: Ring) -> tuple[Pair, Json]:
    two = await pair(ring.shop)
    return two, await two.held(ring.ada)


@RECIPES.race("open_purchase")
async def open_purchase(ring: Ring) -> Shot:
    """Of one of the events three are left."""
    two = await pair(ring.shop, quantity=3)
    return Shot(ring.ada, "POST", two.path, {"orders": [two.wish(0), two.wish(1)]}, wins=3)


@RECIPES.race("add_purchase_order")
async def add_purchase_order(ring: Ring) -> Shot:
    two = await pair(ring.shop)
    purchase = await two.held(ring.ada, two.wish(0))
    return Shot(ring.ada, "POST", two.of(purchase, "/orders"), two.wish(1))


@RECIPES.race("join_purchase_order")
async def join_purchase_order(ring: Ring) -> Shot:
    two = await pair(ring.shop)
    purchase = await two.held(ring.ada, two.wish(0))
    order = done(await two.shops[1].buy(ring.ada, line(two.kinds[1])), 201)
    return Shot(ring.ada, "PUT", two.of(purchase, f"/orders/{order['id']}"))


@RECIPES.race("remove_purchase_order")
async def remove_purchase_order(ring: Ring) -> Shot:
    two, purchase = await _held(ring)
    path = two.of(purchase, f"/orders/{purchase['orders'][0]['id']}")
    return Shot(ring.ada, "DELETE", path)


@RECIPES.race("set_purchase_buyer")
async def set_purchase_buyer(ring: Ring) -> Shot:
    two, purchase = await _held(ring)
    return Shot(ring.ada, "PUT", two.of(purchase, "/buyer"), BUYER | {"name": "Ada Byron"})


@RECIPES.race("extend_purchase")
async def extend_purchase(ring: Ring) -> Shot:
    """Ten times at most."""
    two, purchase = await _held(ring)
    return Shot(ring.ada, "POST", two.of(purchase, "/extend"), wins=10)


@RECIPES.race("release_purchase")
async def release_purchase(ring: Ring) -> Shot:
    two, purchase = await _held(ring)
    return Shot(ring.ada, "POST", two.of(purchase, "/release"))


@RECIPES.race("pay_purchase")
async def pay_purchase(ring: Ring) -> Shot:
    two = await pair(ring.shop, prices=(1500, 700))
    purchase = await two.held(ring.ada)
    return Shot(ring.ada, "POST", two.of(purchase, "/payments"), {"source": "practice_ok"})


@RECIPES.race("confirm_purchase")
async def confirm_purchase(ring: Ring) -> Shot:
    two, purchase = await _held(ring)
    return Shot(ring.ada, "POST", two.of(purchase, "/confirm"))
