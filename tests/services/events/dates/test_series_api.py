"""Recurring series through the API: made, grown, edited, and what drifted."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests.services.events.dates.calendar_of_dates import (
    all_series,
    at,
    change_of_clocks,
    clocks,
    day,
    quotas_of,
    series_of,
    weekly,
)
from tests.services.events.house import Team, accepted, refused, wrong_fields


async def test_a_recurring_series_has_exceptions_and_additions(team: Team) -> None:
    """E4: RRULE + exceptions; the event's own date becomes the first of them."""
    event = await team.create(timezone="UTC", starts_at=at(10), ends_at=at(10, "21:00"))
    body = {
        "rule": "FREQ=WEEKLY;COUNT=4",
        "starts_at": at(10),
        "ends_at": at(10, "21:00"),
        "excepted": [str(day(17))],
        "added": [at(19, "11:00")],
    }
    shown = accepted(await team.post(event, "/series/preview", body))
    event = accepted(await team.post(event, "/series", body), 201)
    assert clocks(event) == [at(10), at(19, "11:00"), at(24), at(31)]
    assert [one["starts_at"][:16] for one in shown["dates"]] == clocks(event)
    assert shown["endless"] is False
    assert quotas_of(event, 3) == [("Regular", 100, 100)]


async def test_a_series_keeps_its_clock_time_over_the_change_of_the_clocks(team: Team) -> None:
    """Edge case 21: recur by wall clock, in the zone of the event."""
    event = await weekly(team, count=None, timezone="Europe/Berlin")
    starts = [datetime.fromisoformat(one["starts_at"]) for one in event["occurrences"]]
    assert {one.hour for one in starts} == {17, 18}
    assert {one.astimezone(ZoneInfo("Europe/Berlin")).hour for one in starts} == {19}


@pytest.mark.parametrize(
    ("month", "times"), [(3, ["01:30", "01:30", "00:30"]), (10, ["00:30", "00:30", "01:30"])]
)
async def test_edge_case_21_a_skipped_time_moves_forward_and_a_repeated_one_is_the_first(
    team: Team, month: int, times: list[str]
) -> None:
    event = await team.create()
    saturday = change_of_clocks(month) - timedelta(days=1)
    body = {
        "rule": "FREQ=DAILY;COUNT=3",
        "starts_at": f"{saturday}T02:30",
        "ends_at": f"{saturday}T04:00",
    }
    shown = accepted(await team.post(event, "/series/preview", body))
    assert [one["starts_at"][11:16] for one in shown["dates"]] == times
    assert [one["shifted"] for one in shown["dates"]] == [False, month == 3, False]


async def test_a_rule_that_is_wrong_is_named(team: Team) -> None:
    event = await team.create(timezone="UTC")
    good = {"rule": "FREQ=WEEKLY", "starts_at": at(10), "ends_at": at(10, "21:00")}
    bad: list[tuple[dict[str, Any], dict[str, str]]] = [
        ({"rule": "FREQ=SECONDLY"}, {"/rule": "bad_rule"}),
        ({"rule": "FREQ=MONTHLY;BYMONTHDAY=32"}, {"/rule": "bad_rule"}),
        ({"rule": "FREQ=DAILY;UNTIL=20200101"}, {"/rule": "rule_misses_start"}),
        ({"ends_at": at(10, "18:00")}, {"/ends_at": "end_before_start"}),
        ({"ends_at": at(80)}, {"/ends_at": "end_before_start"}),
        ({"added": ["never"]}, {"/added/0": "bad_time"}),
        ({"excepted": ["2027-02-31"]}, {"/excepted/0": "bad_time"}),
    ]
    for change, fields in bad:
        for path in ("/series", "/series/preview"):
            assert wrong_fields(await team.post(event, path, good | change)) == fields


