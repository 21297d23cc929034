"""Capacity changed while tickets are sold: the ceiling of a quota holds, whoever comes first."""

import asyncio
from typing import Any
from uuid import UUID

from boxoffice.data.transience import RetryBatch
from boxoffice.kernel.ids import new_id
from boxoffice.services.events.api import Granted, NotOnSale, SoldOut, Want, WantedLine
from tests.services.events.house import Team, accepted


async def buy(team: Team, event: dict[str, Any], units: int = 1) -> str:
    """One purchase, as selling does it: `sold`, or the code of the refusal."""
    kind = UUID(event["ticket_types"][0]["id"])
    want = Want(
        holder=new_id(),
        event_id=UUID(event["id"]),
        occurrence_id=None,
        lines=(WantedLine(ticket_type_id=kind, quantity=units),),
        expires_at=None,
    )
    stock = team.house.events.stock
    async with team.house.db.begin(team.organizer_id) as tx:
        (outcome,) = await stock.claim(tx, await stock.lock_types(tx, [kind]), [want])
    if isinstance(outcome, Granted):
        return "sold"
    assert isinstance(outcome, SoldOut | NotOnSale), outcome
    return outcome.code


async def quotas(team: Team, event: dict[str, Any]) -> list[dict[str, Any]]:
    return accepted(await team.get(event))["quotas"]


async def walls(team: Team, event: dict[str, Any]) -> list[tuple[int, int, int]]:
    """Of each quota: capacity, claimed, ceiling; and its claims must add up."""
    rows = await team.house.rows(
        "SELECT q.capacity, q.claimed, q.ceiling, (SELECT coalesce(sum(units), 0) "
        "FROM events.claims c WHERE c.quota_id = q.id AND c.released_at IS NULL) AS counted "
        "FROM events.quotas q WHERE q.event_id = $1 ORDER BY q.id",
        event["id"],
    )
    assert all(row.counted == row.claimed <= row.ceiling for row in rows), rows
    return [(row.capacity, row.claimed, row.ceiling) for row in rows]


async def test_a_capacity_below_what_is_sold_overbooks_and_sells_nothing(team: Team) -> None:
    event = await team.published()
    quota = event["quotas"][0]["id"]
    holders = [await team.claim(event, 1) for _ in range(60)]
    changed = accepted(await team.patch(event, f"/quotas/{quota}", capacity=50))
    assert changed["quotas"][0]["overbooked_by"] == 10
    assert changed["quotas"][0]["free"] == 0
    assert await walls(team, event) == [(50, 60, 60)]
    assert await buy(team, event) == "sold_out"
    stock = team.house.events.stock
    for holder in holders[:11]:
        async with team.house.db.begin(team.organizer_id) as tx:
            await stock.standing(tx, [holder])
            await stock.release(tx, [holder])
    assert await walls(team, event) == [(50, 49, 50)]
    assert [await buy(team, event), await buy(team, event)] == ["sold", "sold_out"]


async def test_raising_the_capacity_sells_again(team: Team) -> None:
    ticket = {"name": "R", "price": 0, "quantity": 1}
    event = await team.published(ticket=ticket)
    assert [await buy(team, event), await buy(team, event)] == ["sold", "sold_out"]
    await team.patch(event, f"/quotas/{event['quotas'][0]['id']}", capacity=2)
    assert [await buy(team, event), await buy(team, event)] == ["sold", "sold_out"]
    assert await walls(team, event) == [(2, 2, 2)]


async def test_capacity_changes_in_the_middle_of_a_sale_lose_nothing(team: Team) -> None:
    event = await team.published(ticket={"name": "R", "price": 0, "quantity": 200})
    path = f"/quotas/{event['quotas'][0]['id']}"

    async def edit() -> None:
        for capacity in (5, 80, 20, 300, 1, 40):
            accepted(await team.patch(event, path, capacity=capacity))

    outcomes = await asyncio.gather(edit(), *(buy(team, event) for _ in range(120)))
    sold = outcomes.count("sold")
    ((capacity, claimed, ceiling),) = await walls(team, event)
    assert capacity == 40
    assert claimed == sold
    assert ceiling == max(40, sold)


async def test_a_limit_added_in_the_middle_of_a_sale_counts_every_ticket(team: Team) -> None:
    event = await team.published(ticket={"name": "R", "price": 0, "quantity": 500})
    kind = event["ticket_types"][0]["id"]
    limit = {"name": "Fire safety", "capacity": 30, "ticket_type_ids": [kind]}

    async def sell() -> str:
        while True:
            try:
                return await buy(team, event)
            except RetryBatch:  # the type gained a quota: what the coalescer does
                continue

    async def add_limit() -> None:
        await asyncio.sleep(0.05)
        accepted(await team.post(event, "/quotas", limit), 201)

    outcomes = await asyncio.gather(add_limit(), *(sell() for _ in range(100)))
    sold = outcomes.count("sold")
    counted = await walls(team, event)
    assert {claimed for _, claimed, _ in counted} == {sold}
    by_name = {quota["name"]: quota for quota in await quotas(team, event)}
    assert by_name["Fire safety"]["free"] == 0
    assert await buy(team, event) == "sold_out"


async def test_nothing_sells_once_the_event_is_over_or_taken_down(team: Team) -> None:
    event = await team.published()
    assert await buy(team, event) == "sold"
    await team.house.rows(
        "UPDATE events.occurrences SET starts_at = now() - interval '2 hours', "
        "ends_at = now() - interval '1 second' WHERE event_id = $1",
        event["id"],
    )
    assert await buy(team, event) == "not_on_sale"
    other = await team.published()
    accepted(await team.post(other, "/unpublish"))
    assert await buy(team, other) == "not_on_sale"
