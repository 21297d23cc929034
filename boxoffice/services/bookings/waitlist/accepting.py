"""Saying yes to an offer: its claims become those of an order, at the price of now."""

from datetime import datetime
from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings import persons
from boxoffice.services.bookings.answers.opened import awaits_answers
from boxoffice.services.bookings.composing import Composer, Known
from boxoffice.services.bookings.facts import OrderConfirmed
from boxoffice.services.bookings.holds import Holds
from boxoffice.services.bookings.opening import OpenOrder, awaits_approval, opened_order
from boxoffice.services.bookings.persons import Buying
from boxoffice.services.bookings.returns.taking import Taking, takes_of
from boxoffice.services.bookings.rules import HOLD_FOR, OrderStatus
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.tables_waitlist import WaitlistEntry
from boxoffice.services.bookings.views import BuyerView, OrderView
from boxoffice.services.bookings.waitlist.entries import Entries, retrying
from boxoffice.services.bookings.waitlist.reading import read_entry
from boxoffice.services.bookings.writing import insert_orders
from boxoffice.services.events.api import Events, OfferOver, WantedLine


class Accepting:
    """Opens orders from offers."""

    def __init__(  # its parts, all by name
        self,
        *,
        db: Database,
        events: Events,
        entries: Entries,
        holds: Holds,
        composer: Composer,
        taking: Taking,
    ) -> None:
        self._db = db
        self._events = events
        self._entries = entries
        self._holds = holds
        self._composer = composer
        self._taking = taking

    async def accept(
        self, actor: Actor, token: str, *, price: int | None, once: IdempotencyKey | None
    ) -> OrderView:
        """An order that is held at least as long as the offer would have lasted; a free one is
        confirmed. `price` of one, in minor units, where the buyer chooses. `OfferOver` past the
        offer's end.
        """
        door = await self._entries.opened(token)
        known = await self._composer.known(door.organizer_id, [door.event_id])

        async def attempt() -> OrderView:
            async with self._db.begin(door.organizer_id) as tx:
                if replayed := await tx.claim(once, OrderView):
                    return replayed
                entry = await read_entry(tx, door.entry_id)
                order, now = await self._accept(tx, known, _command(actor, entry), entry, price)
                return await tx.keep(once, self._composer.view(known, order, now=now), status=201)

        return await retrying(attempt)

    async def _accept(
        self,
        tx: Transaction,
        known: Known,
        command: OpenOrder,
        entry: WaitlistEntry,
        price: int | None,
    ) -> tuple[OrderSnapshot, datetime]:
        command.lines = await self._lines(tx, entry)
        event = known.events.get(entry.event_id)
        command.needs_approval = awaits_approval(event, command.lines)
        asks = command.needs_approval or awaits_answers(event, command.lines, None)
        shelf, grant = await self._events.offers.take(
            tx,
            entry.id,
            holder=command.order_id,
            price=price,
            keep_if_free=not asks,
            hold_for=HOLD_FOR,
        )
        order = opened_order(command, grant, shelf)
        await self._taking.hand_over(tx, entry.id, order)
        if order.limited:
            await persons.lock(tx, [Buying(event_id=entry.event_id, email=entry.email)])
            await self._holds.check_persons(tx, order)
        insert_orders(tx, tx.tenant, [order])
        if order.status is OrderStatus.CONFIRMED:
            tx.tell(OrderConfirmed(organizer_id=tx.tenant, order_id=order.id))
            await self._take_over(tx, order, now=shelf.now)
        entry.outcome, entry.order_id, entry.ended_at = "accepted", order.id, shelf.now
        await tx.session.flush()
        return order, shelf.now

    async def _take_over(self, tx: Transaction, order: OrderSnapshot, *, now: datetime) -> None:
        """Tickets that others have offered back are this order's."""
        if not takes_of(order):
            return
        await tx.session.flush()
        if await self._taking.gone(tx, [order]):
            raise OfferOver
        await self._taking.settle(tx, order, now=now)

    async def _lines(self, tx: Transaction, entry: WaitlistEntry) -> tuple[WantedLine, ...]:
        """What is offered with all that comes along, for who asks about single tickets; nothing
        once the offer is over.
        """
        offer = (await self._events.line.place(tx, entry.id)).offer
        if offer is None:
            return ()
        kinds = [(offer.ticket_type_id, offer.units)]
        kinds += [(one.ticket_type_id, one.units) for one in offer.along]
        return tuple(WantedLine(ticket_type_id=one, quantity=units) for one, units in kinds)


def _command(actor: Actor, entry: WaitlistEntry) -> OpenOrder:
    buyer_id: UUID | None = actor.user_id or actor.visitor_id
    return OpenOrder(
        event_id=entry.event_id,
        occurrence_id=entry.occurrence_id,
        lines=(),
        buyer=BuyerView(email=entry.email, name=entry.name),
        buyer_id=buyer_id,
        locale=entry.locale,
        once=None,
    )
