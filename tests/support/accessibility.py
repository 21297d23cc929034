"""What axe says about a page, in every look the page has."""

import json
from collections.abc import Iterator
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page

from tests.support.visitors import DESKTOP, PHONE

_ALL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
# Nothing else depends on the colour scheme.
_CONTRAST = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_RULES = {"light": _ALL, "dark": _CONTRAST}
_NARROW = 320
_HEIGHT = 900
_SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_QUIET = """
() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
"""
_STICKING_OUT = """
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')]
    .filter((each) => each.getBoundingClientRect().right > width + 1)
    .map((each) => `${each.tagName}.${each.className}`).slice(0, 8);
}
"""


async def shortcomings(page: Page) -> list[str]:
    """Violations at both widths in both colour schemes, and what sticks out at 320 px."""
    await page.evaluate(AXE_SCRIPT)
    # What stays in its place while the page moves hides nothing of its top.
    await page.evaluate("scrollTo(0, 0)")
    found: list[str] = []
    for width in (DESKTOP, PHONE):
        for scheme in _SCHEMES:
            await _dress(page, width, scheme)
            found += [
                f"{width} {scheme}: {each}" for each in await _violations(page, _RULES[scheme])
            ]
    await _dress(page, _NARROW, "light")
    found += [f"sticks out at 320: {each}" for each in await page.evaluate(_STICKING_OUT)]
    await _dress(page, DESKTOP, "light")
    return found


async def _violations(page: Page, rules: dict[str, Any]) -> list[str]:
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    answer = await page.evaluate(f"() => axe.run(document, {json.dumps(options)})")
    return [line for each in answer["violations"] for line in _lines(each)]


def _lines(violation: dict[str, Any]) -> Iterator[str]:
    for node in violation["nodes"]:
        summary = " ".join(str(node["failureSummary"]).split())
        yield f"{violation['id']} {node['target']} {summary}"


async def _dress(page: Page, width: int, scheme: Literal["light", "dark"]) -> None:
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await page.set_viewport_size({"width": width, "height": _HEIGHT})
    await page.evaluate(_QUIET)
