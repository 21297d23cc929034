"""Who is asking: bearer token, session cookie, visitor cookie, order token, or nobody."""

from collections.abc import Callable

import pytest

from boxoffice.gateway.visitors import Visitors
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.keyring import Keyring
from tests.gateway.edge import API, KEYRING, Edge, purchase

ORDERS = f"{API}/organizers/kulturhaus/orders"
SESSION = "__Host-boxoffice_session"
VISITOR = "__Host-boxoffice_visitor"


async def test_a_bearer_token_stands_for_its_account(edge: Edge) -> None:
    token = edge.accounts.sign_in()
    answer = await edge.client(authorization=f"Bearer {token}").get(f"{API}/me")
    assert answer.json()["actor"] == f"user:{edge.accounts.actors[token].user_id}"


async def test_a_session_cookie_stands_for_its_account(edge: Edge) -> None:
    token = edge.accounts.sign_in()
    answer = await edge.client(cookie=f"{SESSION}={token}").get(f"{API}/me")
    assert answer.json()["actor"] == f"user:{edge.accounts.actors[token].user_id}"


async def test_without_the_prefix_a_cookie_is_nobody_on_https(edge: Edge) -> None:
    token = edge.accounts.sign_in()
    answer = await edge.client(cookie=f"boxoffice_session={token}").get(f"{API}/me")
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "authorization",
    ["Bearer nonsense", "Bearer", "Bearer ", "Basic YTpi", "nonsense", "bearer\tx", "Bearer é"],
)
async def test_a_wrong_credential_is_refused_even_where_none_is_needed(
    edge: Edge, authorization: str
) -> None:
    headers = {b"authorization": authorization.encode("latin-1")}
    for path in ("/me", "/things"):
        answer = await edge.client().get(API + path, headers=headers)
        assert answer.status_code == 401, path


async def test_a_stale_session_cookie_is_nobody_where_no_account_is_needed(edge: Edge) -> None:
    client = edge.client(cookie=f"{SESSION}=stale")
    assert (await client.get(f"{API}/things")).json()["actor"] == "anonymous"
    assert (await client.get(f"{API}/me")).status_code == 401


async def test_a_bearer_token_goes_before_a_cookie(edge: Edge) -> None:
    token, other = edge.accounts.sign_in(), edge.accounts.sign_in()
    client = edge.client(cookie=f"{SESSION}={other}", authorization=f"Bearer {token}")
    answer = await client.get(f"{API}/me")
    assert answer.json()["actor"] == f"user:{edge.accounts.actors[token].user_id}"


async def test_a_visitor_is_welcomed_once_and_known_ever_after(edge: Edge) -> None:
    client = edge.client()
    first = await client.post(ORDERS, json=purchase())
    assert VISITOR in first.headers["set-cookie"]
    second = await client.post(ORDERS, json=purchase())
    assert "set-cookie" not in second.headers
    assert second.json()["visitor_id"] == first.json()["visitor_id"]


async def test_only_operations_for_visitors_make_one(edge: Edge) -> None:
    for path in ("/things", f"/organizers/kulturhaus/orders/{new_id()}"):
        answer = await edge.client().get(API + path)
        assert answer.json()["visitor_id"] is None
        assert "set-cookie" not in answer.headers


async def test_a_forged_visitor_cookie_is_nobody(edge: Edge) -> None:
    stranger = Visitors(Keyring("another root secret, of another house".replace(",", ""))).write(
        new_id()
    )
    mine = Visitors(KEYRING).write(new_id())
    for forged in (stranger, mine[:-2], mine.swapcase(), "", "x", "é", "A" * 4000, mine + mine):
        cookie = f"{VISITOR}={forged}".encode("latin-1")
        answer = await edge.client().get(f"{API}/things", headers={b"cookie": cookie})
        assert answer.json()["visitor_id"] is None, forged


async def test_a_visitor_cookie_survives_a_rotation_of_the_root_secret() -> None:
    visitor_id = new_id()
    old, new = "an old root secret that was long enough", "a new root secret that is long enough"
    cookie = Visitors(Keyring(old)).write(visitor_id)
    assert Visitors(Keyring(f"{new},{old}")).read(cookie) == visitor_id
    assert Visitors(Keyring(new)).read(cookie) is None


async def test_an_account_is_also_the_visitor_of_its_browser(edge: Edge) -> None:
    token = edge.accounts.sign_in()
    visitor_id = new_id()
    cookie = f"{VISITOR}={Visitors(KEYRING).write(visitor_id)}"
    answer = await edge.client(authorization=f"Bearer {token}", cookie=cookie).get(f"{API}/me")
    assert answer.json()["visitor_id"] == str(visitor_id)


async def test_the_order_token_reaches_the_handler_unjudged(edge: Edge) -> None:
    url = f"{ORDERS}/{new_id()}"
    answer = await edge.client().get(url, headers={"order-token": "kulturhaus.x.1.mac"})
    assert answer.json()["order_token"] == "kulturhaus.x.1.mac"


async def test_every_cookie_is_bound_to_this_host_and_hidden_from_scripts(edge: Edge) -> None:
    answer = await edge.client().post(ORDERS, json=purchase())
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{VISITOR}=")
    for attribute in ("Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=31536000"):
        assert f"; {attribute}" in cookie
    assert "Domain" not in cookie


async def test_only_plain_localhost_goes_without_prefix_and_secure(
    edge_with: Callable[..., Edge],
) -> None:
    plain = ("http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000")
    secure = ("https://localhost:8000", "http://tickets.example", "http://localhost.evil.example")
    for public_url in (*plain, *secure):
        answer = await edge_with(public_url=public_url).client().post(ORDERS, json=purchase())
        is_plain = answer.headers["set-cookie"].startswith("boxoffice_visitor=")
        assert is_plain == (public_url in plain), public_url
        assert ("; Secure" in answer.headers["set-cookie"]) != is_plain
