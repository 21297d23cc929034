"""/robots.txt and /sitemap.xml."""

from collections.abc import Awaitable, Callable
from time import monotonic

from boxoffice.gateway.answer import Answer
from boxoffice.gateway.site.escaping import html
from boxoffice.gateway.site.stored import Stored
from boxoffice.gateway.visit import Header
from boxoffice.kernel.pages import MAX_LIMIT
from boxoffice.services.events.api import DiscoverView, Filters

MOST_URLS = 50_000
FRESH_SECONDS = 600.0
_HIDDEN = (
    *("/api/", "/checkout/", "/orders/", "/t/", "/me/", "/organizer", "/dev/"),
    *("/waitlist/", "/early-access/", "/purchases/"),
)
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
Discover = Callable[[Filters], Awaitable[DiscoverView]]


def robots_text(base_url: str, headers: list[Header]) -> Answer:
    """What robots may read."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _HIDDEN)]
    lines += ["", f"Sitemap: {base_url}/sitemap.xml", ""]
    return _answer("robots", "text/plain; charset=utf-8", "\n".join(lines), headers)


class Sitemap:
    """The URLs of all public events and their organizers, gathered at most every ten minutes."""

    def __init__(self, discover: Discover, base_url: str, headers: list[Header]) -> None:
        self._headers = headers
        self._discover = discover
        self._base_url = base_url
        self._stored: Stored | None = None
        self._until = 0.0

    async def answer(self, headers: dict[bytes, bytes]) -> Answer:
        if self._stored is None or self._until < monotonic():
            document = await self._document()
            self._stored = Stored(_answer("sitemap", "application/xml", document, self._headers))
            self._until = monotonic() + FRESH_SECONDS
        return self._stored.answer(headers)

    async def _document(self) -> str:
        urls = "".join(
            f"<url><loc>{html(self._base_url + path)}</loc></url>" for path in await self._paths()
        )
        return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{_NAMESPACE}">{urls}</urlset>'

    async def _paths(self) -> list[str]:
        paths: dict[str, None] = {"/": None}
        filters = Filters(limit=MAX_LIMIT)
        while True:
            page = await self._discover(filters)
            for card in page.items:
                paths[f"/e/{card.organizer_slug}/{card.slug}"] = None
                paths[f"/o/{card.organizer_slug}"] = None
            if page.next_cursor is None or len(paths) >= MOST_URLS:
                return list(paths)[:MOST_URLS]
            filters = Filters(limit=MAX_LIMIT, cursor=page.next_cursor)


def _answer(kind: str, content_type: str, text: str, headers: list[Header]) -> Answer:
    own = [
        (b"content-type", content_type.encode("ascii")),
        (b"cache-control", b"public, max-age=600"),
    ]
    return Answer(kind=kind, status=200, headers=[*own, *headers], body=text.encode())
