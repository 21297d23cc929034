"""What each operation of the API demands, read once from its route at start-up."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from boxoffice.kernel.permissions import ORGANIZER_PERMISSIONS, Permission

API = "/api/v1/"
# Where secrets are guessed and mails are triggered.
GUARDED_PATHS = ("/api/v1/auth/", "/api/v1/order-links")
HOOK_PATHS = "/api/v1/payments/webhooks/"
# Renewing or ending a session guesses nothing, and a whole office does it behind one address.
_HARMLESS = {"refresh_session", "log_out"}


class Limit(StrEnum):
    """Which rate limit an operation counts against; a route may say: `opt={"limit": "auth"}`."""

    AUTH = "auth"
    WRITE = "write"
    STAFF = "staff"
    HOOK = "hook"
    READ = "read"


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """`route` is the path with its parameters by name, as in the OpenAPI document. `is_entrance`:
    refused when there are too many already (`shedding.py`).
    """

    name: str
    route: str
    permission: Permission
    limit: Limit
    is_entrance: bool = False


class UndeclaredOperation(Exception):
    """A route cannot be served safely, so the application refuses to start."""

    def __init__(self, route: str, name: str, remedy: str) -> None:
        super().__init__(f"{route} ({name}) {remedy}")


def declare(application: Litestar) -> list[Operation]:
    """Attach its `Operation` to every route handler; `UndeclaredOperation` for one without a
    permission.
    """
    operations: list[Operation] = []
    for route, handler in handlers_of(application):
        operation = _describe(handler, route.path_format)
        handler.opt["operation"] = operation
        operations.append(operation)
    return operations


def handlers_of(application: Litestar) -> Iterator[tuple[HTTPRoute, HTTPRouteHandler]]:
    """Every handler of a request with its route; the OPTIONS answers that Litestar adds are left
    out.
    """
    for route in application.routes:
        if not isinstance(route, HTTPRoute):
            raise UndeclaredOperation(route.path_format, "mounted", "is no HTTP operation.")
        for handler in route.route_handlers:
            if handler.http_methods != {"OPTIONS"}:
                yield route, handler


def operation_of(scope: Any) -> Operation | None:
    """The operation that Litestar's router chose."""
    return scope["route_handler"].opt.get("operation")


def _describe(handler: HTTPRouteHandler, route: str) -> Operation:
    method = min(handler.http_methods)
    permission = handler.opt.get("permission")
    if not isinstance(permission, Permission):
        raise UndeclaredOperation(
            f"{method} {route}",
            handler.handler_name,
            "declares no permission; give its route `opt=requires(Permission.…)`.",
        )
    if not route.startswith(API):
        raise UndeclaredOperation(
            f"{method} {route}", handler.handler_name, f"is outside {API}; the front never asks it."
        )
    name = handler.operation_id if isinstance(handler.operation_id, str) else handler.handler_name
    limit = Limit(handler.opt.get("limit") or _limit_of(name, method, route, permission))
    return Operation(
        name=name,
        route=route,
        permission=permission,
        limit=limit,
        is_entrance=bool(handler.opt.get("entrance")),
    )


def _limit_of(name: str, method: str, route: str, permission: Permission) -> Limit:
    if permission in ORGANIZER_PERMISSIONS or permission is Permission.PLATFORM:
        return Limit.STAFF
    if method == "GET":
        return Limit.READ
    if route.startswith(HOOK_PATHS):
        return Limit.HOOK
    if route.startswith(GUARDED_PATHS) and name not in _HARMLESS:
        return Limit.AUTH
    return Limit.WRITE
