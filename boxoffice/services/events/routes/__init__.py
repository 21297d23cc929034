"""Events over HTTP."""

from litestar import Router

from boxoffice.services.events.routes import covers, dates, managed, public, tickets

router = Router(
    path="/api/v1",
    route_handlers=[
        *public.handlers,
        *managed.handlers,
        *covers.handlers,
        *tickets.handlers,
        *dates.handlers,
    ],
    tags=["events"],
)
