"""Accounts in the whole product: cookies, forged requests and permissions as browsers meet them."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx2
import pytest

from boxoffice.kernel.ids import new_id
from tests.services.users.house import PASSWORD, wrong_fields
from tests.support.product import Product

API = "/api/v1"


class Browser:
    """A browser that runs our pages: it sends the CSRF cookie's value back as a header."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.http = product.visitor()
        self.email = f"guest-{new_id().hex[-12:]}@example.org"

    async def post(self, path: str, body: Any = None) -> httpx2.Response:
        token = self.http.cookies.get("boxoffice_csrf") or ""
        return await self.http.post(API + path, json=body, headers={"x-csrf-token": token})

    async def get(self, path: str) -> httpx2.Response:
        return await self.http.get(API + path)

    async def sign_up(self) -> dict[str, Any]:
        person = {"email": self.email, "password": PASSWORD}
        registered = await self.post("/auth/register", person | {"name": "Ada"})
        assert registered.status_code == 201, registered.text
        users = self.product.services.users
        mail = await users.verification_mail_data(UUID(registered.json()["user"]["id"]))
        assert mail is not None
        assert (await self.post("/auth/verify-email", {"token": mail.token})).status_code == 200
        answer = await self.post("/auth/login", person)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
async def browser(product: Product) -> AsyncIterator[Browser]:
    opened = Browser(product)
    yield opened
    await opened.http.aclose()


async def test_a_browser_signs_up_and_opens_an_organizer(browser: Browser) -> None:
    assert (await browser.get("/me")).status_code == 401
    await browser.sign_up()
    created = await browser.post("/organizers", {"name": f"Hall {new_id().hex[-8:]}"})
    assert created.status_code == 201, created.text
    members = await browser.get(f"/organizers/{created.json()['slug']}/members")
    assert [member["role"] for member in members.json()["items"]] == ["owner"]


async def test_another_site_cannot_act_with_our_cookies(browser: Browser) -> None:
    await browser.sign_up()
    for headers in ({}, {"x-csrf-token": "0" * 64}):
        forged = await browser.http.post(f"{API}/organizers", json={"name": "X"}, headers=headers)
        assert (forged.status_code, forged.json()["code"]) == (403, "csrf_failed")


async def test_on_plain_localhost_only_sign_in_sees_the_refresh_token(browser: Browser) -> None:
    await browser.sign_up()
    paths = {cookie.name: cookie.path for cookie in browser.http.cookies.jar}
    assert paths["boxoffice_refresh"] == "/api/v1/auth"
    assert paths["boxoffice_session"] == "/"
    renewed = await browser.post("/auth/refresh", {})
    assert renewed.status_code == 200
    assert (await browser.post("/organizers", {"name": "Hall"})).status_code == 201


async def test_signing_out_ends_everything(browser: Browser) -> None:
    session = await browser.sign_up()
    assert (await browser.post("/auth/logout")).status_code == 204
    names = {cookie.name for cookie in browser.http.cookies.jar}
    assert not names & {"boxoffice_session", "boxoffice_refresh"}
    bearer = {"authorization": f"Bearer {session['access_token']}"}
    refused = await browser.http.get(f"{API}/me", headers=bearer)
    assert (refused.status_code, refused.json()["code"]) == (401, "session_over")
    assert refused.headers["content-type"] == "application/problem+json"


async def test_a_program_needs_no_csrf_token(browser: Browser, product: Product) -> None:
    session = await browser.sign_up()
    bearer = {"authorization": f"Bearer {session['access_token']}"}
    async with product.visitor() as program:
        answer = await program.post(f"{API}/organizers", json={"name": "Hall"}, headers=bearer)
    assert answer.status_code == 201


async def test_strangers_and_wrong_roles_are_told_apart(browser: Browser, product: Product) -> None:
    await browser.sign_up()
    slug = (await browser.post("/organizers", {"name": "Hall"})).json()["slug"]
    other = Browser(product)
    await other.sign_up()
    assert (await other.get(f"/organizers/{slug}/members")).status_code == 404
    await browser.post(f"/organizers/{slug}/members", {"email": other.email, "role": "door"})
    assert (await other.get(f"/organizers/{slug}/members")).status_code == 403
    await other.http.aclose()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"email":"a@b.example","password":"\\u0000aaaaaaaa","name":"A"}', 422),
        (b'{"email":"a@b.example","password":"\\ud800aaaaaaaa","name":"A"}', 400),
        (b'{"email":"a@b.example","password":["x"],"name":"A"}', 422),
        (b'{"email":"a@b.example","password":"x","password":"y","name":"A"}', 400),
        (b'{"email":"a@b.example","password":"seven quiet otters"}', 422),
    ],
)
async def test_bad_bodies_are_refused_politely(browser: Browser, body: bytes, status: int) -> None:
    headers = {"content-type": "application/json"}
    answer = await browser.http.post(f"{API}/auth/register", content=body, headers=headers)
    assert answer.status_code == status, answer.text


async def test_wrong_fields_point_into_the_body(browser: Browser) -> None:
    answer = await browser.post("/auth/register", {"email": "x", "password": "x", "name": ""})
    assert wrong_fields(answer).keys() == {"/email", "/name", "/password"}