async def test_an_endless_series_is_set_up_to_the_horizon_and_grows_as_time_passes(
    team: Team,
) -> None:
    """Rolling generation: the job adds what has come within the horizon, each date once."""
    event = await weekly(team, count=None)
    assert len(event["occurrences"]) == 51
    await _age(team, event, weeks=3)
    await team.house.events.growing.grow()
    await team.house.events.growing.grow()
    grown = accepted(await team.get(event))
    assert len(grown["occurrences"]) == 54
    assert len(set(clocks(grown))) == 54
    gaps = {
        datetime.fromisoformat(b) - datetime.fromisoformat(a)
        for a, b in zip(clocks(grown), clocks(grown)[1:], strict=False)
    }
    assert gaps == {timedelta(days=7)}
    assert quotas_of(grown, 53) == [("Regular", 100, 100)]


async def test_a_deleted_date_never_comes_back(team: Team) -> None:
    event = await weekly(team, count=None)
    gone = event["occurrences"][2]
    accepted(await team.delete(event, f"/occurrences/{gone['id']}"))
    await team.house.events.growing.grow()
    event = accepted(await team.get(event))
    assert gone["starts_at"] not in [one["starts_at"] for one in event["occurrences"]]
    assert (await series_of(team, event))["excepted"] == [gone["starts_at"][:16]]


async def test_this_date_alone_is_edited_and_listed_as_drifted(team: Team) -> None:
    event = await weekly(team)
    path = f"/occurrences/{event['occurrences'][1]['id']}"
    event = accepted(await team.patch(event, path, starts_at=at(17, "20:00")))
    assert clocks(event) == [at(10), at(17, "20:00"), at(24), at(31)]
    (drifted,) = (await series_of(team, event))["drifted"]
    assert drifted["occurrence_id"] == event["occurrences"][1]["id"]
    assert drifted["fields"] == ["starts_at", "ends_at"]


async def test_this_and_future_dates_move_and_those_that_drifted_stay(team: Team) -> None:
    event = await weekly(team)
    ids = [one["id"] for one in event["occurrences"]]
    accepted(await team.patch(event, f"/occurrences/{ids[2]}", starts_at=at(25, "15:00")))
    event = accepted(
        await team.patch(event, f"/occurrences/{ids[1]}", starts_at=at(17, "20:00"), scope="future")
    )
    assert clocks(event) == [at(10), at(17, "20:00"), at(25, "15:00"), at(31, "20:00")]
    assert [one["id"] for one in event["occurrences"]] == ids
    old, new = await all_series(team, event)
    assert (old["coming"], new["coming"]) == (1, 3)
    assert [one["occurrence_id"] for one in new["drifted"]] == [ids[2]]
    event = accepted(
        await team.patch(
            event,
            f"/occurrences/{ids[1]}",
            starts_at=at(17, "20:30"),
            scope="future",
            include_drifted=True,
        )
    )
    assert clocks(event)[1:] == [at(17, "20:30"), at(24, "20:30"), at(31, "20:30")]


async def test_all_dates_to_come_move_and_passed_ones_keep_their_time(team: Team) -> None:
    event = await weekly(team, count=None)
    await _age(team, event, weeks=3)
    event = accepted(await team.get(event))
    ids = [one["id"] for one in event["occurrences"]]
    event = accepted(
        await team.patch(
            event, f"/occurrences/{ids[4]}", starts_at=_clock(event, 4, "18:00"), scope="all"
        )
    )
    hours = [text[-5:] for text in clocks(event)]
    assert hours[:3] == ["19:00", "19:00", "18:00"]
    assert set(hours[2:]) == {"18:00"}
    await team.house.events.growing.grow()
    grown = accepted(await team.get(event))
    assert {text[-5:] for text in clocks(grown)[2:]} == {"18:00"}
    assert len({text[:10] for text in clocks(grown)}) == len(grown["occurrences"])


