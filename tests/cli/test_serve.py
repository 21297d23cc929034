"""`boxoffice serve --development`, run as people run it."""

import os
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.folders import open_folder
from boxoffice.cli.failure import ExitCode
from boxoffice.data.embedded.processes import wait_until
from tests.support.house import (
    COMMAND,
    House,
    all_gone,
    bare_environment,
    opened,
)

pytestmark = pytest.mark.house
OPTIONS = ("--no-demo",)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """One open house for the tests that leave it as it was."""
    with open_folder() as folder, opened(folder / "data", *OPTIONS) as house:
        yield house


def test_everybody_answers(house: House) -> None:
    assert _status(house, "/healthz") == 200
    assert _status(house, "/readyz") == 200
    assert len(house.children()) == 5


def test_the_worker_steps_back_for_the_server(house: House) -> None:
    worker, server = house.child("boxoffice.cli.work"), house.child("boxoffice.cli.server")
    assert _niceness(worker) == min(_niceness(server) + 15, 19)
    assert os.sched_getscheduler(worker) == os.SCHED_OTHER
    assert os.sched_getscheduler(server) == os.SCHED_OTHER


def test_passwords_do_not_show_in_the_process_list(house: House) -> None:
    shown = " ".join(house.children().values())
    for name, value in house.announced.items():
        if "KEY" in name or "SECRET" in name or ("URL" in name and "@" in value):
            assert value not in shown, name


def test_two_never_share_a_data_folder(house: House) -> None:
    rival = House(house.data, *OPTIONS)
    assert rival.supervisor.wait(60) == ExitCode.ALREADY_RUNNING
    assert _status(house, "/healthz") == 200


@pytest.mark.parametrize("module", ["boxoffice.cli.server", "boxoffice.cli.work", "valkey-server"])
def test_what_is_killed_comes_back(house: House, module: str) -> None:
    _kill_and_wait(house, module)
    assert "starting it again" in house.output


def test_postgresql_comes_back_at_the_same_address(house: House) -> None:
    _kill_and_wait(house, "postgres -D")


def test_from_ctrl_c_to_kill_9_nothing_is_left_behind_and_the_data_stays() -> None:
    with open_folder() as folder:
        with opened(folder / "data", *OPTIONS) as house:
            children, secret = list(house.children()), _secrets(house)
            assert house.close(signal.SIGINT) == ExitCode.DONE
            assert all_gone(children)
            assert "Traceback" not in house.output
            assert not (house.data / "running.json").exists()
        with opened(folder / "data", *OPTIONS) as house:
            children = list(house.children())
            assert _secrets(house) == secret
            house.supervisor.kill()
            house.supervisor.wait()
            assert all_gone(children)
        with opened(folder / "data", *OPTIONS) as house:
            assert _status(house, "/readyz") == 200
            children = list(house.children())
            assert house.close(signal.SIGTERM) == ExitCode.DONE
            assert all_gone(children)


def test_a_port_in_use_is_said_in_one_sentence() -> None:
    with open_folder() as folder, socket.create_server(("127.0.0.1", 0)) as squatter:
        port = squatter.getsockname()[1]
        house = House(folder / "data", *OPTIONS, port=port)
        assert house.supervisor.wait(30) == ExitCode.PORT_IN_USE
        assert f"Port {port} is in use" in house.output
        assert house.output.count("\n") == 1


def test_a_broken_data_folder_is_said_in_one_sentence() -> None:
    with open_folder() as folder:
        (folder / "data").write_text("a file, not a folder")
        house = House(folder / "data", *OPTIONS)
        assert house.supervisor.wait(30) == ExitCode.DATA_FOLDER
        assert "BOXOFFICE_DATA" in house.output
        assert house.output.count("\n") == 1


def test_a_missing_postgresql_is_said_in_one_sentence() -> None:
    with open_folder() as folder:
        house = House(
            folder / "data", *OPTIONS, extra={"BOXOFFICE_POSTGRES_BIN": "/nowhere/at/all"}
        )
        assert house.supervisor.wait(30) == ExitCode.SERVER
        assert "BOXOFFICE_POSTGRES_BIN" in house.output
        assert "Traceback" not in house.output


def test_a_wrong_setting_is_named() -> None:
    with open_folder() as folder:
        house = House(folder / "data", *OPTIONS, extra={"BOXOFFICE_REDIS_URL": "http://wrong"})
        assert house.supervisor.wait(60) == ExitCode.SETTINGS
        assert "BOXOFFICE_REDIS_URL must begin with redis://" in house.output
        assert "Traceback" not in house.output


def test_production_says_what_it_lacks(tmp_path: Path) -> None:
    answer = subprocess.run(
        [*COMMAND, "serve"],
        env={**bare_environment(), "BOXOFFICE_DATA": str(tmp_path / "data")},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert answer.returncode == ExitCode.SETTINGS
    assert "BOXOFFICE_DATABASE_URL and BOXOFFICE_REDIS_URL must be set" in answer.stderr


def _kill_and_wait(house: House, module: str) -> None:
    before = house.child(module)
    os.kill(before, signal.SIGKILL)
    assert wait_until(lambda: _another(house, module, before), patience=60)
    assert wait_until(lambda: _status(house, "/readyz") == 200, patience=60)


def _niceness(pid: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, pid)


def _secrets(house: House) -> str:
    return (house.data / "secrets.json").read_text()


def _another(house: House, module: str, before: int) -> bool:
    return any(pid != before and module in line for pid, line in house.children().items())


def _status(house: House, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{house.port}{path}", timeout=10) as answer:
            return answer.status
    except OSError:
        return 0
