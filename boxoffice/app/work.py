"""The worker: every listener and every periodic job of the house."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from boxoffice.app.services import Services, running_services
from boxoffice.data.courtesy import Courtesy
from boxoffice.data.deliveries import Listener, Periodic
from boxoffice.data.jobs import Worker
from boxoffice.data.tidying import tidying
from boxoffice.services.bookings import handlers as bookings_handlers
from boxoffice.services.bookings import jobs as bookings_jobs
from boxoffice.services.events import jobs as events_jobs
from boxoffice.services.notifications import handlers as notifications_handlers
from boxoffice.services.notifications import jobs as notifications_jobs
from boxoffice.services.notifications.api import Mailer, Notifications, mailer_for
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
        mailer = mailer_for(settings.mail, services.db)
        notifications = _notifications(services, mailer)
        yield Worker(
            services.db,
            listeners=listeners(services, notifications),
            periodics=_periodics(services, notifications),
            # In development server and database share the machine with us.
            courtesy=Courtesy() if settings.environment == "development" else None,
        )
        await mailer.close()


def _notifications(services: Services, mailer: Mailer) -> Notifications:
    return Notifications(
        db=services.db,
        keyring=services.keyring,
        mailer=mailer,
        users=services.users,
        bookings=services.bookings,
        payments=services.payments,
        support=services.support,
        sender=services.settings.mail.sender,
        public_url=services.settings.public_url,
    )


def listeners(services: Services, notifications: Notifications) -> list[Listener]:
    """Who hears what, service by service."""
    return [
        *payments_handlers.listeners(services.payments),
        *bookings_handlers.listeners(services.bookings),
        *support_handlers.listeners(services.support),
        *notifications_handlers.listeners(notifications),
    ]


def _periodics(services: Services, notifications: Notifications) -> list[Periodic]:
    return [
        *users_jobs.periodic(services.users),
        *events_jobs.periodic(services.events),
        *payments_jobs.periodic(services.payments),
        *bookings_jobs.periodic(services.bookings),
        *support_jobs.periodic(services.support),
        *notifications_jobs.periodic(notifications),
        *tidying(services.db),
        *services.watch.periodic(),
    ]
