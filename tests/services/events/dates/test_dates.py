"""Events with several dates, through the API."""

from typing import Any

from tests.services.events.dates.calendar_of_dates import at, clocks, quotas_of, weekly
from tests.services.events.house import Team, accepted, refused, wrong_fields


async def test_an_event_has_several_dates_each_with_quotas_of_its_own(team: Team) -> None:
    event = await team.create(timezone="UTC", starts_at=at(10), ends_at=at(10, "21:00"))
    shared = {
        "name": "Hall",
        "capacity": 80,
        "ticket_type_ids": [event["ticket_types"][0]["id"]],
    }
    accepted(await team.post(event, "/quotas", shared), 201)
    body = {"starts_at": at(11), "ends_at": at(11, "21:00"), "doors_at": at(11, "18:30")}
    event = accepted(await team.post(event, "/occurrences", body), 201)
    assert clocks(event) == [at(10), at(11)]
    assert event["occurrences"][1]["doors_at"].startswith(at(11, "18:30"))
    assert quotas_of(event, 0) == quotas_of(event, 1) == [("Hall", 80, 80), ("Regular", 100, 100)]
    assert {len(one["ticket_type_ids"]) for one in event["quotas"]} == {1}


async def test_a_new_ticket_type_and_a_new_quota_are_for_all_dates(team: Team) -> None:
    event = await weekly(team)
    kind = {"name": "Balcony", "price": 900, "quantity": 20}
    event = accepted(await team.post(event, "/ticket-types", kind), 201)
    balcony = next(one for one in event["ticket_types"] if one["name"] == "Balcony")
    hall = {"name": "Hall", "capacity": 110, "ticket_type_ids": [balcony["id"]]}
    event = accepted(await team.post(event, "/quotas", hall), 201)
    names = [[name for name, _, _ in quotas_of(event, number)] for number in range(4)]
    assert names == [["Balcony", "Hall", "Regular"]] * 4
    first = next(one for one in event["quotas"] if one["name"] == "Hall")
    also = {"name": "Upstairs", "price": 500, "quota_ids": [first["id"]]}
    event = accepted(await team.post(event, "/ticket-types", also), 201)
    upstairs = next(one for one in event["ticket_types"] if one["name"] == "Upstairs")
    assert len(upstairs["quota_ids"]) == 4


async def test_a_capacity_changes_on_one_date_or_on_all(team: Team) -> None:
    event = await weekly(team)
    path = f"/quotas/{event['quotas'][0]['id']}"
    event = accepted(await team.patch(event, path, capacity=7))
    assert sorted(one["capacity"] for one in event["quotas"]) == [7, 100, 100, 100]
    event = accepted(await team.patch(event, path, capacity=9, all_dates=True))
    assert [one["capacity"] for one in event["quotas"]] == [9, 9, 9, 9]


async def test_a_date_moves_and_its_doors_and_end_move_along_by_the_clock(team: Team) -> None:
    event = await team.create(timezone="UTC", starts_at=at(10), ends_at=at(10, "21:00"))
    doors = {"starts_at": at(12), "ends_at": at(12, "21:30"), "doors_at": at(12, "18:00")}
    event = accepted(await team.post(event, "/occurrences", doors), 201)
    date = event["occurrences"][1]
    event = accepted(
        await team.patch(event, f"/occurrences/{date['id']}", starts_at=at(13, "20:00"))
    )
    moved = event["occurrences"][1]
    times = [moved[name][:16] for name in ("starts_at", "ends_at", "doors_at")]
    assert times == [at(13, "20:00"), at(13, "22:30"), at(13, "19:00")]
    assert (moved["id"], moved["sequence"]) == (date["id"], 1)


async def test_what_is_wrong_with_a_date_is_named(team: Team) -> None:
    event = await team.create(timezone="UTC", starts_at=at(10), ends_at=at(10, "21:00"))
    path = f"/occurrences/{event['occurrences'][0]['id']}"
    body = {"starts_at": at(10), "ends_at": at(10, "20:00")}
    refused(await team.post(event, "/occurrences", body), 409, "date_exists")
    bad: list[tuple[dict[str, Any], dict[str, str]]] = [
        ({"starts_at": at(11), "ends_at": at(11)}, {"/ends_at": "end_before_start"}),
        ({"starts_at": "soon", "ends_at": at(11)}, {"/starts_at": "bad_time"}),
        (
            {"starts_at": at(11), "ends_at": at(12), "doors_at": at(12)},
            {"/doors_at": "doors_after_start"},
        ),
    ]
    for form, fields in bad:
        assert wrong_fields(await team.post(event, "/occurrences", form)) == fields
    assert wrong_fields(await team.patch(event, path, ends_at=at(9))) == {
        "/ends_at": "end_before_start"
    }


async def test_the_last_date_cannot_be_deleted(team: Team) -> None:
    event = await team.create()
    path = f"/occurrences/{event['occurrences'][0]['id']}"
    refused(await team.delete(event, path), 409, "last_date")


async def test_a_date_with_orders_is_neither_moved_nor_deleted(team: Team) -> None:
    event = await weekly(team)
    sold = event["quotas"][0]["occurrence_id"]
    await team.claim(event, 2)
    refused(
        await team.patch(event, f"/occurrences/{sold}", starts_at=at(30)), 409, "date_has_orders"
    )
    refused(await team.delete(event, f"/occurrences/{sold}"), 409, "date_in_use")
    first = event["occurrences"][0]
    if first["id"] == sold:
        refused(await team.patch(event, starts_at=at(10, "18:00")), 409, "date_has_orders")
        refused(await team.patch(event, timezone="Asia/Tokyo"), 409, "date_has_orders")
    free = next(one["id"] for one in event["occurrences"] if one["id"] != sold)
    accepted(await team.delete(event, f"/occurrences/{free}"))


async def test_another_zone_keeps_the_clock_times_of_all_dates(team: Team) -> None:
    event = await weekly(team, count=3)
    moved = accepted(await team.patch(event, timezone="Asia/Tokyo"))
    assert clocks(moved, 9) == clocks(event)


async def test_dates_of_another_event_are_not_found(team: Team) -> None:
    event, other = await weekly(team), await team.create(title="Another")
    date = event["occurrences"][0]["id"]
    refused(await team.delete(other, f"/occurrences/{date}"), 404, "not_found")
    refused(await team.patch(other, f"/occurrences/{date}", starts_at=at(3)), 404, "not_found")


async def test_adding_a_date_twice_under_one_key_adds_it_once(team: Team) -> None:
    event = await team.create()
    body = {"starts_at": at(200), "ends_at": at(200, "21:00")}
    answers = [
        await team.post(event, "/occurrences", body, Idempotency_Key="one-more-date-please-once")
        for _ in range(2)
    ]
    assert [len(accepted(one, 201)["occurrences"]) for one in answers] == [2, 2]
