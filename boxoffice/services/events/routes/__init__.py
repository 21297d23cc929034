"""Events over HTTP."""

from litestar import Router

from boxoffice.services.events.routes import (
    covers,
    dates,
    extras,
    inventory,
    managed,
    presales,
    prices,
    public,
    questions,
    seat_maps,
    seating,
    seats,
    tickets,
    vouchers,
    waitlist,
)

router = Router(
    path="/api/v1",
    route_handlers=[
        *public.handlers,
        *managed.handlers,
        *covers.handlers,
        *tickets.handlers,
        *inventory.handlers,
        *prices.handlers,
        *vouchers.handlers,
        *questions.handlers,
        *extras.handlers,
        *seat_maps.handlers,
        *seating.handlers,
        *seats.handlers,
        *dates.handlers,
        *waitlist.handlers,
        *presales.handlers,
    ],
    tags=["events"],
)
