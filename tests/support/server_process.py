"""A server process of the product on a port of its own, to be killed."""

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

import httpx2

from boxoffice.data.postgres import DatabaseSettings
from tests.support.product import environment_for

PATIENCE = 60.0


class ServerProcess:
    """`boxoffice`'s HTTP server as the supervisor starts it; use `start`, `kill`, `start` again."""

    def __init__(self, database: DatabaseSettings, *, redis_url: str, folder: Path) -> None:
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        self._log = folder / "server.log"
        self._environment = {
            **os.environ,
            **environment_for(database, redis_url=redis_url, data=folder),
            "BOXOFFICE_PORT": str(self.port),
        }
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start it; returns once it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: ASYNC220  # it outlives this call
                [sys.executable, "-m", "boxoffice.cli.server"],
                env=self._environment, stdout=log, stderr=log,
            )  # fmt: skip
        async with asyncio.timeout(PATIENCE), httpx2.AsyncClient() as client:
            while not await self._answers(client):  # noqa: ASYNC110  # another process
                await asyncio.sleep(0.1)

    def kill(self) -> None:
        """kill -9: no goodbye to anybody."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    async def _answers(self, client: httpx2.AsyncClient) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise RuntimeError(self._log.read_text()[-2000:])
        try:
            return (await client.get(f"{self.url}/healthz")).status_code == 200
        except httpx2.TransportError:
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
