"""Confirming a purchase: every order of it in one transaction, or none."""

from collections.abc import Sequence
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.data.transience import retried
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.bookings.confirming import ConfirmOrder
from boxoffice.services.bookings.purchases import rows
from boxoffice.services.bookings.purchases.parts import Parts, known_of
from boxoffice.services.bookings.purchases.views import PurchaseView
from boxoffice.services.bookings.reading import read_orders
from boxoffice.services.bookings.rules import BuyerMissing, PurchaseStatus, check_held
from boxoffice.services.bookings.snapshots import OrderSnapshot


class PurchaseConfirming:
    """Free purchases, and those that gift cards pay for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def confirm(self, actor: Actor, organizer_id: UUID, purchase_id: UUID) -> PurchaseView:
        """Confirm all of its orders; `PaymentNeeded` if one is not free. Twice is a no-op."""
        known = await known_of(self._parts, actor, organizer_id, purchase_id)

        async def attempt() -> PurchaseView:
            async with self._parts.db.begin(organizer_id) as tx:
                row = await self._parts.purchase_door.lock(tx, actor, purchase_id)
                if row.status != PurchaseStatus.CONFIRMED.value:
                    check_held(PurchaseStatus(row.status))
                    ids = await rows.order_ids(tx, row.id)
                    orders = await read_orders(tx, tx.tenant, ids)
                    check_one_buyer(list(orders.values()))
                    for order in orders.values():
                        await self._parts.answering.check_order(tx, order)
                    await confirm_all(
                        tx,
                        self._parts,
                        [ConfirmOrder(order_id=one, purchase_id=row.id) for one in ids],
                    )
                    await rows.settle(tx, row, PurchaseStatus.CONFIRMED)
                return await self._parts.views.read(tx, known, row.id)

        return await retried(attempt)


async def confirm_all(tx: Transaction, parts: Parts, commands: Sequence[ConfirmOrder]) -> None:
    """All of these, or the first refusal, which undoes them with the transaction."""
    verdicts, _ = await parts.confirming.settle_in(tx, tx.tenant, list(commands))
    for command, verdict in zip(commands, verdicts, strict=True):
        if isinstance(verdict, Refusal):
            verdict.facts["order_id"] = command.order_id
            raise verdict


def check_one_buyer(orders: Sequence[OrderSnapshot]) -> None:
    """`BuyerMissing`, unless somebody buys all of them."""
    if len({order.buyer for order in orders}) != 1:
        raise BuyerMissing
