"""Secrets made once and kept: one JSON file that only its owner can read."""

import fcntl
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from boxoffice.data.embedded.trouble import FolderTrouble


def random_secret() -> str:
    """48 random bytes as 64 characters that need no quoting anywhere."""
    return secrets.token_urlsafe(48)


class Vault:
    """The secrets in `path`; a secret, once made, stays the same. Safe for several processes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def secret(self, name: str, make: Callable[[], str] = random_secret) -> str:
        """The secret called `name`, made on first use. `FolderTrouble` if it cannot be kept."""
        try:
            with self._locked():
                kept = self._read()
                if name not in kept:
                    kept[name] = make()
                    self._write(kept)
                return kept[name]
        except OSError as error:
            raise FolderTrouble(
                f"The secrets cannot be kept in {self._path}: {error.strerror}. "
                "Make the data folder writable or point BOXOFFICE_DATA elsewhere."
            ) from error

    def _read(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._path.read_text()))
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise FolderTrouble(
                f"{self._path} is damaged: restore it from a backup, or move it away to start anew."
            ) from error

    def _write(self, kept: dict[str, str]) -> None:
        draft = self._path.with_suffix(".new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(kept, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path.parent, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
