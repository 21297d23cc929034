"""A database cluster of our own: made whole or not at all, with three roles.

postgres         superuser, for backups and repairs; the product never uses it
boxoffice_owner  owns the database and runs migrations; may create roles, is no superuser
boxoffice_app    what the product connects as: owns nothing
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from boxoffice.data.embedded.binaries import Binaries
from boxoffice.data.embedded.lodging import Lodging
from boxoffice.data.embedded.trouble import ServerTrouble

SUPERUSER, OWNER, APP = "postgres", "boxoffice_owner", "boxoffice_app"
DATABASE = "boxoffice"
_ROLES_KNOWN = "boxoffice.roles"
# PostgreSQL 17 brought a locale of its own; before that the C library's does.
_BUILTIN_LOCALE_SINCE = 17

# Passwords only, and from this machine only.
_DOOR = "host all all 127.0.0.1/32 scram-sha-256\nhost replication all 127.0.0.1/32 scram-sha-256\n"
_ROLES = """
DO $$ BEGIN CREATE ROLE {owner}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE {app}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
ALTER ROLE {superuser} PASSWORD '{superuser_password}';
ALTER ROLE {owner} LOGIN CREATEROLE NOSUPERUSER PASSWORD '{owner_password}';
ALTER ROLE {app} LOGIN NOCREATEROLE NOCREATEDB NOSUPERUSER PASSWORD '{app_password}';
GRANT {app} TO {owner} WITH ADMIN OPTION;
"""
_DATABASE = """
CREATE DATABASE {database} OWNER {owner};
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {app};
"""


class Passwords(NamedTuple):
    """Of the three roles; letters, digits, `-` and `_` only."""

    superuser: str
    owner: str
    app: str

    @property
    def fingerprint(self) -> str:
        return sha256("\n".join((self.superuser, self.owner, self.app)).encode()).hexdigest()


class Cluster:
    """The cluster in `lodging`, run by `binaries`."""

    def __init__(self, lodging: Lodging, binaries: Binaries) -> None:
        self.folder = lodging.folder / "cluster"
        self._lodging, self.binaries = lodging, binaries

    def prepare(self, passwords: Passwords, settings: Mapping[str, str]) -> None:
        """Make the cluster unless it is there, and give it its settings and passwords.

        A cluster whose making was interrupted is made anew. Raises `ServerTrouble`.
        """
        if not self.folder.exists():
            self._make(passwords)
        self._demand_same_version()
        self._configure(settings)
        if self._roles_known() != passwords.fingerprint:
            self._set_roles(self.folder, passwords, _ROLES)

    def _make(self, passwords: Passwords) -> None:
        shutil.rmtree(self._lodging.folder / "cluster.making", ignore_errors=True)
        draft = self._lodging.room("cluster.making")
        self._initdb(draft)
        self._set_roles(draft, passwords, _ROLES + _DATABASE)
        draft.rename(self.folder)

    def _initdb(self, draft: Path) -> None:
        self._run(
            self.binaries.program("initdb"), "--pgdata", draft, "--username", SUPERUSER,
            "--auth=reject", "--encoding=UTF8", "--data-checksums", "--no-instructions",
            *self._locale(),
        )  # fmt: skip

    def _locale(self) -> list[str]:
        if self.binaries.version >= _BUILTIN_LOCALE_SINCE:
            return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return ["--locale=C.UTF-8", "--lc-messages=C"]

    def _set_roles(self, folder: Path, passwords: Passwords, script: str) -> None:
        """In PostgreSQL's single-user mode: nobody can connect while passwords are being set."""
        statements = script.format(
            superuser=SUPERUSER, owner=OWNER, app=APP, database=DATABASE,
            superuser_password=passwords.superuser,
            owner_password=passwords.owner,
            app_password=passwords.app,
        )  # fmt: skip
        postgres = self.binaries.program("postgres")
        self._run(postgres, "--single", "-D", folder, "postgres", stdin=statements)
        (folder / _ROLES_KNOWN).write_text(passwords.fingerprint)

    def _roles_known(self) -> str | None:
        known = self.folder / _ROLES_KNOWN
        return known.read_text() if known.exists() else None

    def _demand_same_version(self) -> None:
        made_by = int((self.folder / "PG_VERSION").read_text())
        if made_by != self.binaries.version:
            raise ServerTrouble(
                f"The database in {self.folder} was made by PostgreSQL {made_by}, but version "
                f"{self.binaries.version} would run: set BOXOFFICE_POSTGRES_BIN to the programs of "
                f"version {made_by}, or dump and restore it (docs/how-to/install.md)."
            )

    def _configure(self, settings: Mapping[str, str]) -> None:
        lines = [f"{name} = '{value}'" for name, value in settings.items()]
        lines.insert(0, "# Written anew at every start; use ALTER SYSTEM for changes of your own.")
        (self.folder / "postgresql.conf").write_text("\n".join(lines) + "\n")
        (self.folder / "pg_hba.conf").write_text(_DOOR)

    def _run(self, *command: str | Path, stdin: str = "") -> None:
        account = self._lodging.account
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            cwd=self._lodging.folder,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            user=account and account.uid,
            group=account and account.gid,
            extra_groups=[] if account else None,
        )
        complaint = _complaint(done.stderr)
        if done.returncode or complaint:
            raise ServerTrouble(
                f"PostgreSQL's database could not be made in {self._lodging.folder}: "
                f"{complaint or done.stderr.strip() or done.returncode}"
            )


def _complaint(stderr: str) -> str:
    """Single-user mode goes on after an error and exits with 0, so its words count."""
    return " / ".join(line for line in stderr.splitlines() if "ERROR:" in line or "FATAL:" in line)
