"""The pictures in the documentation, taken of the demo data: `make screenshots`.

Every page in light and dark, on a desktop and on a phone, as `docs/screenshots/NAME-light.png` and
`NAME-phone-dark.png`.
"""

import asyncio
import io
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.async_api import Browser, Page, expect

from boxoffice.cli.logins import logins_of
from boxoffice.data.embedded.folder import DataFolder
from tests.support.accounts import Account
from tests.support.installation import Installation, running_installation
from tests.support.visitors import DESKTOP, PHONE, Visitor, running_chromium, visiting

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
MOST_BYTES = 200_000
EVENT = "/e/demo/lantern-quartet-after-hours"
DESK = "/organizer/demo"
_SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# One pixel per point is enough on a desktop; phones have sharper screens.
_DENSITY = {DESKTOP: 1, PHONE: 2}

# Every picture and font is there, and no place-holder.
_COMPLETE = """
() => document.fonts.status === 'loaded' && !document.querySelector('[class*="_bone_"]') &&
  [...document.images].every((image) => image.complete || image.loading === 'lazy')
"""

Shoot = Callable[[str], Awaitable[None]]


async def buyer(visitor: Visitor, shoot: Shoot) -> None:
    """From the list of events to the ticket."""
    page = visitor.page
    await visitor.open("/")
    await shoot("discover")
    await visitor.open(EVENT)
    await page.get_by_role("button", name="One Seat more").click()
    await page.evaluate("() => scrollTo(0, 0)")
    await shoot("event")
    await page.locator("#tickets").get_by_role("button", name="Get tickets").click()
    await page.get_by_label("E-mail").fill("ada@example.org")
    await page.get_by_label("Full name").fill("Ada Lovelace")
    await expect(page.get_by_role("radio").first).to_be_checked()
    await page.evaluate("() => scrollTo(0, 0)")
    await shoot("checkout")
    await page.get_by_role("button", name="Pay").click()
    await expect(page.get_by_role("img", name="QR code of ticket 1")).to_be_visible()
    await shoot("order")
    await page.get_by_role("button", name="Ask the organizer").click()
    await page.get_by_label("What is it about?").fill("Is there a cloakroom for instruments?")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_label("Write back")).to_be_visible()
    await page.get_by_role("link", name="Show large").click()
    await expect(page.get_by_role("link", name="All about this order")).to_be_visible()
    await shoot("ticket")


async def organizer(visitor: Visitor, shoot: Shoot) -> None:
    """What the demo organizer sees of it."""
    page = visitor.page
    await visitor.open(DESK)
    await expect(page.get_by_role("heading", name="Coming up")).to_be_visible()
    await shoot("organizer")
    await page.get_by_role("link", name="Lantern Quartet").click()
    await expect(page.get_by_role("heading", name="Before it goes live")).to_have_count(0)
    await expect(page.get_by_role("button", name="Take it down")).to_be_visible()
    await shoot("organizer-event")
    await visitor.open(f"{DESK}/events/new")
    await page.get_by_label("Title").fill("An evening of quiet")
    await page.get_by_label("Starts").fill("2027-05-14T20:00")
    await page.get_by_label("Venue").fill("Altes Kesselwerk")
    await page.get_by_label("City").fill("Berlin")
    await page.evaluate("() => scrollTo(0, 0)")
    await shoot("organizer-new")
    await visitor.open(f"{DESK}/orders")
    await expect(page.get_by_text("Ada Lovelace").first).to_be_visible()
    await shoot("organizer-orders")
    await visitor.open(f"{DESK}/help")
    await page.get_by_role("link", name="Ada Lovelace").first.click()
    await expect(page.get_by_label("Answer as")).to_be_visible()
    await shoot("organizer-help")


async def door(visitor: Visitor, shoot: Shoot) -> None:
    """A guest arrives."""
    page = visitor.page
    await visitor.open("/me/tickets")
    await page.get_by_role("main").get_by_role("link", name="Lantern Quartet").first.click()
    await expect(page.get_by_role("img", name="QR code of ticket 1")).to_be_visible()
    token = page.url.rpartition("/")[2]
    order = await (await page.request.get(f"/api/v1/order-links/{token}")).json()
    await visitor.open(f"{DESK}/scan?event={order['event_id']}")
    await page.get_by_label("Ticket code").fill(order["tickets"][0]["code"])
    await page.get_by_role("button", name="Check").click()
    await expect(page.get_by_role("button", name="Next guest")).to_be_visible()
    await shoot("organizer-scan")


async def look(
    browser: Browser, house: Installation, *, width: int, scheme: Literal["light", "dark"]
) -> None:
    """All pictures of one look."""
    form = "-phone" if width == PHONE else ""
    async with visiting(
        browser, house.url, width=width, scheme=scheme, device_scale_factor=_DENSITY[width]
    ) as visitor:

        async def shoot(name: str) -> None:
            picture = await picture_of(visitor.page)
            (FOLDER / f"{name}{form}-{scheme}.png").write_bytes(picture)

        await buyer(visitor, shoot)
        await visitor.sign_in(staff_of(house))
        await organizer(visitor, shoot)
        await door(visitor, shoot)


def staff_of(house: Installation) -> Account:
    """The demo organizer, whose password every installation makes for itself."""
    login = logins_of(DataFolder.of(house.house.environment).vault).organizer
    return Account("", login.email, login.password)


async def picture_of(page: Page) -> bytes:
    """What is on the screen once nothing is on its way, as a PNG of at most `MOST_BYTES`."""
    await page.wait_for_load_state("networkidle")
    await page.wait_for_function(_COMPLETE)
    seen = Image.open(io.BytesIO(await page.screenshot(animations="disabled"))).convert("RGB")
    for colours in (256, 128, 64, 32):
        packed = io.BytesIO()
        seen.quantize(colours, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
        if packed.tell() <= MOST_BYTES:
            return packed.getvalue()
    raise ValueError(f"{page.url} does not fit into {MOST_BYTES} bytes")


async def main() -> None:
    """Take them all anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_installation() as house:
        async with running_chromium() as browser:
            for width in (DESKTOP, PHONE):
                for scheme in _SCHEMES:
                    await look(browser, house, width=width, scheme=scheme)


if __name__ == "__main__":
    asyncio.run(main())
