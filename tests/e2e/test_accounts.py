"""Accounts: opening one, proving the address, coming back."""

from uuid import uuid4

from playwright.async_api import Page, expect

from tests.e2e.buying import hold, qr, say_who
from tests.e2e.conftest import Visit
from tests.support.accounts import PASSWORD, Account
from tests.support.mailbox import Mailbox
from tests.support.sellers import Kind, Seller


async def test_signing_up_mails_a_link_that_proves_the_address(
    visit: Visit, mailbox: Mailbox
) -> None:
    visitor = await visit(expecting={401})
    email = f"{uuid4().hex}@example.org"
    page = visitor.page
    await visitor.open("/signup")
    await page.get_by_label("Full name").fill("Katherine Johnson")
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Make an account").click()
    await expect(page.get_by_role("status").filter(has_text=email)).to_be_visible()
    link = await mailbox.link(email, path="/verify-email")
    await visitor.open(link.removeprefix(visitor.origin))
    await expect(page.get_by_role("heading", name="Address confirmed")).to_be_visible()
    await page.get_by_role("main").get_by_role("link", name="Sign in").click()
    await _sign_in(page, email, PASSWORD)
    await expect(page.get_by_role("banner").get_by_text("Katherine Johnson")).to_be_visible()


async def test_a_link_that_nobody_sent_proves_nothing(visit: Visit) -> None:
    visitor = await visit(expecting={422})
    await visitor.open("/verify-email?token=never-was-one")
    await expect(visitor.page.get_by_role("heading", level=1)).to_have_text(
        "This link does not work"
    )


async def test_a_wrong_password_leaves_the_address_in_its_field(
    visit: Visit, staff: tuple[object, Account]
) -> None:
    visitor = await visit(expecting={401})
    page = visitor.page
    await visitor.open("/signin")
    await _sign_in(page, staff[1].email, "not this one at all")
    await expect(page.get_by_role("alert")).to_be_visible()
    await expect(page.get_by_label("E-mail")).to_have_value(staff[1].email)
    await _sign_in(page, staff[1].email, staff[1].password)
    await expect(page.get_by_text(staff[1].name)).to_be_visible()


async def test_signing_in_leads_back_to_where_one_was(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing"))
    page = (visitor := await visit()).page
    await visitor.open(show.path)
    await page.get_by_role("link", name="Sign in").click()
    await _sign_in(page, seller.owner.email, seller.owner.password)
    await expect(page.get_by_role("heading", name=show.title)).to_be_visible()


async def test_signing_out_forgets_who_was_here(visit: Visit, seller: Seller) -> None:
    page = (visitor := await visit()).page
    await visitor.open("/signin")
    await _sign_in(page, seller.owner.email, seller.owner.password)
    await page.get_by_text(seller.owner.name).click()
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("link", name="Sign in")).to_be_visible()


async def test_who_is_signed_in_types_nothing_to_buy(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing"))
    visitor = await visit()
    await visitor.open("/signin")
    await _sign_in(visitor.page, seller.owner.email, seller.owner.password)
    await expect(visitor.page.get_by_text(seller.owner.name)).to_be_visible()
    page = await hold(visitor, show, button="Get free tickets")
    await expect(page.get_by_label("E-mail")).to_have_value(seller.owner.email)
    await page.get_by_role("button", name="Get free ticket").click()
    await expect(qr(page)).to_be_visible()


async def test_after_buying_an_account_is_one_password_away(visit: Visit, seller: Seller) -> None:
    visitor = await visit(expecting={401})
    page = await hold(visitor, await seller.show(Kind("Standing")), button="Get free tickets")
    await say_who(page, f"{seller.slug}@example.org")
    await page.get_by_role("button", name="Get free ticket").click()
    await page.get_by_role("link", name="Make an account").click()
    await expect(page.get_by_label("E-mail")).to_have_value(f"{seller.slug}@example.org")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Make an account").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("One more step")


async def _sign_in(page: Page, email: str, password: str) -> None:
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("button", name="Sign in").click()
