"""The services and what they stand on, built once per process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from boxoffice.app.watching import Watch
from boxoffice.data.blobs import Blobs
from boxoffice.data.cache import Cache
from boxoffice.data.postgres import Database
from boxoffice.gateway.sign_in_attempts import CountedAttempts
from boxoffice.kernel.keyring import Keyring
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.events.api import Events
from boxoffice.services.payments.api import CardProvider, Payments, provider_for
from boxoffice.services.support.api import Support
from boxoffice.services.users.api import Users
from boxoffice.settings import Settings


class Services(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a process works with."""

    settings: Settings
    keyring: Keyring
    db: Database
    cache: Cache
    blobs: Blobs
    users: Users
    events: Events
    payments: Payments
    bookings: Bookings
    support: Support
    watch: Watch


def build_services(
    settings: Settings, *, process: str, provider: CardProvider | None = None
) -> Services:
    """The services over the addresses in `settings`; nothing is connected yet. `provider` moves the
    money; None: the one that the settings name.
    """
    keyring = Keyring(settings.secret_key)
    db = Database(settings.database, application_name=process)
    blobs = Blobs(settings.blob_url)
    cache = Cache(settings.redis_url)
    users = Users(db, keyring, settings.users, attempts=CountedAttempts(cache))
    events = Events(db, blobs, users)
    payments = Payments(db, provider or provider_for(settings.payments), keyring)
    bookings = Bookings(
        db=db,
        users=users,
        events=events,
        payments=payments,
        keyring=keyring,
        blobs=blobs,
        public_url=settings.public_url,
    )
    return Services(
        settings=settings,
        keyring=keyring,
        db=db,
        cache=cache,
        blobs=blobs,
        users=users,
        events=events,
        payments=payments,
        bookings=bookings,
        support=Support(db, users=users, bookings=bookings),
        watch=Watch(db, cache),
    )


@asynccontextmanager
async def running_services(settings: Settings, *, process: str) -> AsyncIterator[Services]:
    """The services until the block ends; then what was submitted is settled and all is closed."""
    services = build_services(settings, process=process)
    try:
        yield services
    finally:
        await close(services)


async def close(services: Services) -> None:
    """Settle what was submitted, then let go of every connection."""
    await services.bookings.close()
    await services.payments.close()
    services.users.close()
    await services.cache.close()
    await services.db.close()
