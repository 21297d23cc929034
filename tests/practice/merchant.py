"""Somebody who charges cards."""

from typing import Any
from uuid import uuid4

import httpx2


class Merchant:
    """One merchant's calls; a `key` is made up unless given."""

    def __init__(self, name: str, client: httpx2.AsyncClient) -> None:
        self.name, self.client = name, client

    def __str__(self) -> str:
        return self.name

    async def charge(
        self, source: str = "practice_ok", *, key: str = "", **changes: Any
    ) -> httpx2.Response:
        body = {"merchant": self.name, "amount": 1200, "currency": "EUR", "source": source}
        return await self._post("/v1/charges", body | changes, key)

    async def refund(self, charge_id: str, *, key: str = "", **changes: Any) -> httpx2.Response:
        return await self._post("/v1/refunds", {"charge": charge_id, **changes}, key)

    async def _post(self, path: str, body: dict[str, Any], key: str) -> httpx2.Response:
        headers = {"idempotency-key": f"{self.name}/{key or uuid4()}"}
        return await self.client.post(path, json=body, headers=headers)
