"""Events over HTTP."""

from litestar import Router

from boxoffice.services.events.routes import (
    covers,
    managed,
    public,
    seat_maps,
    seating,
    seats,
    tickets,
)

router = Router(
    path="/api/v1",
    route_handlers=[
        *public.handlers,
        *managed.handlers,
        *covers.handlers,
        *tickets.handlers,
        *seat_maps.handlers,
        *seating.handlers,
        *seats.handlers,
    ],
    tags=["events"],
)
