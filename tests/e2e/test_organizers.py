"""Organizers: from an account to an event that sells."""

import io
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from tests.e2e.buying import hold, qr, say_who
from tests.e2e.conftest import Visit
from tests.support.accounts import open_account
from tests.support.effort import Effort
from tests.support.installation import Installation
from tests.support.sellers import Kind, Seller
from tests.support.visitors import DESKTOP, PHONE


async def test_the_first_organizer_takes_one_field(
    visit: Visit, installation: Installation
) -> None:
    visitor = await visit()
    async with installation.client() as client:
        await visitor.sign_in(await open_account(client))
    page = visitor.page
    await visitor.open("/organizer")
    await expect(page.get_by_role("heading", name="Sell your own tickets")).to_be_visible()
    await page.get_by_label("Name of the organizer").fill(f"Club {uuid4().hex[:8]}")
    await page.get_by_role("button", name="Create organizer").click()
    await expect(page.get_by_role("heading", name="Nothing planned yet")).to_be_visible()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_an_event_is_created_on_one_screen_with_six_fields_and_sells(
    visit: Visit, seller: Seller, width: int
) -> None:
    visitor = await visit(width=width)
    await visitor.sign_in(seller.owner)
    effort = await Effort.of(visitor.context)
    await visitor.open(f"/organizer/{seller.slug}/events/new")
    page = visitor.page
    await _describe(page, title="The six-field evening")
    await page.get_by_role("button", name="Create draft").click()
    await expect(page.get_by_role("heading", name="The six-field evening")).to_be_visible()
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_text("Everybody can see this event")).to_be_visible()
    assert len(effort.fields) <= 6, effort.fields
    assert len(effort.activations) == 2, effort.activations

    await page.get_by_role("link", name="View page").click()
    await page.wait_for_url("**/e/**")
    buyer = await visit()
    [show] = (await seller.send("GET", "/events"))["items"]
    await buyer.open(f"/e/{seller.slug}/{show['slug']}")
    await buyer.page.locator("#tickets").get_by_role("button", name="Get tickets").click()
    await say_who(buyer.page)
    await buyer.page.get_by_role("button", name=re.compile(r"^Pay .12\.50$")).click()
    await expect(qr(buyer.page)).to_be_visible()


async def test_a_draft_names_what_is_missing_and_leads_there(visit: Visit, seller: Seller) -> None:
    draft = await seller.draft(title="Not quite ready")
    visitor = await visit()
    await visitor.sign_in(seller.owner)
    await visitor.open(f"/organizer/{seller.slug}/events/{draft.id}")
    page = visitor.page
    await expect(page.get_by_role("button", name="Publish")).to_be_disabled()
    await page.get_by_role("link", name="Add a ticket type").click()
    await expect(page.get_by_role("heading", name="Tickets")).to_be_focused()
    await page.get_by_role("button", name="Add ticket type").click()
    form = page.get_by_role("form", name="New ticket type")
    await form.get_by_label("Name").fill("Standing")
    await form.get_by_label("Price in").fill("0")
    await form.get_by_label("How many").fill("20")
    await form.get_by_role("button", name="Add ticket type").click()
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_text("It is live.")).to_be_visible()


