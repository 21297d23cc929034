"""Saying who buys: what every buyer does between hold and payment, so they do it together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from uuid import UUID

import msgspec

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import Busy, Refusal
from boxoffice.services.bookings import persons
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.doors import OrderDoor, check_still_open
from boxoffice.services.bookings.persons import Buying
from boxoffice.services.bookings.reading import lock_orders, read_orders
from boxoffice.services.bookings.repeats import Repeats
from boxoffice.services.bookings.rules import OrderNotFound, check_alone, check_unsent
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.views import BuyerView, OrderView
from boxoffice.services.events.api import Stock

_NAME = """
UPDATE bookings.orders o SET buyer_email = n.email, buyer_name = n.name
FROM unnest($2::uuid[], $3::text[], $4::text[]) AS n(id, email, name)
WHERE o.organizer_id = $1 AND o.id = n.id
"""
Orders = dict[UUID, OrderSnapshot]
# What one flush does one after the other, at most; more for one order are asked to come back.
_MOST_ROUNDS = 16
_STAFF = Permission.ORDERS_WRITE


class NameBuyer(msgspec.Struct, frozen=True, kw_only=True):
    """`actor` says that the order is `buyer`'s, whose fields were checked."""

    actor: Actor
    order_id: UUID
    buyer: BuyerView
    once: IdempotencyKey | None


class Naming:
    """The settle function of the coalescer for `NameBuyer`."""

    def __init__(self, db: Database, stock: Stock, door: OrderDoor, composer: Composer) -> None:
        self._db = db
        self._stock = stock
        self._door = door
        self._composer = composer

    async def settle(
        self, organizer_id: UUID, commands: list[NameBuyer]
    ) -> Sequence[OrderView | Refusal]:
        """One transaction for all; the order as it is then, or a refusal, for each."""
        async with self._db.begin(organizer_id) as tx:
            await self._lock_persons(tx, commands)
            ids = sorted({one.order_id for one in commands})
            await lock_orders(tx, organizer_id, ids)
            orders = await read_orders(tx, organizer_id, ids)
            repeats = Repeats(commands, OrderView, barred=self._barred(tx, commands, orders))
            await repeats.find(tx)
            rounds = _rounds(repeats.fresh, commands, orders)
            for together in rounds[:_MOST_ROUNDS]:
                await self._name(tx, repeats, orders, {one: commands[one] for one in together})
            for index in chain.from_iterable(rounds[_MOST_ROUNDS:]):
                repeats.outcomes[index] = Busy(retry_after=1)
            repeats.keep(tx, status=200)
        return repeats.answers()

    async def _name(
        self,
        tx: Transaction,
        repeats: Repeats[OrderView],
        orders: Orders,
        commands: dict[int, NameBuyer],
    ) -> None:
        """Settle commands about as many orders."""
        now = await tx.now()
        named: dict[int, OrderSnapshot] = {}
        for index, command in commands.items():
            order = orders[command.order_id]
            try:
                _check(tx.tenant, order, command, now=now)
            except Refusal as refusal:
                repeats.outcomes[index] = refusal
            else:
                named[index] = msgspec.structs.replace(order, buyer=command.buyer)
        theirs = [one.id for one in named.values() if _is_persons(orders[one.id], one.buyer)]
        refused = await persons.over_limit(tx, self._stock, list(named.values()), live=theirs)
        repeats.outcomes |= {
            index: refused[order.id] for index, order in named.items() if order.id in refused
        }
        passed = {index: one for index, one in named.items() if one.id not in refused}
        orders |= {one.id: one for one in passed.values()}
        write_buyers(tx, passed.values())
        known = await self._composer.known(
            tx.tenant, [], dates={(o.event_id, date) for o in passed.values() for date in o.dates}
        )
        async with tx.writing():
            for index, order in passed.items():
                repeats.outcomes[index] = self._composer.view(known, order, now=now)

    def _barred(
        self, tx: Transaction, commands: list[NameBuyer], orders: Orders
    ) -> dict[int, Refusal]:
        """Whoever may not see the order; asked before their keys are, which open nothing."""
        return {
            index: OrderNotFound()
            for index, one in enumerate(commands)
            if not self._admits(tx, one, orders)
        }

    def _admits(self, tx: Transaction, command: NameBuyer, orders: Orders) -> bool:
        order = orders.get(command.order_id)
        return order is not None and self._door.admits(
            command.actor, tx.tenant, order, staff=_STAFF
        )

    async def _lock_persons(self, tx: Transaction, commands: list[NameBuyer]) -> None:
        """Those whom orders that were opened under a limit shall be of; a stranger names nobody."""
        limited = await persons.limited_events(tx, [one.order_id for one in commands])
        if not limited:
            return
        orders = await read_orders(tx, tx.tenant, list(limited))
        await persons.lock(
            tx,
            [
                Buying(event_id=limited[one.order_id], email=one.buyer.email)
                for one in commands
                if self._admits(tx, one, orders)
            ],
        )


def _check(organizer_id: UUID, order: OrderSnapshot, command: NameBuyer, *, now: datetime) -> None:
    """Refuse, unless it can be said now who buys the order."""
    check_still_open(order, now=now)
    check_alone(order.purchase_id, order.status)
    if command.buyer != order.buyer and not command.actor.may(_STAFF, organizer_id):
        check_unsent(order.has_applied)


def write_buyers(tx: Transaction, orders: Iterable[OrderSnapshot]) -> None:
    """Write who buys these locked orders."""
    buyers = [(order.id, order.buyer) for order in orders if order.buyer]
    if buyers:
        tx.write(
            _NAME,
            tx.tenant,
            [order_id for order_id, _ in buyers],
            [buyer.email for _, buyer in buyers],
            [buyer.name for _, buyer in buyers],
        )


def _rounds(indices: Iterable[int], commands: list[NameBuyer], orders: Orders) -> list[list[int]]:
    """Commands about one order follow each other as they came, all others go together; but a
    limited order that goes from one person to another goes alone, as it counts for one of them
    whatever is decided.
    """
    rounds: list[list[int]] = []
    alone: list[list[int]] = []
    seen: Counter[UUID] = Counter()
    for index in indices:
        command = commands[index]
        if seen[command.order_id] or _moves(orders[command.order_id], command.buyer):
            alone.append([index])
        elif rounds:
            rounds[0].append(index)
        else:
            rounds.append([index])
        seen[command.order_id] += 1
    return rounds + alone


def _moves(order: OrderSnapshot, buyer: BuyerView) -> bool:
    return order.limited and order.buyer is not None and not _is_persons(order, buyer)


def _is_persons(order: OrderSnapshot, buyer: BuyerView | None) -> bool:
    """Whether the order counts for that person already."""
    if order.buyer is None or buyer is None:
        return False
    return persons.person_of(order.buyer.email) == persons.person_of(buyer.email)
