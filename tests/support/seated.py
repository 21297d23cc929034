"""A stage whose tickets are seats of a small drawn hall."""

from typing import Any
from uuid import UUID

import httpx2

from boxoffice.data.postgres import Database
from boxoffice.services.events.rules.seats.choosing import seat_prefix
from boxoffice.services.events.rules.seats.plans import exported
from tests.support.halls import plan_of
from tests.support.product import Product
from tests.support.staff import staff_of
from tests.support.stage import Stage, set_stage


async def seated_stage(
    db: Database, product: Product, rows: list[str], *, price: int = 0, shared: int | None = None
) -> Stage:
    """Category A of the drawn rows is the stage's first type, B the second.

    `shared` adds a quota of that capacity that both types count against as well.
    """
    shares = [[0], [1]] if shared is None else [[0, 2], [1, 2]]
    capacities = [5, 5] if shared is None else [5, 5, shared]
    stage = await set_stage(db, capacities=capacities, shares=shares, price=price, max_per_order=50)
    async with staff_of(product, stage, role="owner") as staff:
        await attach(staff, stage, rows)
    return stage


async def attach(staff: httpx2.AsyncClient, stage: Stage, rows: list[str]) -> dict[str, Any]:
    """Import the drawn rows and give them to the stage's date."""
    organizer = f"/api/v1/organizers/{stage.slug}"
    made = await staff.post(f"{organizer}/seat-maps", json={"plan": exported(plan_of(rows))})
    assert made.status_code == 201, made.text
    done = await staff.put(seating_path(stage), json=attachment(stage, made.json()))
    assert done.status_code == 200, done.text
    return made.json()


def attachment(stage: Stage, seat_map: dict[str, Any]) -> dict[str, Any]:
    """The body that sells A as the first type and B as the second."""
    return {
        "seat_map_id": seat_map["id"],
        "categories": {"A": str(stage.types[0]), "B": str(stage.types[1])},
    }


def seating_path(stage: Stage) -> str:
    return f"/api/v1/organizers/{stage.slug}/events/{stage.event_id}/seating"


def blocks_path(stage: Stage) -> str:
    return f"/api/v1/organizers/{stage.slug}/events/{stage.event_id}/blocks"


def orders_path(stage: Stage) -> str:
    return f"/api/v1/organizers/{stage.slug}/orders"


def seat_id(stage: Stage, ordinal: int) -> str:
    """The id of the seat that was the n-th of the drawn ones, from 0."""
    return str(UUID(bytes=seat_prefix(stage.occurrence_id) + ordinal.to_bytes(4, "big")))


def wish(stage: Stage, *ordinals: int, kind: int = 0, best: int = 0, **how: Any) -> dict[str, Any]:
    """A line of an order: these seats, or the `best` so many (`how`: `accessible`, `may_split`)."""
    line: dict[str, Any] = {"ticket_type_id": str(stage.types[kind])}
    if ordinals:
        return line | {
            "quantity": len(ordinals),
            "seats": [seat_id(stage, ordinal) for ordinal in ordinals],
        }
    return line | {"quantity": best, "best_available": how}


def order(stage: Stage, *lines: dict[str, Any], buyer: bool = True) -> dict[str, Any]:
    """The body of `open_order`."""
    body: dict[str, Any] = {"event_id": str(stage.event_id), "items": list(lines)}
    if buyer:
        body["buyer"] = {"email": "ada@example.org", "name": "Ada Lovelace"}
    return body


def labels(order: dict[str, Any]) -> list[str]:
    """`1-4` is seat 4 of row 1."""
    return [f"{one['seat']['row']}-{one['seat']['number']}" for one in order["positions"]]


async def taken(db: Database, stage: Stage) -> dict[str, int]:
    """How often each seat is claimed now; the quotas' counters agree with their claims."""
    async with db.begin(stage.organizer_id) as tx:
        wrong = await tx.connection.exec_driver_sql(
            "SELECT q.claimed, sum(c.units) FROM events.quotas q LEFT JOIN events.claims c "
            "ON c.organizer_id = q.organizer_id AND c.quota_id = q.id AND c.released_at IS NULL "
            "WHERE q.organizer_id = $1 GROUP BY q.organizer_id, q.id "
            "HAVING q.claimed <> coalesce(sum(c.units), 0)",
            (stage.organizer_id,),
        )
        assert wrong.all() == []
        seats = await tx.connection.exec_driver_sql(
            "SELECT seat_id, count(*) AS times FROM events.claims WHERE organizer_id = $1 "
            "AND seat_id IS NOT NULL AND released_at IS NULL GROUP BY seat_id",
            (stage.organizer_id,),
        )
        return {str(row.seat_id): row.times for row in seats}
