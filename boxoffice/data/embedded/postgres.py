"""Our own PostgreSQL: started, watched until it answers, stopped cleanly.

It listens on a free port of 127.0.0.1 and takes passwords only. Whoever runs it holds the lock of
the data folder, so a server still found running on the cluster is an orphan and is shut down first.
"""

import os
import signal
import socket
import struct
import subprocess
from collections.abc import Mapping
from pathlib import Path

from boxoffice.data.embedded import processes
from boxoffice.data.embedded.binaries import Binaries, find_binaries, lodge_binaries
from boxoffice.data.embedded.cluster import APP, DATABASE, OWNER, SUPERUSER, Cluster, Passwords
from boxoffice.data.embedded.lodging import find_lodging
from boxoffice.data.embedded.processes import Program
from boxoffice.data.embedded.trouble import ServerTrouble
from boxoffice.data.embedded.tuning import server_settings
from boxoffice.data.embedded.vault import Vault

# Fast shutdown: sessions are ended, everything is written, nothing has to be recovered.
FAST_SHUTDOWN = signal.SIGINT
_ATTEMPTS = 5
_RECOVERY_PATIENCE = 120.0
_SHUTDOWN_PATIENCE = 30.0
_PROTOCOL = 196608
_PASSWORD_WANTED = b"R"


class EmbeddedPostgres:
    """The server whose cluster lies in `folder`; passwords from `vault`, log in `log`."""

    def __init__(
        self,
        folder: Path,
        *,
        vault: Vault,
        log: Path,
        chosen: Path | None = None,
        overrides: Mapping[str, str] | None = None,
    ) -> None:
        self._folder, self._log, self._chosen = folder, log, chosen
        self._overrides = overrides or {}
        self._passwords = Passwords(
            *(vault.secret(f"postgres_{role}") for role in ("superuser", "owner", "app"))
        )
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What the product connects to: the role that owns nothing."""
        return self._url(APP, self._passwords.app)

    @property
    def owner_url(self) -> str:
        """What migrations connect to."""
        return self._url(OWNER, self._passwords.owner)

    @property
    def superuser_url(self) -> str:
        """For backups and repairs, never for the product."""
        return self._url(SUPERUSER, self._passwords.superuser)

    def start(self) -> None:
        """Make the cluster if need be, start the server, return once it takes connections.

        Raises `ServerTrouble` with the end of the server's log.
        """
        lodging = find_lodging(self._folder)
        binaries = lodge_binaries(find_binaries(self._chosen), lodging)
        cluster = Cluster(lodging, binaries)
        _end_orphan(cluster.folder)
        for _ in range(_ATTEMPTS):
            self.port = processes.free_port(self.port)
            cluster.prepare(self._passwords, self._settings(binaries))
            self.process = processes.start(self._program(cluster, lodging.account))
            if self._comes_up(self.process):
                return
        raise ServerTrouble(
            f"PostgreSQL does not start; its log is {self._log}: {processes.last_words(self._log)}"
        )

    def stop(self) -> None:
        """Shut down cleanly; the cluster needs no recovery afterwards."""
        if self.process is not None:
            processes.stop(self.process, FAST_SHUTDOWN, patience=_SHUTDOWN_PATIENCE)
            self.process = None

    def _url(self, role: str, password: str) -> str:
        return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{DATABASE}"

    def _settings(self, binaries: Binaries) -> dict[str, str]:
        return server_settings(binaries.version, self.port, self._overrides)

    def _program(self, cluster: Cluster, account: processes.Account | None) -> Program:
        return Program(
            command=[cluster.binaries.program("postgres"), "-D", cluster.folder],
            farewell=FAST_SHUTDOWN,
            account=account,
            folder=cluster.folder,
            environment={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            log=self._log,
        )

    def _comes_up(self, process: subprocess.Popen[bytes]) -> bool:
        """False if it ended instead: the port was taken, or an old backend still holds memory."""
        answered = processes.wait_until(
            lambda: process.poll() is not None or answers(self.port), patience=_RECOVERY_PATIENCE
        )
        if not answered:
            processes.stop(process, FAST_SHUTDOWN, patience=_SHUTDOWN_PATIENCE)
        return process.poll() is None


def answers(port: int) -> bool:
    """Whether a PostgreSQL there is ready to check a password: one that still recovers is not."""
    names = f"user\0{APP}\0database\0{DATABASE}\0\0".encode()
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(struct.pack("!ii", len(names) + 8, _PROTOCOL) + names)
            return connection.recv(1024).startswith(_PASSWORD_WANTED)
    except OSError:
        return False


def _end_orphan(cluster: Path) -> None:
    """Shut down a server left over on this cluster, and forget one that was killed."""
    note = cluster / "postmaster.pid"
    try:
        pid = int(note.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        note.unlink(missing_ok=True)
        return
    if _serves(pid, cluster):
        os.kill(pid, FAST_SHUTDOWN)
        if not processes.wait_until(lambda: not _serves(pid, cluster), patience=_SHUTDOWN_PATIENCE):
            raise ServerTrouble(
                f"An old PostgreSQL (process {pid}) still runs on {cluster} and does not stop; "
                f"end it with: kill -QUIT {pid}"
            )
    note.unlink(missing_ok=True)


def _serves(pid: int, cluster: Path) -> bool:
    """Whether process `pid` is a server on this very cluster, not another that got its number."""
    command = processes.command_of(pid)
    return "postgres" in command and str(cluster) in command
