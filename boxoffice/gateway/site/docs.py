"""The API's documentation: /api/openapi.json, /api/docs and a page per problem code.

The list of operations is plain HTML. Where the web app was built, Swagger UI (served from here, no
CDN) takes its place; its starter is the page's one inline script, allowed by its hash.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from boxoffice.gateway.answer import Answer
from boxoffice.gateway.problems import status_of, title_of
from boxoffice.gateway.security_headers import SecurityHeaders
from boxoffice.gateway.site.escaping import html
from boxoffice.gateway.site.shell import hash_source
from boxoffice.gateway.visit import Header
from boxoffice.kernel.refusals import NotFound, Refusal

PATH = "/api/docs"
OPENAPI_PATH = "/api/openapi.json"
PROBLEMS_PATH = f"{PATH}/problems"
VIEWER_SCRIPT, VIEWER_STYLE = "/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css"
_START = (
    "SwaggerUIBundle({url:'/api/openapi.json',dom_id:'#operations',"
    "deepLinking:true,syntaxHighlight:false,validatorUrl:null})"
)
_AN_HOUR: Header = (b"cache-control", b"public, max-age=3600")


class Docs:
    """`viewer` says whether Swagger UI's files are there: `present` or `absent`."""

    def __init__(self, document: dict[str, Any], security: SecurityHeaders, *, viewer: str) -> None:
        self._document = document
        self._viewer = viewer == "present"
        self._data_headers: list[Header] = [
            (b"content-type", b"application/json"),
            _AN_HOUR,
            *security.data,
        ]
        self._page_headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            _AN_HOUR,
            *security.page(scripts=[hash_source(_START)], styles=[]),
        ]
        self._problems = {kind.code: kind for kind in _kinds(Refusal)}

    def openapi(self) -> Answer:
        body = msgspec.json.encode(self._document)
        return Answer(kind="openapi", status=200, headers=self._data_headers, body=body)

    def index(self) -> Answer:
        """All operations."""
        rows = "".join(_operation_row(*entry) for entry in _operations(self._document))
        viewer = _VIEWER if self._viewer else ""
        body = (
            '<h1>Boxoffice API</h1><p><a href="/api/openapi.json">OpenAPI 3.1 document</a> · '
            f'<a href="{PROBLEMS_PATH}">Problem codes</a></p>'
            f'<div id="operations"><dl>{rows}</dl></div>{viewer}'
        )
        return self._page("Boxoffice API", body)

    def problems(self) -> Answer:
        """All problem codes."""
        kinds = sorted(self._problems.values(), key=lambda kind: (status_of(kind), kind.code))
        body = "<h1>Problem codes</h1>" + "".join(map(_problem, kinds))
        return self._page("Problem codes", body)

    def problem(self, code: str) -> Answer:
        """One problem code, or NotFound."""
        if code not in self._problems:
            raise NotFound
        body = _problem(self._problems[code]) + f'<p><a href="{PROBLEMS_PATH}">All codes</a></p>'
        return self._page(title_of(code), body)

    def _page(self, title: str, body: str) -> Answer:
        text = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{html(title)}</title></head><body>{body}</body></html>"
        )
        return Answer(kind="docs", status=200, headers=self._page_headers, body=text.encode())


_VIEWER = (
    f'<link rel="stylesheet" href="{VIEWER_STYLE}"><script src="{VIEWER_SCRIPT}"></script>'
    f"<script>{_START}</script>"
)


def _operations(document: dict[str, Any]) -> Iterable[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method.upper(), operation


def _operation_row(path: str, method: str, operation: dict[str, Any]) -> str:
    return (
        f'<dt id="{html(operation["operationId"])}"><code>{method} {html(path)}</code></dt>'
        f"<dd>{html(operation.get('summary', ''))} "
        f"(permission: {html(operation['x-permission'])})</dd>"
    )


def _problem(kind: type[Refusal]) -> str:
    meaning = (kind.__doc__ or "").strip()
    return (
        f'<section id="{html(kind.code)}"><h2><code>{html(kind.code)}</code> '
        f"({status_of(kind)})</h2><p>{html(kind.message)}</p>"
        + (f"<p>{html(meaning)}</p>" if meaning else "")
        + "</section>"
    )


def _kinds(kind: type[Refusal]) -> Iterable[type[Refusal]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _kinds(child)
