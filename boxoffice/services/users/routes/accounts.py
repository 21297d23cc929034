"""Registering, signing in and out."""

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.users.api import Users
from boxoffice.services.users.routes.cookies import (
    AnyRequest,
    access_token_of,
    refresh_token_of,
    signed_in,
    signed_out,
)
from boxoffice.services.users.views import MeView, SessionView


class RegisterBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    email: str
    password: str
    name: str


class LoginBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    email: str
    password: str


class VerifyEmailBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`token` is what the link in the mail ends with."""

    token: str


class RefreshBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Browsers leave `refresh_token` out: theirs is in a cookie."""

    refresh_token: str | None = None


@post(
    "/auth/register",
    operation_id="register",
    summary="Open an account",
    opt=requires(Permission.PUBLIC),
)
async def register(
    users: NamedDependency[Users], actor: NamedDependency[Actor], data: JSONBody[RegisterBody]
) -> MeView:
    """Mails a link that proves the address. The answer is the same when there is an account
    already; then only its owner is told, by mail.
    """
    return await users.registrations.register(
        actor, email=data.email, password=data.password, name=data.name
    )


@post(
    "/auth/verify-email",
    status_code=200,
    operation_id="verify_email",
    summary="Prove an address with the link that was mailed to it",
    opt=requires(Permission.PUBLIC),
)
async def verify_email(
    users: NamedDependency[Users], actor: NamedDependency[Actor], data: JSONBody[VerifyEmailBody]
) -> MeView:
    """A link works once, for 24 hours."""
    return await users.registrations.verify_email(actor, data.token)


@post(
    "/auth/login",
    status_code=200,
    operation_id="log_in",
    summary="Sign in",
    opt=requires(Permission.PUBLIC),
)
async def log_in(
    users: NamedDependency[Users], actor: NamedDependency[Actor], data: JSONBody[LoginBody]
) -> Response[SessionView]:
    """Gives the tokens in the body, for programs, and as cookies, for browsers."""
    view = await users.signing_in.log_in(actor, email=data.email, password=data.password)
    return signed_in(view, users.settings)


@post(
    "/auth/refresh",
    status_code=200,
    operation_id="refresh_session",
    summary="Trade a refresh token for the next one",
    opt=requires(Permission.PUBLIC),
)
async def refresh_session(
    request: AnyRequest,
    users: NamedDependency[Users],
    actor: NamedDependency[Actor],
    data: JSONBody[RefreshBody],
) -> Response[SessionView]:
    """Each token works once. If one comes back later, somebody has a copy and the session ends."""
    token = data.refresh_token or refresh_token_of(request, users.settings)
    return signed_in(await users.sessions.renew(actor, token), users.settings)


@post(
    "/auth/logout",
    status_code=204,
    operation_id="log_out",
    summary="Sign out",
    opt=requires(Permission.PUBLIC),
)
async def log_out(
    request: AnyRequest, users: NamedDependency[Users], actor: NamedDependency[Actor]
) -> Response[None]:
    """Ends the session on every device that shares it, and succeeds without one as well."""
    await users.sessions.end(
        actor,
        access_token=access_token_of(request, users.settings),
        refresh_token=refresh_token_of(request, users.settings),
    )
    return signed_out(users.settings)


@get(
    "/me",
    operation_id="get_me",
    summary="One's own account and teams",
    opt=requires(Permission.SIGNED_IN),
)
async def get_me(users: NamedDependency[Users], actor: NamedDependency[Actor]) -> MeView:
    return await users.me(actor)


handlers = [register, verify_email, log_in, refresh_session, log_out, get_me]
