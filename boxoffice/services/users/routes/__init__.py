"""Users over HTTP."""

from litestar import Router

from boxoffice.services.users.routes import accounts, organizers

router = Router(
    path="/api/v1", route_handlers=[*accounts.handlers, *organizers.handlers], tags=["users"]
)
