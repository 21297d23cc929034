"""The commands beside `serve`."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.folders import open_folder
from boxoffice.cli.failure import ExitCode
from tests.support.house import COMMAND, bare_environment
from tests.support.servers import Servers


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder / "data"


def run(*words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words], env={**bare_environment(), **extra},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def findings(answer: subprocess.CompletedProcess[str]) -> dict[str, dict[str, str]]:
    return {finding["part"]: finding for finding in json.loads(answer.stdout)}


def test_help_answers_at_once() -> None:
    best = min(_seconds_of_help() for _ in range(5))
    assert best < 0.3


@pytest.mark.parametrize(
    "command",
    [
        "serve",
        "worker",
        "migrate",
        "demo",
        "doctor",
        "openapi",
        "import events",
        "seats hall",
        "seats check",
    ],
)
def test_every_command_explains_itself(command: str) -> None:
    answer = run(*command.split(), "--help")
    assert answer.returncode == ExitCode.DONE
    assert "Usage:" in answer.stdout


def test_a_wrong_command_line_is_told_so() -> None:
    assert run("serve", "--prot", "1").returncode == ExitCode.USAGE


def test_migrating_and_the_doctor_bring_servers_of_their_own(data: Path) -> None:
    ours = {"BOXOFFICE_DATA": str(data), "BOXOFFICE_ENVIRONMENT": "development"}
    before = findings(run("doctor", "--json", **ours))
    assert before["schema"]["state"] == "failure"
    assert "boxoffice migrate" in before["schema"]["remedy"]
    assert run("migrate", **ours).returncode == ExitCode.DONE
    after = findings(run("doctor", "--json", **ours))
    healthy = {part for part, finding in after.items() if finding["state"] == "fine"}
    assert healthy >= {"PostgreSQL", "schema", "Redis or Valkey", "blobs", "mail", "secret key"}


def test_the_doctor_names_each_remedy(servers: Servers, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("where a folder should be")
    answer = run(
        "doctor", "--json",
        BOXOFFICE_DATA=str(tmp_path / "data"),
        BOXOFFICE_DATABASE_URL="postgresql://nobody:wrong@127.0.0.1:1/none",
        BOXOFFICE_REDIS_URL="redis://127.0.0.1:1",
        BOXOFFICE_SECRET_KEY="short",
        BOXOFFICE_BLOB_URL=(tmp_path / "file" / "inside").as_uri(),
    )  # fmt: skip
    assert answer.returncode == ExitCode.FINDINGS
    for part, remedy in {
        "PostgreSQL": "BOXOFFICE_DATABASE_URL",
        "Redis or Valkey": "BOXOFFICE_REDIS_URL",
        "blobs": "BOXOFFICE_BLOB_URL",
        "mail": "BOXOFFICE_SMTP_URL",
        "secret key": "BOXOFFICE_SECRET_KEY",
    }.items():
        assert findings(answer)[part]["state"] == "failure", part
        assert remedy in findings(answer)[part]["remedy"], part


def test_the_doctor_speaks_to_people_too(data: Path) -> None:
    answer = run("doctor", BOXOFFICE_DATA=str(data), BOXOFFICE_REDIS_URL="nonsense")
    assert answer.returncode == ExitCode.FINDINGS
    assert "✗ set-up" in answer.stdout
    assert "→ BOXOFFICE_REDIS_URL must begin with redis://" in answer.stdout


def test_the_doctor_notices_a_superuser(servers: Servers, tmp_path: Path) -> None:
    """The application takes on its humble role even when the address names a mighty one."""
    answer = run(
        "doctor", "--json",
        BOXOFFICE_DATA=str(tmp_path), BOXOFFICE_ENVIRONMENT="development",
        BOXOFFICE_DATABASE_URL=servers.superuser_url, BOXOFFICE_REDIS_URL=servers.redis_url,
    )  # fmt: skip
    assert findings(answer)["PostgreSQL"]["state"] == "fine"


def _seconds_of_help() -> float:
    """Of work, not of waiting for a busy machine."""
    before = os.times()
    subprocess.run([*COMMAND, "--help"], env=bare_environment(), check=True, capture_output=True)
    after = os.times()
    work = (after.children_user, after.children_system)
    return sum(work) - before.children_user - before.children_system


def test_a_seating_plan_of_a_hall_is_written_and_checked(tmp_path: Path) -> None:
    written = run("seats", "hall")
    hall = tmp_path / "hall.json"
    hall.write_text(written.stdout)
    checked = run("seats", "check", str(hall))
    assert checked.returncode == ExitCode.DONE
    assert checked.stdout == "Concert hall: 2,000 seats in 3 categories.\n"


def test_everything_wrong_with_a_seating_plan_is_told_with_its_place(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text('{"name": 7, "categories": [], "zones": [{"rows": []}]}')
    checked = run("seats", "check", str(plan))
    assert checked.returncode == ExitCode.FINDINGS
    told = [line.split(": ")[:2] for line in checked.stderr.splitlines()]
    assert told[:2] == [["/name", "not_a_text"], ["/zones/0/position", "not_an_object"]]
