"""Sessions: a device stays signed in by trading each refresh token for the next one."""

from uuid import UUID

from sqlalchemy import delete, func, or_, text, update

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.services.users import people
from boxoffice.services.users.access import Access
from boxoffice.services.users.links import RefreshToken, RefreshTokens
from boxoffice.services.users.refusals import SessionOver
from boxoffice.services.users.rules.renewals import Renewal, Standing, renewal
from boxoffice.services.users.settings import UsersSettings
from boxoffice.services.users.tables import SessionRow, UserRow
from boxoffice.services.users.tokens import AccessTokens
from boxoffice.services.users.views import SessionView


class Sessions:
    """Opens, renews and ends sessions."""

    def __init__(
        self,
        db: Database,
        *,
        access: Access,
        access_tokens: AccessTokens,
        refresh_tokens: RefreshTokens,
        settings: UsersSettings,
    ) -> None:
        self._db = db
        self._access = access
        self._access_tokens = access_tokens
        self._refresh_tokens = refresh_tokens
        self._lasts = settings.session_lasts

    async def open(self, tx: Transaction, user: UserRow) -> SessionView:
        """A new session, in the transaction that admitted the user."""
        session = SessionRow(user_id=user.id, generation=0, expires_at=await tx.now() + self._lasts)
        tx.session.add(session)
        await tx.session.flush()
        return await self._view(tx, session, user)

    async def renew(self, actor: Actor, token: str) -> SessionView:
        """The next tokens of the session; `SessionOver` if it ended or the token was a copy."""
        presented = self._refresh_tokens.read(token)
        if presented is None:
            raise SessionOver
        async with self._db.begin_as_platform("renew a session") as tx:
            view = await self._renew(tx, actor, presented)
        if view is None:  # raised out here, because ending a copied session has to commit
            raise SessionOver
        return view

    async def end(self, actor: Actor, *, access_token: str, refresh_token: str) -> None:
        """End the sessions of both tokens, if they are ours; an empty text is no token."""
        session_ids = self._sessions_of(access_token, refresh_token)
        if not session_ids:
            return
        async with self._db.begin_as_platform("sign out") as tx:
            users = [
                await self._end(tx, actor, session_id, because="signed_out")
                for session_id in sorted(session_ids)
            ]
        for user_id in filter(None, users):
            self._access.forget(user_id)

    async def tidy(self) -> int:
        """Delete sessions that ended or expired more than a day ago; how many."""
        a_day_ago = func.clock_timestamp() - text("interval '1 day'")
        async with self._db.begin_as_platform("tidy sessions") as tx:
            gone = await tx.session.execute(
                delete(SessionRow)
                .where(or_(SessionRow.expires_at < a_day_ago, SessionRow.ended_at < a_day_ago))
                .returning(SessionRow.id)
            )
            return len(gone.all())

    async def _renew(
        self, tx: Transaction, actor: Actor, presented: RefreshToken
    ) -> SessionView | None:
        session = await tx.session.get(SessionRow, presented.session_id, with_for_update=True)
        if session is None:
            return None
        now = await tx.now()
        verdict = renewal(_standing(session), presented=presented.generation, now=now)
        if verdict is Renewal.END:
            await self._end(tx, actor, session.id, because="token_reused")
        if verdict is Renewal.ADVANCE:
            session.generation, session.rotated_at = session.generation + 1, now
        user = await tx.session.get_one(UserRow, session.user_id)
        goes_on = verdict in {Renewal.ADVANCE, Renewal.REPEAT} and user.disabled_at is None
        return await self._view(tx, session, user) if goes_on else None

    async def _end(
        self, tx: Transaction, actor: Actor, session_id: UUID, *, because: str
    ) -> UUID | None:
        """Whose session it was; None if it had ended before."""
        user_id = await tx.session.scalar(
            update(SessionRow)
            .where(SessionRow.id == session_id, SessionRow.ended_at.is_(None))
            .values(ended_at=func.clock_timestamp(), ended_because=because)
            .returning(SessionRow.user_id)
            .execution_options(synchronize_session=False)
        )
        if user_id is not None:
            await people.access_changed(tx, user_id)
            tx.audit(f"session.{because}", actor=actor, subject=f"user:{user_id}")
        return user_id

    async def _view(self, tx: Transaction, session: SessionRow, user: UserRow) -> SessionView:
        now = await tx.now()
        current = RefreshToken(session_id=session.id, generation=session.generation)
        return SessionView(
            access_token=self._access_tokens.issue(user_id=user.id, session_id=session.id, now=now),
            token_type="Bearer",
            expires_in=int(self._access_tokens.lasts.total_seconds()),
            refresh_token=self._refresh_tokens.write(current),
            me=await people.me(tx, user),
        )

    def _sessions_of(self, access_token: str, refresh_token: str) -> set[UUID]:
        renewable = self._refresh_tokens.read(refresh_token)
        found = {renewable.session_id} if renewable else set[UUID]()
        try:
            found.add(self._access_tokens.read_expired(access_token).sid)
        except SessionOver:
            return found
        return found


def _standing(session: SessionRow) -> Standing:
    return Standing(
        generation=session.generation,
        rotated_at=session.rotated_at,
        expires_at=session.expires_at,
        ended_at=session.ended_at,
    )
