"""A small product behind the real gateway: few operations, everything in memory."""

import asyncio
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import httpx2
import msgspec
from litestar import Litestar, Request, Response, Router, delete, get, post, put
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, MultipartBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.gateway.application import create_application
from boxoffice.gateway.parts import GatewayParts
from boxoffice.gateway.settings import GatewaySettings, RateLimits
from boxoffice.kernel.actors import Actor, Membership
from boxoffice.kernel.freshness import keep_while
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.keyring import Keyring
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.kernel.refusals import Conflict, NotAuthenticated
from tests.gateway.showcase import Showcase

PUBLIC_URL = "https://tickets.example"
API = "/api/v1"
PLENTY = RateLimits(**dict.fromkeys(RateLimits.__struct_fields__, "100000/minute"))
KEYRING = Keyring("a root secret for tests that is long enough")


class SoldOut(Conflict):
    """Nothing is left of a ticket type."""

    code = "sold_out"
    message = "These tickets are gone."


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    ticket_type_id: UUID
    quantity: int


class OpenBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    event_id: UUID
    items: list[Line]
    note: str = ""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a handler was told."""

    actor: str
    visitor_id: UUID | None = None
    order_token: str | None = None
    address: str = ""
    trace_id: str = ""
    scope: str | None = None
    organizer_id: UUID | None = None
    note: str = ""


class Ledger:
    """Counts effects, and replays them by idempotency key as the data layer does."""

    def __init__(self) -> None:
        self.effects = 0
        self.said = "open"
        self.trouble: Exception | None = None
        self.hold: asyncio.Event | None = None
        self.kept: dict[tuple[str, str], Told] = {}

    def act(self, told: Told, once: IdempotencyKey | None) -> Told:
        if self.trouble is not None:
            raise self.trouble
        if once is not None and (once.scope, once.key) in self.kept:
            once.replayed = True
            return self.kept[once.scope, once.key]
        self.effects += 1
        if once is not None:
            self.kept[once.scope, once.key] = told
        return told


class Accounts:
    """Tokens and whom they stand for. `remembered` is what a memory would still say."""

    def __init__(self) -> None:
        self.actors: dict[str, Actor] = {}
        self.remembered: dict[str, Actor] = {}
        self.organizers: dict[str, UUID] = {"kulturhaus": new_id(), "rival": new_id()}

    def sign_in(self, *permissions: Permission, organizer: str = "kulturhaus", **more: Any) -> str:
        """A token for a new account with these permissions in an organizer."""
        membership = Membership(
            organizer_id=self.organizers[organizer],
            slug=organizer,
            role="manager",
            permissions=frozenset(permissions),
        )
        token = f"token-{new_id().hex}"
        memberships = (membership,) if permissions else ()
        self.actors[token] = Actor(user_id=new_id(), memberships=memberships, **more)
        return token

    async def authenticate(self, token: str) -> Actor:
        return self.remembered.get(token) or await self.authenticate_afresh(token)

    async def authenticate_afresh(self, token: str) -> Actor:
        if token not in self.actors:
            raise NotAuthenticated("This session is over; sign in again.")
        return self.actors[token]

    async def find_organizer(self, slug: str) -> "Named | None":
        return Named(self.organizers[slug]) if slug in self.organizers else None


class Named(msgspec.Struct, frozen=True):
    id: UUID


@get("/things", opt=requires(Permission.PUBLIC), operation_id="list_things", summary="Things")
async def list_things(actor: NamedDependency[Actor], limit: FromQuery[int] = 25) -> Told:
    return _told(actor, note=str(limit))


@get("/cached", opt=requires(Permission.PUBLIC), operation_id="get_cached", summary="Cached")
async def get_cached() -> Response[str]:
    return Response("x", headers={"cache-control": "public, max-age=5"})


@get("/polled", opt=requires(Permission.PUBLIC), operation_id="get_polled", summary="Polled")
async def get_polled(
    request: Request[Any, Any, Any], ledger: NamedDependency[Ledger], word: FromQuery[str] = ""
) -> Response[str]:
    ledger.effects += 1
    said = ledger.said
    keep_while(request.scope, lambda: ledger.said == said)
    answer = Response(f"{said} {word}", headers={"etag": f'"{said}"', "cache-control": "no-cache"})
    if word == "cookie":
        answer.set_cookie("seen", "1")
    return answer


@get("/broken", opt=requires(Permission.PUBLIC), operation_id="get_broken", summary="Broken")
async def get_broken() -> None:
    raise RuntimeError("secret-inside")


@get("/sold-out", opt=requires(Permission.PUBLIC), operation_id="get_sold_out", summary="Gone")
async def get_sold_out() -> None:
    raise SoldOut(wanted=3, left=UUID(int=1))


@get("/me", opt=requires(Permission.SIGNED_IN), operation_id="get_me", summary="Me")
async def get_me(actor: NamedDependency[Actor]) -> Told:
    return _told(actor)


@get("/platform", opt=requires(Permission.PLATFORM), operation_id="get_platform", summary="All")
async def get_platform(actor: NamedDependency[Actor]) -> Told:
    return _told(actor)


@post("/auth/login", opt=requires(Permission.PUBLIC), operation_id="log_in", summary="Log in")
async def log_in(accounts: NamedDependency[Accounts]) -> Response[Told]:
    token = accounts.sign_in()
    answer = Response(_told(accounts.actors[token]))
    answer.set_cookie("__Host-boxoffice_session", token, secure=True, httponly=True)
    return answer


@post("/auth/logout", opt=requires(Permission.PUBLIC), operation_id="log_out", summary="Log out")
async def log_out() -> Response[None]:
    answer = Response(None, status_code=204)
    answer.set_cookie("__Host-boxoffice_session", "", max_age=0, secure=True, httponly=True)
    return answer


@post(
    "/organizers/{organizer:str}/orders",
    opt={**requires(Permission.VISITOR), "entrance": True},
    operation_id="open_order",
    summary="Open an order",
)
async def open_order(
    ledger: NamedDependency[Ledger],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    once: NamedDependency[IdempotencyKey | None],
    data: JSONBody[OpenBody],
) -> Told:
    told = _told(actor, organizer_id=organizer_id, scope=once and once.scope, note=data.note)
    if ledger.hold is not None:
        await ledger.hold.wait()
    return ledger.act(told, once)


@post("/reports", opt=requires(Permission.PUBLIC), operation_id="report", summary="Report")
async def report(
    actor: NamedDependency[Actor], once: NamedDependency[IdempotencyKey | None]
) -> Told:
    return _told(actor, scope=once and once.scope)


@get(
    "/organizers/{organizer:str}/orders/{order_id:uuid}",
    opt=requires(Permission.ORDER_HOLDER),
    operation_id="get_order",
    summary="An order",
)
async def get_order(actor: NamedDependency[Actor], order_id: FromPath[UUID]) -> Told:
    return _told(actor, note=str(order_id))


@delete(
    "/organizers/{organizer:str}/members/{user_id:uuid}",
    opt=requires(Permission.MEMBERS_MANAGE),
    operation_id="remove_member",
    summary="Remove a member",
    status_code=204,
)
async def remove_member(ledger: NamedDependency[Ledger], user_id: FromPath[UUID]) -> None:
    ledger.effects += 1


@put(
    "/organizers/{organizer:str}/cover",
    opt=requires(Permission.EVENTS_WRITE),
    operation_id="upload_cover",
    summary="Upload",
    request_max_body_size=3_000_000,
)
async def upload_cover(data: MultipartBody[UploadFile]) -> Told:
    return Told(actor="", note=str(len(await data.read())))


ROUTES = [
    list_things,
    get_cached,
    get_polled,
    get_broken,
    get_sold_out,
    get_me,
    get_platform,
    log_in,
    log_out,
    open_order,
    report,
    get_order,
    remove_member,
    upload_cover,
]


class Edge:
    """The product, its insides, and clients that talk to it."""

    def __init__(self, web_folder: Path, **settings: Any) -> None:
        self.accounts = Accounts()
        self.ledger = Ledger()
        self.showcase = Showcase()
        self.sick: set[str] = set()
        given: dict[str, Any] = {"public_url": PUBLIC_URL, "rate_limits": PLENTY, **settings}
        self.settings = GatewaySettings(**given)
        self.app = create_application(self.settings, self.parts(web_folder))

    def parts(self, web_folder: Path, routes: list[Any] | None = None) -> GatewayParts:
        return GatewayParts(
            keyring=KEYRING,
            routers=[Router(API, route_handlers=routes or ROUTES)],
            services={"accounts": self.accounts, "ledger": self.ledger},
            authenticate=self.accounts.authenticate,
            authenticate_afresh=self.accounts.authenticate_afresh,
            organizers=self.accounts.find_organizer,
            sources=self.showcase.sources(),
            media=self.showcase.media,
            web_folder=web_folder,
            checks={"database": self._check_database, "cache": self._check_cache},
            gauges={"boxoffice_pool_in_use": lambda: 3.0},
        )

    def client(self, *, address: str = "198.51.100.7", **headers: str) -> httpx2.AsyncClient:
        """A client whose requests come from `address`. It keeps cookies."""
        return httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=cast("Any", self.app), client=(address, 4711)),
            base_url=PUBLIC_URL,
            headers=headers,
        )

    async def _check_database(self) -> None:
        if "database" in self.sick:
            raise ConnectionError("postgresql://user:password@db refused")

    async def _check_cache(self) -> None:
        if "cache" in self.sick:
            raise ConnectionError


def purchase(**changes: Any) -> dict[str, Any]:
    """A body for `open_order`."""
    line = {"ticket_type_id": str(new_id()), "quantity": 1}
    return {"event_id": str(new_id()), "items": [line]} | changes


def application_of(edge: Edge, web_folder: Path, *routes: Any) -> Litestar:
    """Another application with these routes."""
    return create_application(edge.settings, edge.parts(web_folder, list(routes)))


def _told(actor: Actor, **more: Any) -> Told:
    return Told(
        actor=actor.label,
        visitor_id=actor.visitor_id,
        order_token=actor.order_token,
        address=actor.address,
        trace_id=actor.trace_id,
        **more,
    )
