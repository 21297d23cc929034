"""Quotas are locked before anything else and sorted by id, also by what is rarely done.

A rival holds the quota that must come first. Whoever waits for it may have locked nothing that
comes after it, or the two could wait for each other.
"""

import asyncio
from collections.abc import Coroutine
from contextvars import copy_context
from typing import Any
from uuid import UUID

import httpx2

from boxoffice.data.postgres import Database
from tests.flows.dates import open_venue
from tests.support.locks import somebody_waits_for
from tests.support.product import Product
from tests.support.shop import Shop, done, line
from tests.support.waiting import open_list, wait

QUOTA = "SELECT FROM events.quotas WHERE organizer_id = $1 AND id = $2 FOR NO KEY UPDATE"


async def is_free_while_waiting(
    db: Database, organizer_id: UUID, first: str, then: str, work: Coroutine[Any, Any, Any]
) -> None:
    """Hold the quota `first` until the work waits for it; `then` must be unlocked still."""
    outside = copy_context()
    async with db.begin(organizer_id) as tx:
        await tx.connection.exec_driver_sql(QUOTA, (organizer_id, UUID(first)))
        task = asyncio.get_running_loop().create_task(work, context=outside)
        await somebody_waits_for(tx)
        await tx.connection.exec_driver_sql(f"{then} NOWAIT", (organizer_id,))
    done(await task)


async def test_choosing_another_variation_locks_its_quota_before_the_order(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Hoodie")
    small, large = await shop.vary(kind, "S"), await shop.vary(kind, "L", quantity=5)
    order = done(await shop.buy(ada, line(kind, 1, small), email="ada@example.org"), 201)
    path = f"{shop.orders}/{order['id']}/own-changes"
    wish = {"position_id": order["positions"][0]["id"], "variation_id": large["id"]}
    held = next(one for one in (await shop.managed())["quotas"] if one["capacity"] == 5)
    await is_free_while_waiting(
        shop.db,
        shop.stage.organizer_id,
        held["id"],
        "SELECT FROM bookings.orders WHERE organizer_id = $1 FOR UPDATE",
        shop.staff.post(path, json={"variations": [wish], "expected_total": 0}),
    )


async def test_a_capacity_for_all_dates_locks_the_quotas_sorted(
    db: Database, product: Product
) -> None:
    venue = await open_venue(product, price=0)
    event = (await venue.staff.get(venue.event)).json()
    first, last = sorted(one["id"] for one in event["quotas"])
    await is_free_while_waiting(
        db,
        venue.stage.organizer_id,
        first,
        QUOTA.replace("$2", f"'{last}'"),
        venue.staff.patch(f"{venue.event}/quotas/{last}", json={"capacity": 12, "all_dates": True}),
    )


async def test_ranking_who_waits_anew_locks_the_quotas_before_their_places(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", quantity=1)
    done(await shop.buy(ada, line(kind), email="ada@example.org"), 201)
    await open_list(shop)
    await wait(shop, ada, "bob@example.org", kind)
    await is_free_while_waiting(
        shop.db,
        shop.stage.organizer_id,
        (await shop.quota("Regular"))["id"],
        "SELECT FROM events.waiting WHERE organizer_id = $1 FOR UPDATE",
        shop.staff.patch(f"{shop.event}/waitlist-settings", json={"mode": "lottery"}),
    )
