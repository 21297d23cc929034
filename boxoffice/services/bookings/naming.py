"""Saying who buys: what every buyer does between hold and payment, so they do it together."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import Refusal
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
        repeats = Repeats(commands, OrderView)
        async with self._db.begin(organizer_id) as tx:
            await _lock_persons(tx, commands)
            ids = sorted({one.order_id for one in commands})
            await lock_orders(tx, organizer_id, ids)
            orders = await read_orders(tx, organizer_id, ids)
            await repeats.find(tx)
            for together in _rounds(repeats.fresh, commands):
                await self._name(tx, repeats, orders, {one: commands[one] for one in together})
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
            try:
                order = self._allowed(tx.tenant, orders.get(command.order_id), command, now=now)
            except Refusal as refusal:
                repeats.outcomes[index] = refusal
            else:
                named[index] = msgspec.structs.replace(order, buyer=command.buyer)
        refused = await persons.over_limit(
            tx, self._stock, list(named.values()), live=[order.id for order in named.values()]
        )
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

    def _allowed(
        self, organizer_id: UUID, order: OrderSnapshot | None, command: NameBuyer, *, now: datetime
    ) -> OrderSnapshot:
        """The order, if the command's actor may say now who buys it."""
        actor, staff = command.actor, Permission.ORDERS_WRITE
        if order is None or not self._door.admits(actor, organizer_id, order, staff=staff):
            raise OrderNotFound
        check_still_open(order, now=now)
        check_alone(order.purchase_id, order.status)
        if command.buyer != order.buyer and not actor.may(staff, organizer_id):
            check_unsent(order.has_applied)
        return order


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


async def _lock_persons(tx: Transaction, commands: list[NameBuyer]) -> None:
    """Those whom orders that were opened under a limit shall be of."""
    limited = await persons.limited_events(tx, [one.order_id for one in commands])
    await persons.lock(
        tx,
        [
            Buying(event_id=limited[one.order_id], email=one.buyer.email)
            for one in commands
            if one.order_id in limited
        ],
    )


def _rounds(indices: Iterable[int], commands: list[NameBuyer]) -> list[list[int]]:
    """Commands about one order follow each other as they came, all others go together."""
    rounds: list[list[int]] = []
    seen: dict[UUID, int] = {}
    for index in indices:
        number = seen[commands[index].order_id] = seen.get(commands[index].order_id, -1) + 1
        if number == len(rounds):
            rounds.append([])
        rounds[number].append(index)
    return rounds
