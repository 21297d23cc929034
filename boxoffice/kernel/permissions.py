"""Permissions: what an operation demands of whoever asks. Every operation declares exactly one."""

from enum import StrEnum
from typing import Any


class Permission(StrEnum):
    """Public ones first, then those of an organizer's member, then the platform's."""

    PUBLIC = "public"
    VISITOR = "visitor"
    SIGNED_IN = "signed_in"
    ORDER_HOLDER = "order_holder"

    ORGANIZER_READ = "organizer:read"
    EVENTS_READ = "events:read"
    EVENTS_WRITE = "events:write"
    ORDERS_READ = "orders:read"
    ORDERS_WRITE = "orders:write"
    SCAN = "scan"
    SUPPORT = "support"
    MEMBERS_MANAGE = "members:manage"

    PLATFORM = "platform"


ORGANIZER_PERMISSIONS = frozenset(
    permission
    for permission in Permission
    if ":" in permission or permission in {"scan", "support"}
)


def requires(permission: Permission) -> dict[str, Any]:
    """A route's `opt` that demands `permission`: `@get("/", opt=requires(Permission.SCAN))`."""
    return {"permission": permission}
