"""PUBLIC: what has happened to accounts, organizers and teams. Ids only."""

from typing import ClassVar
from uuid import UUID

from boxoffice.kernel.facts import Fact


class UserRegistered(Fact, frozen=True, kw_only=True):
    """Somebody registered an address (again, maybe) that nobody has proved to own: mail the link.

    `Users.verification_mail_data` has what the mail says.
    """

    name: ClassVar[str] = "users.user_registered.v1"
    user_id: UUID


class RegistrationRepeated(Fact, frozen=True, kw_only=True):
    """Somebody registered an address that has an account: tell its owner, by mail only."""

    name: ClassVar[str] = "users.registration_repeated.v1"
    user_id: UUID


class EmailVerified(Fact, frozen=True, kw_only=True):
    name: ClassVar[str] = "users.email_verified.v1"
    user_id: UUID


class OrganizerCreated(Fact, frozen=True, kw_only=True):
    name: ClassVar[str] = "users.organizer_created.v1"


class MemberAdded(Fact, frozen=True, kw_only=True):
    """The user joined the organizer's team; perhaps somebody without an account yet."""

    name: ClassVar[str] = "users.member_added.v1"
    user_id: UUID


class MemberRoleChanged(Fact, frozen=True, kw_only=True):
    name: ClassVar[str] = "users.member_role_changed.v1"
    user_id: UUID


class MemberRemoved(Fact, frozen=True, kw_only=True):
    name: ClassVar[str] = "users.member_removed.v1"
    user_id: UUID
