"""Calls to a provider over HTTP, every one of which may be repeated: a read, or under a key."""

from typing import Any, NamedTuple

import httpx2

from boxoffice.services.payments.providers.port import OutcomeUnknown, ProviderUnreached

_NEVER_SENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
)
_HUNG_UP = (httpx2.RemoteProtocolError, httpx2.ReadError, httpx2.WriteError)
_TURNED_AWAY = {401, 403, 429}


class Answer(NamedTuple):
    """A status below 500 and the body that came with it."""

    status: int
    body: bytes


class Caller:
    """Speaks to `base_url` with a bearer `key`; seconds are for the whole of an answer to begin."""

    def __init__(self, base_url: str, *, key: str, seconds: float) -> None:
        self._client = httpx2.AsyncClient(
            base_url=base_url,
            headers={"authorization": f"Bearer {key}"},
            timeout=httpx2.Timeout(seconds, connect=2.0),
            limits=httpx2.Limits(max_connections=100, max_keepalive_connections=100),
        )

    async def get(self, path: str, **parameters: Any) -> Answer:
        return await self._call(self._client.build_request("GET", path, params=parameters))

    async def post(self, path: str, body: bytes, *, key: str) -> Answer:
        """`key` is the Idempotency-Key."""
        headers = {"idempotency-key": key, "content-type": "application/json"}
        return await self._call(
            self._client.build_request("POST", path, content=body, headers=headers)
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def _call(self, request: httpx2.Request) -> Answer:
        try:
            return await self._send(request)
        except _HUNG_UP:
            # A kept connection that the other side closed meanwhile; a fresh one settles it.
            return await self._send_again(request)

    async def _send_again(self, request: httpx2.Request) -> Answer:
        try:
            return await self._send(request)
        except (*_HUNG_UP, ProviderUnreached) as error:
            # This one was never sent, perhaps; the first one was.
            raise OutcomeUnknown(repr(error)) from error

    async def _send(self, request: httpx2.Request) -> Answer:
        try:
            response = await self._client.send(request)
        except _NEVER_SENT as error:
            raise ProviderUnreached(repr(error)) from error
        except httpx2.TimeoutException as error:
            raise OutcomeUnknown(repr(error)) from error
        if response.status_code in _TURNED_AWAY:
            raise ProviderUnreached(f"turned away with {response.status_code}")
        if response.status_code >= 500:
            raise OutcomeUnknown(f"answered {response.status_code}")
        return Answer(response.status_code, response.content)
