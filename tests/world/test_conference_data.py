"""Conference data from the world: this repository's sample, and any folder that is named.

`BOXOFFICE_WORLD_DATA=folder pytest tests/world` imports every JSON file of that folder as well.
"""

import os
from pathlib import Path

import pytest

from boxoffice.services.events.api import Defaults, gather
from tests.services.events.house import Team
from tests.world.importing import SAMPLE, imported, local, run

FOLDERS = [SAMPLE, *map(Path, filter(None, [os.environ.get("BOXOFFICE_WORLD_DATA")]))]


def files(folder: Path) -> list[tuple[str, bytes]]:
    return [(str(path), path.read_bytes()) for path in sorted(folder.glob("*.json"))]


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def world(request: pytest.FixtureRequest) -> list[tuple[str, bytes]]:
    found = files(request.param)
    assert found
    return found


async def test_it_is_imported_once_however_often(
    team: Team, world: list[tuple[str, bytes]]
) -> None:
    expected = gather(world, Defaults())
    first = await run(team, *world, tickets=50, then="publish")
    assert first.skipped == 0
    assert first.created == len(expected.events) == first.rows - first.duplicates
    assert first.published + first.drafts.total() == first.created
    again = await run(team, *world, tickets=50, then="publish")
    assert (again.created, again.updated, again.published) == (0, 0, 0)
    assert again.unchanged == first.created
    (count,) = await team.house.rows(
        "SELECT count(*) FROM events.events WHERE organizer_id = $1", team.organizer_id
    )
    assert count[0] == first.created
    assert len(await team.listed()) == first.published


async def test_a_rehearsal_tells_the_same_and_writes_nothing(
    team: Team, world: list[tuple[str, bytes]]
) -> None:
    rehearsal = await run(team, *world, tickets=50, then="publish", run="rehearsal")
    assert await imported(team) == []
    assert await team.facts() == []
    real = await run(team, *world, tickets=50, then="publish")
    assert (rehearsal.created, rehearsal.published) == (real.created, real.published)


async def test_the_sample_is_understood(team: Team) -> None:
    report = await run(team, *files(SAMPLE))
    assert (report.rows, report.created, report.duplicates) == (9, 7, 2)
    events = {event["title"]: event for event in await imported(team)}
    quiet = events["Quiet Systems Days"]
    assert quiet["status"] == "draft"
    assert (quiet["timezone"], local(quiet), local(quiet, "ends_at")) == (
        "Europe/Berlin", "2099-03-09T09:00", "2099-03-11T18:00")  # fmt: skip
    assert quiet["summary"] == "A conference about data and Python."
    assert quiet["venue"] == {
        "name": "Venue to be announced", "address": None, "city": "Leipzig", "country": "Germany",
    }  # fmt: skip
    assert quiet["website"] == "https://quiet.example/2099"
    assert "Languages: EN,DE" in quiet["description"]
    assert events["Lone Star Data"]["timezone"] == "America/Chicago"
    assert events["Parallel Worlds"]["format"] == "hybrid"
    online = events["Remote Only"]
    assert (online["format"], online["venue"], online["timezone"]) == ("online", None, "UTC")
    assert events["Kaffeeklatsch für Typografie"]["slug"] == "kaffeeklatsch-fur-typografie"
