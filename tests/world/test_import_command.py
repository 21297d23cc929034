"""`boxoffice import events` as a person runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from boxoffice.data.postgres import DatabaseSettings
from tests.services.events.house import Team
from tests.world.importing import SAMPLE, as_json, conference, imported

Answer = subprocess.CompletedProcess[str]


@pytest.fixture
def environment(database_urls: DatabaseSettings, redis_url: str, tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "BOXOFFICE_DATA": str(tmp_path / "data"),
        "BOXOFFICE_DATABASE_URL": database_urls.url,
        "BOXOFFICE_REDIS_URL": redis_url,
    }


def boxoffice(environment: dict[str, str], *arguments: str | Path) -> Answer:
    return subprocess.run(
        [sys.executable, "-m", "boxoffice.cli", "import", "events", *arguments],
        env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


async def test_it_tells_what_became_of_the_rows(team: Team, environment: dict[str, str]) -> None:
    files = sorted(SAMPLE.glob("*.json"))
    answer = boxoffice(
        environment, *files, "--organizer", team.slug, "--tickets", "20", "--publish"
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == ""
    assert answer.stdout.splitlines() == [
        "7 events",
        "  read 9 rows of 3 files",
        "  created 7, updated 0, unchanged 0",
        "  rows skipped 0, rows that repeat another 2",
        "  published 6; left as drafts: 1 over already",
    ]
    assert len(await imported(team)) == 7
    again = boxoffice(environment, *files, "--organizer", team.slug, "--verbose")
    assert "created 0, updated 0, unchanged 7" in again.stdout
    assert f"{files[1]}:2: duplicate: 'Quiet Systems Days' was read in {files[0]}:2 already." in (
        again.stderr.splitlines()
    )


async def test_a_dry_run_writes_nothing(team: Team, environment: dict[str, str]) -> None:
    answer = boxoffice(environment, SAMPLE / "data.json", "--organizer", team.slug, "--dry-run")
    assert answer.returncode == 0
    assert answer.stdout.startswith("Nothing was written; it would be:\n4 events\n")
    assert await imported(team) == []


async def test_rows_with_problems_are_listed_and_the_rest_goes_in(
    team: Team, environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "mixed.json"
    file.write_bytes(as_json(conference(), conference(name="Back", endDate="2000-01-01")))
    answer = boxoffice(environment, file, "--organizer", team.slug)
    assert answer.returncode == 1
    assert answer.stderr.strip() == (
        f"{file}:12: end_before_start: The event ends before it starts."
    )
    assert "rows skipped 1" in answer.stdout
    assert [event["title"] for event in await imported(team)] == ["Careful Software"]


async def test_programs_get_json(team: Team, environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_bytes(as_json(conference(city="Atlantis", country="Nowhere")))
    answer = boxoffice(environment, file, "--organizer", team.slug, "--json")
    report = json.loads(answer.stdout)
    assert report["created"] == 1
    (problem,) = report["problems"]
    assert (problem["line"], problem["code"], problem["severity"]) == (2, "assumed_zone", "note")
    assert answer.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--organizer", "nobody-here"], "There is no organizer 'nobody-here'"),
        (["--organizer", "x", "--publish"], "add --tickets N"),
        (["--organizer", "x", "--timezone", "Berlin"], "'Berlin' is no time zone"),
        (["--organizer", "x", "--currency", "EURO"], "'EURO' is no currency"),
        ([], "organizer"),
    ],
)
def test_a_wrong_command_line_is_one_sentence(
    environment: dict[str, str], arguments: list[str], sentence: str
) -> None:
    answer = boxoffice(environment, SAMPLE / "data.json", *arguments)
    assert answer.returncode == 2
    assert sentence in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_file_that_is_not_there_is_one_sentence(environment: dict[str, str]) -> None:
    answer = boxoffice(environment, "nowhere.json", "--organizer", "x")
    assert answer.returncode == 2
    assert answer.stderr == "boxoffice: nowhere.json cannot be read: No such file or directory.\n"
