"""The worker: every listener and every periodic job of the house."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from boxoffice.app.services import Services, running_services
from boxoffice.data.deliveries import Listener, Periodic
from boxoffice.data.jobs import Worker
from boxoffice.services.bookings import handlers as bookings_handlers
from boxoffice.services.bookings import jobs as bookings_jobs
from boxoffice.services.payments import handlers as payments_handlers
from boxoffice.services.payments import jobs as payments_jobs
from boxoffice.services.support import handlers as support_handlers
from boxoffice.services.support import jobs as support_jobs
from boxoffice.services.users import jobs as users_jobs
from boxoffice.settings import Settings


@asynccontextmanager
async def build_worker(settings: Settings) -> AsyncIterator[Worker]:
    """The worker over the addresses in `settings`; closed when the block ends."""
    async with running_services(settings, process="worker") as services:
        yield Worker(services.db, listeners=_listeners(services), periodics=_periodics(services))


def _listeners(services: Services) -> list[Listener]:
    return [
        *payments_handlers.listeners(services.payments),
        *bookings_handlers.listeners(services.bookings),
        *support_handlers.listeners(services.support),
    ]


def _periodics(services: Services) -> list[Periodic]:
    return [
        *users_jobs.periodic(services.users),
        *payments_jobs.periodic(services.payments),
        *bookings_jobs.periodic(services.bookings),
        *support_jobs.periodic(services.support),
    ]
