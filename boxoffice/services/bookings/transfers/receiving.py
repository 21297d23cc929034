"""The other end of an offer: whoever has the link from the mail takes it, declines it, shows the
ticket, and may give it on in turn.
"""

from collections.abc import Awaitable, Callable
from uuid import UUID

import msgspec
from sqlalchemy import update

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.composing import Composer, Known, dates_of
from boxoffice.services.bookings.links import OrderLinks, read_token
from boxoffice.services.bookings.people import checked_name
from boxoffice.services.bookings.policies import policy_of
from boxoffice.services.bookings.reading import read_order
from boxoffice.services.bookings.rules import (
    OrderNotFound,
    OrderStatus,
    Revoked,
    TicketNotYours,
    TransferNotAllowed,
    TransferNotFound,
    TransferOver,
    TransferStatus,
    check_giveable,
    shown_transfer,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot, TicketSnapshot
from boxoffice.services.bookings.tables import OrderPosition, Ticket
from boxoffice.services.bookings.tables_changes import Transfer
from boxoffice.services.bookings.tickets import counted
from boxoffice.services.bookings.transfers import reading
from boxoffice.services.bookings.transfers.giving import (
    Giver,
    Wish,
    end_offer,
    make_offer,
    note,
    ticket_starts_at,
)
from boxoffice.services.bookings.transfers.reading import Locked, view_of
from boxoffice.services.bookings.transfers.views import (
    HeldTicketView,
    ReceivedTicketView,
    TransferNews,
)
from boxoffice.services.bookings.views import full_name
from boxoffice.services.users.api import OrganizerRef, Users

Act = Callable[[Transaction, Locked, Transfer], Awaitable[None]]


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    """Whose link it is, and what other services say, asked for before anything is locked."""

    organizer: OrganizerRef
    transfer_id: UUID
    order_id: UUID
    others: Known


class Receiving:
    """For the bearer of a transfer's link."""

    def __init__(
        self, *, db: Database, users: Users, composer: Composer, links: OrderLinks
    ) -> None:
        self._db = db
        self._users = users
        self._composer = composer
        self._links = links

    async def show(self, token: str) -> ReceivedTicketView:
        """The offer or the ticket; `TransferNotFound` for a link that is none of ours."""
        known = await self._known(token)
        async with self._db.begin(known.organizer.id) as tx:
            order = await read_order(tx, known.organizer.id, known.order_id)
            row = await reading.find(tx, known.transfer_id)
            return await self._view(tx, known, order, row)

    async def accept(self, actor: Actor, token: str, name: str) -> ReceivedTicketView:
        """Take the ticket: its code changes, and the old one lets nobody in. Twice is once."""
        name = checked_name(name, pointer="/name")

        async def act(tx: Transaction, locked: Locked, row: Transfer) -> None:
            if row.status == TransferStatus.ACCEPTED.value:
                return
            if row.ticket_id not in {one.id for one in locked.order.tickets}:
                raise TransferOver(ended=TransferStatus.WITHDRAWN.value)
            if not (await policy_of(tx, locked.order.event_id)).transfer.allowed:
                raise TransferNotAllowed
            ticket = locked.ticket(row.ticket_id)
            await end_offer_as_taken(tx, actor, row, locked, ticket, name)

        return await self._act(token, act)

    async def decline(self, actor: Actor, token: str) -> ReceivedTicketView:
        """The ticket stays with who offered it."""

        async def act(tx: Transaction, locked: Locked, row: Transfer) -> None:
            await end_offer(tx, actor, row, TransferStatus.DECLINED, now=locked.now)

        return await self._act(token, act)

    async def offer_on(self, actor: Actor, token: str, wish: Wish) -> ReceivedTicketView:
        """Give the ticket on to a third person."""
        wish = wish.checked()
        known = await self._known(token)

        async def act(tx: Transaction, locked: Locked, row: Transfer) -> None:
            giver = Giver(name=row.to_name or "", email=row.to_email, has_it_by=row.id)
            ticket = locked.ticket(row.ticket_id)
            starts_at = ticket_starts_at(known.others, locked.order, ticket.id)
            made = await make_offer(tx, locked, ticket, giver, wish, starts_at=starts_at)
            note(tx, actor, made)
            await tx.session.flush()

        return await self._act(token, act)

    async def withdraw_on(self, actor: Actor, token: str) -> ReceivedTicketView:
        """Take back the offer to a third person."""

        async def act(tx: Transaction, locked: Locked, row: Transfer) -> None:
            made = await reading.standing_offer(tx, row.ticket_id)
            if made is None or made.from_id != row.id:
                raise TicketNotYours
            await end_offer(tx, actor, made, TransferStatus.WITHDRAWN, now=locked.now)
            await tx.session.flush()

        return await self._act(token, act)

    async def news(self, organizer_id: UUID, transfer_id: UUID) -> TransferNews | None:
        """For services that act on `TransferMoved`; asks nobody."""
        async with self._db.begin(organizer_id) as tx:
            row = await tx.session.get(Transfer, (organizer_id, transfer_id))
            if row is None:
                return None
            order, now = await read_order(tx, organizer_id, row.order_id), await tx.now()
        organizer = await self._users.organizer(organizer_id)
        return TransferNews(
            transfer=view_of(row, order, now=now),
            order=await self._composer.one(organizer_id, order, now=now),
            token=self._token(organizer, row.id),
            giver_token=self._token(organizer, row.from_id) if row.from_id else None,
        )

    def _token(self, organizer: OrganizerRef, transfer_id: UUID) -> str:
        return self._links.token(
            organizer_slug=organizer.slug,
            organizer_id=organizer.id,
            order_id=transfer_id,
            version=1,
        )

    async def _known(self, token: str) -> _Known:
        try:
            link = read_token(token)
        except OrderNotFound as error:
            raise TransferNotFound from error
        organizer = await self._users.organizer_by_slug(link.organizer_slug)
        if not self._links.opens(
            link, organizer_id=organizer.id, order_id=link.order_id, version=1
        ):
            raise TransferNotFound
        async with self._db.begin(organizer.id) as tx:
            row = await reading.find(tx, link.order_id)
            order = await read_order(tx, organizer.id, row.order_id)
        others = await self._composer.known(organizer.id, [], dates=dates_of(order))
        return _Known(organizer=organizer, transfer_id=row.id, order_id=order.id, others=others)

    async def _act(self, token: str, act: Act) -> ReceivedTicketView:
        known = await self._known(token)
        async with self._db.begin(known.organizer.id) as tx:
            locked = await reading.lock_all(tx, known.order_id)
            row = await reading.find(tx, known.transfer_id)
            await act(tx, locked, row)
            order = await read_order(tx, known.organizer.id, known.order_id)
            return await self._view(tx, known, order, row)

    async def _view(
        self, tx: Transaction, known: _Known, order: OrderSnapshot, row: Transfer
    ) -> ReceivedTicketView:
        now = await tx.now()
        event = known.others.events[order.event_id]
        ticket = next((one for one in order.tickets if one.id == row.ticket_id), None)
        date = ticket.occurrence_id if ticket else None
        occurrence = event.occurrence(date or order.occurrence_id)
        has_it = ticket is not None and ticket.transfer_id == row.id
        held = self._held(known, order, ticket) if ticket and has_it else None
        offer = await reading.standing_offer(tx, row.ticket_id) if has_it else None
        shown = shown_transfer(TransferStatus(row.status), expires_at=row.expires_at, now=now)
        return ReceivedTicketView(
            organizer_slug=known.organizer.slug,
            organizer_name=known.organizer.name,
            event_slug=event.slug,
            event_title=event.title,
            starts_at=occurrence.starts_at,
            ends_at=occurrence.ends_at,
            timezone=event.timezone,
            venue=event.venue,
            online_url=event.online_url if held else None,
            ticket_name=_name(ticket),
            extras=_extras(order, ticket) if ticket else None,
            seat=ticket.seat if ticket else None,
            from_name=row.from_name,
            to_email=row.to_email,
            to_name=row.to_name,
            message=row.message,
            status=shown,
            order_code=order.code,
            expires_at=row.expires_at,
            server_time=now,
            given_on=shown is TransferStatus.ACCEPTED and ticket is not None and not has_it,
            cancelled=ticket is None or order.status is not OrderStatus.CONFIRMED,
            ticket=held,
            offer=view_of(offer, order, now=now) if offer else None,
        )

    def _held(
        self, known: _Known, order: OrderSnapshot, ticket: TicketSnapshot
    ) -> HeldTicketView | None:
        if order.status is not OrderStatus.CONFIRMED:
            return None
        return HeldTicketView(
            id=ticket.id,
            number=ticket.number,
            status=ticket.status,
            code=self._composer.code(known.organizer.id, order, ticket),
        )


async def end_offer_as_taken(
    tx: Transaction,
    actor: Actor,
    row: Transfer,
    locked: Locked,
    ticket: TicketSnapshot,
    name: str,
) -> None:
    """The offer is taken, the code rotated, and the ticket bears the new name: all in one."""
    check_giveable(locked.order.status, ticket.status)
    if ticket.transfer_id != row.from_id:
        raise TransferOver(ended=TransferStatus.WITHDRAWN.value)
    row.to_name = name
    await end_offer(tx, actor, row, TransferStatus.ACCEPTED, now=locked.now)
    await tx.session.flush()
    await tx.session.execute(
        update(Ticket)
        .where(Ticket.organizer_id == tx.organizer_id, Ticket.id == ticket.id)
        .values(
            code_version=Ticket.code_version + 1,
            revoked_because=Revoked.GIVEN_ON.value,
            transfer_id=row.id,
        )
        .execution_options(synchronize_session=False)
    )
    await tx.session.execute(
        update(OrderPosition)
        .where(OrderPosition.organizer_id == tx.organizer_id)
        .where(OrderPosition.id == ticket.position_id)
        .values(attendee_name=name)
        .execution_options(synchronize_session=False)
    )


def _extras(order: OrderSnapshot, ticket: TicketSnapshot) -> str | None:
    return counted(
        full_name(one.ticket_type_name, one.variation_name)
        for one in order.positions
        if one.parent_id == ticket.position_id
    )


def _name(ticket: TicketSnapshot | None) -> str:
    return full_name(ticket.ticket_type_name, ticket.variation_name) if ticket else "Ticket"
