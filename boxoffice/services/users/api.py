"""PUBLIC: what other services, the gateway and the composition root may ask of users."""

from uuid import UUID

from boxoffice.data.postgres import Database
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.keyring import Keyring
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import NotAuthenticated
from boxoffice.services.users import people
from boxoffice.services.users.access import Access
from boxoffice.services.users.attempts import Attempts, Uncounted
from boxoffice.services.users.directory import Directory
from boxoffice.services.users.links import RefreshTokens
from boxoffice.services.users.organizers import Organizers
from boxoffice.services.users.passwords import Passwords
from boxoffice.services.users.provisioning import Provisioning
from boxoffice.services.users.registration import Registrations
from boxoffice.services.users.rules.people import normalise_email
from boxoffice.services.users.sessions import Sessions
from boxoffice.services.users.settings import CookieSettings, UsersSettings
from boxoffice.services.users.signing_in import SigningIn
from boxoffice.services.users.tables import UserRow
from boxoffice.services.users.teams import Teams
from boxoffice.services.users.tokens import AccessTokens
from boxoffice.services.users.views import (
    Contact,
    MeView,
    OrganizerRef,
    OrganizerView,
    VerificationMail,
)

__all__ = [
    "Attempts",
    "Contact",
    "CookieSettings",
    "OrganizerRef",
    "OrganizerView",
    "Users",
    "UsersSettings",
    "VerificationMail",
    "normalise_email",
]

_BY_DEFAULT = UsersSettings()
_UNCOUNTED = Uncounted()


class Users:
    """Accounts, organizers and teams.

    The methods are for other services and the gateway; the rooms (`registrations`, `signing_in`,
    `sessions`, `organizers`, `teams`) for our routes, `provisioning` for the command line.
    """

    def __init__(
        self,
        db: Database,
        keyring: Keyring,
        settings: UsersSettings = _BY_DEFAULT,
        *,
        attempts: Attempts = _UNCOUNTED,
    ) -> None:
        self.settings = settings
        self._db = db
        self._passwords = Passwords(settings)
        self._directory = Directory(db)
        tokens = AccessTokens(keyring, lasts=settings.access_token_lasts)
        self._access = Access(db, tokens)
        self.registrations = Registrations(db, keyring, self._passwords, settings)
        self.sessions = Sessions(
            db,
            access=self._access,
            access_tokens=tokens,
            refresh_tokens=RefreshTokens(keyring),
            settings=settings,
        )
        self.signing_in = SigningIn(
            db, passwords=self._passwords, sessions=self.sessions, attempts=attempts
        )
        self.organizers = Organizers(db, self._directory, self._access)
        self.teams = Teams(db, self._access)
        self.provisioning = Provisioning(
            db,
            registrations=self.registrations,
            organizers=self.organizers,
            directory=self._directory,
        )

    async def authenticate(self, token: str) -> Actor:
        """The account behind an access token; `NotAuthenticated` without a living session.

        Answered from memory; a sign-out, a ban or a new role is felt within two seconds.
        """
        return await self._access.authenticate(token)

    async def authenticate_afresh(self, token: str) -> Actor:
        """The same, from the database: ask before refusing what a change a moment ago allows."""
        return await self._access.authenticate_afresh(token)

    async def organizer_by_slug(self, slug: str) -> OrganizerRef:
        """The organizer with this slug, at most five seconds old; `NotFound` for any other text."""
        return await self._directory.by_slug(slug)

    async def organizer(self, organizer_id: UUID) -> OrganizerRef:
        """The organizer with this id, at most five seconds old; `NotFound` without one."""
        return await self._directory.by_id(organizer_id)

    async def me(self, actor: Actor) -> MeView:
        """The asking account and its teams; `NotAuthenticated` for a visitor."""
        if actor.user_id is None:
            raise NotAuthenticated
        async with self._db.begin_for_buyer(actor.user_id) as tx:
            return await people.me(tx, await tx.session.get_one(UserRow, actor.user_id))

    async def email_of(self, user_id: UUID) -> str | None:
        """The address of an account, proved or not; None if it is disabled or unknown."""
        async with self._db.begin_for_buyer(user_id) as tx:
            user = await tx.session.get(UserRow, user_id)
        return None if user is None or user.disabled_at is not None else user.email

    async def verification_mail_data(self, user_id: UUID) -> VerificationMail | None:
        """What the mail after `UserRegistered` says; None once there is nothing left to verify."""
        return await self.registrations.mail_data(user_id)

    async def members_with(self, organizer_id: UUID, permission: Permission) -> list[Contact]:
        """The team members whose role grants `permission`, for writing to them."""
        return await self.teams.contacts(organizer_id, permission)

    def close(self) -> None:
        """Let the hashing threads go."""
        self._passwords.close()
