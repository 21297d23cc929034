"""The parts of waiting lists, put together."""

from boxoffice.data.postgres import Database
from boxoffice.kernel.keyring import Keyring
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.holds import Holds
from boxoffice.services.bookings.links import OrderLinks
from boxoffice.services.bookings.returns.taking import Taking
from boxoffice.services.bookings.waitlist.accepting import Accepting
from boxoffice.services.bookings.waitlist.composing import EntryComposer
from boxoffice.services.bookings.waitlist.entries import WAITLIST_LINKS, Entries
from boxoffice.services.bookings.waitlist.managing import Managing
from boxoffice.services.events.api import Events
from boxoffice.services.users.api import Users


def open_waitlist(  # noqa: PLR0913  # what it stands on, all by name
    *,
    db: Database,
    users: Users,
    events: Events,
    keyring: Keyring,
    composer: Composer,
    holds: Holds,
    taking: Taking,
) -> tuple[Entries, Accepting, Managing]:
    """For whoever waits, for whoever accepts an offer, and for the team."""
    places = OrderLinks(keyring, purpose=WAITLIST_LINKS)
    entry_composer = EntryComposer(events, composer, places)
    entries = Entries(db=db, users=users, events=events, links=places, composer=entry_composer)
    accepting = Accepting(
        db=db, events=events, entries=entries, holds=holds, composer=composer, taking=taking
    )
    return entries, accepting, Managing(db, events, entry_composer)
