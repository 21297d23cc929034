"""Which page a path is."""

import re
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

import msgspec

from boxoffice.gateway.refusals import MalformedRequest
from boxoffice.gateway.site.discover_page import discover_page, organizer_page
from boxoffice.gateway.site.discover_screen import WHEN
from boxoffice.gateway.site.event_page import event_page
from boxoffice.gateway.site.head import Head
from boxoffice.gateway.site.page import Page, Sources
from boxoffice.kernel.pages import MAX_LIMIT
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.bookings.api import OrderView
from boxoffice.services.events.api import Filters

Make = Callable[[], Awaitable[Page]]
_SLUG = r"[a-z0-9][a-z0-9-]{0,127}"
_EVENT = re.compile(rf"/e/({_SLUG})/({_SLUG})")
_ORGANIZER = re.compile(rf"/o/({_SLUG})")
_ORDER = re.compile(r"/(?:orders|checkout)/([\w.~-]{1,512})|/t/([\w.~-]{1,512})/[\w-]{1,64}")
_APP = re.compile(
    r"/(?:me|organizer|dev)(?:/[\w.~/-]*)?|/(?:find-order|signin|signup|verify-email)"
    rf"|/e/{_SLUG}/{_SLUG}/(?:seats|waitlist|early-access)|/(?:transfers|waitlist|early-access|purchases)/[\w.~-]{{1,512}}"
)
_FILTERS = {"q", "city", "country", "category", "free", "date_from", "date_to", "cursor", WHEN}


# As many as the web app asks for at a time.
CARDS = 24
MOST_FIELDS = 50


class PageNotFound(NotFound):
    code = "page_not_found"
    message = "There is no page at this address; perhaps the link is incomplete."


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A page to be made. `key` remembers it; None for a page that is one person's."""

    key: str | None
    make: Make


class Router:
    """Finds the page of a path. Pages get their data when made, not before."""

    def __init__(self, sources: Sources, base_url: str) -> None:
        self._sources = sources
        self._base_url = base_url

    def place(self, path: str, query: bytes) -> Place:
        """The page at `path`, or PageNotFound."""
        if path == "/":
            return self._discover(query)
        if match := _EVENT.fullmatch(path):
            return self._event(path, match[1], match[2])
        if match := _ORGANIZER.fullmatch(path):
            return self._organizer(path, match[1])
        if match := _ORDER.fullmatch(path):
            return self._order(path, match[1] or match[2])
        if _APP.fullmatch(path):
            return self._app(path)
        raise PageNotFound

    def _event(self, path: str, organizer: str, event: str) -> Place:
        async def make() -> Page:
            return event_page(await self._sources.event(organizer, event), self._base_url)

        return Place(key=path, make=make)

    def _discover(self, query: bytes) -> Place:
        texts = _filters(query)
        filters = Filters.read(_of_search(texts), limit=CARDS)

        async def make() -> Page:
            return discover_page(await self._sources.discover(filters), texts, self._base_url)

        return Place(key=_key("/", texts), make=make)

    def _organizer(self, path: str, slug: str) -> Place:
        filters = Filters.read({"organizer": slug}, limit=MAX_LIMIT)

        async def make() -> Page:
            organizer = await self._sources.organizer(slug)
            events = await self._sources.discover(filters)
            return organizer_page(organizer, events, self._base_url)

        return Place(key=path, make=make)

    def _order(self, path: str, token: str) -> Place:
        async def make() -> Page:
            return _order_page(await self._sources.order(token), f"{self._base_url}{path}")

        return Place(key=None, make=make)

    def _app(self, path: str) -> Place:
        """Pages that the browser fills by itself; all of them look the same to us."""

        async def make() -> Page:
            head = Head(
                title="Boxoffice", description="Book and sell tickets.", canonical=self._base_url
            )
            return Page(kind="app", head=head)

        return Place(key=path.split("/", 2)[1], make=make)


def _order_page(order: OrderView, url: str) -> Page:
    head = Head(
        title=f"Order {order.code} · {order.event_title}",
        description=f"Your order for {order.event_title}.",
        canonical=url,
    )
    return Page(kind="order", head=head, boot={"order": order}, shared=False)


def _filters(query: bytes) -> dict[str, str]:
    """The filters we know, in a fixed order, each once; the rest of a query is tracking."""
    try:
        given = parse_qsl(query.decode("latin-1"), max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise MalformedRequest("The address has too many parameters.") from error
    known = {name: value for name, value in reversed(given) if name in _FILTERS}
    return {name: known[name] for name in sorted(known)}


def _of_search(texts: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if name != WHEN}


def _key(path: str, filters: dict[str, str]) -> str:
    return path if not filters else f"{path}?{sorted(filters.items())!r}"
