"""Where a server lives and as whom it runs.

PostgreSQL refuses to run as root. Started by root (a container, a rented machine) it gets an
unprivileged account, and that account must be able to reach its programs and its data: a checkout
below a 0700 home directory is closed to it, so both then move to a folder of their own.
"""

import os
import pwd
import secrets
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from boxoffice.data.embedded.processes import Account
from boxoffice.data.embedded.trouble import FolderTrouble

_ELSEWHERE = Path("/var/lib/boxoffice")
_POINTER = "elsewhere"
_ACCOUNTS = ("postgres", "nobody")


class Lodging:
    """`folder` is where the server keeps its things; without an `account` it runs as we do."""

    def __init__(self, folder: Path, account: Account | None) -> None:
        self.folder, self.account = folder, account

    def room(self, name: str) -> Path:
        """A folder inside, owned by the server's account and closed to everybody else."""
        room = self.folder / name
        room.mkdir(mode=0o700, exist_ok=True)
        if self.account is not None:
            os.chown(room, self.account.uid, self.account.gid)
        return room

    def can_enter(self, folder: Path) -> bool:
        """Whether the server's account can read `folder`."""
        return _can_enter(folder, self.account)

    def copies(self, originals: Sequence[Path], *, name: str) -> Path:
        """The folder `name` with copies of `originals`, for an account that cannot read those."""
        shelf = self.folder / name
        if not shelf.exists():
            draft = shelf.with_name(f"{name}.{secrets.token_hex(4)}")
            for original in originals:
                shutil.copytree(original, draft / original.name, symlinks=True)
            draft.chmod(0o755)
            draft.rename(shelf)
        return shelf


def find_lodging(folder: Path) -> Lodging:
    """Lodging in `folder`, or elsewhere when the server's account cannot enter it.

    Elsewhere is written down in `folder`, so that the next start finds the same place. Raises
    `FolderTrouble`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        account = _server_account(folder)
        if _can_enter(folder, account):
            return Lodging(folder, account)
        return Lodging(_elsewhere(folder), account)
    except OSError as error:
        raise FolderTrouble(
            f"The data folder {folder} cannot be used: {error.strerror}. "
            "Make it writable or point BOXOFFICE_DATA elsewhere."
        ) from error


def _elsewhere(folder: Path) -> Path:
    pointer = folder / _POINTER
    if not pointer.exists():
        pointer.write_text(str(_ELSEWHERE / secrets.token_hex(6)))
    home = Path(pointer.read_text().strip())
    home.mkdir(mode=0o755, parents=True, exist_ok=True)
    return home


def _server_account(folder: Path) -> Account | None:
    """None unless we are root; then whoever owns what is already there, else one without rights."""
    if os.geteuid() != 0:
        return None
    pointer = folder / _POINTER
    home = Path(pointer.read_text().strip()) if pointer.exists() else folder
    for room in home.glob("*/"):
        status = room.stat()
        if status.st_uid != 0:
            return Account(status.st_uid, status.st_gid)
    return _unprivileged_account()


def _unprivileged_account() -> Account:
    for name in _ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    return Account(65534, 65534)


def _can_enter(folder: Path, account: Account | None) -> bool:
    """Asked of the system itself, as that account: modes alone do not tell (ACLs, mounts)."""
    if account is None:
        return True
    answer = subprocess.run(
        ["/usr/bin/test", "-r", folder, "-a", "-x", folder],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        check=False,
    )
    return answer.returncode == 0
