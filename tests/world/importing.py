"""Importing from a test, as the command does it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from boxoffice.services.events.api import Defaults, ImportOptions, ImportReport, Problem, gather
from tests.services.events.house import Team, accepted

SAMPLE = Path(__file__).parent / "sample"


def day(ahead: int) -> str:
    """A day from now, as conference data writes it."""
    return (datetime.now(UTC) + timedelta(days=ahead)).date().isoformat()


def conference(**changes: Any) -> dict[str, Any]:
    """One entry of conference data, three months from now; None leaves a member out."""
    entry = {
        "name": "Careful Software",
        "url": "https://careful.example",
        "startDate": day(90),
        "endDate": day(92),
        "city": "Berlin",
        "country": "Germany",
        "online": False,
        "locales": "EN",
    } | changes
    return {name: value for name, value in entry.items() if value is not None}


def as_json(*entries: Any) -> bytes:
    return json.dumps(entries, indent=2).encode()


async def run(
    team: Team, *files: tuple[str, bytes], zone: str = "UTC", **options: Any
) -> ImportReport:
    """Import the files, given as name and content."""
    organizer = await team.house.users.organizer(team.organizer_id)
    gathered = gather(files, Defaults(zone=zone))
    return await team.house.events.importer.run(
        organizer, gathered, ImportOptions(**options), lambda _: None
    )


async def imported(team: Team) -> list[dict[str, Any]]:
    """The organizer's events, the latest first."""
    page = accepted(await team.browser.get(team.path, params={"limit": 100}))
    return [accepted(await team.get(row)) for row in page["items"]]


def said(*files: tuple[str, bytes], zone: str = "UTC") -> list[tuple[int, str]]:
    """Line and code of every problem of the files."""
    return [(one.line, one.code) for one in gather(files, Defaults(zone=zone)).problems]


def problems(*files: tuple[str, bytes]) -> list[Problem]:
    return gather(files, Defaults()).problems


def local(event: dict[str, Any], which: str = "starts_at") -> str:
    """A time of the event as its visitors see it."""
    moment = datetime.fromisoformat(event["occurrences"][0][which])
    return f"{moment.astimezone(ZoneInfo(event['timezone'])):%Y-%m-%dT%H:%M}"