async def test_moving_all_dates_is_refused_while_orders_stand_or_leaves_those_as_they_are(
    team: Team,
) -> None:
    event = await weekly(team)
    await team.claim(event, 1)
    sold = event["quotas"][0]["occurrence_id"]
    path = f"/occurrences/{event['occurrences'][3]['id']}"
    change = {"starts_at": at(31, "18:00"), "scope": "all"}
    told = refused(await team.patch(event, path, **change), 409, "date_has_orders")
    assert told["dates"] == [sold]
    event = accepted(await team.patch(event, path, **change, keep_sold=True))
    stayed = [one["id"] for one in event["occurrences"] if one["starts_at"][11:16] == "19:00"]
    assert stayed == [sold]
    assert [one["occurrence_id"] for one in (await series_of(team, event))["drifted"]] == [sold]


async def test_another_rule_takes_free_dates_away_and_leaves_those_with_orders(team: Team) -> None:
    event = await weekly(team, count=None)
    await team.claim(event, 1)
    sold = event["quotas"][0]["occurrence_id"]
    one = await series_of(team, event)
    change = {"rule": "FREQ=WEEKLY;INTERVAL=2;COUNT=3", "starts_at": at(11)}
    event = accepted(await team.patch(event, f"/series/{one['id']}", **change))
    wanted = {at(11), at(25), at(39)}
    kept = {date["starts_at"][:16] for date in event["occurrences"] if date["id"] == sold}
    assert set(clocks(event)) == wanted | kept
    (drifted,) = (await series_of(team, event))["drifted"]
    assert (drifted["occurrence_id"], drifted["fields"]) == (sold, ["rule"])


async def test_a_series_ends_and_its_dates_stay(team: Team) -> None:
    event = await weekly(team)
    one = await series_of(team, event)
    event = accepted(await team.delete(event, f"/series/{one['id']}"))
    assert len(event["occurrences"]) == 4
    assert {date["series_id"] for date in event["occurrences"]} == {None}
    assert await all_series(team, event) == []


async def test_to_other_days_a_series_goes_by_its_rule_only(team: Team) -> None:
    event = await weekly(team)
    path = f"/occurrences/{event['occurrences'][1]['id']}"
    answer = await team.patch(event, path, starts_at=at(18), scope="future")
    assert wrong_fields(answer) == {"/starts_at": "change_the_rule"}
    one = await series_of(team, event)
    answer = await team.patch(event, f"/series/{one['id']}", starts_at=at(10, "20:00"))
    assert wrong_fields(answer) == {"/starts_at": "change_a_date"}


async def test_an_event_has_a_bounded_number_of_dates(team: Team) -> None:
    event = await weekly(team)
    many = {"rule": "FREQ=DAILY;BYHOUR=9,10,11;BYMINUTE=0", "ends_at": at(12, "09:50")}
    accepted(await team.post(event, "/series", many | {"starts_at": at(12, "09:00")}), 201)
    also = {"rule": "FREQ=DAILY;BYHOUR=12,13,14;BYMINUTE=0", "ends_at": at(12, "12:50")}
    event = accepted(await team.post(event, "/series", also | {"starts_at": at(12, "12:00")}), 201)
    assert len(event["occurrences"]) == 804
    third = {"rule": "FREQ=DAILY;BYHOUR=15,16;BYMINUTE=0", "ends_at": at(12, "15:50")}
    refused(
        await team.post(event, "/series", third | {"starts_at": at(12, "15:00")}),
        409,
        "too_many_dates",
    )


def _clock(event: dict[str, Any], number: int, clock: str) -> str:
    return f"{event['occurrences'][number]['starts_at'][:10]}T{clock}"


async def _age(team: Team, event: dict[str, Any], *, weeks: int) -> None:
    """Let so many weeks pass: everything of the series is that much earlier."""
    ids = (team.organizer_id, UUID(event["id"]), timedelta(weeks=weeks))
    await team.house.rows(
        "UPDATE events.occurrences SET starts_at = starts_at - $3::interval, "
        "ends_at = ends_at - $3::interval, "
        "slot = slot - $3::interval WHERE organizer_id = $1 AND event_id = $2",
        *ids,
    )
    await team.house.rows(
        "UPDATE events.series SET starts = starts - $3::interval "
        "WHERE organizer_id = $1 AND event_id = $2",
        *ids,
    )
