"""Ticket types and quotas as their organizer sets them up."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from boxoffice.kernel.ids import new_id
from tests.services.events.house import Team, accepted, refused, wrong_fields

TYPES = "/ticket-types"


def moment(**ahead: float) -> str:
    return (datetime.now(UTC) + timedelta(**ahead)).isoformat()


def by_name(things: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {thing["name"]: thing for thing in things}


async def test_a_type_with_a_quantity_gets_a_quota_of_its_own(team: Team) -> None:
    event = await team.create()
    body = {"name": "Balcony", "price": 4000, "quantity": 20, "max_per_order": 4}
    changed = accepted(await team.post(event, TYPES, body), 201)
    kinds, quotas = by_name(changed["ticket_types"]), by_name(changed["quotas"])
    assert kinds["Balcony"]["quota_ids"] == [quotas["Balcony"]["id"]]
    assert kinds["Balcony"]["position"] == 1
    assert quotas["Balcony"]["capacity"] == 20


async def test_types_can_share_a_quota(team: Team) -> None:
    event = await team.create()
    hall = event["quotas"][0]["id"]
    body = {"name": "Student", "price": 1000, "quota_ids": [hall, hall]}
    changed = accepted(await team.post(event, TYPES, body), 201)
    (quota,) = changed["quotas"]
    assert sorted(quota["ticket_type_ids"]) == sorted(k["id"] for k in changed["ticket_types"])


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"quantity": None}, {"/quantity": "missing"}),
        ({"quota_ids": [str(new_id())]}, {"/quota_ids": "contradiction"}),
        ({"quantity": None, "quota_ids": [str(new_id())]}, {"/quota_ids": "unknown_quota"}),
        ({"name": ""}, {"/name": "missing"}),
        ({"price": -5}, {"/price": "out_of_range"}),
        ({"price": 10**9 + 1}, {"/price": "out_of_range"}),
        ({"min_per_order": 0}, {"/min_per_order": "out_of_range"}),
        ({"min_per_order": 5, "max_per_order": 4}, {"/max_per_order": "out_of_range"}),
        ({"sales_start": "2027-01-02T00:00:00"}, {"/sales_start": "bad_time"}),
        ({"sales_start": "0001-01-01T00:00:00+14:00"}, {"/sales_start": "bad_time"}),
        ({"sales_end": "9999-12-31T23:59:59-14:00"}, {"/sales_end": "bad_time"}),
        (
            {"sales_start": "2027-01-02T00:00:00Z", "sales_end": "2027-01-01T00:00:00Z"},
            {"/sales_end": "end_before_start"},
        ),
    ],
)
async def test_a_wrong_type_is_refused(
    team: Team, changes: dict[str, Any], wrong: dict[str, str]
) -> None:
    event = await team.create()
    body = {"name": "Balcony", "price": 4000, "quantity": 20} | changes
    assert wrong_fields(await team.post(event, TYPES, body)) == wrong
    assert len(accepted(await team.get(event))["ticket_types"]) == 1


async def test_another_events_quota_is_unknown(team: Team) -> None:
    event, other = await team.create(), await team.create()
    body = {"name": "Guest", "price": 0, "quota_ids": [other["quotas"][0]["id"]]}
    assert wrong_fields(await team.post(event, TYPES, body)) == {"/quota_ids": "unknown_quota"}
    kind = other["ticket_types"][0]["id"]
    refused(await team.patch(event, f"{TYPES}/{kind}", price=1), 404, "not_found")
    quota = other["quotas"][0]["id"]
    refused(await team.patch(event, f"/quotas/{quota}", capacity=1), 404, "not_found")


async def test_only_what_is_named_changes_about_a_type(team: Team) -> None:
    event = await team.create()
    kind = event["ticket_types"][0]
    path = f"{TYPES}/{kind['id']}"
    changed = accepted(await team.patch(event, path, price=3000, sales_end=moment(days=2)))
    (now,) = changed["ticket_types"]
    assert now["price"]["amount"] == 3000
    assert now["sales_end"] is not None
    assert now["name"] == kind["name"]
    reset = accepted(await team.patch(event, path, sales_end=None))
    assert reset["ticket_types"][0]["sales_end"] is None


async def test_a_type_nobody_holds_is_deleted_with_its_own_quota(team: Team) -> None:
    event = await team.create()
    path = f"{TYPES}/{event['ticket_types'][0]['id']}"
    left = accepted(await team.delete(event, path))
    assert left["ticket_types"] == left["quotas"] == []
    refused(await team.delete(event, path), 404, "not_found")


async def test_a_shared_quota_outlives_one_of_its_types(team: Team) -> None:
    event = await team.create()
    hall = event["quotas"][0]["id"]
    body = {"name": "Student", "price": 1000, "quota_ids": [hall]}
    await team.post(event, TYPES, body)
    left = accepted(await team.delete(event, f"{TYPES}/{event['ticket_types'][0]['id']}"))
    assert [quota["id"] for quota in left["quotas"]] == [hall]
    assert [kind["name"] for kind in left["ticket_types"]] == ["Student"]


async def test_a_type_that_is_sold_stays(team: Team) -> None:
    event = await team.published()
    await team.claim(event, 2)
    path = f"{TYPES}/{event['ticket_types'][0]['id']}"
    refused(await team.delete(event, path), 409, "ticket_type_in_use")
    assert accepted(await team.patch(event, path, on_sale=False))["ticket_types"]


@pytest.mark.contrived
async def test_a_quota_says_what_became_of_its_units(team: Team) -> None:
    event = await team.published()
    await team.claim(event, 30)
    await team.claim(event, 5, expires_at=datetime.now(UTC) + timedelta(minutes=5))
    await team.claim(event, 3, expires_at=datetime.now(UTC) - timedelta(seconds=1))
    await team.claim(event, 2, kind="block")
    (quota,) = accepted(await team.get(event))["quotas"]
    counted = {name: quota[name] for name in ("claimed", "sold", "held", "blocked", "free")}
    assert counted == {"claimed": 40, "sold": 30, "held": 5, "blocked": 2, "free": 63}
    assert quota["overbooked_by"] == 0
    (row,) = accepted(await team.browser.get(team.path))["items"]
    assert (row["sold"], row["capacity"]) == (30, 100)


async def test_a_hall_with_front_seats_in_it_is_counted_once(team: Team) -> None:
    event = await team.create()
    hall = event["quotas"][0]["id"]
    body = {"name": "Front row", "price": 9000, "quota_ids": [hall]}
    front = accepted(await team.post(event, TYPES, body), 201)["ticket_types"][1]["id"]
    limit = {"name": "Front row", "capacity": 10, "ticket_type_ids": [front]}
    both = accepted(await team.post(event, "/quotas", limit), 201)
    assert len(both["ticket_types"][1]["quota_ids"]) == 2
    (row,) = accepted(await team.browser.get(team.path))["items"]
    assert row["capacity"] == 100


async def test_a_new_limit_counts_what_is_sold_already(team: Team) -> None:
    event = await team.published()
    holder = await team.claim(event, 30)
    await team.claim(event, 5, expires_at=datetime.now(UTC) + timedelta(minutes=5))
    kind = event["ticket_types"][0]["id"]
    limit = {"name": "Fire safety", "capacity": 20, "ticket_type_ids": [kind]}
    quotas = by_name(accepted(await team.post(event, "/quotas", limit), 201)["quotas"])
    safety = quotas["Fire safety"]
    assert (safety["claimed"], safety["sold"], safety["held"]) == (35, 30, 5)
    assert (safety["free"], safety["overbooked_by"]) == (0, 15)
    async with team.house.db.begin(team.organizer_id) as tx:
        await team.house.events.stock.standing(tx, [holder])
        await team.house.events.stock.release(tx, [holder])
    quotas = by_name(accepted(await team.get(event))["quotas"])
    assert [quota["claimed"] for quota in quotas.values()] == [5, 5]


@pytest.mark.parametrize("body", [{"name": "x"}, {"name": "x", "capacity": -1}])
async def test_a_wrong_quota_is_refused(team: Team, body: dict[str, Any]) -> None:
    event = await team.create()
    assert wrong_fields(await team.post(event, "/quotas", body)).keys() == {"/capacity"}
    unknown = {"name": "x", "capacity": 1, "ticket_type_ids": [str(new_id())]}
    assert wrong_fields(await team.post(event, "/quotas", unknown)) == {
        "/ticket_type_ids": "unknown_ticket_type"
    }
