"""Seat maps: imported, generated, attached to dates, and blocked, through the API."""

import asyncio
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2

from boxoffice.services.events.rules.seats.choosing import seat_prefix
from boxoffice.services.events.rules.seats.plans import exported
from tests.services.events.house import House, Team, accepted, refused, wrong_fields
from tests.support.halls import plan_of


def maps(team: Team) -> str:
    return f"/api/v1/organizers/{team.slug}/seat-maps"


async def imported(team: Team, rows: list[str]) -> dict[str, Any]:
    body = {"plan": exported(plan_of(rows))}
    return accepted(await team.browser.post(maps(team), json=body), 201)


async def seated(team: Team, rows: list[str]) -> dict[str, Any]:
    """A published event: category A of the map is its first ticket type, B its second."""
    event = await team.published()
    second = {"name": "Second", "price": 1500, "quantity": 3}
    event = accepted(await team.post(event, "/ticket-types", second), 201)
    return await attached(team, event, await imported(team, rows))


async def attached(
    team: Team, event: dict[str, Any], seat_map: dict[str, Any], **more: Any
) -> dict[str, Any]:
    return accepted(await put(team, event, attachment(event, seat_map) | more))


def attachment(event: dict[str, Any], seat_map: dict[str, Any]) -> dict[str, Any]:
    first, second = event["ticket_types"]
    return {
        "seat_map_id": seat_map["id"],
        "categories": {"A": first["id"], "B": second["id"]},
    }


async def put(team: Team, event: dict[str, Any], body: dict[str, Any]) -> httpx2.Response:
    return await team.browser.put(f"{team.path}/{event['id']}/seating", json=body)


def seat(event: dict[str, Any], ordinal: int) -> str:
    date = UUID(event["occurrences"][0]["id"])
    return str(UUID(bytes=seat_prefix(date) + ordinal.to_bytes(4, "big")))


def public(team: Team, event: dict[str, Any], path: str = "/seats") -> str:
    return f"/api/v1/events/{team.slug}/{event['slug']}{path}"


