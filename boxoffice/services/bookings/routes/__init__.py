"""HTTP in and out: orders, their links, their files, and the door."""

from litestar import Router

from boxoffice.services.bookings.routes import (
    answers,
    approving,
    cancellations,
    changes,
    changing,
    links,
    listing,
    orders,
    own_changes,
    payments,
    policies,
    presales,
    purchases,
    returns,
    scans,
    splitting,
    staff_changes,
    tickets,
    transfers,
    waitlist,
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
        *approving.HANDLERS,
        *cancellations.HANDLERS,
        *policies.HANDLERS,
        *changes.HANDLERS,
        *changing.HANDLERS,
        *staff_changes.HANDLERS,
        *splitting.HANDLERS,
        *own_changes.HANDLERS,
        *transfers.HANDLERS,
        *returns.HANDLERS,
        *waitlist.HANDLERS,
        *presales.HANDLERS,
        *purchases.HANDLERS,
    ],
    tags=["Bookings"],
)
