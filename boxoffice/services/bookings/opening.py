"""Opening orders: the hold, and for a free order with a known buyer the confirmation with it.

Many buyers share one flush: quotas are locked, the stock decided, and all orders, positions,
tickets, facts and answers written by a handful of set-based statements.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import msgspec
from sqlalchemy.exc import IntegrityError

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.data.transience import RetryBatch
from boxoffice.kernel.ids import new_id, new_order_code
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.bookings import persons
from boxoffice.services.bookings.answers import storing as answers
from boxoffice.services.bookings.answers.opened import Opened, awaits_answers, sheet_of
from boxoffice.services.bookings.composing import Composer, Known
from boxoffice.services.bookings.facts import OrderConfirmed
from boxoffice.services.bookings.own_seats import tell_own
from boxoffice.services.bookings.persons import Buying
from boxoffice.services.bookings.pricing import charges_of, positions_of, total_of
from boxoffice.services.bookings.repeats import Repeats
from boxoffice.services.bookings.rules import HOLD_FOR, OrderPaymentStatus, OrderStatus
from boxoffice.services.bookings.snapshots import OrderSnapshot, TicketSnapshot
from boxoffice.services.bookings.views import BuyerView, OrderView
from boxoffice.services.bookings.writing import insert_orders
from boxoffice.services.events.api import (
    EventSummary,
    ExpectedPrice,
    Granted,
    SeatTaken,
    Shelf,
    Stock,
    Want,
    WantedLine,
    with_contents,
)


class OpenOrder(msgspec.Struct, kw_only=True):
    """A wish for tickets. `order_id` and `once` make it safe to run again."""

    event_id: UUID
    occurrence_id: UUID | None
    lines: tuple[WantedLine, ...]
    buyer: BuyerView | None
    buyer_id: UUID | None
    locale: str
    once: IdempotencyKey | None
    access_code: str | None = None
    voucher_codes: tuple[str, ...] = ()
    expected: ExpectedPrice | None = None
    answers: Opened | None = None
    # Lines are for these dates as well.
    more_dates: frozenset[UUID] = frozenset()
    # Some lines come with others.
    nested: bool = False
    # The organizer decides about it; found out when it is settled.
    needs_approval: bool = False
    order_id: UUID = msgspec.field(default_factory=new_id)


class Opening:
    """The settle function of the coalescer for `OpenOrder`."""

    def __init__(self, db: Database, stock: Stock, composer: Composer) -> None:
        self._db = db
        self._stock = stock
        self._composer = composer

    async def settle(
        self, organizer_id: UUID, commands: list[OpenOrder]
    ) -> Sequence[OrderView | Refusal]:
        """One transaction for all; a result or a refusal for each."""
        dates = {(one.event_id, one.occurrence_id) for one in commands}
        dates.update((one.event_id, date) for one in commands for date in one.more_dates)
        known = await self._composer.known(organizer_id, [], dates=dates)
        try:
            async with self._db.begin(organizer_id) as tx:
                return await self.settle_in(tx, known, commands)
        except IntegrityError as error:
            if "orders_code" in str(error.orig):
                raise RetryBatch("an order code was taken") from error
            raise

    async def settle_in(
        self, tx: Transaction, known: Known, commands: list[OpenOrder], *, hold: bool = False
    ) -> list[OrderView | Refusal]:
        """The same in the caller's transaction; with `hold` nothing is confirmed at once."""
        organizer_id = known.organizer.id
        types = {line.ticket_type_id for command in commands for line in command.lines}
        shelf = await self._stock.lock_types(tx, types, _dates(commands))
        repeats = Repeats(commands, OrderView, tries=[one.order_id for one in commands])
        await repeats.find(tx)
        fresh, outcomes = repeats.fresh, repeats.outcomes
        wants = [_want(commands[index], shelf) for index in fresh]
        asking = {one.id: one for one in known.events.values() if one.questions or one.approvals}
        if asking:
            wants = _held_for_more(wants, asking, [commands[index] for index in fresh], shelf)
        if hold:
            wants = [msgspec.structs.replace(want, keep_if_free=False) for want in wants]
        await self._stock.lock_vouchers(tx, shelf, wants)
        await _count_persons(tx, commands, shelf)
        granted = await self._stock.claim(tx, shelf, wants)
        opened = {
            index: opened_order(commands[index], grant, shelf)
            for index, grant in zip(fresh, granted, strict=True)
            if isinstance(grant, Granted)
        }
        insert_orders(tx, organizer_id, list(opened.values()))
        if asking:
            await _write_answers(tx, commands, opened)
        _tell(tx, organizer_id, opened.values())
        own = await tell_own(tx, _seats_refused(commands, fresh, granted))
        outcomes |= {
            index: own.get(index, one)
            for index, one in zip(fresh, granted, strict=True)
            if isinstance(one, Refusal)
        }
        if len(opened) < len(fresh):
            repeats.note_refused(tx)
        async with tx.writing():
            for index, order in opened.items():
                outcomes[index] = self._composer.view(known, order, now=shelf.now)
            repeats.keep(tx, status=201)
        return repeats.answers()


