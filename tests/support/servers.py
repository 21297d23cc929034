"""One PostgreSQL and one Valkey for a whole test run, whatever the number of pytest workers.

They live in a process of their own, `python -m tests.support.servers FOLDER`, which ends them and
removes the folder once its standard input closes: that is, when pytest ends, however it ends.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from boxoffice.data.embedded.postgres import EmbeddedPostgres
from boxoffice.data.embedded.trouble import ServerTrouble
from boxoffice.data.embedded.valkey import EmbeddedValkey
from boxoffice.data.embedded.vault import Vault
from boxoffice.data.migrate import migrate_now
from boxoffice.data.postgres import DatabaseSettings

_ROOT = Path(__file__).parents[2]
_PATIENCE = 120.0
# Many pools connect at once; and a test run need not survive a power cut.
_OVERRIDES = {
    "max_connections": "250",
    "shared_buffers": "128MB",
    "fsync": "off",
    "full_page_writes": "off",
    "log_min_duration_statement": "-1",
}


class Servers(msgspec.Struct, frozen=True, kw_only=True):
    """Where the servers of this run answer. The database of `url` is the migrated template."""

    url: str
    owner_url: str
    superuser_url: str
    redis_url: str
    template: str = "boxoffice"


class Outcome(msgspec.Struct):
    """What the process writes down once the servers are up, or cannot be."""

    servers: Servers | None = None
    trouble: str = ""


class ServersProcess:
    """The process that runs the servers, seen from pytest."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="boxoffice-tests-"))
        self.folder.chmod(0o755)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.servers", self.folder],
            stdin=subprocess.PIPE,
            cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
            start_new_session=True,
        )

    def end(self) -> None:
        self._process.communicate()
        shutil.rmtree(self.folder, ignore_errors=True)


def wait_for_servers(folder: Path) -> Servers:
    """The servers of this run, once they are up."""
    deadline = time.monotonic() + _PATIENCE
    while not _note(folder).exists():
        if time.monotonic() > deadline:
            raise TimeoutError(f"the test servers in {folder} did not come up")
        time.sleep(0.02)
    outcome = msgspec.json.decode(_note(folder).read_bytes(), type=Outcome)
    if outcome.servers is None:
        raise RuntimeError(outcome.trouble)
    return outcome.servers


def run_servers(folder: Path) -> None:
    """Run the servers until standard input closes."""
    vault = Vault(folder / "secrets.json")
    chosen = os.environ.get("BOXOFFICE_POSTGRES_BIN")
    postgres = EmbeddedPostgres(
        folder / "postgres", vault=vault, log=folder / "postgres.log", overrides=_OVERRIDES,
        chosen=Path(chosen) if chosen else None,
    )  # fmt: skip
    valkey = EmbeddedValkey(folder / "valkey", vault=vault, log=folder / "valkey.log")
    try:
        _write(folder, _bring_up(postgres, valkey))
        sys.stdin.read()
    finally:
        valkey.stop()
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _bring_up(postgres: EmbeddedPostgres, valkey: EmbeddedValkey) -> Outcome:
    try:
        postgres.start()
        valkey.start()
        migrate_now(DatabaseSettings(url=postgres.url, owner_url=postgres.owner_url))
    except ServerTrouble as trouble:
        return Outcome(trouble=str(trouble))
    except Exception as error:  # noqa: BLE001  # every test must be told why it has no database
        return Outcome(trouble=f"the template database cannot be migrated: {error!r}")
    return Outcome(
        servers=Servers(
            url=postgres.url,
            owner_url=postgres.owner_url,
            superuser_url=postgres.superuser_url,
            redis_url=valkey.url,
        )
    )


def _note(folder: Path) -> Path:
    return folder / "servers.json"


def _write(folder: Path, outcome: Outcome) -> None:
    draft = folder / "servers.new"
    draft.write_bytes(msgspec.json.encode(outcome))
    draft.rename(_note(folder))


if __name__ == "__main__":
    run_servers(Path(sys.argv[1]))
