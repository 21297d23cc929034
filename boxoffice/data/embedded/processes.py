"""Children that end with their parent, even when the parent is killed outright."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_SET_PARENT_DEATH_SIGNAL = 1
_NICE = 15
_libc = ctypes.CDLL(None)


class Account(NamedTuple):
    """The system account a child runs as."""

    uid: int
    gid: int


class Program(NamedTuple):
    """What to run and how. `farewell` asks it to stop, and is sent too when its parent dies.

    `humble`: it works only while nobody else wants the processor.
    """

    command: Sequence[str | Path]
    farewell: signal.Signals = signal.SIGTERM
    account: Account | None = None
    folder: Path | None = None
    environment: Mapping[str, str] | None = None
    log: Path | None = None
    humble: bool = False


def start(program: Program, *, stdin: int | None = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Start `program` in its own session, so that Ctrl-C in a terminal reaches only the parent.

    Call it from the main thread: on Linux the child is told when the *thread* that started it ends.
    """
    output = None if program.log is None else os.open(program.log, _APPEND, 0o600)
    account = program.account
    try:
        return subprocess.Popen(
            [os.fspath(part) for part in program.command],
            stdin=stdin,
            stdout=output,
            stderr=None if output is None else subprocess.STDOUT,
            cwd=program.folder,
            env=program.environment,
            start_new_session=True,
            preexec_fn=_before_running(program),  # noqa: PLW1509  # the parent has one thread
            user=account and account.uid,
            group=account and account.gid,
            extra_groups=[] if account else None,
        )
    finally:
        if output is not None:
            os.close(output)


_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND


def _before_running(program: Program) -> Callable[[], None]:
    parent, farewell = os.getpid(), int(program.farewell)

    def prepare() -> None:
        if sys.platform == "linux":
            _libc.prctl(_SET_PARENT_DEATH_SIGNAL, farewell)
        if os.getppid() != parent:
            os._exit(0)
        if program.humble:
            _step_back()

    return prepare


def _step_back() -> None:
    """Nice alone is not enough: Linux may weigh whole sessions against each other (autogroup).

    Not the idle policy: on a machine that others keep busy it would not let us even begin.
    """
    os.nice(_NICE)
    if sys.platform == "linux":
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(_NICE))


def stop(process: subprocess.Popen[bytes], farewell: signal.Signals, *, patience: float) -> bool:
    """Ask `process` to stop; kill it after `patience` seconds. True if it obeyed."""
    if process.poll() is None:
        process.send_signal(farewell)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return True


def wait_until(condition: Callable[[], bool], *, patience: float, every: float = 0.02) -> bool:
    """Whether `condition` came true within `patience` seconds."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True


def command_of(pid: int) -> str:
    """The command line of process `pid`; empty if there is no such process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        if sys.platform == "linux":
            return ""
    told = subprocess.run(
        ["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return told.stdout


def free_port(preferred: int = 0) -> int:
    """`preferred` if nobody uses it at this moment, else any free TCP port of 127.0.0.1."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", preferred))
        except OSError:
            listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def listens(port: int) -> bool:
    """Whether somebody takes connections on that port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def last_words(log: Path, *, lines: int = 5) -> str:
    """The end of a log, for an error message."""
    try:
        return " / ".join(log.read_text(errors="replace").strip().splitlines()[-lines:])
    except OSError:
        return ""
