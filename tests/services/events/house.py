"""Events behind the real gateway, and organizers' teams who talk to it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2

from boxoffice.data.blobs import Blobs
from boxoffice.data.postgres import Database
from boxoffice.gateway.application import create_application
from boxoffice.gateway.parts import GatewayParts
from boxoffice.gateway.settings import GatewaySettings, RateLimits
from boxoffice.gateway.site.page import Sources
from boxoffice.kernel.actors import Actor, Membership
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.keyring import Keyring
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import NotAuthenticated, NotFound
from boxoffice.services.events.api import Events
from boxoffice.services.events.routes import router
from boxoffice.services.users.api import Users, UsersSettings

HOST = "https://boxoffice.test"
_KEYRING = Keyring("a root secret that is long enough for tests")
_PLENTY = RateLimits(
    **dict.fromkeys(RateLimits.__struct_fields__, "100000/minute"),
)
_WHOLE_TEAM = frozenset({Permission.EVENTS_READ, Permission.EVENTS_WRITE})


class House:
    """One process: its own services and memory over the shared database."""

    def __init__(self, db: Database, folder: Path) -> None:
        self.db = db
        self.actors: dict[str, Actor] = {}
        self.users = Users(db, _KEYRING, UsersSettings(bcrypt_cost=4))
        self.blobs = Blobs((folder / "blobs").as_uri())
        self.events = Events(db, self.blobs, self.users)
        self._app = create_application(
            GatewaySettings(public_url=HOST, rate_limits=_PLENTY), self._parts(folder)
        )

    def client(self, token: str = "") -> httpx2.AsyncClient:
        app: Any = self._app
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=app), base_url=HOST, headers=headers
        )

    async def team(self, name: str = "Kulturhaus") -> "Team":
        """A new organizer with somebody who may do everything with its events."""
        organizer_id = new_id()
        slug = f"kulturhaus-{organizer_id.hex[-12:]}"
        async with self.db.begin_as_platform("test") as tx:
            await tx.connection.exec_driver_sql(
                "INSERT INTO users.organizers (id, slug, name) VALUES ($1, $2, $3)",
                (organizer_id, slug, name),
            )
        return Team(self, organizer_id, slug, self.sign_in(organizer_id, slug, _WHOLE_TEAM))

    def sign_in(
        self, organizer_id: UUID, slug: str, permissions: frozenset[Permission]
    ) -> httpx2.AsyncClient:
        """A new account with these permissions in the organizer."""
        token = f"token-{new_id().hex}"
        membership = Membership(
            organizer_id=organizer_id, slug=slug, role="manager", permissions=permissions
        )
        self.actors[token] = Actor(user_id=new_id(), memberships=(membership,))
        return self.client(token)

    async def rows(self, sql: str, *values: Any) -> list[Any]:
        async with self.db.begin_as_platform("test") as tx:
            result = await tx.connection.exec_driver_sql(sql, values)
            return list(result.all()) if result.returns_rows else []

    def _parts(self, folder: Path) -> GatewayParts:
        return GatewayParts(
            keyring=_KEYRING,
            routers=[router],
            services={"events": self.events},
            authenticate=self._authenticate,
            authenticate_afresh=self._authenticate,
            organizers=self.users.organizer_by_slug,
            sources=Sources(
                event=self.events.page,
                discover=self.events.discover,
                organizer=self.users.organizer_by_slug,
                order=_no_order,
            ),
            media=self.blobs.public,
            web_folder=_web_app(folder / "web"),
            checks={},
            gauges={},
        )

    async def _authenticate(self, token: str) -> Actor:
        if token not in self.actors:
            raise NotAuthenticated
        return self.actors[token]


class Team:
    """An organizer and a member of its team with a browser."""

    def __init__(
        self, house: House, organizer_id: UUID, slug: str, browser: httpx2.AsyncClient
    ) -> None:
        self.house = house
        self.organizer_id = organizer_id
        self.slug = slug
        self.browser = browser

    @property
    def path(self) -> str:
        return f"/api/v1/organizers/{self.slug}/events"

    async def create(self, **changes: Any) -> dict[str, Any]:
        """A draft that is ready to be published, but for what `changes` say."""
        return accepted(await self.browser.post(self.path, json=draft(**changes)), 201)

    async def published(self, **changes: Any) -> dict[str, Any]:
        event = await self.create(**changes)
        return accepted(await self.post(event, "/publish"))

    async def get(self, event: dict[str, Any], path: str = "") -> httpx2.Response:
        return await self.browser.get(f"{self.path}/{event['id']}{path}")

    async def post(
        self, event: dict[str, Any], path: str, body: Any = None, **headers: str
    ) -> httpx2.Response:
        url = f"{self.path}/{event['id']}{path}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.browser.post(url, json=body, headers=named)

    async def patch(self, event: dict[str, Any], path: str = "", **body: Any) -> httpx2.Response:
        return await self.browser.patch(f"{self.path}/{event['id']}{path}", json=body)

    async def delete(self, event: dict[str, Any], path: str) -> httpx2.Response:
        return await self.browser.delete(f"{self.path}/{event['id']}{path}")

    async def facts(self) -> list[str]:
        """What was reported of this organizer, first first."""
        rows = await self.house.rows(
            "SELECT name FROM data.outbox WHERE organizer_id = $1 ORDER BY id", self.organizer_id
        )
        return [name for (name,) in rows]

    async def listed(self) -> list[str]:
        """The slugs in the discovery table."""
        rows = await self.house.rows(
            "SELECT slug FROM events.discovery WHERE organizer_id = $1 ORDER BY slug",
            self.organizer_id,
        )
        return [slug for (slug,) in rows]

    async def claim(self, event: dict[str, Any], units: int, **claim: Any) -> UUID:
        """Units of the event's first quota taken by a new holder, as selling does it."""
        quota = event["quotas"][0]
        holder, kind = new_id(), claim.pop("kind", "order")
        await self.house.rows(
            "WITH made AS (INSERT INTO events.claims (organizer_id, id, quota_id, kind, holder, "
            "ticket_type_id, units, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)) "
            "UPDATE events.quotas SET claimed = claimed + $7 WHERE organizer_id = $1 AND id = $3",
            self.organizer_id,
            new_id(),
            UUID(quota["id"]),
            kind,
            holder,
            UUID(event["ticket_types"][0]["id"]),
            units,
            claim.pop("expires_at", None),
        )
        return holder


