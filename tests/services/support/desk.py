"""An organizer with buyers who need help and members who give it, all over HTTP."""

from typing import Any
from uuid import UUID

import httpx2
from sqlalchemy import insert

from boxoffice.kernel.ids import new_id
from boxoffice.services.users.tables import MemberRow, UserRow
from tests.support.product import Product, once, order_of
from tests.support.stage import Stage, set_stage


class Desk:
    """One organizer of the product."""

    def __init__(self, product: Product, stage: Stage) -> None:
        self.product = product
        self.stage = stage
        self.path = f"/api/v1/organizers/{stage.slug}"

    async def buyer(self, *, known: bool = True) -> "Buyer":
        """Somebody with a confirmed order; if not `known`, with one that is only held."""
        browser = self.product.visitor()
        answer = await browser.post(
            f"{self.path}/orders", json=order_of(self.stage, buyer=known), headers=once()
        )
        assert answer.status_code == 201, answer.text
        return Buyer(self, browser, answer.json())

    async def member(self, role: str = "support") -> httpx2.AsyncClient:
        """The browser of a new member of the organizer's team."""
        user = await self._user()
        services = self.product.services
        async with services.db.begin(self.stage.organizer_id) as tx:
            membership = {"organizer_id": self.stage.organizer_id, "user_id": user.id, "role": role}
            await tx.session.execute(insert(MemberRow).values(membership))
        async with services.db.begin_as_platform("test") as tx:
            session = await services.users.sessions.open(tx, user)
        browser = self.product.visitor()
        browser.headers["authorization"] = f"Bearer {session.access_token}"
        return browser

    async def rows(self, sql: str, *values: Any) -> list[Any]:
        async with self.product.services.db.begin(self.stage.organizer_id) as tx:
            result = await tx.connection.exec_driver_sql(sql, (self.stage.organizer_id, *values))
            return list(result.all()) if result.returns_rows else []

    async def facts(self) -> list[tuple[str, dict[str, Any]]]:
        """What support reported of this organizer, first first."""
        return await self.rows(
            "SELECT name, payload FROM data.outbox WHERE organizer_id = $1 "
            "AND name LIKE 'support.%' ORDER BY id"
        )

    async def _user(self) -> UserRow:
        async with self.product.services.db.begin_as_platform("test") as tx:
            user = UserRow(id=new_id(), email=f"{new_id().hex}@example.org", name="Uma")
            user.email_verified_at = await tx.now()
            tx.session.add(user)
            return user


class Buyer:
    """A browser with one order."""

    def __init__(self, desk: Desk, browser: httpx2.AsyncClient, order: dict[str, Any]) -> None:
        self.desk = desk
        self.browser = browser
        self.order = order
        self.path = f"{desk.path}/orders/{order['id']}/conversations"

    @property
    def order_id(self) -> UUID:
        return UUID(self.order["id"])

    async def ask(self, message: str = "No PDF came.", **more: str) -> httpx2.Response:
        return await self.browser.post(self.path, json={"message": message} | more, headers=once())

    async def reply(
        self, conversation: dict[str, Any], message: str = "Any news?"
    ) -> httpx2.Response:
        url = f"{self.path}/{conversation['id']}/messages"
        return await self.browser.post(url, json={"message": message}, headers=once())

    async def conversations(self) -> list[dict[str, Any]]:
        answer = await self.browser.get(self.path)
        assert answer.status_code == 200, answer.text
        return answer.json()


async def open_desk(product: Product) -> Desk:
    """A new organizer with one published event and a free ticket."""
    return Desk(product, await set_stage(product.services.db, capacities=[1000]))


def accepted(answer: httpx2.Response, status: int = 201) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    return answer.json()


def refused(answer: httpx2.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.json()["code"] == code, answer.text
    return answer.json()
