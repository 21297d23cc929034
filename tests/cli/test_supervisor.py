"""The supervisor, with small real programs."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from boxoffice.cli.supervisor import Child, Supervisor, Watched
from boxoffice.data.embedded.processes import Program, command_of, wait_until

SLEEP = "import time; time.sleep(600)"
NOTE_ITS_END = """
import signal, sys, time
def farewell(*_):
    with open(sys.argv[1], "a") as file:
        file.write(sys.argv[2])
    sys.exit()
signal.signal(signal.SIGTERM, farewell)
open(sys.argv[1] + sys.argv[2], "w").close()
time.sleep(600)
"""


def program(source: str, *arguments: str) -> Program:
    return Program(command=[sys.executable, "-c", source, *arguments])


class Interrupt:
    """Ends `watch` once something has come true."""

    def __init__(self, condition: object, *, patience: float = 30) -> None:
        self._condition, self._deadline = condition, time.monotonic() + patience

    def __call__(self) -> None:
        assert time.monotonic() < self._deadline
        if self._condition():  # type: ignore[operator]
            raise KeyboardInterrupt


def test_what_ends_is_started_again_and_the_operator_is_told() -> None:
    told: list[str] = []
    supervisor, child = Supervisor(told.append), Child("sleeper", program(SLEEP))
    supervisor.start(child)
    assert child.process is not None
    first = child.process.pid
    os.kill(first, signal.SIGKILL)
    with pytest.raises(KeyboardInterrupt):
        supervisor.watch(
            Interrupt(lambda: child.process is not None and child.process.pid != first)
        )
    supervisor.stop()
    assert told == ["sleeper ended (code -9); starting it again in 0.5 s"]


def test_what_keeps_ending_is_started_less_and_less_often() -> None:
    watched = Watched(Child("failing", program("")))
    assert [watched.schedule() for _ in range(9)] == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]


def test_the_last_started_is_stopped_first(tmp_path: Path) -> None:
    supervisor, note = Supervisor(print), str(tmp_path / "note")
    for name in "abc":
        supervisor.start(Child(name, program(NOTE_ITS_END, note, name)))
    assert wait_until(lambda: all(Path(note + name).exists() for name in "abc"), patience=30)
    supervisor.stop()
    assert Path(note).read_text() == "cba"


def test_a_child_that_ignores_us_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boxoffice.cli.supervisor._PATIENCE", 0.3)
    child = Child("deaf", program("import signal; signal.signal(15, signal.SIG_IGN);" + SLEEP))
    child.start()
    assert child.process is not None
    pid = child.process.pid
    assert wait_until(lambda: "signal" in command_of(pid), patience=10)
    child.stop()
    assert command_of(pid) == ""


def test_a_member_can_be_started_anew_by_name() -> None:
    supervisor, child = Supervisor(print), Child("server", program(SLEEP))
    supervisor.start(child)
    assert child.process is not None
    first = child.process.pid
    supervisor.restart("server")
    assert child.process.pid != first
    supervisor.stop()
