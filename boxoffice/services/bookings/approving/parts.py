"""What applying and deciding stand on."""

import msgspec

from boxoffice.data.postgres import Database
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.holds import Holds
from boxoffice.services.bookings.tender import Tender
from boxoffice.services.events.api import Stock


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """Those that all of them need."""

    db: Database
    stock: Stock
    door: OrderDoor
    holds: Holds
    composer: Composer
    tender: Tender
