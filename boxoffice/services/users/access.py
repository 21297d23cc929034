"""Who a token stands for: asked on every request of an account, so answered from memory."""

import time
from collections import OrderedDict
from hashlib import sha256
from uuid import UUID

import msgspec
from sqlalchemy import Select, func, select

from boxoffice.data.postgres import Database
from boxoffice.kernel.actors import Actor, Membership
from boxoffice.services.users.refusals import SessionOver
from boxoffice.services.users.rules.roles import permissions_of
from boxoffice.services.users.tables import MemberRow, OrganizerRow, SessionRow, UserRow
from boxoffice.services.users.tokens import AccessTokens, Claims
from boxoffice.services.users.watch import AccessWatch

REMEMBERED = 20_000


class Known(msgspec.Struct, frozen=True):
    """Whom a token, remembered by its hash, stands for; until when, in seconds since 1970."""

    actor: Actor
    expires_at: float


class Access:
    """Turns tokens into actors; what it remembers is at most as old as `AccessWatch` allows."""

    def __init__(self, db: Database, tokens: AccessTokens) -> None:
        self._db = db
        self._tokens = tokens
        self._watch = AccessWatch(db, self._changed)
        self._known: OrderedDict[bytes, Known] = OrderedDict()
        self._changes = 0

    async def authenticate(self, token: str) -> Actor:
        """The account behind an access token of a living session; `SessionOver` otherwise."""
        await self._watch.look()
        known = self._known.get(_mark(token))
        if known is not None and known.expires_at > time.time():
            return known.actor
        return await self.authenticate_afresh(token)

    async def authenticate_afresh(self, token: str) -> Actor:
        """The same, past the memory: for a refusal that a change a moment ago would explain."""
        claims, changes = self._tokens.read(token), self._changes
        actor = await self._load(claims)
        if changes == self._changes:  # else what was loaded may be older than a change just noticed
            self._remember(_mark(token), Known(actor, claims.exp))
        return actor

    def forget(self, user_id: UUID) -> None:
        """Look again at this account's rights, in this process at once."""
        self._changed({user_id})

    def _changed(self, user_ids: set[UUID] | None) -> None:
        self._changes += 1
        if user_ids is None:
            self._known.clear()
            return
        if user_ids:
            known = self._known.items()
            stale = [mark for mark, entry in known if entry.actor.user_id in user_ids]
            for mark in stale:
                del self._known[mark]

    def _remember(self, mark: bytes, known: Known) -> None:
        self._known[mark] = known
        self._known.move_to_end(mark)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    async def _load(self, claims: Claims) -> Actor:
        async with self._db.begin_for_buyer(claims.sub) as tx:
            rows = (await tx.session.execute(_living(claims))).all()
        if not rows:
            raise SessionOver
        return Actor(
            user_id=claims.sub,
            platform_admin=rows[0].platform_admin,
            memberships=tuple(
                Membership(
                    organizer_id=row.id,
                    slug=row.slug,
                    role=row.role,
                    permissions=permissions_of(row.role),
                )
                for row in rows
                if row.id is not None
            ),
        )


def _living(claims: Claims) -> Select[bool, UUID, str, str]:
    """The account of a session that goes on, once per team it is in (or once, without a team)."""
    return (
        select(UserRow.platform_admin, OrganizerRow.id, OrganizerRow.slug, MemberRow.role)
        .select_from(SessionRow)
        .join(UserRow, UserRow.id == SessionRow.user_id)
        .outerjoin(MemberRow, MemberRow.user_id == UserRow.id)
        .outerjoin(OrganizerRow, OrganizerRow.id == MemberRow.organizer_id)
        .where(
            SessionRow.id == claims.sid,
            SessionRow.user_id == claims.sub,
            SessionRow.ended_at.is_(None),
            SessionRow.expires_at > func.clock_timestamp(),
            UserRow.disabled_at.is_(None),
        )
    )


def _mark(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()
