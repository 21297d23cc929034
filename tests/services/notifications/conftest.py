from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from boxoffice.kernel.ids import new_id
from tests.services.notifications.mail_server import MailServer, running_mail_server
from tests.services.notifications.post_office import PostOffice
from tests.support.databases import cloned_database
from tests.support.product import running_product, settings_for
from tests.support.servers import Servers


@pytest.fixture
async def mail_server() -> AsyncIterator[MailServer]:
    async with running_mail_server() as running:
        yield running


@pytest.fixture
async def office(
    servers: Servers, redis_url: str, tmp_path: Path, mail_server: MailServer
) -> AsyncIterator[PostOffice]:
    """A database whose outbox and jobs no other test touches."""
    name = f"mail_{new_id().hex}"
    async with cloned_database(servers, name) as database:
        settings = settings_for(database, redis_url=redis_url, data=tmp_path)
        async with running_product(settings) as product:
            yield PostOffice(product, mail_server)
