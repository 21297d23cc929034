"""Who is asking."""

from uuid import UUID

import msgspec

from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import Forbidden, NotFound


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """A user's place in one organizer's team and what it allows."""

    organizer_id: UUID
    slug: str
    role: str
    permissions: frozenset[Permission]


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever stands at the door: a visitor (signed cookie), perhaps with an account, perhaps
    staff.

    `visitor_id` is None without a cookie; `user_id` is None without an account. `order_token` is
    the capability presented for one order, unchecked: `bookings` checks it.
    """

    visitor_id: UUID | None = None
    user_id: UUID | None = None
    platform_admin: bool = False
    memberships: tuple[Membership, ...] = ()
    order_token: str | None = None
    address: str = ""
    trace_id: str = ""

    def may(self, permission: Permission, organizer_id: UUID) -> bool:
        """Whether the actor's role in that organizer grants `permission`."""
        return any(
            permission in membership.permissions
            for membership in self.memberships
            if membership.organizer_id == organizer_id
        )

    def demand(self, permission: Permission, organizer_id: UUID) -> None:
        """Pass, or refuse: a stranger sees `NotFound`, a member without the right `Forbidden`."""
        if self.may(permission, organizer_id):
            return
        if any(membership.organizer_id == organizer_id for membership in self.memberships):
            raise Forbidden(permission=permission)
        raise NotFound

    @property
    def label(self) -> str:
        """For the audit log: `user:…`, `visitor:…` or `anonymous`."""
        if self.user_id:
            return f"user:{self.user_id}"
        return f"visitor:{self.visitor_id}" if self.visitor_id else "anonymous"


SYSTEM = Actor()
