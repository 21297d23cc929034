"""Another site cannot make a signed-in browser act."""

from typing import Any

import pytest
from httpx2 import AsyncClient

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.permissions import Permission
from tests.gateway.edge import API, PUBLIC_URL, Edge, purchase

SESSION, CSRF = "__Host-boxoffice_session", "__Host-boxoffice_csrf"
EVIL = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}


def member_url() -> str:
    return f"{API}/organizers/kulturhaus/members/{new_id()}"


async def signed_in_browser(edge: Edge) -> AsyncClient:
    """A browser after log-in: its session cookie and its CSRF cookie."""
    client = edge.client()
    answer = await client.post(f"{API}/auth/login")
    assert answer.status_code == 201
    return client


async def test_logging_in_hands_out_the_token_that_scripts_can_read(edge: Edge) -> None:
    answer = await edge.client().post(f"{API}/auth/login")
    cookies = answer.headers.get_list("set-cookie")
    (cookie,) = [cookie for cookie in cookies if cookie.startswith(f"{CSRF}=")]
    assert "HttpOnly" not in cookie
    for attribute in ("Path=/", "Secure", "SameSite=Lax"):
        assert f"; {attribute}" in cookie


async def test_the_header_with_the_cookies_value_lets_a_browser_act(edge: Edge) -> None:
    client = await signed_in_browser(edge)
    answer = await client.post(f"{API}/reports", headers={"x-csrf-token": client.cookies[CSRF]})
    assert answer.status_code == 201


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "é"])
async def test_without_the_right_header_a_cookie_cannot_act(edge: Edge, token: str) -> None:
    client = await signed_in_browser(edge)
    headers = {b"x-csrf-token": token.encode()} if token else {}
    answer = await client.post(f"{API}/reports", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")


async def test_the_token_of_another_session_does_not_fit(edge: Edge) -> None:
    alice, bob = await signed_in_browser(edge), await signed_in_browser(edge)
    answer = await alice.post(f"{API}/reports", headers={"x-csrf-token": bob.cookies[CSRF]})
    assert answer.status_code == 403


async def test_planting_a_cookie_does_not_help_since_the_token_is_a_mac(edge: Edge) -> None:
    token = edge.accounts.sign_in()
    planted = f"{SESSION}={token}; {CSRF}=planted"
    headers = {"cookie": planted, "x-csrf-token": "planted"}
    answer = await edge.client().post(f"{API}/reports", headers=headers)
    assert answer.status_code == 403


FORMS: list[dict[str, Any]] = [
    {"content": b"", "headers": {}},
    {"data": {"a": "b"}},
    {"content": b'{"a":1}', "headers": {"content-type": "text/plain"}},
    {"files": {"image": ("a.png", b"x", "image/png")}},
    {"content": b"{}", "headers": {"x-http-method-override": "GET"}},
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_forms_of_other_sites_change_nothing(
    edge: Edge, form: dict[str, Any], method: str
) -> None:
    token = edge.accounts.sign_in(Permission.MEMBERS_MANAGE, Permission.EVENTS_WRITE)
    paths = {"POST": f"{API}/organizers/kulturhaus/orders", "DELETE": member_url()}
    url = paths.get(method, f"{API}/organizers/kulturhaus/cover")
    headers = {**EVIL, **form.get("headers", {}), "cookie": f"{SESSION}={token}"}
    given: dict[str, Any] = {**form, "headers": headers}
    answer = await edge.client().request(method, url, **given)
    assert answer.status_code in {403, 415}
    assert "access-control-allow-origin" not in answer.headers
    assert edge.ledger.effects == 0


async def test_reading_needs_no_token_and_changes_nothing(edge: Edge) -> None:
    client = await signed_in_browser(edge)
    for path in ("/things", "/me", "/cached"):
        assert (await client.get(API + path, headers=EVIL)).status_code == 200
    assert edge.ledger.effects == 0


async def test_a_bearer_token_needs_no_csrf_token(edge: Edge) -> None:
    token = edge.accounts.sign_in()
    answer = await edge.client(authorization=f"Bearer {token}").post(f"{API}/reports")
    assert answer.status_code == 201


async def test_a_visitor_and_a_webhook_need_none_either(edge: Edge) -> None:
    client = edge.client()
    for _ in range(2):
        answer = await client.post(f"{API}/organizers/kulturhaus/orders", json=purchase())
        assert answer.status_code == 201
    assert (await edge.client().post(f"{API}/reports")).status_code == 201


async def test_a_session_without_its_token_gets_a_new_one(edge: Edge) -> None:
    token = edge.accounts.sign_in()
    answer = await edge.client().get(f"{API}/me", headers={"cookie": f"{SESSION}={token}"})
    assert answer.headers["set-cookie"].startswith(f"{CSRF}=")


async def test_logging_out_takes_the_token_away(edge: Edge) -> None:
    client = await signed_in_browser(edge)
    headers = {"x-csrf-token": client.cookies[CSRF]}
    answer = await client.post(f"{API}/auth/logout", headers=headers)
    cookies = answer.headers.get_list("set-cookie")
    assert any(cookie.startswith(f"{CSRF}=; Max-Age=0") for cookie in cookies)
    assert CSRF not in client.cookies


async def test_a_page_anybody_may_keep_sets_no_cookie(edge: Edge) -> None:
    client = await signed_in_browser(edge)
    answer = await client.get(f"{PUBLIC_URL}/e/kulturhaus/night-train")
    assert "set-cookie" not in answer.headers
