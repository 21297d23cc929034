"""The API's documentation: /api/openapi.json, /api/docs and a page per problem code.

Plain HTML made from the document itself: no viewer to vendor, no script, nothing from elsewhere.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from boxoffice.gateway.answer import Answer
from boxoffice.gateway.problems import status_of, title_of
from boxoffice.gateway.security_headers import SecurityHeaders
from boxoffice.gateway.site.escaping import Html, html, joined
from boxoffice.gateway.site.reference import element, reference
from boxoffice.gateway.site.shell import hash_source
from boxoffice.gateway.visit import Header
from boxoffice.kernel.refusals import NotFound, Refusal

PATH = "/api/docs"
OPENAPI_PATH = "/api/openapi.json"
PROBLEMS_PATH = f"{PATH}/problems"
_AN_HOUR: Header = (b"cache-control", b"public, max-age=3600")
_STYLE = (
    ":root{color-scheme:light dark;background:Canvas;color:CanvasText}"
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem 1rem}"
    "details{border-top:1px solid color-mix(in srgb,currentColor 20%,transparent);padding:.4rem 0}"
    "summary{cursor:pointer;overflow-wrap:anywhere}"
    "code{font:.95em ui-monospace,monospace}.method{font-weight:700}"
    "dl{display:grid;grid-template-columns:minmax(8rem,auto) 1fr;gap:.2rem 1rem;margin:.3rem 0}"
    "dd{margin:0;overflow-wrap:anywhere}h3{font-size:1rem;margin:.6rem 0 0}"
)


class Docs:
    """Pages about the API of one application."""

    def __init__(self, document: dict[str, Any], security: SecurityHeaders) -> None:
        self._document = document
        self._data_headers = [(b"content-type", b"application/json"), _AN_HOUR, *security.data]
        self._page_headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            _AN_HOUR,
            *security.page(scripts=[], styles=[hash_source(_STYLE)]),
        ]
        self._problems = {kind.code: kind for kind in _kinds(Refusal)}

    def openapi(self) -> Answer:
        body = msgspec.json.encode(self._document)
        return Answer(kind="openapi", status=200, headers=self._data_headers, body=body)

    def index(self) -> Answer:
        """All operations and shapes."""
        links = element(
            "p",
            element("a", "OpenAPI 3.1 document", href=OPENAPI_PATH),
            " · ",
            element("a", "Problem codes", href=PROBLEMS_PATH),
        )
        title = "Boxoffice API"
        return self._page(title, joined([element("h1", title), links, reference(self._document)]))

    def problems(self) -> Answer:
        """All problem codes."""
        kinds = sorted(self._problems.values(), key=lambda kind: (status_of(kind), kind.code))
        title = "Problem codes"
        return self._page(title, joined([element("h1", title), *map(_problem, kinds)]))

    def problem(self, code: str) -> Answer:
        """One problem code, or NotFound."""
        if code not in self._problems:
            raise NotFound
        more = element("p", element("a", "All codes", href=PROBLEMS_PATH))
        title = title_of(code)
        body = joined([element("h1", title), _problem(self._problems[code]), more])
        return self._page(title, body)

    def _page(self, title: str, body: Html) -> Answer:
        text = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<link rel="icon" href="/favicon.svg">'
            f"<title>{html(title)}</title><style>{_STYLE}</style></head>"
            f"<body><main>{body}</main></body></html>"
        )
        return Answer(kind="docs", status=200, headers=self._page_headers, body=text.encode())


def _problem(kind: type[Refusal]) -> Html:
    meaning = (kind.__doc__ or "").strip()
    return element(
        "section",
        element("h2", element("code", kind.code), f" ({status_of(kind)})"),
        element("p", kind.message),
        *([element("p", meaning)] if meaning else []),
        id=kind.code,
    )


def _kinds(kind: type[Refusal]) -> Iterable[type[Refusal]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _kinds(child)
