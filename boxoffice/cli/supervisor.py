"""Starts members in order, restarts whichever ends, stops all of them in reverse order."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn, Protocol

from boxoffice.data.embedded import processes
from boxoffice.data.embedded.processes import Program
from boxoffice.data.embedded.trouble import ServerTrouble

Say = Callable[[str], None]
_GLANCE_SECONDS = 0.25
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
_HEALTHY_AFTER = 60.0
_PATIENCE = 20.0


class Member(Protocol):
    """Anything that runs as a process of ours."""

    @property
    def name(self) -> str: ...
    @property
    def process(self) -> subprocess.Popen[bytes] | None: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


class Child:
    """A process that runs one program of ours."""

    def __init__(self, name: str, program: Program) -> None:
        self.name, self.program = name, program
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = processes.start(self.program)

    def stop(self) -> None:
        if self.process is not None:
            processes.stop(self.process, self.program.farewell, patience=_PATIENCE)
            self.process = None


class Watched:
    """A member and when to start it again: the more often it ends, the longer the pause."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.started_at = time.monotonic()
        self.pause = _FIRST_PAUSE
        self.due_at: float | None = None

    @property
    def has_ended(self) -> bool:
        process = self.member.process
        return self.due_at is None and process is not None and process.poll() is not None

    def schedule(self) -> float:
        """Plan the next start; the seconds until then."""
        if time.monotonic() - self.started_at > _HEALTHY_AFTER:
            self.pause = _FIRST_PAUSE
        pause, self.pause = self.pause, min(self.pause * 2, _LONGEST_PAUSE)
        self.due_at = time.monotonic() + pause
        return pause

    def start_if_due(self) -> None:
        if self.due_at is not None and time.monotonic() >= self.due_at:
            self.due_at, self.started_at = None, time.monotonic()
            self.member.start()


class Supervisor:
    """Keeps its members running; `say` tells the operator what happens."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._watched: list[Watched] = []

    def start(self, member: Member) -> None:
        """Start `member` and keep it from now on. Its own trouble is passed on."""
        self._watched.append(Watched(member))
        member.start()

    def watch(self, look: Callable[[], None] = lambda: None) -> NoReturn:
        """Restart what ends, until a signal interrupts; `look` is called at every glance."""
        while True:
            for watched in self._watched:
                self._glance(watched)
            look()
            time.sleep(_GLANCE_SECONDS)

    def restart(self, name: str) -> None:
        """Stop and start every member called so."""
        for watched in self._watched:
            if watched.member.name == name:
                watched.member.stop()
                watched.member.start()

    def stop(self) -> None:
        """Stop all, the last started first, so that nobody loses what it still needs."""
        while self._watched:
            self._watched.pop().member.stop()

    def _glance(self, watched: Watched) -> None:
        if watched.has_ended:
            process = watched.member.process
            pause = watched.schedule()
            self._say(
                f"{watched.member.name} ended (code {process and process.returncode}); "
                f"starting it again in {pause:g} s"
            )
        try:
            watched.start_if_due()
        except ServerTrouble as trouble:
            self._say(f"{trouble} Trying again in {watched.schedule():g} s.")


@contextmanager
def interruptible() -> Iterator[None]:
    """SIGTERM and SIGHUP interrupt like Ctrl-C; once we are stopping, nothing interrupts us."""

    def interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
        for other in _SIGNALS:
            signal.signal(other, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in _SIGNALS:
        signal.signal(number, interrupt)
    yield


_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
