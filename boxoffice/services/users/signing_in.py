"""Signing in with address and password."""

from uuid import UUID

import structlog
from msgspec.structs import replace

from boxoffice.data.postgres import Database
from boxoffice.kernel.actors import Actor
from boxoffice.services.users import people
from boxoffice.services.users.attempts import Attempts
from boxoffice.services.users.passwords import Passwords, Verdict
from boxoffice.services.users.refusals import WrongCredentials
from boxoffice.services.users.rules.people import as_stored
from boxoffice.services.users.sessions import Sessions
from boxoffice.services.users.tables import UserRow
from boxoffice.services.users.views import SessionView

log = structlog.get_logger(__name__)


class SigningIn:
    """Every refusal reads the same and takes as long, whatever its reason."""

    def __init__(
        self, db: Database, *, passwords: Passwords, sessions: Sessions, attempts: Attempts
    ) -> None:
        self._db = db
        self._passwords = passwords
        self._sessions = sessions
        self._attempts = attempts

    async def log_in(self, actor: Actor, *, email: str, password: str) -> SessionView:
        """A new session; `WrongCredentials`, or `Busy` when too many sign in at once."""
        address = as_stored(email)
        await self._attempts.admit(address, actor)
        user = await self._find(address)
        verdict = await self._passwords.check(password, user.password_hash if user else None)
        if user is None or verdict is Verdict.WRONG or not _may_sign_in(user):
            await self._attempts.failed(address, actor)
            log.info("log_in_refused", address=actor.address)
            raise WrongCredentials
        await self._attempts.succeeded(address, actor)
        view = await self._open(actor, user)
        if verdict is Verdict.OUTDATED:
            await self._rehash(user.id, password, old=user.password_hash)
        return view

    async def _find(self, address: str) -> UserRow | None:
        async with self._db.begin_as_platform("sign in") as tx:
            return await people.by_email(tx, address)

    async def _open(self, actor: Actor, known: UserRow) -> SessionView:
        """Looks again: the account may have changed while the password was checked."""
        async with self._db.begin_for_buyer(known.id) as tx:
            user = await tx.session.get_one(UserRow, known.id, with_for_update=True)
            if not _may_sign_in(user) or user.password_hash != known.password_hash:
                raise WrongCredentials
            owner = replace(actor, user_id=user.id)
            tx.audit("session.opened", actor=owner, subject=f"user:{user.id}")
            return await self._sessions.open(tx, user)

    async def _rehash(self, user_id: UUID, password: str, *, old: str | None) -> None:
        stronger = await self._passwords.hash(password)
        async with self._db.begin_for_buyer(user_id) as tx:
            user = await tx.session.get_one(UserRow, user_id, with_for_update=True)
            if user.password_hash == old:
                user.password_hash = stronger


def _may_sign_in(user: UserRow) -> bool:
    return user.email_verified_at is not None and user.disabled_at is None
