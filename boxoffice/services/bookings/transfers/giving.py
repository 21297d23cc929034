"""Offering a ticket to a person, and taking the offer back."""

from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.composing import Composer, Known, dates_of
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.facts import TransferMoved
from boxoffice.services.bookings.people import checked_address
from boxoffice.services.bookings.policies import policy_of
from boxoffice.services.bookings.returns.reading import check_kept
from boxoffice.services.bookings.rules import (
    TRANSFER,
    OfferStands,
    TicketNotYours,
    TransferNotFound,
    TransferStatus,
    check_giveable,
    check_still_offered,
    offer_until,
    shown_transfer,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot, TicketSnapshot
from boxoffice.services.bookings.tables_changes import Transfer
from boxoffice.services.bookings.transfers import reading
from boxoffice.services.bookings.transfers.reading import Locked, view_of
from boxoffice.services.bookings.transfers.views import TransferView
from boxoffice.services.bookings.unpaid_changes import check_untouched


class Giver(msgspec.Struct, frozen=True, kw_only=True):
    """Who gives; `has_it_by` is the transfer they got the ticket with, None for its buyer."""

    name: str
    email: str
    has_it_by: UUID | None = None


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """To whom, and with which words."""

    to_email: str
    message: str = ""

    def checked(self) -> "Wish":
        address = checked_address(self.to_email, pointer="/email")
        return Wish(to_email=address, message=self.message.strip())


class Giving:
    """For the buyer of an order, and the organizer's staff."""

    def __init__(self, db: Database, door: OrderDoor, composer: Composer) -> None:
        self._db = db
        self._door = door
        self._composer = composer

    async def offer(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        ticket_id: UUID,
        wish: Wish,
        *,
        once: IdempotencyKey | None,
    ) -> TransferView:
        """Offer a ticket of the order's buyer; the person gets a link by mail."""
        wish = wish.checked()
        starts_at = await self._starts_at(actor, organizer_id, order_id, ticket_id)
        async with self._db.begin(organizer_id) as tx:
            locked = await reading.lock_all(tx, order_id)
            if replayed := await tx.claim(once, TransferView):
                return replayed
            buyer = locked.order.buyer
            giver = Giver(name=buyer.name if buyer else "", email=buyer.email if buyer else "")
            row = await make_offer(
                tx, locked, locked.ticket(ticket_id), giver, wish, starts_at=starts_at
            )
            note(tx, actor, row)
            return await tx.keep(once, view_of(row, locked.order, now=locked.now))

    async def withdraw(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, transfer_id: UUID
    ) -> TransferView:
        """Take back an offer that nobody has taken."""
        async with self._db.begin(organizer_id) as tx:
            await self._door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
            locked = await reading.lock_all(tx, order_id)
            row = await reading.find(tx, transfer_id)
            if row.order_id != order_id or not self._may_see(tx, actor, row):
                raise TransferNotFound
            await end_offer(tx, actor, row, TransferStatus.WITHDRAWN, now=locked.now)
            return view_of(row, locked.order, now=locked.now)

    async def of(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> list[TransferView]:
        """To staff the whole chain of every ticket; to the buyer what they gave themselves."""
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.read(tx, actor, order_id)
            rows, now = await reading.of_order(tx, order_id), await tx.now()
            whole = actor.may(Permission.ORDERS_READ, organizer_id)
            return [view_of(row, order, now=now) for row in rows if whole or row.from_id is None]

    async def _starts_at(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, ticket_id: UUID
    ) -> datetime:
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
        known = await self._composer.known(organizer_id, [], dates=dates_of(order))
        return ticket_starts_at(known, order, ticket_id)

    def _may_see(self, tx: Transaction, actor: Actor, row: Transfer) -> bool:
        staff = actor.may(Permission.ORDERS_WRITE, tx.tenant)
        return staff or row.from_id is None


def ticket_starts_at(known: Known, order: OrderSnapshot, ticket_id: UUID) -> datetime:
    """When the ticket's date begins."""
    dates = {one.id: one.occurrence_id for one in order.tickets}
    date = dates.get(ticket_id) or order.occurrence_id
    return known.events[order.event_id].occurrence(date).starts_at


async def make_offer(
    tx: Transaction,
    locked: Locked,
    ticket: TicketSnapshot,
    giver: Giver,
    wish: Wish,
    *,
    starts_at: datetime,
) -> Transfer:
    """Write an offer of a ticket that the giver has; the rows are locked."""
    terms = (await policy_of(tx, locked.order.event_id)).transfer
    until = offer_until(terms, starts_at=starts_at, now=locked.now)
    if ticket.transfer_id != giver.has_it_by:
        raise TicketNotYours
    check_giveable(locked.order.status, ticket.status)
    await check_kept(tx, ticket.id, now=locked.now)
    await check_untouched(tx, locked.order, ticket.position_id, now=locked.now)
    await _make_way(tx, ticket, now=locked.now)
    row = Transfer(
        organizer_id=tx.tenant,
        id=new_id(),
        order_id=locked.order.id,
        ticket_id=ticket.id,
        from_id=giver.has_it_by,
        from_name=giver.name,
        from_email=giver.email,
        to_email=wish.to_email,
        to_name=None,
        message=wish.message,
        status=TransferStatus.OFFERED.value,
        expires_at=until,
        created_at=locked.now,
        settled_at=None,
    )
    tx.session.add(row)
    return row


async def end_offer(
    tx: Transaction, actor: Actor, row: Transfer, status: TransferStatus, *, now: datetime
) -> None:
    """Move an offer that still stands; `TransferOver` if it does not."""
    check_still_offered(TransferStatus(row.status), expires_at=row.expires_at, now=now)
    row.status = TRANSFER.move(TransferStatus(row.status), status).value
    row.settled_at = now
    note(tx, actor, row)


def note(tx: Transaction, actor: Actor, row: Transfer) -> None:
    """Tell and audit where the transfer stands."""
    tx.tell(
        TransferMoved(
            organizer_id=tx.tenant,
            order_id=row.order_id,
            transfer_id=row.id,
            status=TransferStatus(row.status),
        )
    )
    tx.audit(
        f"ticket.{row.status}",
        actor=actor,
        subject=f"ticket:{row.ticket_id}",
        changes={"transfer": str(row.id)},
    )


async def _make_way(tx: Transaction, ticket: TicketSnapshot, *, now: datetime) -> None:
    """One offer at a time; one whose time is over is in nobody's way."""
    before = await reading.standing_offer(tx, ticket.id)
    if before is None:
        return
    shown = shown_transfer(TransferStatus(before.status), expires_at=before.expires_at, now=now)
    if shown is TransferStatus.OFFERED:
        raise OfferStands(transfer_id=before.id)
    before.status = TRANSFER.move(TransferStatus(before.status), TransferStatus.EXPIRED).value
    await tx.session.flush()
