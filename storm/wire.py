"""One connection of one client, to a server that may be killed at any moment."""

import asyncio

from bench.load import Answer

PATIENCE = 30.0


class Unreached(Exception):
    """Nobody took the connection: the request was never sent."""


class Doubt(Exception):
    """It was sent, and no answer came: it may have been carried out."""


class Line:
    """Kept alive between requests, and opened anew after it broke."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> Answer:
        """The answer. Raises `Unreached` or `Doubt`."""
        reader, writer = await self._open()
        try:
            writer.write(request)
            async with asyncio.timeout(PATIENCE):
                answer = await _answer(reader)
        except (OSError, EOFError, TimeoutError) as error:
            self.hang_up()
            raise Doubt from error
        if (answer.header(b"connection") or b"").lower() == b"close":
            self.hang_up()
        return answer

    async def leave_in_the_middle(self, request: bytes, *, after: float) -> None:
        """Send it and reset the connection `after` so many seconds, answer or not."""
        _, writer = await self._open()
        writer.write(request)
        await asyncio.sleep(after)
        self.hang_up()

    def hang_up(self) -> None:
        if self._ends is not None:
            self._ends[1].transport.abort()
            self._ends = None

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._ends is None:
            try:
                async with asyncio.timeout(PATIENCE):
                    self._ends = await asyncio.open_connection("127.0.0.1", self._port)
            except (OSError, TimeoutError) as error:
                raise Unreached from error
        return self._ends


async def _answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n"))[:-4]
    answer = Answer(int(head[9:12]), head, b"")
    length = int(answer.header(b"content-length") or 0)
    return answer._replace(body=await reader.readexactly(length))
