"""What a buyer can do with an order now, so that pages offer nothing that would be refused."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import structs

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings import unpaid_changes
from boxoffice.services.bookings.composing import Composer, dates_of
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.policies import policy_of
from boxoffice.services.bookings.returns.reading import offered_tickets
from boxoffice.services.bookings.rules import (
    CancellationNotAllowed,
    CancellationTooLate,
    ChangeNotAllowed,
    ChangeTooLate,
    OrderPolicy,
    OrderStatus,
    ReturnNotAllowed,
    ReturnTooLate,
    TransferNotAllowed,
    TransferTooLate,
    changeable_until,
    deadline,
    offer_until,
    return_until,
    step_at,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot, TicketSnapshot
from boxoffice.services.bookings.unpaid_changes import touches, with_its_own
from boxoffice.services.bookings.views import View


class TicketOptionsView(View, frozen=True, kw_only=True):
    """The same for one ticket, whose date counts."""

    ticket_id: UUID
    position_id: UUID
    cancel_until: datetime | None
    give_on_until: datetime | None
    names_until: datetime | None
    variations_until: datetime | None
    add_ons_until: datetime | None
    return_until: datetime | None


class OrderOptionsView(View, frozen=True, kw_only=True):
    """Until when the buyer may cancel on today's terms, give tickets on, correct names, choose
    other variations, change add-ons, and offer tickets back; None: not at all. Of an order for
    several dates it is the latest of its `tickets`.

    `cancel_too_late`: it was allowed, and the time is over.
    """

    cancel_until: datetime | None
    cancel_too_late: bool
    give_on_until: datetime | None
    names_until: datetime | None = None
    variations_until: datetime | None = None
    add_ons_until: datetime | None = None
    return_until: datetime | None = None
    tickets: list[TicketOptionsView]


_NOTHING = OrderOptionsView(
    cancel_until=None, cancel_too_late=False, give_on_until=None, tickets=[]
)


class Options:
    """Reads them for one order."""

    def __init__(self, db: Database, door: OrderDoor, composer: Composer) -> None:
        self._db = db
        self._door = door
        self._composer = composer

    async def of(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> OrderOptionsView:
        """What the event's policy lets the buyer do now."""
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.read(tx, actor, order_id)
            policy, now = await policy_of(tx, order.event_id), await tx.now()
            waiting = await _waiting(tx, order, now=now)
        if order.status is not OrderStatus.CONFIRMED:
            return _NOTHING
        known = await self._composer.known(organizer_id, [], dates=dates_of(order))
        event = known.events[order.event_id]
        starts = {date: event.occurrence(date).starts_at for date in order.dates}
        tickets = [
            waiting.limit(
                _ticket(one, policy, starts[one.occurrence_id or order.occurrence_id], now=now)
            )
            for one in order.tickets
        ]
        last = max(starts[date] for date in order.dates_left)
        cancel_until = _last(one.cancel_until for one in tickets)
        return OrderOptionsView(
            cancel_until=cancel_until,
            cancel_too_late=cancel_until is None
            and _cancelling(policy, starts_at=last, now=now)[1],
            give_on_until=_last(one.give_on_until for one in tickets),
            # Who bought can be corrected as long as the last date's time is not over.
            names_until=_changing(policy, what=policy.changes.names, starts_at=last, now=now),
            variations_until=_last(one.variations_until for one in tickets),
            add_ons_until=_last(one.add_ons_until for one in tickets),
            return_until=_last(one.return_until for one in tickets),
            tickets=tickets,
        )


class _Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Tickets that are offered to somebody, and those of which a change waits to be paid."""

    offered: set[UUID]
    changing: set[UUID]

    def limit(self, ticket: TicketOptionsView) -> TicketOptionsView:
        """Of two things that wait for one ticket the later is refused."""
        if ticket.ticket_id in self.offered:
            ticket = structs.replace(ticket, variations_until=None, add_ons_until=None)
        if ticket.ticket_id in self.changing:
            ticket = structs.replace(ticket, give_on_until=None, return_until=None)
        return ticket


async def _waiting(tx: Transaction, order: OrderSnapshot, *, now: datetime) -> _Waiting:
    changes = await unpaid_changes.standing(tx, order.id, now=now)
    return _Waiting(
        offered=await offered_tickets(tx, order.id, now=now),
        changing={
            ticket.id
            for ticket in order.tickets
            for change in changes
            if touches(change, with_its_own(order, ticket.position_id))
        },
    )


def _ticket(
    ticket: TicketSnapshot, policy: OrderPolicy, starts_at: datetime, *, now: datetime
) -> TicketOptionsView:
    changes = policy.changes
    return TicketOptionsView(
        ticket_id=ticket.id,
        position_id=ticket.position_id,
        cancel_until=_cancelling(policy, starts_at=starts_at, now=now)[0],
        give_on_until=_giving(policy, starts_at=starts_at, now=now),
        names_until=_changing(policy, what=changes.names, starts_at=starts_at, now=now),
        variations_until=_changing(policy, what=changes.variations, starts_at=starts_at, now=now),
        add_ons_until=_changing(policy, what=changes.add_ons, starts_at=starts_at, now=now),
        return_until=_returning(policy, starts_at=starts_at, now=now),
    )


def _last(times: Iterable[datetime | None]) -> datetime | None:
    return max((one for one in times if one is not None), default=None)


def _cancelling(
    policy: OrderPolicy, *, starts_at: datetime, now: datetime
) -> tuple[datetime | None, bool]:
    try:
        step = step_at(policy.cancellation, starts_at=starts_at, now=now)
    except CancellationNotAllowed:
        return None, False
    except CancellationTooLate:
        return None, True
    return deadline(starts_at, step.hours_before), False


def _giving(policy: OrderPolicy, *, starts_at: datetime, now: datetime) -> datetime | None:
    try:
        return offer_until(policy.transfer, starts_at=starts_at, now=now)
    except (TransferNotAllowed, TransferTooLate):
        return None


def _returning(policy: OrderPolicy, *, starts_at: datetime, now: datetime) -> datetime | None:
    try:
        return return_until(policy.returns, starts_at=starts_at, now=now)
    except (ReturnNotAllowed, ReturnTooLate):
        return None


def _changing(
    policy: OrderPolicy, *, what: bool, starts_at: datetime, now: datetime
) -> datetime | None:
    try:
        return changeable_until(policy.changes, what=what, starts_at=starts_at, now=now)
    except (ChangeNotAllowed, ChangeTooLate):
        return None