def _tell(tx: Transaction, organizer_id: UUID, orders: Iterable[OrderSnapshot]) -> None:
    tx.tell(
        *(
            OrderConfirmed(organizer_id=organizer_id, order_id=order.id)
            for order in orders
            if order.status is OrderStatus.CONFIRMED
        )
    )


def _seats_refused(
    commands: list[OpenOrder], fresh: list[int], granted: Sequence[Granted | Refusal]
) -> dict[int, tuple[UUID, SeatTaken]]:
    """Whose seats were gone, by command."""
    return {
        index: (buyer_id, grant)
        for index, grant in zip(fresh, granted, strict=True)
        if isinstance(grant, SeatTaken) and (buyer_id := commands[index].buyer_id)
    }


def _dates(commands: list[OpenOrder]) -> set[UUID] | None:
    """The dates that are wanted, if all commands name theirs."""
    named = {command.occurrence_id for command in commands}
    dates = {one for one in named if one is not None}
    if len(dates) < len(named):
        return None
    return dates.union(*(command.more_dates for command in commands))


def _want(command: OpenOrder, shelf: Shelf) -> Want:
    buyer = command.buyer if is_limited(command, shelf) else None
    return Want(
        holder=command.order_id,
        event_id=command.event_id,
        occurrence_id=command.occurrence_id,
        lines=command.lines,
        expires_at=shelf.now + HOLD_FOR,
        # A free order whose buyer is known needs nothing more.
        keep_if_free=command.buyer is not None,
        voucher_codes=command.voucher_codes,
        expected=command.expected,
        access_code=command.access_code,
        person=persons.person_of(buyer.email) if buyer else None,
        spread=bool(command.more_dates),
        nested=command.nested,
    )


def _held_for_more(
    wants: list[Want],
    asking: Mapping[UUID, EventSummary],
    commands: list[OpenOrder],
    shelf: Shelf,
) -> list[Want]:
    """What must be answered or approved first is only held, also if it is free and the buyer
    known.
    """
    held: list[Want] = []
    for want, command in zip(wants, commands, strict=True):
        event = asking.get(command.event_id)
        lines = with_contents(shelf, command.lines) if event else command.lines
        command.needs_approval = awaits_approval(event, lines)
        waits = command.needs_approval or awaits_answers(event, lines, command.answers)
        held.append(msgspec.structs.replace(want, keep_if_free=False) if waits else want)
    return held


def awaits_approval(event: EventSummary | None, lines: Sequence[WantedLine]) -> bool:
    """Whether one of these tickets must be applied for."""
    return event is not None and any(line.ticket_type_id in event.approvals for line in lines)


async def _write_answers(
    tx: Transaction, commands: list[OpenOrder], opened: Mapping[int, OrderSnapshot]
) -> None:
    pairs = [(order, commands[index].answers) for index, order in opened.items()]
    await answers.insert(tx, [sheet_of(order, given) for order, given in pairs if given])


async def _count_persons(tx: Transaction, commands: list[OpenOrder], shelf: Shelf) -> None:
    """Where somebody's number is limited, lock them and put on the shelf what they have."""
    buying = [
        Buying(event_id=command.event_id, email=command.buyer.email)
        for command in commands
        if command.buyer and is_limited(command, shelf)
    ]
    await persons.lock(tx, buying)
    shelf.taken = await persons.count(tx, buying)


def is_limited(command: OpenOrder, shelf: Shelf) -> bool:
    """Whether one person may have only so many of what is wanted."""
    kinds = (shelf.types.get(line.ticket_type_id) for line in command.lines)
    return any(kind is not None and kind.limits_people for kind in kinds)


def opened_order(command: OpenOrder, grant: Granted, shelf: Shelf) -> OrderSnapshot:
    """The order that was granted, not yet written."""
    now = shelf.now
    confirmed = grant.expires_at is None
    positions = positions_of(grant)
    admitted = [one for one in positions if one.admits] if shelf.extras else positions
    tickets = [TicketSnapshot.first(position) for position in admitted] if confirmed else []
    return OrderSnapshot(
        id=command.order_id,
        code=new_order_code(),
        event_id=command.event_id,
        occurrence_id=grant.occurrence_id,
        status=OrderStatus.CONFIRMED if confirmed else OrderStatus.HELD,
        payment_status=OrderPaymentStatus.NONE,
        total=total_of(grant),
        charges=charges_of(grant, command.access_code, needs_approval=command.needs_approval),
        buyer_id=command.buyer_id,
        buyer=command.buyer,
        locale=command.locale,
        hold_expires_at=grant.expires_at,
        extensions=0,
        limited=is_limited(command, shelf),
        link_version=1,
        created_at=now,
        confirmed_at=now if confirmed else None,
        positions=positions,
        tickets=tickets,
    )
