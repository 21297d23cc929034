"""Whether a page stands still while the web app takes over from the server's first screen."""

import msgspec
from playwright.async_api import Page

_WATCH = """
(() => {
  const seen = (window.steadiness = { shifted: 0, headings: [], losses: 0, largest: '' });
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) seen.shifted += shift.value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    const { element, url } = list.getEntries().at(-1);
    seen.largest = url || element?.textContent || '';
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  const look = () => {
    const heading = document.querySelector('h1')?.textContent;
    const before = seen.headings.at(-1);
    if (heading === undefined) seen.losses += before === undefined ? 0 : 1;
    else if (heading !== before) seen.headings.push(heading);
  };
  new MutationObserver(look).observe(document, {
    childList: true, subtree: true, characterData: true });
})();
"""
# Two frames after everything has arrived: shifts are reported after painting.
_SETTLED = """
() => document.fonts.ready.then(() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => done(window.steadiness)))))
"""


class Steadiness(msgspec.Struct, frozen=True, kw_only=True):
    """`shifted` is the cumulative layout shift; `headings` every wording the h1 had, in order;
    `losses` how often there was none after the first; `largest` the text or the address of what was
    painted largest.
    """

    shifted: float
    headings: list[str]
    losses: int
    largest: str


async def watch_steadiness(page: Page) -> None:
    """From the next page load on."""
    await page.add_init_script(_WATCH)


async def steadiness(page: Page) -> Steadiness:
    """What was seen, once nothing more is on its way."""
    await page.wait_for_load_state("networkidle")
    return msgspec.convert(await page.evaluate(_SETTLED), Steadiness, strict=False)
