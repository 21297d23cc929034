"""Registering an account and proving its address."""

from enum import Enum
from uuid import UUID

import msgspec
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import ReturningInsert

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.keyring import Keyring
from boxoffice.kernel.refusals import FieldError
from boxoffice.services.users import people
from boxoffice.services.users.facts import EmailVerified, RegistrationRepeated, UserRegistered
from boxoffice.services.users.links import OpenedLink, Registration, VerificationLinks
from boxoffice.services.users.passwords import Passwords
from boxoffice.services.users.refusals import BadLink, LinkExpired, LinkUsed
from boxoffice.services.users.rules.fields import Form
from boxoffice.services.users.rules.people import normalise_email, tidy_name
from boxoffice.services.users.rules.strength import demand_strong
from boxoffice.services.users.settings import UsersSettings
from boxoffice.services.users.tables import UserRow
from boxoffice.services.users.views import MeView, UserView, VerificationMail


class Applicant(msgspec.Struct, frozen=True, kw_only=True):
    """A registration whose fields are right."""

    email: str
    name: str
    password_hash: str


class Entry(Enum):
    """What a registration met."""

    UNPROVED = "an address that nobody has proved to own"
    KNOWN = "an account: nothing changed"


class Registrations:
    """Nobody learns here whether an address has an account: only its owner does, by mail."""

    def __init__(
        self, db: Database, keyring: Keyring, passwords: Passwords, settings: UsersSettings
    ) -> None:
        self._db = db
        self._links = VerificationLinks(keyring)
        self._passwords = passwords
        self._link_lasts = settings.verification_lasts

    async def register(self, actor: Actor, *, email: str, password: str, name: str) -> MeView:
        """Open an account that its mail has to confirm; the same answer when there is one already.

        Until an address is proved, its last registration counts. `Invalid` names wrong fields.
        """
        applicant = await self.check(email=email, password=password, name=name)
        user_id = new_id()
        async with self._db.begin_as_platform("register") as tx:
            known_id, entry = await self.enter(tx, user_id, applicant)
            told = UserRegistered if entry is Entry.UNPROVED else RegistrationRepeated
            tx.tell(told(organizer_id=None, user_id=known_id))
            tx.audit("user.registered", actor=actor, subject=f"user:{known_id}")
        return _newcomer(user_id, applicant)

    async def verify_email(self, actor: Actor, token: str) -> MeView:
        """Confirm the address the link was mailed to; `BadLink`, `LinkExpired` or `LinkUsed`."""
        link = self._links.read(token)
        if link is None:
            raise BadLink
        async with self._db.begin_for_buyer(link.user_id) as tx:
            user = await self._opened_by(tx, link)
            user.email_verified_at = await tx.now()
            tx.tell(EmailVerified(organizer_id=None, user_id=user.id))
            tx.audit("user.email_verified", actor=actor, subject=f"user:{user.id}")
            return await people.me(tx, user)

    async def mail_data(self, user_id: UUID) -> VerificationMail | None:
        """What the verification mail says; None once there is nothing left to verify."""
        async with self._db.begin_for_buyer(user_id) as tx:
            user = await tx.session.get(UserRow, user_id)
            registration = None if user is None else _registration(user)
            if user is None or registration is None or user.email_verified_at or user.disabled_at:
                return None
            expires_at = await tx.now() + self._link_lasts
        token = self._links.write(registration, expires_at=expires_at)
        return VerificationMail(email=user.email, name=user.name, token=token)

    async def check(self, *, email: str, password: str, name: str) -> Applicant:
        """The fields made right and the password hashed, or `Invalid`."""
        form = Form()
        right_email = form.read(normalise_email, email)
        right_name = form.read(tidy_name, name)
        weakness = await self._passwords.beside(lambda: _weakness(password, email, name))
        form.note(weakness)
        if right_email is None or right_name is None or weakness:
            raise form.refusal()
        password_hash = await self._passwords.hash(password)
        return Applicant(email=right_email, name=right_name, password_hash=password_hash)

    async def enter(
        self, tx: Transaction, user_id: UUID, applicant: Applicant
    ) -> tuple[UUID, Entry]:
        """Open the account as `user_id` or replace it while unproved; the account's id.

        As many statements for a known address as for a new one, so that time tells nothing either.
        """
        entered = await tx.session.scalar(_enter_or_replace(user_id, applicant))
        user = await people.by_email(tx, applicant.email)
        known_id = user.id if user else user_id
        return known_id, Entry.KNOWN if entered is None else Entry.UNPROVED

    async def _opened_by(self, tx: Transaction, link: OpenedLink) -> UserRow:
        user = await tx.session.get(UserRow, link.user_id, with_for_update=True)
        registration = None if user is None else _registration(user)
        if user is None or registration is None or not self._links.proves(link, registration):
            raise BadLink
        if user.email_verified_at is not None:
            raise LinkUsed
        if link.expires_at <= await tx.now():
            raise LinkExpired
        return user


def _enter_or_replace(user_id: UUID, applicant: Applicant) -> ReturningInsert[UUID]:
    """Gives the id of the account opened, or replaced while unproved; nothing for a proved one."""
    entry = insert(UserRow).values(id=user_id, **msgspec.structs.asdict(applicant))
    return entry.on_conflict_do_update(
        index_elements=[UserRow.email],
        set_={"name": entry.excluded.name, "password_hash": entry.excluded.password_hash},
        where=UserRow.email_verified_at.is_(None),
    ).returning(UserRow.id)


def _newcomer(user_id: UUID, applicant: Applicant) -> MeView:
    """The answer to every registration; the id is the account's only if it is new."""
    user = UserView(
        id=user_id,
        email=applicant.email,
        name=applicant.name,
        email_verified=False,
        platform_admin=False,
    )
    return MeView(user=user, organizers=[])


def _registration(user: UserRow) -> Registration | None:
    """None for somebody who was only invited."""
    if user.password_hash is None:
        return None
    return Registration(user_id=user.id, email=user.email, password_hash=user.password_hash)


def _weakness(password: str, *context: str) -> FieldError | None:
    try:
        demand_strong(password, context=context)
    except FieldError as weakness:
        return weakness
    return None
