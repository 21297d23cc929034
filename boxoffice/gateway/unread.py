"""Bodies that nobody reads: refused for who sends them, or how often.

A server that answers while the other side is still sending has to close the connection. The client
then meets a broken pipe, and never reads why it was refused. What is not too long is therefore read
to its end and thrown away before the answer.
"""

from typing import Any

from boxoffice.gateway.answer import Send

# Bytes that fit into the sockets' buffers: whoever sends no more has sent it.
_SHORT = 16 * 1024


class Reading:
    """`receive` of a request with a body, which knows whether that was read."""

    def __init__(self, receive: Any) -> None:
        self._receive = receive
        self._ended = False

    async def receive(self) -> Any:
        message = await self._receive()
        self._ended = not message.get("more_body", False)
        return message

    def ended_before(self, send: Send) -> Send:
        """`send`, after the body was read."""

        async def sent(message: Any) -> None:
            while not self._ended:
                await self.receive()
            await send(message)

        return sent


def reading(headers: dict[bytes, bytes], receive: Any, *, most: int) -> Reading | None:
    """For a body that must be read before the answer, and is of `most` bytes."""
    length = headers.get(b"content-length", b"")
    if length.isdigit() and _SHORT < int(length) <= most:
        return Reading(receive)
    return None
