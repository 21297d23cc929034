"""Without a mail server, in development, mail can be read in the browser."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pypdf
import pytest

from boxoffice.app.work import build_worker
from boxoffice.kernel.ids import new_id
from boxoffice.services.notifications.caught import CaughtMailer
from tests.services.notifications.post_office import PostOffice
from tests.services.support.desk import accepted
from tests.support.product import running_product, settings_for

ADA = "ada@example.org"
MAIL = "/api/v1/dev/mail"


async def caught(office: PostOffice) -> None:
    """Let the product's own worker, which knows no mail server, do its work."""
    async with build_worker(office.product.services.settings) as worker:
        stop = asyncio.Event()
        running = asyncio.create_task(worker.run(stop))
        await office.until(office.idle, running)
        stop.set()
        await running


@asynccontextmanager
async def reading(office: PostOffice) -> AsyncIterator[Any]:
    async with office.product.visitor() as browser:

        async def read(path: str = "", status: int = 200, **query: Any) -> dict[str, Any]:
            return accepted(await browser.get(f"{MAIL}{path}", params=query), status)

        yield read


async def test_caught_mail_can_be_read_with_its_files(office: PostOffice, tmp_path: Path) -> None:
    order = await office.buy(await office.desk(), ADA)
    await caught(office)
    async with reading(office) as read, office.product.visitor() as browser:
        (row,) = (await read())["items"]
        assert (row["to"], row["attachments"]) == ("Ada Lovelace <ada@example.org>", 2)
        mail = await read(f"/{row['id']}")
        assert mail["subject"] == "You're going to The show"
        assert mail["sender"] == "Boxoffice <tickets@boxoffice.test>"
        assert order["token"] in mail["text"]
        pdf, calendar = mail["attachments"]
        assert (pdf["name"], calendar["content_type"]) == (f"{order['code']}.pdf", "text/calendar")
        file = await browser.get(pdf["url"])
        assert file.headers["content-type"] == "application/pdf"
        assert file.headers["content-disposition"].startswith("attachment")
        assert len(file.content) == pdf["size"]
        (tmp_path / "tickets.pdf").write_bytes(file.content)
        assert len(pypdf.PdfReader(tmp_path / "tickets.pdf").pages) == 1


async def test_pictures_inside_caught_mail_are_shown(office: PostOffice) -> None:
    await office.buy(await office.desk(), ADA, quantity=2)
    await caught(office)
    async with reading(office) as read:
        (row,) = (await read())["items"]
        html = (await read(f"/{row['id']}"))["html"]
    assert "cid:" not in html
    assert len(set(re.findall(r'src="(data:image/png;base64,[^"]+)"', html))) == 2


async def test_the_newest_caught_mail_comes_first(office: PostOffice) -> None:
    desk = await office.desk()
    for number in range(5):
        await office.buy(desk, f"buyer-{number}@example.org")
        await caught(office)
    async with reading(office) as read:
        first = await read(limit=3)
        second = await read(limit=3, cursor=first["next_cursor"])
        shown = [row["to"] for page in (first, second) for row in page["items"]]
        assert [re.sub(r"\D", "", to) for to in shown] == ["4", "3", "2", "1", "0"]
        assert not second["has_more"]
        await read(status=422, limit=0)
        await read(status=422, cursor="nonsense")


async def test_mail_or_file_that_is_not_there_is_not_found(office: PostOffice) -> None:
    await office.buy(await office.desk(), ADA)
    await caught(office)
    async with reading(office) as read:
        (row,) = (await read())["items"]
        await read(f"/{new_id()}", 404)
        await read(f"/{row['id']}/attachments/0", 404)
        await read(f"/{row['id']}/attachments/3", 404)


async def test_caught_mail_is_forgotten_after_a_week(office: PostOffice) -> None:
    await office.buy(await office.desk(), ADA)
    await caught(office)
    mailer = CaughtMailer(office.db)
    await mailer.forget_old()
    assert len((await mailer.page(limit=10, cursor=None)).items) == 1
    await office.rows(
        "UPDATE notifications.caught_mail SET caught_at = caught_at - interval '7 days'"
    )
    await mailer.forget_old()
    assert (await mailer.page(limit=10, cursor=None)).items == []


@pytest.mark.parametrize(
    "more",
    [{"BOXOFFICE_SMTP_URL": "smtp://127.0.0.1:25"}, {"BOXOFFICE_ENVIRONMENT": "production"}],
)
async def test_where_mail_is_sent_or_in_production_nothing_can_be_read(
    office: PostOffice, redis_url: str, tmp_path: Path, more: dict[str, str]
) -> None:
    settings = settings_for(office.db.settings, redis_url=redis_url, data=tmp_path, **more)
    async with running_product(settings) as product, product.visitor() as browser:
        assert (await browser.get(MAIL)).status_code == 404
