"""The parts of presales, put together."""

from boxoffice.data.postgres import Database
from boxoffice.kernel.keyring import Keyring
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.links import OrderLinks
from boxoffice.services.bookings.presales.composing import RegistrationComposer
from boxoffice.services.bookings.presales.drawing import Drawing
from boxoffice.services.bookings.presales.managing import ManagingPresales
from boxoffice.services.bookings.presales.registrations import Registrations
from boxoffice.services.events.api import Events
from boxoffice.services.users.api import Users

PRESALE_LINKS = "presale-links"


class Presales:
    """`registrations` for whoever wants early access, `drawing` for the clockwork, `managing` for
    the team.
    """

    def __init__(
        self, *, db: Database, users: Users, events: Events, keyring: Keyring, composer: Composer
    ) -> None:
        links = OrderLinks(keyring, purpose=PRESALE_LINKS)
        self.registrations = Registrations(
            db=db,
            users=users,
            events=events,
            links=links,
            composer=RegistrationComposer(events, composer, links),
        )
        self.drawing = Drawing(db, events)
        self.managing = ManagingPresales(db, events, self.drawing)
