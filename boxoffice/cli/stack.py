"""The servers that no URL names, and the environment in which every process finds all of them."""

import base64
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from boxoffice.cli.supervisor import Child, Member
from boxoffice.data.embedded import processes
from boxoffice.data.embedded.folder import VARIABLE, DataFolder
from boxoffice.data.embedded.postgres import EmbeddedPostgres
from boxoffice.data.embedded.processes import Program
from boxoffice.data.embedded.trouble import ServerTrouble
from boxoffice.data.embedded.valkey import EmbeddedValkey

_WEBHOOK = "http://127.0.0.1:{port}/api/v1/payments/webhooks/practice/{{merchant}}"
_PRACTICE_PATIENCE = 20.0


class Postgres(EmbeddedPostgres):
    name = "PostgreSQL"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "BOXOFFICE_DATABASE_URL": self.url,
            "BOXOFFICE_DATABASE_OWNER_URL": self.owner_url,
        }


class Valkey(EmbeddedValkey):
    name = "Valkey"

    @property
    def environment(self) -> dict[str, str]:
        return {"BOXOFFICE_REDIS_URL": self.url}


class PracticeCompany:
    """A card company to practise with, as a process of its own like a real one."""

    name = "practice card company"

    def __init__(self, folder: DataFolder, *, web_port: int) -> None:
        self._folder, self._web_port = folder, web_port
        self._port = 0
        self._key = folder.vault.secret("practice_key")
        self._webhook_secret = folder.vault.secret("practice_webhook_secret", _webhook_secret)
        self._child: Child | None = None

    @property
    def environment(self) -> dict[str, str]:
        return {
            "BOXOFFICE_PAYMENTS": "practice",
            "BOXOFFICE_PRACTICE_URL": f"http://127.0.0.1:{self._port}",
            **self._shared_secrets,
        }

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        return self._child and self._child.process

    def start(self) -> None:
        self._port = processes.free_port(self._port)
        log = self._folder.log("practice")
        self._child = Child(self.name, Program(
            command=[
                sys.executable, "-m", "boxoffice.practice",
                "--data", self._folder.path / "practice", "--port", str(self._port),
                "--webhook-url", _WEBHOOK.format(port=self._web_port),
            ],
            environment={**os.environ, **self._shared_secrets},
            log=log,
        ))  # fmt: skip
        self._child.start()
        if not processes.wait_until(self._is_settled, patience=_PRACTICE_PATIENCE, every=0.05):
            raise ServerTrouble(f"The {self.name} does not answer; its log is {log}.")
        if self.process is None or self.process.poll() is not None:
            words = processes.last_words(log)
            raise ServerTrouble(f"The {self.name} does not start; its log is {log}: {words}")

    def stop(self) -> None:
        if self._child is not None:
            self._child.stop()

    @property
    def _shared_secrets(self) -> dict[str, str]:
        return {
            "BOXOFFICE_PRACTICE_KEY": self._key,
            "BOXOFFICE_PRACTICE_WEBHOOK_SECRETS": self._webhook_secret,
        }

    def _is_settled(self) -> bool:
        ended = self.process is None or self.process.poll() is not None
        return ended or processes.listens(self._port)


class OwnServer(Member, Protocol):
    """A server of ours that tells the other processes how to reach it."""

    @property
    def environment(self) -> dict[str, str]: ...


def own_servers(folder: DataFolder, environ: Mapping[str, str]) -> list[OwnServer]:
    """PostgreSQL and Valkey, each unless the environment names another."""
    servers: list[OwnServer] = []
    chosen = environ.get("BOXOFFICE_POSTGRES_BIN")
    if not environ.get("BOXOFFICE_DATABASE_URL"):
        servers.append(Postgres(
            folder.path / "postgres", vault=folder.vault, log=folder.log("postgres"),
            chosen=Path(chosen) if chosen else None,
        ))  # fmt: skip
    if not environ.get("BOXOFFICE_REDIS_URL"):
        servers.append(Valkey(folder.path / "valkey", vault=folder.vault, log=folder.log("valkey")))
    return servers


def base_environment(folder: DataFolder, environ: Mapping[str, str]) -> dict[str, str]:
    """What every process of this installation is told, before any server adds its address."""
    return {
        **environ,
        VARIABLE: str(folder.path),
        "BOXOFFICE_ENVIRONMENT": environ.get("BOXOFFICE_ENVIRONMENT") or "development",
        # glibc keeps an arena per thread and core otherwise; we have few busy threads.
        "MALLOC_ARENA_MAX": environ.get("MALLOC_ARENA_MAX", "2"),
    }


def _webhook_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
