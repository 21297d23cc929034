"""Visitors with a browser of their own, watched for everything that must never happen."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    async_playwright,
)

from tests.support.accounts import Account
from tests.support.browser import chromium, launch_arguments, make_sure

DESKTOP, PHONE = 1280, 390
Scripts = Literal["on", "off"]
_HEIGHTS = {DESKTOP: 900, PHONE: 844}
_PATIENCE_MS = 20_000
_INLINE = {"data", "blob", "about"}
_TELL_VIOLATIONS = """
addEventListener('securitypolicyviolation', (seen) =>
  console.error(`Refused by policy: ${seen.violatedDirective} ${seen.blockedURI} ${seen.sample}`));
"""
_TAKEN_OVER = """
() => Object.keys(document.getElementById('root')).some((key) => key.startsWith('__reactContainer'))
"""


class Visitor:
    """One browser profile with one open tab, `page`.

    `troubles` gathers console errors, uncaught exceptions, refusals by the page's policy, and
    requests to other hosts. A browser also reports answers of 400 and above and broken connections
    as errors; statuses and error names in `expecting` are part of the story.
    """

    def __init__(
        self, page: Page, *, origin: str, expecting: Collection[int | str], scripts: Scripts
    ) -> None:
        self.page, self.context = page, page.context
        self.origin, self._scripts = origin, scripts
        self.troubles: list[str] = []
        self._expected = [_complaint(each) for each in expecting]
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.troubles.append(f"uncaught: {error.error}"))
        self.context.on("request", self._see)

    async def open(self, path: str) -> int:
        """Load `path` until the web app, if scripts are on, has taken over; the HTTP status."""
        answer = await self.page.goto(self.origin + path, wait_until="domcontentloaded")
        if self._scripts == "on":
            await self.page.wait_for_function(_TAKEN_OVER)
        return answer.status if answer else 0

    async def sign_in(self, account: Account) -> None:
        """As the sign-in page would; pages opened from now on know who is there."""
        body = {"email": account.email, "password": account.password}
        answer = await self.context.request.post("/api/v1/auth/login", data=body)
        assert answer.ok, await answer.text()

    async def second_tab(self, path: str) -> Page:
        """Another tab of the same browser."""
        page = await self.context.new_page()
        await page.goto(self.origin + path)
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if not any(expected in message.text for expected in self._expected):
            self.troubles.append(f"console: {message.text} at {message.location.get('url')}")

    def _see(self, request: Request) -> None:
        if urlsplit(request.url).scheme in _INLINE:
            return
        if not request.url.startswith(self.origin + "/"):
            self.troubles.append(f"went elsewhere: {request.url}")


def _complaint(expected: int | str) -> str:
    return f"a status of {expected}" if isinstance(expected, int) else expected


@asynccontextmanager
async def visiting(
    browser: Browser,
    origin: str,
    *,
    width: int = DESKTOP,
    scheme: Literal["light", "dark"] = "light",
    expecting: Collection[int | str] = (),
    scripts: Scripts = "on",
    **more: Any,
) -> AsyncIterator[Visitor]:
    """A visitor until the block ends; AssertionError if anything went wrong meanwhile."""
    context = await browser.new_context(
        base_url=origin, viewport={"width": width, "height": _HEIGHTS.get(width, 800)},
        color_scheme=scheme, reduced_motion="reduce", locale="en-GB",
        timezone_id="Europe/Berlin", java_script_enabled=scripts == "on", has_touch=width == PHONE,
        **more,
    )  # fmt: skip
    context.set_default_timeout(_PATIENCE_MS)
    await context.add_init_script(_TELL_VIOLATIONS)
    page = await context.new_page()
    visitor = Visitor(page, origin=origin, expecting=expecting, scripts=scripts)
    try:
        yield visitor
        assert not visitor.troubles, visitor.troubles
    finally:
        await context.close()


@asynccontextmanager
async def running_chromium(*more: str) -> AsyncIterator[Browser]:
    """The machine's Chromium, started with `more` arguments than it needs."""
    make_sure()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium(), args=[*launch_arguments(), *more]
        )
        yield browser
        await browser.close()
