"""The product under measurement: started as anybody starts it, with a mail server that swallows."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from typing import Any, Self
from uuid import UUID

import asyncpg

from bench.folders import open_folder

# Limits are for abuse; the generator is one machine that plays thousands of buyers.
SETTINGS = {
    "BOXOFFICE_RATE_LIMITS_AUTH": "100000/minute",
    "BOXOFFICE_RATE_LIMITS_WRITE": "1200/minute",
    "BOXOFFICE_RATE_LIMITS_WRITE_ADDRESS": "12000/minute",
    "BOXOFFICE_RATE_LIMITS_STAFF": "1000000/minute",
    "BOXOFFICE_RATE_LIMITS_READ": "10000000/minute",
    "BOXOFFICE_TRUSTED_PROXIES": "127.0.0.0/8",
}
HOUSE = "/api/v1/organizers/demo"
_WAITING = """
SELECT (SELECT count(*) FROM data.outbox WHERE relayed_at IS NULL) +
       (SELECT count(*) FROM data.pgqueuer WHERE status IN ('queued', 'picked'))
"""
_CLAIMED = """
SELECT coalesce(sum(claimed), 0)::int AS claimed FROM events.quotas WHERE event_id = $1
"""


class Product:
    """A running installation in a folder of its own; use as an async context manager."""

    def __init__(self, *, smtp_port: int, workers: int) -> None:
        self._opened = ExitStack()
        self.folder = self._opened.enter_context(open_folder("bench"))
        self.port = free_port()
        self._environment = {
            **os.environ,
            **SETTINGS,
            "BOXOFFICE_DATA": str(self.folder),
            "BOXOFFICE_PORT": str(self.port),
            "BOXOFFICE_SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
        }
        self._workers = workers
        self.process: subprocess.Popen[bytes]
        self.token = ""

    async def __aenter__(self) -> Self:
        log = (self.folder / "supervisor.log").open("wb")
        self.process = subprocess.Popen(  # noqa: ASYNC220  # it outlives this call
            [sys.executable, "-m", "boxoffice.cli", "serve", "--development",
             "--workers", str(self._workers)],
            env=self._environment, stdout=log, stderr=log,
        )  # fmt: skip
        await self._until_ready()
        self.token = self._log_in()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)
        self._opened.close()

    async def _until_ready(self) -> None:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError((self.folder / "supervisor.log").read_text()[-2000:])
            try:
                self.call("GET", "/healthz")
            except (OSError, urllib.error.URLError):
                await asyncio.sleep(0.2)
            else:
                return
        raise TimeoutError("the product did not start")

    def _log_in(self) -> str:
        secrets = json.loads((self.folder / "secrets.json").read_text())
        login = {
            "email": "organizer@boxoffice.test",
            "password": secrets["demo_organizer_password"],
        }
        return self.call("POST", "/api/v1/auth/login", login)["access_token"]

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One API call as the demo organizer; the answer's JSON."""
        headers = {"content-type": "application/json"}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        asked = urllib.request.Request(  # our own loopback address
            f"http://127.0.0.1:{self.port}{path}",
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers=headers,
        )
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
            raw = answer.read()
        return json.loads(raw) if raw[:1] in (b"{", b"[") else raw

    def database_url(self) -> str:
        """The owner's address of the embedded database."""
        running = json.loads((self.folder / "running.json").read_text())
        return str(running["BOXOFFICE_DATABASE_OWNER_URL"])

    def event(
        self, *, title: str, price: int = 0, quantity: int = 500_000, publish: bool = True
    ) -> dict[str, Any]:
        """An event with one ticket type."""
        made = self.call("POST", f"{HOUSE}/events", event_body(title, price, quantity))
        if publish:
            self.call("POST", f"{HOUSE}/events/{made['id']}/publish")
        return made

    async def fetch(self, statement: str, *arguments: Any) -> list[asyncpg.Record]:
        """What the database says to its owner."""
        connection = await asyncpg.connect(self.database_url())
        try:
            return await connection.fetch(statement, *arguments)
        finally:
            await connection.close()

    async def claimed(self, event_id: str) -> int:
        """Units of the event's quotas that are taken."""
        rows = await self.fetch(_CLAIMED, UUID(event_id))
        return rows[0]["claimed"]

    async def drain(self, *, most_seconds: float) -> tuple[int, int, float]:
        """Wait until every fact is relayed and every job done, but no longer than that: what waited
        at first, what still waits, seconds.
        """
        connection = await asyncpg.connect(self.database_url())
        begun = time.monotonic()
        first = waiting = await connection.fetchval(_WAITING)
        while waiting and time.monotonic() < begun + most_seconds:
            await asyncio.sleep(0.25)
            waiting = await connection.fetchval(_WAITING)
        await connection.close()
        return first, waiting, time.monotonic() - begun


def event_body(title: str, price: int, quantity: int) -> dict[str, Any]:
    """What makes an event with one ticket type."""
    return {
        "title": title,
        "starts_at": "2031-05-01T19:00",
        "ends_at": "2031-05-01T22:00",
        "timezone": "Europe/Berlin",
        "venue": {"name": "Hall", "city": "Berlin", "country": "Germany"},
        "ticket": {"name": "Standard", "price": price, "quantity": quantity},
    }


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
