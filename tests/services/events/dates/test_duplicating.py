"""A duplicate of an event from another day on."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.services.events.dates.calendar_of_dates import (
    all_series,
    at,
    clocks,
    day,
    quotas_of,
    series_of,
    weekly,
)
from tests.services.events.house import Team, accepted, wrong_fields
from tests.services.events.pictures import picture
from tests.services.events.test_covers import upload


async def test_duplicate_an_event_shifting_all_relative_dates(team: Team) -> None:
    """E3: dates, doors, sale windows and the series move by the clock; nothing sold is copied."""
    event = await weekly(team)
    kind = event["ticket_types"][0]
    window = {"sales_start": f"{day(1)}T10:00:00Z", "sales_end": f"{day(9)}T23:59:00Z"}
    accepted(await team.patch(event, f"/ticket-types/{kind['id']}", **window))
    path = f"/occurrences/{event['occurrences'][1]['id']}"
    accepted(await team.patch(event, path, starts_at=at(17, "20:00"), doors_at=at(17, "18:00")))
    await team.claim(event, 3)
    accepted(await team.post(event, "/publish"))

    body = {"starts_at": at(52, "20:00"), "title": "Night Train, again"}
    copy = accepted(await team.post(event, "/duplicate", body), 201)
    assert (copy["status"], copy["title"]) == ("draft", "Night Train, again")
    assert copy["slug"] != event["slug"]
    assert clocks(copy) == [at(52, "20:00"), at(59, "21:00"), at(66, "20:00"), at(73, "20:00")]
    assert copy["occurrences"][1]["doors_at"][:16] == at(59, "19:00")
    assert {one["sequence"] for one in copy["occurrences"]} == {0}
    (copied,) = copy["ticket_types"]
    assert copied["sales_start"][:16] == at(43, "11:00")
    assert copied["sales_end"][:16] == at(52, "00:59")
    assert copied["id"] != kind["id"]
    assert [quotas_of(copy, number) for number in range(4)] == [[("Regular", 100, 100)]] * 4
    assert len({one["kin"] for one in copy["quotas"]}) == 1
    series = await series_of(team, copy)
    assert series["starts_at"] == at(52, "20:00")
    assert [one["fields"] for one in series["drifted"]] == [["starts_at", "ends_at", "doors_at"]]


async def test_a_duplicate_moves_by_the_clock_over_the_change_to_summer_time(team: Team) -> None:
    event = await team.create(starts_at="2028-02-10T19:00", ends_at="2028-02-10T22:00")
    copy = accepted(await team.post(event, "/duplicate", {"starts_at": "2028-06-10T19:00"}), 201)
    (date,) = copy["occurrences"]
    assert date["starts_at"][11:16] == "17:00"
    assert date["ends_at"][11:16] == "20:00"


async def test_a_series_whose_rule_has_no_such_first_date_becomes_single_dates(team: Team) -> None:
    event = await team.create(timezone="UTC", starts_at=at(10), ends_at=at(10, "21:00"))
    monthday = f"FREQ=MONTHLY;BYMONTHDAY={day(10).day};COUNT=3"
    body = {"rule": monthday, "starts_at": at(10), "ends_at": at(10, "21:00")}
    event = accepted(await team.post(event, "/series", body), 201)
    copy = accepted(await team.post(event, "/duplicate", {"starts_at": at(11)}), 201)
    assert len(copy["occurrences"]) == len(event["occurrences"])
    assert await all_series(team, copy) == []


async def test_a_duplicate_says_what_is_wrong_and_is_made_once(team: Team) -> None:
    event = await team.create()
    far = {"starts_at": "2199-12-30T10:00"}
    assert wrong_fields(await team.post(event, "/duplicate", {"starts_at": "x"})) == {
        "/starts_at": "bad_time"
    }
    accepted(await team.post(event, "/duplicate", far), 201)
    key = {"Idempotency_Key": "a-copy-of-this-event-please"}
    body = {"starts_at": at(50)}
    first, again = [await team.post(event, "/duplicate", body, **key) for _ in range(2)]
    assert accepted(first, 201)["id"] == accepted(again, 201)["id"]


async def test_the_cover_of_a_duplicate_outlives_that_of_the_original(team: Team) -> None:
    event = await team.create()
    url = f"{team.path}/{event['id']}/cover"
    accepted(await upload(team, event, picture()))
    copy = accepted(await team.post(event, "/duplicate", {"starts_at": at(50)}), 201)
    accepted(await team.browser.delete(url))
    shown = await team.browser.get(copy["cover"]["url"])
    assert shown.status_code == 200


@pytest.mark.contrived
async def test_blocks_and_holds_are_not_copied(team: Team) -> None:
    event = await team.create()
    await team.claim(event, 5, kind="block")
    await team.claim(event, 2, expires_at=datetime.now(UTC) + timedelta(minutes=5))
    copy = accepted(await team.post(event, "/duplicate", {"starts_at": at(50)}), 201)
    (quota,) = copy["quotas"]
    assert (quota["claimed"], quota["free"]) == (0, 100)
    rows = await team.house.rows(
        "SELECT count(*) FROM events.claims c JOIN events.quotas q ON q.id = c.quota_id "
        "WHERE q.event_id = $1",
        UUID(copy["id"]),
    )
    assert rows[0][0] == 0
