"""An order's id is of no use to another organizer's team, whatever route it is sent to."""

import json

import httpx2

from boxoffice.cli.openapi import openapi
from boxoffice.data.postgres import Database
from tests.support.shop import Shop, done, line
from tests.support.staff import staff_of
from tests.support.stage import set_stage

PATHS = sorted(
    path
    for path, methods in json.loads(openapi())["paths"].items()
    if "get" in methods and "{order_id}" in path and path.count("{") == 2
)


def test_there_are_such_routes() -> None:
    assert len(PATHS) > 5


async def test_an_order_of_another_organizer_is_not_found(
    db: Database, shop: Shop, ada: httpx2.AsyncClient
) -> None:
    order = done(await shop.buy(ada, line(await shop.add("Regular")), email="a@example.org"), 201)
    other = await set_stage(db, capacities=[1])
    async with staff_of(shop.product, other, role="owner") as stranger:
        for path in PATHS:
            asked = path.replace("{order_id}", order["id"])
            theirs = await stranger.get(asked.replace("{organizer}", other.slug))
            assert theirs.status_code == 404, (path, theirs.text)
            named = await stranger.get(asked.replace("{organizer}", shop.stage.slug))
            assert named.status_code in {403, 404}, (path, named.text)
