"""Orders without an account: by link, and the mail with the links."""

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import DEFAULT_LIMIT, Page
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.views import AcceptedView, OrderView


class FindOrdersBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    email: str


@get(
    "/order-links/{token:str}",
    operation_id="get_order_by_token",
    summary="The order behind a link",
    opt=requires(Permission.PUBLIC),
)
async def get_order_by_token(
    token: FromPath[str], bookings: NamedDependency[Bookings]
) -> OrderView:
    """404 for a link that was never valid or has been revoked."""
    return await bookings.finding.by_token(token)


@post(
    "/order-links",
    operation_id="find_orders",
    summary="Mail me the links to my orders",
    opt=requires(Permission.PUBLIC),
    status_code=202,
)
async def find_orders(
    data: JSONBody[FindOrdersBody], bookings: NamedDependency[Bookings]
) -> AcceptedView:
    """The answer is the same whether or not there are orders."""
    return await bookings.finding.request_links(data.email)


@get(
    "/me/orders",
    operation_id="list_my_orders",
    summary="My orders",
    opt=requires(Permission.VISITOR),
)
async def list_my_orders(
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    limit: FromQuery[int] = DEFAULT_LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Page[OrderView]:
    """Of this account and this browser, newest first."""
    return await bookings.finding.mine(actor, limit=limit, cursor=cursor)


HANDLERS = [get_order_by_token, find_orders, list_my_orders]
