"""The demo installation: what a newcomer finds, and that loading it again changes nothing."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from boxoffice import demo
from boxoffice.app.services import Services
from boxoffice.demo.programme import programme
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.services.events.api import DiscoverView, EventCard, Filters
from tests.support.databases import cloned_database
from tests.support.product import Product, running_product, settings_for
from tests.support.servers import Servers

LOGINS = {
    "organizer_email": "organizer@boxoffice.test",
    "organizer_password": "four-calm-herons-wade",
    "admin_email": "admin@boxoffice.test",
    "admin_password": "nine-slow-barges-pass",
}
PUBLISHED = {show.slug for show in programme() if not show.draft}
TABLES = (
    "users.users",
    "users.organizers",
    "events.events",
    "events.ticket_types",
    "events.quotas",
    "events.claims",
    "bookings.orders",
    "data.audit_log",
)


@pytest.fixture(scope="module")
async def installation(
    servers: Servers, worker_id: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Product]:
    """A new installation with the demo in it, alone in its database."""
    async with cloned_database(servers, f"boxoffice_demo_{worker_id}") as database:
        folder: Path = tmp_path_factory.mktemp("demo")
        settings = settings_for(database, redis_url=redis_url, data=folder)
        await demo.load(settings, **LOGINS)
        async with running_product(settings) as product:
            yield product


async def rows(services: Services) -> dict[str, int | None]:
    async with services.db.begin_as_platform("count what the demo made") as tx:
        return {
            table: (await tx.connection.exec_driver_sql(f"SELECT count(*) FROM {table}")).scalar()  # noqa: S608
            for table in TABLES
        }


async def discovered(services: Services) -> DiscoverView:
    return await services.events.discover(Filters(organizer="demo", limit=100))


async def log_in(product: Product, who: str) -> httpx2.Response:
    async with product.visitor() as visitor:
        login = {"email": LOGINS[f"{who}_email"], "password": LOGINS[f"{who}_password"]}
        return await visitor.post("/api/v1/auth/login", json=login)


async def test_loading_again_changes_nothing_and_is_quick(installation: Product) -> None:
    before, began = await rows(installation.services), time.process_time()
    await demo.load(installation.services.settings, **LOGINS)
    assert time.process_time() - began < 1  # of our own work, whatever the neighbours do
    assert await rows(installation.services) == before
    assert before["events.events"] == len(programme())


async def test_every_event_but_the_draft_is_discovered(installation: Product) -> None:
    found = await discovered(installation.services)
    assert {card.slug for card in found.items} == PUBLISHED
    assert len(found.cities) >= 8
    assert len(found.categories) >= 8


async def test_every_published_event_passes_its_checklist(installation: Product) -> None:
    services = installation.services
    organizer = await services.users.organizer_by_slug("demo")
    for slug in PUBLISHED:
        page = await services.events.page("demo", slug)
        checklist = await services.events.publishing.checklist(organizer.id, page.id)
        assert checklist.ready, (slug, checklist.items)


async def test_a_visitor_finds_every_kind_of_availability(installation: Product) -> None:
    cards: dict[str, EventCard] = {
        card.slug: card for card in (await discovered(installation.services)).items
    }
    assert {card.availability for card in cards.values()} == {
        "available",
        "few",
        "sold_out",
        "not_on_sale",
    }
    assert cards["small-hours-a-listening-evening"].availability == "sold_out"
    assert cards["repair-night-lamps-radios-toasters"].availability == "few"
    assert cards["brass-until-dawn"].availability == "not_on_sale"
    assert any(card.is_free for card in cards.values())
    assert sum(card.cover is not None for card in cards.values()) == 3


async def test_the_organizer_and_the_admin_can_sign_in(installation: Product) -> None:
    organizer, admin = await log_in(installation, "organizer"), await log_in(installation, "admin")
    assert organizer.status_code == 200, organizer.text
    assert admin.status_code == 200, admin.text
    (team,) = organizer.json()["me"]["organizers"]
    assert (team["slug"], team["role"]) == ("demo", "owner")


async def test_an_event_that_the_owner_took_down_stays_down(installation: Product) -> None:
    services, owner = installation.services, Actor(user_id=new_id())
    organizer = await services.users.organizer_by_slug("demo")
    page = await services.events.page("demo", "a-map-of-small-islands")
    await services.events.publishing.unpublish(owner, organizer.id, page.id)
    await demo.load(services.settings, **LOGINS)
    assert (await services.events.editing.get(organizer.id, page.id)).status == "draft"
    await services.events.publishing.publish(owner, organizer.id, page.id)


async def test_an_interrupted_load_is_finished_by_the_next(
    servers: Servers,
    worker_id: str,
    redis_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with cloned_database(servers, f"boxoffice_half_{worker_id}") as database:
        settings = settings_for(database, redis_url=redis_url, data=tmp_path)
        with monkeypatch.context() as broken:
            broken.setattr("boxoffice.services.bookings.api.Bookings.open", _power_cut)
            with pytest.raises(ConnectionError):
                await demo.load(settings, **LOGINS)
        await demo.load(settings, **LOGINS)
        async with running_product(settings) as product:
            found = await discovered(product.services)
    assert {card.slug for card in found.items} == PUBLISHED
    assert "sold_out" in {card.availability for card in found.items}


async def _power_cut(*_: object, **__: object) -> None:
    raise ConnectionError
