"""What a page consists of before it is HTML, and where pages get their data."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec

from boxoffice.gateway.site.head import Head
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.bookings.api import OrderView
from boxoffice.services.events.api import DiscoverView, EventPage, Filters
from boxoffice.services.users.api import OrganizerView


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """`screen` is the template of the first screen, filled with `values`; `boot` spares React a
    request.

    `shared` pages are the same for everybody and may be remembered; the others are for one person.
    """

    kind: str
    head: Head
    status: int = 200
    screen: str = ""
    values: Mapping[str, Any] = {}
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


def problem_page(refusal: Refusal, *, status: int, title: str, trace_id: str, url: str) -> Page:
    """The page of a refusal: unknown, withdrawn or failing URLs."""
    problem = {
        "status": status,
        "title": title,
        "detail": refusal.text,
        "code": refusal.code,
        "trace_id": trace_id,
    }
    return Page(
        kind="problem",
        status=status,
        head=Head(title=f"{title} · Boxoffice", description=refusal.text, canonical=url),
        screen="problem",
        values=problem,
        boot={"problem": problem},
        shared=False,
    )
