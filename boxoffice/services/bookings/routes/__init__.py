"""HTTP in and out: orders, their links, their files, and the door."""

from litestar import Router

from boxoffice.services.bookings.routes import (
    answers,
    changes,
    links,
    listing,
    orders,
    payments,
    scans,
    tickets,
)

router = Router(
    path="/api/v1",
    route_handlers=[
        *orders.HANDLERS,
        *payments.HANDLERS,
        *tickets.HANDLERS,
        *links.HANDLERS,
        *listing.HANDLERS,
        *scans.HANDLERS,
        *answers.HANDLERS,
        *changes.HANDLERS,
    ],
    tags=["Bookings"],
)
