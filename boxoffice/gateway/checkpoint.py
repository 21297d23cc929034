"""The questions asked of every request between routing and its handler, in one middleware."""

from typing import Any

from litestar.types import ASGIApp, Receive, Scope, Send

from boxoffice.gateway.authentication import Authentication
from boxoffice.gateway.authorization import Organizers, authorize
from boxoffice.gateway.csrf import Csrf
from boxoffice.gateway.operations import Operation, operation_of
from boxoffice.gateway.rate_limits import RateLimiter
from boxoffice.gateway.visit import Visit, visit_of
from boxoffice.kernel.refusals import Forbidden, NotFound


class Checkpoint:
    """What the questions need to be answered."""

    def __init__(
        self,
        authentication: Authentication,
        limiter: RateLimiter,
        csrf: Csrf,
        organizers: Organizers,
    ) -> None:
        self._authentication = authentication
        self._limiter = limiter
        self._csrf = csrf
        self._organizers = organizers

    def middleware(self, app: ASGIApp) -> ASGIApp:
        """For Litestar's `middleware=`: wraps each route."""

        async def checked(scope: Scope, receive: Receive, send: Send) -> None:
            operation = operation_of(scope)
            if operation is not None:
                await self.ask(visit_of(scope), operation, scope["path_params"])
            await app(scope, receive, send)

        return checked

    async def ask(self, visit: Visit, operation: Operation, path_params: dict[str, Any]) -> None:
        """Let the visit pass, knowing its actor, or refuse it."""
        visit.operation = operation
        await self._limiter.admit_address(visit, operation.limit)
        await self._authentication.recognise(visit, operation)
        await self._limiter.admit_person(visit, operation.limit)
        self._csrf.check(visit)
        try:
            await authorize(visit, operation, path_params, self._organizers)
        except (Forbidden, NotFound):
            if visit.token is None:
                raise
            await self._authentication.recognise_afresh(visit)
            await authorize(visit, operation, path_params, self._organizers)
