"""The door: typed codes and the camera, once in and never twice."""

import io
import re
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.async_api import Page, expect

from tests.e2e.conftest import Visit
from tests.support.cameras import Camera
from tests.support.installation import Installation
from tests.support.sellers import Kind, Seller
from tests.support.visitors import PHONE, Visitor, running_chromium, visiting


async def test_a_typed_code_lets_in_once_and_then_says_when(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing"))
    order = await seller.sale(show, quantity=2, email="grace@example.org")
    page = await _door(await visit(), seller, show.id)
    await _type(page, order["tickets"][0]["code"])
    verdict = page.get_by_role("status").filter(has_text="Next guest")
    await expect(verdict).to_contain_text("Admitted")
    await expect(verdict).to_contain_text("Grace Hopper")
    await page.get_by_role("button", name="Next guest").click()
    await _type(page, order["tickets"][0]["code"])
    await expect(verdict).to_contain_text("Already admitted")
    await expect(verdict).to_contain_text("First admitted at")
    await page.keyboard.press("Escape")
    await expect(page.get_by_text("Admitted: 1of / 2")).to_be_visible()


@pytest.mark.parametrize(
    ("code", "told"), [("nonsense", "Not our ticket"), ("BOX1.AAAA.BBBB", "Not our ticket")]
)
async def test_a_forged_code_is_refused(visit: Visit, seller: Seller, code: str, told: str) -> None:
    show = await seller.show(Kind("Standing"))
    page = await _door(await visit(), seller, show.id)
    await _type(page, code)
    await expect(page.get_by_role("status").filter(has_text="Next guest")).to_contain_text(told)


async def test_a_ticket_for_another_evening_is_refused(visit: Visit, seller: Seller) -> None:
    tonight = await seller.show(Kind("Standing"), title="Tonight")
    another = await seller.show(Kind("Standing"), title="Another evening")
    order = await seller.sale(another, email="grace@example.org")
    page = await _door(await visit(), seller, tonight.id)
    await _type(page, order["tickets"][0]["code"])
    await expect(
        page.get_by_role("paragraph").filter(has_text=re.compile("^Another event$"))
    ).to_be_visible()


async def test_the_camera_reads_a_ticket(
    installation: Installation, seller: Seller, tmp_path: Path
) -> None:
    show = await seller.show(Kind("Standing"))
    order = await seller.sale(show, email="grace@example.org")
    camera = Camera(tmp_path / "film.y4m")
    camera.show(_printed(order["tickets"][0]["code"]))
    async with (
        running_chromium(*camera.arguments) as browser,
        visiting(browser, installation.url, width=PHONE) as visitor,
    ):
        page = await _door(visitor, seller, show.id)
        await page.get_by_role("button", name="Open camera").click()
        verdict = page.get_by_role("status").filter(has_text="Next guest")
        await expect(verdict).to_contain_text("Grace Hopper")


async def _door(visitor: Visitor, seller: Seller, event_id: str) -> Page:
    await visitor.sign_in(seller.owner)
    await visitor.open(f"/organizer/{seller.slug}/scan?event={event_id}")
    return visitor.page


async def _type(page: Page, code: str) -> None:
    await page.get_by_label("Ticket code").fill(code)
    await page.get_by_role("button", name="Check").click()


def _printed(code: str) -> Image.Image:
    drawn = io.BytesIO()
    segno.make(code, error="m").save(drawn, kind="png", scale=6, border=4)
    return Image.open(drawn)
