"""The practice card company as a process of its own, and a post box for what it sends."""

import asyncio
import base64
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

import httpx2

from boxoffice.services.payments.providers.practice import PracticeProvider

ROOT = Path(__file__).parents[2]
KEY = "practice-key-of-the-tests"
SECRET = f"whsec_{base64.b64encode(b'webhook secret of the tests').decode()}"
PATIENCE = 20.0


class Webhook(NamedTuple):
    """One delivery as it arrived; header names in lower case."""

    headers: dict[str, str]
    body: bytes


Handler = Callable[[Webhook], Awaitable[None]]


class PostBox:
    """Receives webhooks at `url`, keeps them by merchant, hands them to whom `forward` names."""

    def __init__(self, server: asyncio.Server) -> None:
        self._server = server
        self.received: dict[str, list[Webhook]] = {}
        self.forward: dict[str, Handler] = {}
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/{{merchant}}"

    @classmethod
    async def open(cls) -> "PostBox":
        boxes: list[PostBox] = []

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                while await boxes[0]._take(reader, writer):
                    pass
            finally:
                writer.close()

        boxes.append(cls(await asyncio.start_server(talk, "127.0.0.1", 0)))
        return boxes[0]

    async def arrived(self, merchant: object, number: int) -> list[Webhook]:
        """The merchant's webhooks, once there are `number` of them."""
        await until(lambda: len(self.received.get(str(merchant), [])) >= number)
        return self.received[str(merchant)]

    def close(self) -> None:
        self._server.close()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            return False
        pairs = (line.partition(": ") for line in head[1:] if line)
        headers = {name.lower(): value for name, _, value in pairs}
        webhook = Webhook(headers, await reader.readexactly(int(headers["content-length"])))
        merchant = head[0].split(" ")[1].strip("/")
        status = await self._hand_over(merchant, webhook)
        writer.write(f"HTTP/1.1 {status} OK\r\ncontent-length: 0\r\n\r\n".encode())
        return True

    async def _hand_over(self, merchant: str, webhook: Webhook) -> int:
        if handler := self.forward.get(merchant):
            try:
                await handler(webhook)
            except Exception:  # noqa: BLE001  # whatever goes wrong, the sender shall try again
                return 503
        self.received.setdefault(merchant, []).append(webhook)
        return 200


class CardCompany:
    """One company with its book in `folder`; may be killed and started again where it was."""

    def __init__(self, folder: Path, *, webhook_url: str = "") -> None:
        self.folder, self._webhook_url = folder, webhook_url
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Returns once it answers."""
        self._spawn()
        await until(self._answers)

    def _spawn(self) -> None:
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "boxoffice.practice", "--data", self.folder),
                *("--port", str(self.port), "--webhook-url", self._webhook_url),
            ],
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "BOXOFFICE_PRACTICE_KEY": KEY,
                "BOXOFFICE_PRACTICE_WEBHOOK_SECRETS": SECRET,
            },
        )

    def kill(self) -> None:
        """As a power cut would."""
        self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Politely; the exit code. Webhooks on their way still find their receiver."""
        return await asyncio.to_thread(self._end, signal.SIGTERM)

    @property
    def process_id(self) -> int:
        assert self._process is not None
        return self._process.pid

    def provider(self, *, seconds: float = 10.0) -> PracticeProvider:
        """An adapter that speaks to it; close it when done."""
        return PracticeProvider(self.url, key=KEY, webhook_secrets=[SECRET], seconds=seconds)

    async def treat(self, merchant: object, **behaviour: Any) -> None:
        """Set how the merchant is treated, see `wire.Behaviour`."""
        async with self.client() as client:
            answer = await client.put(f"/control/{merchant}", json=behaviour)
            assert answer.status_code == 200, answer.text

    def client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.url, headers={"authorization": f"Bearer {KEY}"})

    def book(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of its book, read behind its back."""
        connection = sqlite3.connect(self.folder / "practice.sqlite")
        try:
            return connection.execute(query, [str(value) for value in values]).fetchall()
        finally:
            connection.close()

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, "the card company did not start"
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _end(self, number: signal.Signals) -> int:
        if self._process is None or self._process.poll() is not None:
            return 0
        self._process.send_signal(number)
        return self._process.wait(PATIENCE)


async def until(condition: Callable[[], bool]) -> None:
    """Wait until it holds; a test that waits for ever fails."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110  # the condition is another process's
            await asyncio.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
