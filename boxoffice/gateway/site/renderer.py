"""Pages as HTML: the shell, with a page's head, first screen and boot data put in."""

from collections.abc import Mapping

import msgspec

from boxoffice.gateway.answer import Answer
from boxoffice.gateway.site import head
from boxoffice.gateway.site.escaping import Html, script_json
from boxoffice.gateway.site.page import Page
from boxoffice.gateway.site.shell import Shell
from boxoffice.gateway.site.templates import Templates
from boxoffice.gateway.visit import Header

_HTML: Header = (b"content-type", b"text/html; charset=utf-8")
_SHARED: Header = (b"cache-control", b"public, max-age=0, must-revalidate")
_PRIVATE: Header = (b"cache-control", b"private, no-store")


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """A page as HTML, but for the URL in its boot data, which may carry a query of no meaning to
    us.
    """

    kind: str
    status: int
    headers: list[Header]
    before: bytes
    after: bytes
    has_boot: bool

    def answer(self, route: str) -> Answer:
        """For the URL `route`, path and query."""
        place = script_json(route) if self.has_boot else b""
        body = self.before + place + self.after
        return Answer(kind=self.kind, status=self.status, headers=self.headers, body=body)


class Renderer:
    """Puts pages into the shell. `headers` are those that every page carries."""

    def __init__(
        self,
        shell: Shell,
        templates: Templates,
        preloads: Mapping[str, bytes],
        headers: list[Header],
    ) -> None:
        self._shell = shell
        self._templates = templates
        self._preloads = preloads
        self._headers = headers

    def render(self, page: Page) -> Rendered:
        before_head, before_screen, before_boot, after = self._shell.parts
        screen = self._screen(page)
        links = self._preloads.get(page.kind, b"")
        top = before_head + head.render(page.head) + links + before_screen + screen + before_boot
        has_boot = page.boot is not None
        return Rendered(
            kind=page.kind,
            status=page.status,
            headers=[_HTML, _SHARED if page.shared else _PRIVATE, *self._headers],
            before=top + _BOOT_START if has_boot else top,
            after=_boot_end(page) + after,
            has_boot=has_boot,
        )

    def _screen(self, page: Page) -> bytes:
        if not self._templates:
            return b""
        main = Html("") if page.screen is None else page.screen(self._templates)
        return self._templates.fill("shell", main=main).encode()


_BOOT_START = b'<script type="application/json" id="boot">{"route":'


def _boot_end(page: Page) -> bytes:
    if page.boot is None:
        return b""
    return b',"data":' + script_json(page.boot) + b"}</script>"