async def test_a_picture_becomes_the_face_of_the_event(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing"))
    visitor = await visit()
    await visitor.sign_in(seller.owner)
    await visitor.open(f"/organizer/{seller.slug}/events/{show.id}")
    page = visitor.page
    await page.get_by_label("Cover picture").set_input_files(
        {"name": "cover.png", "mimeType": "image/png", "buffer": _picture()}
    )
    await expect(page.get_by_role("button", name="Change picture")).to_be_visible()
    await visitor.open(show.path)
    cover = page.locator("img.hero-art")
    await expect(cover).to_be_visible()
    assert await cover.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 300


async def test_a_file_that_is_no_picture_is_refused_in_words(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing"))
    visitor = await visit(expecting={400, 415, 422})
    await visitor.sign_in(seller.owner)
    await visitor.open(f"/organizer/{seller.slug}/events/{show.id}")
    await visitor.page.get_by_label("Cover picture").set_input_files(
        {"name": "cover.png", "mimeType": "image/png", "buffer": b"<svg onload=alert(1)>"}
    )
    await expect(visitor.page.get_by_role("alert")).to_contain_text("picture")


async def test_a_sale_shows_up_with_who_bought_it(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing"))
    order = await seller.sale(show, quantity=2, email="grace@example.org")
    visitor = await visit()
    await visitor.sign_in(seller.owner)
    page = visitor.page
    await visitor.open(f"/organizer/{seller.slug}")
    await expect(page.get_by_role("row", name=show.title)).to_contain_text("2 of 100")
    await page.get_by_role("link", name="Orders").click()
    await page.get_by_role("searchbox").fill(order["code"])
    await page.get_by_role("link", name=order["code"]).click()
    await expect(page.get_by_role("heading", name=f"Order {order['code']}")).to_be_visible()
    await expect(page.get_by_role("link", name="grace@example.org")).to_be_visible()
    await expect(page.get_by_text("Valid")).to_have_count(2)


async def test_an_event_can_be_taken_down_again(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing"))
    visitor = await visit(expecting={410})
    await visitor.sign_in(seller.owner)
    await visitor.open(f"/organizer/{seller.slug}/events/{show.id}")
    await visitor.page.get_by_role("button", name="Take it down").click()
    await expect(visitor.page.get_by_role("button", name="Publish")).to_be_visible()
    assert await visitor.open(show.path) == 410


async def test_a_stranger_is_asked_to_sign_in_and_comes_back(visit: Visit, seller: Seller) -> None:
    page = (visitor := await visit()).page
    await visitor.open(f"/organizer/{seller.slug}/orders")
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await page.get_by_label("E-mail").fill(seller.owner.email)
    await page.get_by_label("Password").fill(seller.owner.password)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("heading", name="No orders yet")).to_be_visible()


async def test_who_is_not_in_the_team_sees_nothing_of_it(
    visit: Visit, seller: Seller, installation: Installation
) -> None:
    order = await seller.sale(await seller.show(Kind("Standing")), email="grace@example.org")
    visitor = await visit()
    async with installation.client() as client:
        await visitor.sign_in(await open_account(client))
    await visitor.open(f"/organizer/{seller.slug}/orders/{order['id']}")
    await expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Not your organizer")


async def test_the_inbox_answers_a_buyer(visit: Visit, seller: Seller) -> None:
    page = await hold(await visit(), await seller.show(Kind("Standing")), button="Get free tickets")
    await say_who(page)
    await page.get_by_role("button", name="Get free ticket").click()
    await page.get_by_role("button", name="Ask the organizer").click()
    await page.get_by_label("What is it about?").fill("Is there a cloakroom?")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("Waiting for the organizer")).to_be_visible()

    desk = await visit()
    await desk.sign_in(seller.owner)
    await desk.open(f"/organizer/{seller.slug}/help")
    await desk.page.get_by_role("link", name="Ada Lovelace").click()
    await desk.page.get_by_label("Answer as").fill("There is, on the left.")
    await desk.page.get_by_role("button", name="Send answer").click()
    await expect(desk.page.get_by_label("Answer as")).to_have_value("")

    await page.reload()
    await expect(page.get_by_text("There is, on the left.")).to_be_visible()


async def _describe(page: Page, *, title: str) -> None:
    starts = datetime.now(UTC).replace(hour=20, minute=0) + timedelta(days=30)
    form = page.get_by_role("form", name="New event")
    await form.get_by_label("Title").fill(title)
    await form.get_by_label("Starts").fill(starts.strftime("%Y-%m-%dT%H:%M"))
    await form.get_by_label("Venue").fill("Lichtburg")
    await form.get_by_label("City").fill("Essen")
    await form.get_by_label("Price in").fill("12.50")
    await form.get_by_label("How many").fill("80")


def _picture() -> bytes:
    drawn = io.BytesIO()
    Image.linear_gradient("L").resize((1200, 800)).save(drawn, "PNG")
    return drawn.getvalue()
