"""A hall of 2,000 seats out of a seating-plan file, sold as docs/how-to/sell-seats.md tells."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2

from boxoffice.data.postgres import Database
from boxoffice.services.events.rules.seats.halls import concert_hall
from boxoffice.services.events.rules.seats.plans import exported
from tests.support.product import Product
from tests.support.seated import blocks_path, labels, orders_path, seat_id, seating_path
from tests.support.staff import staff_of
from tests.support.stage import Stage, set_stage

PRICES = ("Premium", "Standard", "Balcony")


async def open_hall(staff: httpx2.AsyncClient, stage: Stage) -> dict[str, Any]:
    maps = f"/api/v1/organizers/{stage.slug}/seat-maps"
    made = await staff.post(maps, json={"plan": exported(concert_hall())})
    assert made.status_code == 201, made.text
    categories = {name: str(kind) for name, kind in zip(PRICES, stage.types, strict=True)}
    body = {"seat_map_id": made.json()["id"], "categories": categories}
    attached = await staff.put(seating_path(stage), json=body)
    assert attached.status_code == 200, attached.text
    return attached.json()


async def test_a_hall_from_a_seating_plan_file_with_three_categories_seats_a_party_of_four(
    db: Database, product: Product
) -> None:
    """E16 and E17: front and middle of the category, side by side."""
    stage = await set_stage(db, capacities=[1, 1, 1])
    async with staff_of(product, stage, role="owner") as staff, product.visitor() as ada:
        event = await open_hall(staff, stage)
        assert [quota["capacity"] for quota in event["quotas"]] == [455, 840, 705]
        line = {"ticket_type_id": str(stage.types[2]), "quantity": 4, "best_available": {}}
        body = {
            "event_id": str(stage.event_id),
            "items": [line],
            "buyer": {"email": "ada@example.org", "name": "Ada Lovelace"},
        }
        order = await ada.post(orders_path(stage), json=body)
        assert labels(order.json()) == ["A-22", "A-23", "A-24", "A-25"]
        page = (await ada.get(f"/api/v1/events/{stage.slug}/show")).json()
        assert [offer["seated"] for offer in page["offers"]] == [True, True, True]


async def test_a_blocked_seat_cannot_be_bought_until_the_staff_releases_it(
    db: Database, product: Product
) -> None:
    """E18."""
    stage = await set_stage(db, capacities=[1, 1, 1])
    async with staff_of(product, stage, role="owner") as staff, product.visitor() as ada:
        await open_hall(staff, stage)
        body = {"reason": "Press", "seats": [seat_id(stage, 0)]}
        block = (await staff.post(blocks_path(stage), json=body)).json()
        line = {
            "ticket_type_id": str(stage.types[0]), "quantity": 1, "seats": [seat_id(stage, 0)],
        }  # fmt: skip
        wanted = {"event_id": str(stage.event_id), "items": [line]}
        refused = await ada.post(orders_path(stage), json=wanted)
        assert (refused.status_code, refused.json()["code"]) == (409, "seat_taken")
        await staff.delete(f"{blocks_path(stage)}/{block['id']}")
        assert (await ada.post(orders_path(stage), json=wanted)).status_code == 201


async def test_a_block_that_has_ended_is_released_without_a_word(
    db: Database, product: Product
) -> None:
    stage = await set_stage(db, capacities=[1, 1, 1])
    async with staff_of(product, stage, role="owner") as staff, product.visitor() as ada:
        await open_hall(staff, stage)
        ends = (datetime.now(UTC) + timedelta(days=1)).isoformat()
        body = {"reason": "Press", "seats": [seat_id(stage, 0)], "expires_at": ends}
        block = (await staff.post(blocks_path(stage), json=body)).json()
        async with db.begin(stage.organizer_id) as tx:
            for table, column in (("blocks", "id"), ("claims", "holder")):
                await tx.connection.exec_driver_sql(
                    f"UPDATE events.{table} SET expires_at = expires_at - interval '2 days' "  # noqa: S608  # our own text
                    f"WHERE organizer_id = $1 AND {column} = $2",
                    (stage.organizer_id, UUID(block["id"])),
                )
        line = {
            "ticket_type_id": str(stage.types[0]), "quantity": 1, "seats": [seat_id(stage, 0)],
        }  # fmt: skip
        wanted = {"event_id": str(stage.event_id), "items": [line]}
        assert (await ada.post(orders_path(stage), json=wanted)).status_code == 201
        released = await staff.delete(f"{blocks_path(stage)}/{block['id']}")
        assert (released.status_code, released.json()["seats"]) == (200, [])
        assert (await staff.get(blocks_path(stage))).json() == []


async def test_only_the_team_blocks_seats_and_changes_maps(db: Database, product: Product) -> None:
    stage = await set_stage(db, capacities=[1])
    async with product.visitor() as ada:
        for method, path in (
            ("POST", blocks_path(stage)),
            ("PUT", seating_path(stage)),
            ("POST", f"/api/v1/organizers/{stage.slug}/seat-maps"),
        ):
            answer = await ada.request(method, path, json={})
            assert answer.status_code in {401, 404}, answer.text
