"""The calendar of an event's dates, and what of them the public sees elsewhere."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx2
import pytest
from structlog.testing import capture_logs

from boxoffice.gateway.site import wording
from tests.services.events.dates.calendar_of_dates import at, day, weekly
from tests.services.events.house import Team, accepted, refused


def path(team: Team, event: dict[str, Any], **query: Any) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/api/v1/events/{team.slug}/{event['slug']}/calendar?{asked}"


def span(first: int, last: int) -> dict[str, Any]:
    return {"from": day(first), "to": day(last)}


def forget(team: Team, event: dict[str, Any]) -> None:
    """What a second of waiting does."""
    team.house.events._shown.forget(team.organizer_id, event["id"], event["slug"])


async def take(team: Team, event: dict[str, Any], number: int, units: int) -> None:
    """Sell so many units of one date."""
    date = event["occurrences"][number]["id"]
    quota = next(one for one in event["quotas"] if one["occurrence_id"] == date)
    await team.claim(event | {"quotas": [quota]}, units)


async def test_a_calendar_shows_the_state_of_each_slot(
    team: Team, visitor: httpx2.AsyncClient
) -> None:
    """E5: free, few, sold out, over and cancelled, for a month, a week or a day."""
    event = await weekly(team, count=5)
    accepted(await team.post(event, "/publish"))
    await take(team, event, 1, 95)
    await take(team, event, 2, 100)
    past = day(-2)
    await _set(team, event, 0, f"starts_at = '{past} 10:00+00', ends_at = '{past} 12:00+00'")
    await _set(team, event, 3, "status = 'cancelled'")
    forget(team, event)
    month = accepted(await visitor.get(path(team, event, **span(-3, 60))))
    assert [one["state"] for one in month["slots"]] == [
        "over",
        "few",
        "sold_out",
        "cancelled",
        "free",
    ]
    week = accepted(await visitor.get(path(team, event, **span(17, 23))))
    assert [one["day"] for one in week["slots"]] == [str(day(17))]
    assert (week["previous_day"], week["next_day"]) == (str(past), str(day(24)))
    one_day = accepted(await visitor.get(path(team, event, **span(24, 24))))
    assert [one["state"] for one in one_day["slots"]] == ["sold_out"]


async def test_the_calendar_is_polled_with_an_etag(team: Team, visitor: httpx2.AsyncClient) -> None:
    event = await weekly(team)
    accepted(await team.post(event, "/publish"))
    url = path(team, event, **span(0, 40))
    first = await visitor.get(url)
    tag = first.headers["etag"]
    again = await visitor.get(url, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    await take(team, event, 0, 100)
    forget(team, event)
    changed = await visitor.get(url, headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


@pytest.mark.parametrize(
    ("first", "last"), [("2027-01-01", "2027-12-31"), ("2027-01-02", "2027-01-01")]
)
async def test_a_calendar_is_bounded(
    team: Team, visitor: httpx2.AsyncClient, first: str, last: str
) -> None:
    event = await team.published()
    url = path(team, event, **{"from": first, "to": last})
    refused(await visitor.get(url), 422, "bad_days")
    assert (await visitor.get(path(team, event, **{"from": "9999-12-31"}))).status_code == 422
    assert (await visitor.get(path(team, event, **{"from": "soon"}))).status_code == 422


async def test_days_are_those_of_the_event(team: Team, visitor: httpx2.AsyncClient) -> None:
    """Just after midnight in Auckland it is still the day before in Europe."""
    event = await team.published(
        timezone="Pacific/Auckland", starts_at=at(30, "00:30"), ends_at=at(30, "02:00")
    )
    shown = accepted(await visitor.get(path(team, event, **span(30, 30))))
    assert [one["day"] for one in shown["slots"]] == [str(day(30))]


async def test_the_page_and_the_listing_show_the_next_date(
    team: Team, visitor: httpx2.AsyncClient
) -> None:
    event = await weekly(team, count=3)
    accepted(await team.post(event, "/publish"))
    past = day(-2)
    await _set(team, event, 0, f"starts_at = '{past} 10:00+00', ends_at = '{past} 12:00+00'")
    await team.house.rows(
        "UPDATE events.discovery SET next_ends_at = now() - interval '1 h' WHERE event_id = $1",
        UUID(event["id"]),
    )
    await team.house.events.growing.refresh_listings()
    team.house.events._shown.clear()
    page = accepted(await visitor.get(f"/api/v1/events/{team.slug}/{event['slug']}"))
    assert [one["starts_at"][:16] for one in page["occurrences"]] == [at(17), at(24)]
    (card,) = accepted(await visitor.get(f"/api/v1/events?organizer={team.slug}"))["items"]
    assert (card["starts_at"][:16], card["ends_at"][:16]) == (at(17), at(17, "21:00"))
    assert card["dates"] == 2


async def test_a_listing_that_cannot_be_refreshed_is_logged_and_stops_no_other(team: Team) -> None:
    good, bad = await weekly(team, count=2), await weekly(team, count=2)
    ids = {name: UUID(event["id"]) for name, event in (("good", good), ("bad", bad))}
    for event in (good, bad):
        accepted(await team.post(event, "/publish"))
    due = "UPDATE events.discovery SET next_ends_at = now() - interval '1 h' WHERE event_id = $1"
    for one in ids.values():
        await team.house.rows(due, one)
    zone = "UPDATE events.events SET timezone = $2 WHERE id = $1"
    await team.house.rows(zone, ids["bad"], "Nowhere/Land")
    with capture_logs() as logs:
        await team.house.events.growing.refresh_listings()
    await team.house.rows(zone, ids["bad"], bad["timezone"])
    assert [one["event_id"] for one in logs if one["event"] == "listing_not_refreshed"] == [
        bad["id"]
    ]
    (left,) = await team.house.rows(
        "SELECT count(*) FROM events.discovery WHERE event_id = $1 AND next_ends_at > now()",
        ids["good"],
    )
    assert left[0] == 1


async def test_a_search_by_day_finds_a_series_on_its_days_only(
    team: Team, visitor: httpx2.AsyncClient
) -> None:
    event = await weekly(team, count=3)
    accepted(await team.post(event, "/publish"))
    found = [
        accepted(
            await visitor.get(
                f"/api/v1/events?organizer={team.slug}&date_from={first}&date_to={last}"
            )
        )["total"]
        for first, last in (
            (day(17), day(17)),
            (day(18), day(23)),
            (day(18), day(24)),
            (day(25), day(90)),
        )
    ]
    assert found == [1, 0, 1, 0]


async def test_structured_data_lists_several_dates(team: Team, visitor: httpx2.AsyncClient) -> None:
    event = await weekly(team, count=3)
    accepted(await team.post(event, "/publish"))
    await _set(team, event, 1, "status = 'cancelled'")
    forget(team, event)
    html = (await visitor.get(f"/e/{team.slug}/{event['slug']}")).text
    assert html.count('"subEvent"') == 1
    assert html.count("EventScheduled") == 3
    assert html.count("EventCancelled") == 1


@pytest.mark.parametrize(("at", "month", "day_of"), [(8, "March 2027", "Tue 9 Mar")])
def test_the_first_screen_names_months_and_days(at: int, month: str, day_of: str) -> None:
    """In the event's zone: it is the ninth in Auckland."""
    moment = datetime(2027, 3, at, 12, tzinfo=UTC)
    assert wording.month_text(moment, "Pacific/Auckland") == month
    assert wording.day_text(moment, "Pacific/Auckland") == day_of


async def test_a_year_of_daily_slots_is_answered_at_once(
    team: Team, visitor: httpx2.AsyncClient
) -> None:
    """Bounded work: a hundred days of 400 dates come from what is in memory."""
    event = await team.create(timezone="UTC", starts_at=at(10), ends_at=at(10, "21:00"))
    body = {"rule": "FREQ=DAILY;BYHOUR=9,11,13,15;BYMINUTE=0", "ends_at": at(11, "10:00")}
    event = accepted(await team.post(event, "/series", body | {"starts_at": at(11, "09:00")}), 201)
    accepted(await team.post(event, "/publish"))
    shown = accepted(await visitor.get(path(team, event, **span(0, 99))))
    assert len(shown["slots"]) == 357
    page = accepted(await visitor.get(f"/api/v1/events/{team.slug}/{event['slug']}"))
    assert len(page["occurrences"]) == 100


async def _set(team: Team, event: dict[str, Any], number: int, change: str) -> None:
    date = event["occurrences"][number]
    await team.house.rows(
        f"UPDATE events.occurrences SET {change} WHERE organizer_id = $1 AND id = $2",  # noqa: S608  # the test's own words
        team.organizer_id,
        UUID(date["id"]),
    )
