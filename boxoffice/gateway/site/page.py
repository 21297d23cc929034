"""What a page consists of before it is HTML, and where pages get their data."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec

from boxoffice.gateway.site.escaping import Html
from boxoffice.gateway.site.head import Head
from boxoffice.gateway.site.templates import Templates
from boxoffice.services.bookings.api import OrderView
from boxoffice.services.events.api import DiscoverView, EventPage, Filters
from boxoffice.services.users.api import OrganizerView


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """`screen` writes the first screen's HTML; `boot` spares React its first request.

    `shared` pages are the same for everybody and may be remembered; the others are for one person.
    """

    kind: str
    head: Head
    status: int = 200
    screen: Callable[[Templates], Html] | None = None
    boot: Mapping[str, Any] | None = None
    shared: bool = True


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """Where pages get their data; each raises NotFound or Gone as the API does.

    `order` takes the capability of an order link and gives the view of that order.
    """

    event: Callable[[str, str], Awaitable[EventPage]]
    discover: Callable[[Filters], Awaitable[DiscoverView]]
    organizer: Callable[[str], Awaitable[OrganizerView]]
    order: Callable[[str], Awaitable[OrderView]]
