"""What users answers with, inside the house and over HTTP."""

from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec

from boxoffice.services.users.rules.roles import Role


class OrganizerView(msgspec.Struct, frozen=True, kw_only=True):
    """An organizer as anybody may see it."""

    id: UUID
    slug: str
    name: str
    description: str
    contact_email: str | None


OrganizerRef = OrganizerView


class UserView(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    email: str
    name: str
    email_verified: bool
    platform_admin: bool


class MembershipView(msgspec.Struct, frozen=True, kw_only=True):
    """A team the asking user is in, and what that allows."""

    organizer_id: UUID
    slug: str
    name: str
    role: Role
    permissions: list[str]


class MeView(msgspec.Struct, frozen=True, kw_only=True):
    user: UserView
    organizers: list[MembershipView]


class SessionView(msgspec.Struct, frozen=True, kw_only=True):
    """Both tokens; browsers get them as cookies as well. `expires_in` is seconds of the first."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    refresh_token: str
    me: MeView


class MemberView(msgspec.Struct, frozen=True, kw_only=True):
    """`name` is empty until an invited person has registered."""

    user_id: UUID
    email: str
    name: str
    role: Role
    joined_at: datetime


class Contact(NamedTuple):
    """Whom to write to."""

    email: str
    name: str


class VerificationMail(NamedTuple):
    """What the mail that proves an address needs; the link is `/verify-email?token={token}`."""

    email: str
    name: str
    token: str
