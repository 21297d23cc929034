"""Who is asking: an account by bearer token or session cookie, a visitor by signed cookie, or
nobody.
"""

from collections.abc import Awaitable, Callable
from uuid import UUID

from boxoffice.gateway.cookies import Cookies, read_cookies
from boxoffice.gateway.idempotency import demand_unguessable, key_of
from boxoffice.gateway.operations import Operation
from boxoffice.gateway.visit import Visit
from boxoffice.gateway.visitors import YEAR, Visitors
from boxoffice.kernel.actors import SYSTEM, Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import NotAuthenticated

Authenticate = Callable[[str], Awaitable[Actor]]
_WITHOUT_ACCOUNT = {Permission.PUBLIC, Permission.VISITOR, Permission.ORDER_HOLDER}


class Authentication:
    """Fills in a visit's actor. `authenticate` refuses a bad token with NotAuthenticated.

    It may answer from memory; `authenticate_afresh` does not.
    """

    def __init__(
        self,
        authenticate: Authenticate,
        authenticate_afresh: Authenticate,
        visitors: Visitors,
        cookies: Cookies,
    ) -> None:
        self._authenticate = authenticate
        self._authenticate_afresh = authenticate_afresh
        self._visitors = visitors
        self._cookies = cookies

    async def recognise(self, visit: Visit, operation: Operation) -> None:
        """Find the actor. Credentials that are wrong are refused; none at all is nobody, a fair
        answer.
        """
        visit.cookies = read_cookies(visit.headers.get(b"cookie"))
        account = await self._account(visit, operation)
        visit.visitor_id = self._visitors.read(visit.cookies.get(self._cookies.visitor))
        visitor_id = visit.visitor_id
        is_nobody = visitor_id is None and account.user_id is None
        if is_nobody and operation.permission is Permission.VISITOR:
            visitor_id = self._welcome(visit)
        visit.actor = _actor(visit, account, visitor_id)

    async def recognise_afresh(self, visit: Visit) -> None:
        """Look the account up again: what was remembered of its rights may have changed a moment
        ago.
        """
        if visit.token is not None:
            account = await self._authenticate_afresh(visit.token)
            visit.actor = _actor(visit, account, visit.actor.visitor_id)

    async def _account(self, visit: Visit, operation: Operation) -> Actor:
        authorization = visit.headers.get(b"authorization")
        if authorization is not None:
            visit.token = _bearer(authorization)
            return await self._authenticate(visit.token)
        session = visit.cookies.get(self._cookies.session)
        return SYSTEM if session is None else await self._by_cookie(visit, session, operation)

    async def _by_cookie(self, visit: Visit, session: str, operation: Operation) -> Actor:
        """A browser cannot help sending a stale cookie, so where no account is needed it is
        nobody's.
        """
        try:
            actor = await self._authenticate(session)
        except NotAuthenticated:
            if operation.permission in _WITHOUT_ACCOUNT:
                return SYSTEM
            raise
        visit.session = visit.token = session
        return actor

    def _welcome(self, visit: Visit) -> UUID:
        """A new visitor, whose cookie goes out with the answer."""
        key = key_of(visit) if visit.unsafe else None
        if key is None:
            visitor_id = self._visitors.newcomer()
        else:
            demand_unguessable(key)
            visitor_id = self._visitors.newcomer_with(key)
        value = self._visitors.write(visitor_id)
        visit.added.append(self._cookies.hidden(self._cookies.visitor, value, seconds=YEAR))
        return visitor_id


def _actor(visit: Visit, account: Actor, visitor_id: UUID | None) -> Actor:
    return Actor(
        visitor_id=visitor_id,
        user_id=account.user_id,
        platform_admin=account.platform_admin,
        memberships=account.memberships,
        order_token=_text(visit.headers.get(b"order-token")),
        address=visit.address,
        trace_id=visit.trace_id,
    )


def _bearer(authorization: bytes) -> str:
    scheme, _, token = authorization.decode("latin-1").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotAuthenticated("Send `Authorization: Bearer <access token>`.")
    return token.strip()


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("latin-1")
