"""Fixtures for tests in a real browser: the real product once a process, a profile per visitor.

Every test makes its own organizer and events, so all of them share that installation.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import httpx2
import pytest
from playwright.async_api import Browser, expect

from tests.support.accounts import Account, open_account
from tests.support.installation import Installation, WebAppMissing, running_installation
from tests.support.mailbox import Mailbox
from tests.support.sellers import Seller, open_shop
from tests.support.visitors import Visitor, running_chromium, visiting

expect.set_options(timeout=15_000)

Visit = Callable[..., Awaitable[Visitor]]


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    """`boxoffice serve --development` with its demo data, open until the run ends."""
    try:
        with running_installation() as running:
            yield running
    except WebAppMissing as missing:
        pytest.exit(str(missing), returncode=1)


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One browser for the run."""
    async with running_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
async def client(installation: Installation) -> AsyncIterator[httpx2.AsyncClient]:
    """Who is nobody in particular and has no browser."""
    async with installation.client() as client:
        yield client


@pytest.fixture(scope="session")
def mailbox(client: httpx2.AsyncClient) -> Mailbox:
    return Mailbox(client)


@pytest.fixture(scope="session")
async def staff(installation: Installation) -> AsyncIterator[tuple[httpx2.AsyncClient, Account]]:
    """The session of somebody who owns all the organizers of the run."""
    async with installation.client() as client:
        yield client, await open_account(client)


@pytest.fixture
async def seller(staff: tuple[httpx2.AsyncClient, Account]) -> Seller:
    """An organizer of this test's own."""
    client, owner = staff
    return await open_shop(client, owner, name="The Quiet Hall")


@pytest.fixture
async def visit(chromium: Browser, installation: Installation) -> AsyncIterator[Visit]:
    """`await visit(width=…, scheme=…, expecting={402}, …)`: somebody with a fresh browser.

    The test fails if any of its visitors met with trouble, see `Visitor`.
    """
    async with AsyncExitStack() as visitors:

        async def arrive(**manner: Any) -> Visitor:
            return await visitors.enter_async_context(
                visiting(chromium, installation.url, **manner)
            )

        yield arrive
