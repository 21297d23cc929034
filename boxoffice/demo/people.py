"""Who can sign in, and the organizer they find."""

from uuid import UUID

import msgspec

from boxoffice.services.users.api import OrganizerRef, Users

ORGANIZER_SLUG = "demo"
ORGANIZER_NAME = "Demo Hall"


class Login(msgspec.Struct, frozen=True):
    email: str
    password: str


async def make_admin(users: Users, login: Login) -> None:
    """The platform's admin, unless there already."""
    await users.provisioning.ensure_platform_admin(
        email=login.email, name="Platform Admin", password=login.password
    )


async def make_owner(users: Users, login: Login) -> UUID:
    """The account that owns the demo organizer."""
    return await users.provisioning.ensure_account(
        email=login.email, name="Demo Organizer", password=login.password
    )


async def make_organizer(users: Users, owner_id: UUID) -> OrganizerRef:
    """The demo organizer, in whatever shape its owner has brought it."""
    return await users.provisioning.ensure_organizer(
        slug=ORGANIZER_SLUG, name=ORGANIZER_NAME, owner_id=owner_id
    )
