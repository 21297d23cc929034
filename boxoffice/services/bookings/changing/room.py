"""What is in this room, put together."""

from boxoffice.data.postgres import Database
from boxoffice.services.bookings.changing.by_card import ChangeCards
from boxoffice.services.bookings.changing.carrying import Carrying
from boxoffice.services.bookings.changing.choosing import ChangeChoices
from boxoffice.services.bookings.changing.details import Details
from boxoffice.services.bookings.changing.doors import ChangeDoor
from boxoffice.services.bookings.changing.expiring import ChangeExpiry
from boxoffice.services.bookings.changing.money import Difference
from boxoffice.services.bookings.changing.orders import ChangingOrders
from boxoffice.services.bookings.changing.own import OwnChanges
from boxoffice.services.bookings.changing.paying import ChangePayments
from boxoffice.services.bookings.changing.settling import Settling
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.events.api import Stock
from boxoffice.services.payments.api import Payments


class Changing:
    """Changes of confirmed orders: by staff (`orders`), by buyers (`own`, `details`), and paying
    for what makes them dearer.
    """

    def __init__(
        self,
        db: Database,
        stock: Stock,
        door: OrderDoor,
        composer: Composer,
        payments: Payments,
    ) -> None:
        changes = ChangeDoor(db, door, composer)
        carrying = Carrying(stock, composer, Difference(payments))
        settling = Settling(carrying)
        self.details = Details(db, stock, changes)
        self.orders = ChangingOrders(db, door, carrying, settling)
        self.own = OwnChanges(db, changes, carrying, settling)
        self.choices = ChangeChoices(db, stock, changes)
        self.payments = ChangePayments(db, stock, door, carrying, payments)
        self.cards = ChangeCards(db, door, payments, self.payments)
        self.expiry = ChangeExpiry(db, stock)
