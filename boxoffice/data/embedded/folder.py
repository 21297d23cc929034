"""The data folder: everything one installation keeps on its own disk.

secrets.json    passwords and keys, made once, readable by their owner only
postgres/       the database cluster (or a pointer to where it lies)
valkey/         nothing that must last
practice/       the practice card company's book
blobs/          uploaded pictures, unless BOXOFFICE_BLOB_URL names a store
logs/           one file per process
running.json    how to reach the servers while they run
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from boxoffice.data.embedded.trouble import FolderTrouble, ServerTrouble
from boxoffice.data.embedded.vault import Vault

VARIABLE = "BOXOFFICE_DATA"
_DEFAULT = ".data"
_LARGE_LOG = 10 * 1024 * 1024


class FolderInUse(ServerTrouble):
    """Another supervisor already runs the servers of this data folder."""


class DataFolder:
    """The folder at `path`; made when missing. Raises `FolderTrouble` if it cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self.logs = self.path / "logs"
            self.logs.mkdir(exist_ok=True)
        except OSError as error:
            raise FolderTrouble(
                f"The data folder {self.path} cannot be used: {error.strerror}. "
                f"Make it a folder you may write to, or point {VARIABLE} elsewhere."
            ) from error
        self.vault = Vault(self.path / "secrets.json")

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "DataFolder":
        """The one that the environment names, else `.data` below the working directory."""
        return cls(Path(environ.get(VARIABLE) or _DEFAULT))

    def log(self, name: str) -> Path:
        """The log of one process; a large one is put aside as `….1` first."""
        log = self.logs / f"{name}.log"
        if log.exists() and log.stat().st_size > _LARGE_LOG:
            log.replace(log.with_suffix(".log.1"))
        return log

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder alone; `FolderInUse` while somebody else does. Freed even by kill -9."""
        descriptor = self._open_lock()
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderInUse(
                f"Boxoffice already runs on the data folder {self.path}: stop it first, "
                f"or point {VARIABLE} and BOXOFFICE_PORT elsewhere to run another."
            ) from error
        else:
            yield
        finally:
            os.close(descriptor)

    @property
    def is_held(self) -> bool:
        """Whether a supervisor runs on this folder right now."""
        try:
            with self.held():
                return False
        except FolderInUse:
            return True

    def announce(self, environment: Mapping[str, str]) -> None:
        """Write down how the running servers are reached, for other commands on this machine."""
        draft = self._note.with_suffix(".new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(dict(environment), file, indent=2)
        draft.replace(self._note)

    def announced(self) -> dict[str, str]:
        """What was announced last; empty if nothing was, or it was taken back."""
        try:
            return dict(json.loads(self._note.read_text()))
        except (FileNotFoundError, ValueError):
            return {}

    def take_back(self) -> None:
        self._note.unlink(missing_ok=True)

    @property
    def _note(self) -> Path:
        return self.path / "running.json"

    def _open_lock(self) -> int:
        try:
            return os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise FolderTrouble(
                f"The data folder {self.path} cannot be written to: {error.strerror}. "
                f"Make it writable, or point {VARIABLE} elsewhere."
            ) from error
