"""The whole product in this process, behind its real gateway, on the run's real servers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import msgspec
from litestar import Litestar

from boxoffice.app.services import Services, build_services
from boxoffice.app.web import create_application_for
from boxoffice.data.postgres import DatabaseSettings
from boxoffice.services.payments.api import CardProvider
from boxoffice.settings import Settings
from tests.support.stage import Stage

SECRET = "a root secret that only the tests know and that is long enough"
# A crowd of testers comes from one address.
_LIMITS = {
    f"BOXOFFICE_RATE_LIMITS_{name}": "1000000/minute"
    for name in ("AUTH", "WRITE", "WRITE_ADDRESS", "STAFF", "HOOK", "READ")
}


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """One server process of the product."""

    application: Litestar
    services: Services

    def visitor(self) -> httpx2.AsyncClient:
        """Somebody's browser, with a cookie jar of its own."""
        application: Any = self.application  # each library has its own names for ASGI's types
        transport = httpx2.ASGITransport(app=application, raise_app_exceptions=False)
        return httpx2.AsyncClient(transport=transport, base_url=self.services.settings.public_url)


def environment_for(
    database: DatabaseSettings, *, redis_url: str, data: Path, **more: str
) -> dict[str, str]:
    """The environment that a development installation would give its processes."""
    return {
        "BOXOFFICE_ENVIRONMENT": "development",
        "BOXOFFICE_DATA": str(data),
        "BOXOFFICE_SECRET_KEY": SECRET,
        "BOXOFFICE_DATABASE_URL": database.url,
        "BOXOFFICE_DATABASE_OWNER_URL": database.owner_url,
        "BOXOFFICE_REDIS_URL": redis_url,
        **_LIMITS,
        **more,
    }


def settings_for(
    database: DatabaseSettings, *, redis_url: str, data: Path, **more: str
) -> Settings:
    """What the processes read from that environment."""
    return Settings.load(environment_for(database, redis_url=redis_url, data=data, **more))


@asynccontextmanager
async def running_product(
    settings: Settings, *, provider: CardProvider | None = None
) -> AsyncIterator[Product]:
    """The product until the block ends; start-up and shutdown run as they do in a server."""
    services = build_services(settings, process="server", provider=provider)
    application = create_application_for(services)
    started, over = asyncio.Event(), asyncio.Event()
    # One task from start to end: a lifespan is left by the task that entered it.
    living = asyncio.create_task(_live(application, started, over))
    await asyncio.wait(
        {living, asyncio.ensure_future(started.wait())}, return_when="FIRST_COMPLETED"
    )
    yield Product(application=application, services=services)
    over.set()
    await living


async def _live(application: Litestar, started: asyncio.Event, over: asyncio.Event) -> None:
    async with application.lifespan():
        started.set()
        await over.wait()


def order_of(
    stage: Stage, *, quantity: int = 1, kind: int = 0, buyer: bool = True
) -> dict[str, Any]:
    """The body of `open_order` for a stage."""
    body: dict[str, Any] = {
        "event_id": str(stage.event_id),
        "items": [{"ticket_type_id": str(stage.types[kind]), "quantity": quantity}],
    }
    if buyer:
        body["buyer"] = {"email": "ada@example.org", "name": "Ada Lovelace"}
    return body


def once() -> dict[str, str]:
    """Headers with a fresh idempotency key."""
    return {"idempotency-key": str(uuid4())}