def draft(**changes: Any) -> dict[str, Any]:
    """The body of an event three months from now."""
    day = (datetime.now(UTC) + timedelta(days=90)).date()
    body = {
        "title": "Night Train",
        "starts_at": f"{day}T19:00",
        "ends_at": f"{day}T22:30",
        "timezone": "Europe/Berlin",
        "venue": {"name": "Kesselhaus", "city": "Berlin", "country": "Germany"},
        "category": "music",
        "summary": "Two hours of soul.",
        "ticket": {"name": "Regular", "price": 2500, "quantity": 100},
    }
    return body | changes


def accepted(answer: httpx2.Response, status: int = 200) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    return answer.json()


def refused(answer: httpx2.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.json()["code"] == code, answer.text
    return answer.json()


def wrong_fields(answer: httpx2.Response) -> dict[str, str]:
    """Pointer → code of a 422."""
    assert answer.status_code == 422, answer.text
    return {error["pointer"]: error["code"] for error in answer.json()["errors"]}


async def _no_order(_: str) -> Any:
    raise NotFound


def _web_app(folder: Path) -> Path:
    """The least that the gateway can serve."""
    (folder / "first-screens").mkdir(parents=True)
    (folder / "index.html").write_text(
        "<!doctype html><html><head><!--head--></head>"
        '<body><div id="root"><!--first-screen--></div><!--boot--></body></html>'
    )
    return folder
