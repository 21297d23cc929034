"""The organizer's list of orders."""

from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from boxoffice.kernel.pages import DEFAULT_LIMIT, Page
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.routes.orders import ORDERS
from boxoffice.services.bookings.rules import OrderStatus
from boxoffice.services.bookings.views import OrderRow


@get(
    ORDERS,
    operation_id="list_orders",
    summary="An organizer's orders",
    opt=requires(Permission.ORDERS_READ),
)
async def list_orders(  # noqa: PLR0913, PLR0917  # the filters of the list
    organizer_id: NamedDependency[UUID],
    bookings: NamedDependency[Bookings],
    event_id: FromQuery[UUID | None] = None,
    status: FromQuery[OrderStatus | None] = None,
    q: FromQuery[str | None] = None,
    limit: FromQuery[int] = DEFAULT_LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Page[OrderRow]:
    """Newest first; `q` matches the order's code and the buyer's name or address."""
    return await bookings.finding.list_for_organizer(
        organizer_id, event_id=event_id, status=status, q=q, limit=limit, cursor=cursor
    )


HANDLERS = [list_orders]
