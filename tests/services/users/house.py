"""The users service behind HTTP, without the gateway: who asks is read from the token alone."""

from hashlib import sha256
from typing import Any
from uuid import UUID

import httpx2
import msgspec
from litestar import Litestar, Request, Response
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.gateway.problems import status_of
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.keyring import Keyring
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import Invalid, Refusal
from boxoffice.services.users.api import Users, UsersSettings
from boxoffice.services.users.routes import router
from boxoffice.services.users.routes.cookies import access_token_of

KEYRING = Keyring("a root secret that is long enough for tests")
QUICK = UsersSettings(bcrypt_cost=4)
PASSWORD = "seven quiet otters"
HOST = "https://boxoffice.test"


class House:
    """One process: its own `Users`, its own memory. Several may share a database."""

    def __init__(
        self, db: Database, settings: UsersSettings = QUICK, keyring: Keyring = KEYRING
    ) -> None:
        self.db = db
        self.users = Users(db, keyring, settings)
        self._app = _application(self.users)

    def guest(self) -> "Guest":
        """Somebody with a browser of their own and no account yet."""
        return Guest(self)

    def client(self) -> httpx2.AsyncClient:
        app: Any = self._app
        transport = httpx2.ASGITransport(app=app)
        return httpx2.AsyncClient(transport=transport, base_url=f"{HOST}/api/v1")

    async def member(self, name: str = "Ada") -> "Guest":
        """Somebody who has registered, proved the address and signed in."""
        guest = Guest(self, name)
        await guest.register()
        await guest.verify()
        answer = await guest.log_in()
        assert answer.status_code == 200, answer.text
        return guest

    async def told(self, user_id: UUID) -> list[str]:
        """The facts about a user, first first."""
        return await self.column(
            "SELECT name FROM data.outbox WHERE payload->>'user_id' = $1 ORDER BY id", str(user_id)
        )

    async def user_id(self, email: str) -> UUID:
        (found,) = await self.column("SELECT id FROM users.users WHERE email = $1", email)
        return found

    async def column(self, sql: str, *values: Any) -> list[Any]:
        """The first column of what the statement gives."""
        async with self.db.begin_as_platform("test") as tx:
            rows = await tx.connection.exec_driver_sql(sql, values)
            return [row[0] for row in rows]

    async def change(self, sql: str, *values: Any) -> None:
        async with self.db.begin_as_platform("test") as tx:
            await tx.connection.exec_driver_sql(sql, values)


class Guest:
    """A person with an address, a password and a browser that keeps cookies."""

    def __init__(self, house: House, name: str = "Ada") -> None:
        self.house = house
        self.name = name
        self.email = f"guest-{new_id().hex[-12:]}@example.org"
        self.password = PASSWORD
        self.browser = house.client()
        self.session: dict[str, Any] = {}

    @property
    def bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.session['access_token']}"}

    @property
    def id(self) -> UUID:
        return UUID(self.session["me"]["user"]["id"])

    async def post(self, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        return await self.browser.post(path, json=body, headers=headers)

    async def get(self, path: str) -> httpx2.Response:
        return await self.browser.get(path)

    async def register(self, **changes: str) -> httpx2.Response:
        body = {"email": self.email, "password": self.password, "name": self.name}
        return await self.post("/auth/register", body | changes)

    async def verify(self) -> httpx2.Response:
        user_id = await self.house.user_id(self.email)
        mail = await self.house.users.verification_mail_data(user_id)
        assert mail is not None
        return await self.post("/auth/verify-email", {"token": mail.token})

    async def log_in(self, **changes: str) -> httpx2.Response:
        body = {"email": self.email, "password": self.password}
        answer = await self.post("/auth/login", body | changes)
        if answer.status_code == 200:
            self.session = answer.json()
        return answer

    async def refresh(self, token: str) -> httpx2.Response:
        """By a program: the token in the body, no cookies."""
        async with self.house.client() as program:
            return await program.post("/auth/refresh", json={"refresh_token": token})

    async def organizer(self, name: str = "The Small Hall") -> str:
        """The slug of a new organizer of theirs."""
        answer = await self.post("/organizers", {"name": f"{name} {new_id().hex[-8:]}"})
        assert answer.status_code == 201, answer.text
        return answer.json()["slug"]


def _application(users: Users) -> Litestar:
    async def actor(request: Request[Any, Any, Any]) -> Actor:
        public = request.route_handler.opt["permission"] is Permission.PUBLIC
        token = access_token_of(request, users.settings)
        return Actor() if public or not token else await users.authenticate(token)

    async def organizer_id(organizer: FromPath[str]) -> UUID:
        return (await users.organizer_by_slug(organizer)).id

    async def once(
        request: Request[Any, Any, Any], actor: NamedDependency[Actor]
    ) -> IdempotencyKey | None:
        key = request.headers.get("idempotency-key")
        fingerprint = sha256(await request.body()).digest()
        return IdempotencyKey(scope=actor.label, key=key, fingerprint=fingerprint) if key else None

    def provide_users() -> Users:
        return users

    return Litestar(
        [router],
        dependencies={
            "users": Provide(provide_users, sync_to_thread=False),
            "actor": Provide(actor),
            "organizer_id": Provide(organizer_id),
            "once": Provide(once),
        },
        exception_handlers={Refusal: _problem},
        openapi_config=None,
    )


def _problem(_: Request[Any, Any, Any], refusal: Refusal) -> Response[bytes]:
    errors = refusal.errors if isinstance(refusal, Invalid) else []
    document = {
        "code": refusal.code,
        "detail": refusal.text,
        "errors": [{"pointer": error.pointer, "code": error.code} for error in errors],
    }
    return Response(
        msgspec.json.encode(document),
        status_code=status_of(type(refusal)),
        media_type="application/problem+json",
    )


def wrong_fields(answer: httpx2.Response) -> dict[str, str]:
    """Pointer → code of a 422."""
    assert answer.status_code == 422, answer.text
    return {error["pointer"]: error["code"] for error in answer.json()["errors"]}
