"""`make screenshots`: the pictures that the documentation shows, taken of the demo installation."""

import asyncio
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page

from boxoffice.cli.logins import logins_of
from boxoffice.data.embedded.folder import DataFolder
from tests.support.accounts import Account
from tests.support.installation import Installation, running_installation
from tests.support.visitors import DESKTOP, Visitor, running_chromium, visiting

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
ORGANIZER = "demo"
PAID, FREE = "lantern-quartet-after-hours", "repair-night-lamps-radios-toasters"
ADA = {"email": "ada@example.org", "name": "Ada Lovelace"}
_API = f"/api/v1/organizers/{ORGANIZER}"


async def take_all(installation: Installation) -> None:
    """All pictures, each by a visitor of its own."""
    FOLDER.mkdir(exist_ok=True)
    async with running_chromium() as browser:
        for scheme in ("light", "dark"):
            await _page(browser, installation, scheme, "discover", "/")
            await _page(browser, installation, scheme, "event", f"/e/{ORGANIZER}/{PAID}")
            await _checkout(browser, installation, scheme)
            await _order(browser, installation, scheme)
            await _organizer(browser, installation, scheme)


async def _page(browser: Browser, house: Installation, scheme: Any, name: str, path: str) -> None:
    async with visiting(browser, house.url, scheme=scheme, width=DESKTOP) as visitor:
        await visitor.open(path)
        await _take(visitor.page, f"{name}-{scheme}")


async def _checkout(browser: Browser, house: Installation, scheme: Any) -> None:
    async with visiting(browser, house.url, scheme=scheme, width=DESKTOP) as visitor:
        order = await _open_order(visitor, PAID, buyer=None)
        await visitor.open(f"/checkout/{order['token']}")
        await _take(visitor.page, f"checkout-{scheme}")


async def _order(browser: Browser, house: Installation, scheme: Any) -> None:
    async with visiting(browser, house.url, scheme=scheme, width=DESKTOP) as visitor:
        order = await _open_order(visitor, FREE, buyer=ADA)
        await visitor.open(f"/orders/{order['token']}")
        await _take(visitor.page, f"order-{scheme}")


async def _organizer(browser: Browser, house: Installation, scheme: Any) -> None:
    login = logins_of(DataFolder(house.house.data).vault).organizer
    async with visiting(browser, house.url, scheme=scheme, width=DESKTOP) as visitor:
        await visitor.sign_in(
            Account(name="Demo Organizer", email=login.email, password=login.password)
        )
        await visitor.open(f"/organizer/{ORGANIZER}")
        await _take(visitor.page, f"organizer-{scheme}")


async def _open_order(visitor: Visitor, event: str, *, buyer: dict[str, str] | None) -> Any:
    """An order of the event's first ticket type, held, or confirmed when a free one has a buyer."""
    request = visitor.context.request
    page = await (await request.get(f"/api/v1/events/{ORGANIZER}/{event}")).json()
    items = [{"ticket_type_id": page["offers"][0]["ticket_type_id"], "quantity": 2}]
    body = {"event_id": page["id"], "items": items, **({"buyer": buyer} if buyer else {})}
    answer = await request.post(f"{_API}/orders", data=body)
    if not answer.ok:
        raise RuntimeError(await answer.text())
    return await answer.json()


async def _take(page: Page, name: str) -> None:
    await page.wait_for_load_state("networkidle")
    await page.evaluate("document.fonts.ready")
    await page.screenshot(path=FOLDER / f"{name}.png")
    print(f"docs/screenshots/{name}.png", flush=True)


if __name__ == "__main__":
    with running_installation() as running:
        asyncio.run(take_all(running))
