"""People with an account, opened through the API and the mail it sends."""

from typing import Any, NamedTuple
from uuid import uuid4

import httpx2

from tests.support.mailbox import Mailbox

PASSWORD = "seven quiet otters in a row"


class Account(NamedTuple):
    """Somebody who can sign in."""

    name: str
    email: str
    password: str


async def open_account(client: httpx2.AsyncClient, name: str = "Rosa Parks") -> Account:
    """A verified account; `client` carries its session from now on."""
    account = Account(name, f"{uuid4().hex}@example.org", PASSWORD)
    await post(client, "auth/register", **account._asdict())
    link = await Mailbox(client).link(account.email, path="/verify-email")
    await post(client, "auth/verify-email", token=link.partition("token=")[2])
    session = await post(client, "auth/login", email=account.email, password=PASSWORD)
    client.cookies.clear()
    client.headers["authorization"] = f"Bearer {session['access_token']}"
    return account


async def post(client: httpx2.AsyncClient, path: str, **body: Any) -> Any:
    """The answer of the API; AssertionError with the problem."""
    answer = await client.post(f"/api/v1/{path}", json=body)
    assert answer.is_success, answer.text
    return answer.json()
