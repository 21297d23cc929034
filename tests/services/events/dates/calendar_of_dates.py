"""Shorthands for tests about dates."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.services.events.house import Team, accepted


def day(ahead: int) -> date:
    """So many days from now."""
    return (datetime.now(UTC) + timedelta(days=ahead)).date()


def at(ahead: int, clock: str = "19:00") -> str:
    """A wall-clock time so many days from now."""
    return f"{day(ahead)}T{clock}"


def clocks(event: dict[str, Any], zone_hours: int = 0) -> list[str]:
    """When the event's dates begin, in UTC moved by so many hours."""
    starts = [datetime.fromisoformat(one["starts_at"]) for one in event["occurrences"]]
    moved = [one.astimezone(UTC) + timedelta(hours=zone_hours) for one in starts]
    return [f"{one:%Y-%m-%dT%H:%M}" for one in moved]


async def weekly(team: Team, *, count: int | None = 4, **changes: Any) -> dict[str, Any]:
    """A draft that is repeated every week in UTC, its first date in ten days at 19:00."""
    first = {"starts_at": at(10), "ends_at": at(10, "21:00"), "timezone": "UTC"}
    event = await team.create(**first | changes)
    rule = "FREQ=WEEKLY" + (f";COUNT={count}" if count else "")
    body = {"rule": rule, "starts_at": at(10), "ends_at": at(10, "21:00")}
    return accepted(await team.post(event, "/series", body), 201)


async def series_of(team: Team, event: dict[str, Any]) -> dict[str, Any]:
    """The event's only series."""
    (one,) = await all_series(team, event)
    return one


async def all_series(team: Team, event: dict[str, Any]) -> list[dict[str, Any]]:
    """The event's series, the oldest first."""
    answer = await team.get(event, "/series")
    assert answer.status_code == 200, answer.text
    return answer.json()


def change_of_clocks(month: int) -> date:
    """The next last Sunday of March or October, when clocks change in Europe; not tomorrow."""
    today = day(3)
    years = (today.year, today.year + 1)
    ends = (date(year, month, 31) for year in years)
    sundays = [end - timedelta(days=(end.weekday() + 1) % 7) for end in ends]
    return next(one for one in sundays if one > today)


def quotas_of(event: dict[str, Any], number: int) -> list[tuple[str, int, int]]:
    """Name, capacity and free units of what one of the dates has to give."""
    chosen = event["occurrences"][number]["id"]
    found = [one for one in event["quotas"] if one["occurrence_id"] == chosen]
    return sorted((one["name"], one["capacity"], one["free"]) for one in found)
