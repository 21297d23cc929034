"""The ASGI application: services behind the gateway."""

import gc
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from litestar import Litestar, Router

import boxoffice
from boxoffice.app.services import Services, build_services, close
from boxoffice.gateway.application import create_application
from boxoffice.gateway.logs import configure_logging
from boxoffice.gateway.parts import GatewayParts
from boxoffice.gateway.site.page import Sources
from boxoffice.services.bookings import routes as bookings_routes
from boxoffice.services.events import routes as events_routes
from boxoffice.services.notifications import routes as notifications_routes
from boxoffice.services.notifications.api import CaughtMailer
from boxoffice.services.payments import routes as payments_routes
from boxoffice.services.support import routes as support_routes
from boxoffice.services.users import routes as users_routes
from boxoffice.settings import Settings

WEB_FOLDER = Path(boxoffice.__file__).parent / "web" / "dist"


def create() -> Litestar:
    """What the server process runs, from its environment."""
    settings = Settings.load(os.environ)
    configure_logging(environment=settings.environment, level=settings.gateway.log_level)
    application = create_application_for(build_services(settings, process="server"))
    # What was made until here lives as long as the process: spare the collector the search.
    gc.collect()
    gc.freeze()
    # A flush makes thousands of objects that live until it ends; none of them is a cycle.
    gc.set_threshold(50_000, 20, 20)
    return application


def create_application_for(services: Services) -> Litestar:
    """The application over `services`, which it closes at its end."""
    caught = _caught_mail(services)
    parts = GatewayParts(
        keyring=services.keyring,
        routers=_routers(caught),
        services=_named(services, caught),
        authenticate=services.users.authenticate,
        authenticate_afresh=services.users.authenticate_afresh,
        organizers=services.users.organizer_by_slug,
        sources=_sources(services),
        media=services.blobs.public,
        web_folder=WEB_FOLDER,
        checks={"database": _database_check(services)},
        gauges=_gauges(services),
        lifespans=[_closing(services), lambda _: services.watch.learning()],
    )
    return create_application(services.settings.gateway, parts)


def _caught_mail(services: Services) -> CaughtMailer | None:
    """Mail that no server takes can be read in development, and only there."""
    settings = services.settings
    caught = settings.environment == "development" and settings.mail.smtp_url is None
    return CaughtMailer(services.db) if caught else None


def _routers(caught: CaughtMailer | None) -> list[Router]:
    return [
        users_routes.router,
        events_routes.router,
        payments_routes.router,
        bookings_routes.router,
        support_routes.router,
        *([notifications_routes.router] if caught else []),
    ]


def _named(services: Services, caught: CaughtMailer | None) -> Mapping[str, object]:
    """What handlers may ask for by name."""
    return {
        "users": services.users,
        "events": services.events,
        "payments": services.payments,
        "bookings": services.bookings,
        "support": services.support,
        **({"caught_mail": caught} if caught else {}),
    }


def _sources(services: Services) -> Sources:
    return Sources(
        event=services.events.page,
        discover=services.events.discover,
        organizer=services.users.organizer_by_slug,
        order=services.bookings.order_by_token,
    )


def _database_check(services: Services) -> Callable[[], Awaitable[None]]:
    async def check() -> None:
        async with services.db.begin_as_platform("readiness") as tx:
            await tx.now()

    return check


def _gauges(services: Services) -> dict[str, Callable[[], float]]:
    bookings = services.bookings
    return {
        "boxoffice_orders_waiting": lambda: bookings.openings.waiting,
        "boxoffice_confirmations_waiting": lambda: bookings.confirmations.waiting,
        "boxoffice_scans_waiting": lambda: bookings.scans.waiting,
        "boxoffice_database_connections_in_use": services.db.connections_in_use,
        **services.watch.gauges(),
    }


def _closing(
    services: Services,
) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def closing(_: Litestar) -> AsyncIterator[None]:
        yield
        await close(services)

    return closing