def bits(encoded: str, count: int) -> str:
    packed = b64decode(encoded)
    return "".join(str(packed[n // 8] >> n % 8 & 1) for n in range(count))


async def test_an_imported_plan_is_exported_as_it_was(team: Team) -> None:
    plan = exported(plan_of(["..a", "BBB"]))
    made = accepted(await team.browser.post(maps(team), json={"plan": plan}), 201)
    assert (made["version"], made["seats"], made["accessible"]) == (1, 6, 1)
    assert [(one["name"], one["seats"]) for one in made["categories"]] == [("A", 3), ("B", 3)]
    answer = await team.browser.get(f"{maps(team)}/{made['id']}/plan")
    assert answer.json() == plan
    listed = accepted(await team.browser.get(maps(team)))
    assert [one["id"] for one in listed["items"]] == [made["id"]]


async def test_a_plan_with_faults_is_refused_with_all_of_them(team: Team) -> None:
    plan = exported(plan_of(["..", "B"]))
    plan["zones"][0]["rows"][0]["seats"][1]["category"] = "Nowhere"
    plan["zones"][0]["rows"][1]["seats"][0]["seat_guid"] = "1-1"
    answer = await team.browser.post(maps(team), json={"plan": plan})
    assert refused(answer, 422, "bad_seating_plan")["problems"] == 2
    assert wrong_fields(answer) == {
        "/plan/zones/0/rows/0/seats/1/category": "unknown_category",
        "/plan/zones/0/rows/1/seats/0/seat_guid": "twice",
    }


async def test_a_map_is_generated_of_straight_and_curved_sections(team: Team) -> None:
    body: dict[str, Any] = {
        "name": "Round house",
        "stage": {"x": 300, "y": 0},
        "sections": [
            {"name": "Stalls", "category": "Front", "rows": 10, "seats": 20, "curvature": 60,
             "aisles_after": [10], "x": 300, "y": 100},
            {"name": "Circle", "category": "Back", "rows": 4, "seats": 30, "x": 300, "y": 500},
        ],
    }  # fmt: skip
    made = accepted(await team.browser.post(f"{maps(team)}/generate", json=body), 201)
    assert made["seats"] == 320
    assert [(one["name"], one["seats"]) for one in made["categories"]] == [
        ("Front", 200), ("Back", 120),
    ]  # fmt: skip
    body["sections"][1]["rows"] = 0
    wrong = await team.browser.post(f"{maps(team)}/generate", json=body)
    assert wrong_fields(wrong) == {"/sections/1/rows": "out_of_range"}


async def test_attaching_a_map_makes_the_quotas_as_large_as_their_seats(team: Team) -> None:
    event = await seated(team, ["....", "BB"])
    assert [(one["name"], one["capacity"], one["seated"]) for one in event["quotas"]] == [
        ("Regular", 4, True), ("Second", 2, True),
    ]  # fmt: skip
    (seating,) = (await team.get(event, "/seating")).json()
    assert seating["version"] == 1
    page = accepted(await team.browser.get(public(team, event, "")))
    assert [offer["seated"] for offer in page["offers"]] == [True, True]


async def test_every_category_needs_a_ticket_type_of_this_event(team: Team) -> None:
    event = await team.create()
    seat_map = await imported(team, ["..", "B"])
    kind = event["ticket_types"][0]["id"]
    body = {"seat_map_id": seat_map["id"], "categories": {"A": kind, "C/D": kind}}
    assert wrong_fields(await put(team, event, body)) == {
        "/categories/B": "missing",
        "/categories/C~1D": "unknown_category",
    }
    body["categories"] = {"A": kind, "B": seat_map["id"]}
    assert wrong_fields(await put(team, event, body)) == {"/categories/B": "unknown_ticket_type"}
    body = {"seat_map_id": kind, "categories": {}}
    assert wrong_fields(await put(team, event, body)) == {"/seat_map_id": "unknown_seat_map"}


async def test_standing_areas_are_sold_without_seats(team: Team) -> None:
    plan = exported(plan_of(["..."]))
    plan["zones"][0]["areas"] = [
        {"position": {"x": 0, "y": 0}, "standing": {"category": "B", "capacity": 250}}
    ]
    seat_map = accepted(await team.browser.post(maps(team), json={"plan": plan}), 201)
    event = await team.create()
    event = accepted(
        await team.post(event, "/ticket-types", {"name": "Floor", "price": 1, "quantity": 1}), 201
    )
    event = await attached(team, event, seat_map)
    assert [(one["capacity"], one["seated"]) for one in event["quotas"]] == [
        (3, True), (250, False),
    ]  # fmt: skip


async def test_types_that_have_sold_without_seats_cannot_get_any(team: Team) -> None:
    event = await team.create()
    event = accepted(
        await team.post(event, "/ticket-types", {"name": "B", "price": 1, "quantity": 1}), 201
    )
    await team.claim(event, 2)
    seat_map = await imported(team, ["....", "B"])
    refused(await put(team, event, attachment(event, seat_map)), 409, "sold_without_seats")


async def test_types_that_come_with_another_cannot_get_numbered_seats(team: Team) -> None:
    event = await team.create()
    event = accepted(
        await team.post(event, "/ticket-types", {"name": "B", "price": 1, "quantity": 1}), 201
    )
    first, second = event["ticket_types"]
    path = f"{team.path}/{event['id']}/ticket-types/{first['id']}/extras"
    contents = {"add_on_groups": [], "contents": [{"ticket_type_id": second["id"]}]}
    accepted(await team.browser.put(path, json=contents))
    seat_map = await imported(team, ["....", "B"])
    wrong = refused(await put(team, event, attachment(event, seat_map)), 422, "invalid")
    assert [(one["pointer"], one["code"]) for one in wrong["errors"]] == [
        ("/categories/B", "ticket_type_bound")
    ]


async def test_a_new_version_keeps_who_sits_where_and_may_not_lose_them(team: Team) -> None:
    event = await seated(team, ["....", "BB"])
    block = {"reason": "Press", "seats": [seat(event, 1)]}
    accepted(await team.post(event, "/blocks", block), 201)
    seat_map = accepted(await team.browser.get(maps(team)))["items"][0]
    path = f"{maps(team)}/{seat_map['id']}/versions"
    longer = {"plan": exported(plan_of(["......", "BB"]))}
    assert accepted(await team.browser.post(path, json=longer), 201)["version"] == 2
    event = await attached(team, event, seat_map)
    assert event["quotas"][0]["capacity"] == 6
    (kept,) = (await team.get(event, "/blocks")).json()
    assert kept["seats"][0]["label"] == "Hall, row 1, seat 2"
    shorter = {"plan": exported(plan_of([".", "BB"]))}
    accepted(await team.browser.post(path, json=shorter), 201)
    lost = refused(await put(team, event, attachment(event, seat_map)), 409, "seats_in_use")
    assert lost["seats"] == ["Hall, row 1, seat 2"]
    other = await imported(team, ["......", "BB"])
    refused(await put(team, event, attachment(event, other)), 409, "seats_in_use")
    gone = await team.browser.delete(f"{team.path}/{event['id']}/seating")
    refused(gone, 409, "seats_in_use")
    await team.delete(event, f"/blocks/{kept['id']}")
    accepted(await team.browser.delete(f"{team.path}/{event['id']}/seating"))
    assert (await team.get(event, "/seating")).json() == []


async def test_staff_blocks_seats_with_a_reason_and_releases_them(team: Team) -> None:
    """E18."""
    event = await seated(team, ["....", "BB"])
    body = {"reason": "House", "seats": [seat(event, 0), seat(event, 4)]}
    made = accepted(await team.post(event, "/blocks", body), 201)
    assert [one["label"] for one in made["seats"]] == [
        "Hall, row 1, seat 1", "Hall, row 2, seat 1",
    ]  # fmt: skip
    quotas = accepted(await team.get(event))["quotas"]
    assert [(one["blocked"], one["free"]) for one in quotas] == [(1, 3), (1, 1)]
    taken = refused(
        await team.post(event, "/blocks", {"reason": "Press", "seats": [seat(event, 0)]}),
        409, "seat_taken",
    )  # fmt: skip
    assert taken["seat_ids"] == [seat(event, 0)]
    await team.delete(event, f"/blocks/{made['id']}")
    assert (await team.get(event, "/blocks")).json() == []
    quotas = accepted(await team.get(event))["quotas"]
    assert [(one["blocked"], one["free"]) for one in quotas] == [(0, 4), (0, 2)]
    assert (await team.delete(event, f"/blocks/{made['id']}")).status_code == 200


async def test_an_expired_block_is_free_at_that_instant(house: House, team: Team) -> None:
    """E18."""
    event = await seated(team, ["....", "BB"])
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    body = {"reason": "Press", "seats": [seat(event, 0)], "expires_at": soon}
    accepted(await team.post(event, "/blocks", body), 201)
    for table in ("claims", "blocks"):
        await house.rows(
            f"UPDATE events.{table} SET expires_at = clock_timestamp() - interval '1 second' "  # noqa: S608
            "WHERE organizer_id = $1",
            team.organizer_id,
        )
    quota = accepted(await team.get(event))["quotas"][0]
    assert (quota["blocked"], quota["free"], quota["sold"]) == (0, 4, 0)
    assert (await team.get(event, "/blocks")).json() == []
    again = {"reason": "House", "seats": [seat(event, 0)]}
    accepted(await team.post(event, "/blocks", again), 201)


async def test_staff_blocks_units_of_a_quota_without_seats(team: Team) -> None:
    """E18."""
    event = await team.published()
    quota = event["quotas"][0]
    made = accepted(
        await team.post(
            event, "/blocks", {"reason": "Guests", "quota_id": quota["id"], "units": 98}
        ),
        201,
    )
    assert made["units"] == 98
    too_many = {"reason": "Guests", "quota_id": quota["id"], "units": 3}
    assert refused(await team.post(event, "/blocks", too_many), 409, "sold_out")["left"] == 2
    nothing = await team.post(event, "/blocks", {"reason": "?"})
    assert wrong_fields(nothing) == {"/seats": "missing"}
    past = {"reason": "?", "quota_id": quota["id"], "units": 1,
            "expires_at": "2020-01-01T00:00:00Z"}  # fmt: skip
    assert wrong_fields(await team.post(event, "/blocks", past)) == {"/expires_at": "bad_time"}


async def test_rivals_who_block_the_same_seats_get_each_once(team: Team) -> None:
    event = await seated(team, ["." * 10, "B"])
    answers = await asyncio.gather(
        *(
            team.post(event, "/blocks", {"reason": "Rush", "seats": [seat(event, n % 5)]})
            for n in range(20)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201] * 5 + [409] * 15
    assert accepted(await team.get(event))["quotas"][0]["blocked"] == 5


async def test_the_map_for_everybody_tells_only_what_is_not_free(
    team: Team, visitor: httpx2.AsyncClient
) -> None:
    event = await seated(team, ["....", "BB"])
    body = {"reason": "House", "seats": [seat(event, 1), seat(event, 5)]}
    accepted(await team.post(event, "/blocks", body), 201)
    answer = await visitor.get(public(team, event))
    seats = accepted(answer)
    assert (bits(seats["gone"], 6), bits(seats["held"], 6)) == ("010001", "000000")
    assert seats["seat_prefix"] + "00000001" == seat(event, 1).replace("-", "")
    same = await visitor.get(public(team, event), headers={"if-none-match": answer.headers["etag"]})
    assert same.status_code == 304
    drawing = await visitor.get(seats["drawing"])
    assert "immutable" in drawing.headers["cache-control"]
    (section,) = drawing.json()["sections"]
    assert [row["label"] for row in section["rows"]] == ["1", "2"]


async def test_the_team_sees_the_map_of_a_draft_and_what_is_taken(
    team: Team, visitor: httpx2.AsyncClient
) -> None:
    event = await team.create()
    seat_map = await imported(team, ["...."])
    kind = event["ticket_types"][0]["id"]
    body = {"seat_map_id": seat_map["id"], "categories": {"A": kind}}
    event = accepted(await put(team, event, body))
    accepted(await team.post(event, "/blocks", {"reason": "?", "seats": [seat(event, 2)]}), 201)
    seats = accepted(await team.get(event, "/seats"))
    assert bits(seats["gone"], 4) == "0010"
    drawing = accepted(await team.browser.get(f"{maps(team)}/{seat_map['id']}/drawing"))
    assert drawing["seats"] == 4
    refused(await visitor.get(public(team, event)), 404, "not_found")


async def test_the_same_key_again_imports_and_blocks_once(team: Team) -> None:
    key = {"idempotency-key": "0f9b2d0e-9a4a-4d3a-8a63-0d9c9ae3c001"}
    body = {"plan": exported(plan_of(["..", "B"]))}
    first = await team.browser.post(maps(team), json=body, headers=key)
    again = await team.browser.post(maps(team), json=body, headers=key)
    assert accepted(first, 201) == accepted(again, 201)
    event = await seated(team, ["....", "B"])
    block = {"reason": "House", "seats": [seat(event, 0)]}
    other = "0f9b2d0e-9a4a-4d3a-8a63-0d9c9ae3c002"
    made = [await team.post(event, "/blocks", block, idempotency_key=other) for _ in range(2)]
    assert [accepted(one, 201)["id"] for one in made] == [made[0].json()["id"]] * 2


async def test_a_map_is_only_shown_where_it_is_used(
    team: Team, visitor: httpx2.AsyncClient
) -> None:
    event = await seated(team, ["..", "B"])
    other = await team.published(title="Another")
    refused(await visitor.get(public(team, other)), 404, "not_found")
    path = accepted(await visitor.get(public(team, event)))["drawing"].rpartition("/")[2]
    refused(await visitor.get(public(team, other, f"/seat-maps/{path}")), 404, "not_found")


async def test_another_organizers_maps_are_not_found(house: House, team: Team) -> None:
    rival = await house.team()
    seat_map = await imported(rival, ["..", "B"])
    refused(await team.browser.get(f"{maps(team)}/{seat_map['id']}"), 404, "not_found")
    event = await team.create()
    body = {"seat_map_id": seat_map["id"], "categories": {}}
    assert wrong_fields(await put(team, event, body)) == {"/seat_map_id": "unknown_seat_map"}


async def test_a_new_quota_counts_every_seat_that_its_types_have_sold(team: Team) -> None:
    event = await seated(team, ["....", "BB"])
    body = {"reason": "House", "seats": [seat(event, 0), seat(event, 1), seat(event, 4)]}
    accepted(await team.post(event, "/blocks", body), 201)
    kinds = [kind["id"] for kind in event["ticket_types"]]
    hall = {"name": "Hall", "capacity": 6, "ticket_type_ids": kinds}
    event = accepted(await team.post(event, "/quotas", hall), 201)
    assert next(one for one in event["quotas"] if one["name"] == "Hall")["claimed"] == 3
