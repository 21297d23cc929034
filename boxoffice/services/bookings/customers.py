"""Where the buyer of a held order is taxed, and as what."""

import re
from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.refusals import FieldError, Invalid
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.doors import OrderDoor, check_still_open
from boxoffice.services.bookings.pricing import taxed_for
from boxoffice.services.bookings.rules import HoldExpired, IllegalMove, OrderStatus
from boxoffice.services.bookings.snapshots import Customer
from boxoffice.services.bookings.tender import Tender
from boxoffice.services.bookings.views import OrderView
from boxoffice.services.bookings.writing import update_prices
from boxoffice.services.events.api import Standing, Stock

# Two letters of the country (Greece writes EL), then what that country makes of it.
_VAT_ID = re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,13}")
_WRITTEN_AS = {"GR": "EL"}


def checked_customer(country: str, vat_id: str | None) -> Customer:
    """The customer; `Invalid` for a VAT number that cannot be one of that country."""
    plain = re.sub(r"[\s.\-]", "", vat_id or "").upper() or None
    if plain is not None and not (
        _VAT_ID.fullmatch(plain) and plain.startswith(_WRITTEN_AS.get(country, country))
    ):
        sentence = "Enter the VAT number with its country's letters, like ATU12345678."
        raise Invalid(errors=[FieldError("/vat_id", "bad_vat_id", sentence)])
    return Customer(country=country, vat_id=plain)


class Customers:
    """Prices held orders for who buys them; list prices and vouchers stay."""

    def __init__(
        self, db: Database, stock: Stock, door: OrderDoor, composer: Composer, tender: Tender
    ) -> None:
        self._db = db
        self._tender = tender
        self._stock = stock
        self._door = door
        self._composer = composer

    async def set(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        customer: Customer,
        *,
        once: IdempotencyKey | None,
    ) -> OrderView:
        """The customer from now on; until a payment begins, it may be another one."""
        async with self._db.begin(organizer_id) as tx:
            event_id = (await self._door.read(tx, actor, order_id)).event_id
        # Before anything is locked: this may need a connection of its own.
        known = await self._composer.known(organizer_id, [event_id])
        async with self._db.begin(organizer_id) as tx:
            # Whoever changes an order's price holds the lock of its quotas.
            standing = await self._stock.standing(tx, [order_id])
            order, now = await self._door.lock(tx, actor, order_id)
            if replayed := await tx.claim(once, OrderView):
                return replayed
            check_still_open(order, now=now)
            if standing[order_id] is not Standing.LIVE:
                raise HoldExpired
            if order.status is not OrderStatus.HELD:
                raise IllegalMove(status=order.status.value)
            taxed_for(order, customer)
            await self._tender.fit(tx, order, order.gift_cards)
            await update_prices(tx, order)
            return await tx.keep(once, self._composer.view(known, order, now=now))
