"""A change that was accepted is carried out, or held until its difference is paid."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Literal, TypeVar
from uuid import UUID

import msgspec

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.changing import rows
from boxoffice.services.bookings.changing.carrying import Carrying, Done, agreed
from boxoffice.services.bookings.changing.wishes import ChangedView, ChangeView, Settle
from boxoffice.services.bookings.composing import Known
from boxoffice.services.bookings.facts import ChangeMoved
from boxoffice.services.bookings.reading import read_order
from boxoffice.services.bookings.rules import ChangeDiffers, ChangeStatus
from boxoffice.services.bookings.tables_order_changes import OrderChange
from boxoffice.services.bookings.waitlist.entries import retrying

T = TypeVar("T")


class _Looked(Exception):
    """Undoes what was only looked at."""


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """Who wants it, and until when a difference can be paid."""

    by: Literal["buyer", "staff"]
    until: datetime


async def looked_at(
    db: Database, organizer_id: UUID, attempt: Callable[[Transaction], Awaitable[T]]
) -> T:
    """What the attempt comes to; whatever it has done is undone."""
    found: list[T] = []

    async def once() -> None:
        async with db.begin(organizer_id) as tx:
            found.append(await attempt(tx))
            raise _Looked

    with suppress(_Looked):
        await retrying(once)
    return found[-1]


class Settling:
    """In the transaction that has applied the change."""

    def __init__(self, carrying: Carrying) -> None:
        self._carrying = carrying

    async def settle(
        self, tx: Transaction, actor: Actor, done: Done, known: Known, terms: Terms
    ) -> tuple[ChangedView, list[UUID]]:
        """The order afterwards, and refunds to be sent after the commit."""
        change = done.change
        if done.wish.expected_total != change.new_total.amount:
            raise ChangeDiffers(new_total=change.new_total.amount)
        outside = done.wish.settle is Settle.OUTSIDE
        promised, awaiting = list[UUID](), None
        if change.more.is_zero or outside:
            promised = await self._carrying.write(tx, actor, done)
            if not change.more.is_zero:
                await self._record(tx, done, terms, done.exchange.holder, outside=True)
        else:
            awaiting = await self._hold(tx, actor, done, terms)
        now, fresh = await tx.now(), await read_order(tx, tx.tenant, done.order.id)
        order = self._carrying.composer.view(known, fresh, now=now)
        return ChangedView(order=order, change=change, awaiting=awaiting), promised

    async def _hold(self, tx: Transaction, actor: Actor, done: Done, terms: Terms) -> ChangeView:
        holder = await self._carrying.hold(tx, done, terms.until)
        row = await self._record(tx, done, terms, holder, outside=False)
        if terms.by == "staff":
            tx.tell(
                ChangeMoved(
                    organizer_id=tx.tenant,
                    order_id=done.order.id,
                    change_id=holder,
                    status=ChangeStatus.AWAITING_PAYMENT,
                )
            )
        tx.audit(
            "order.change_awaits_payment",
            actor=actor,
            subject=f"order:{done.order.id}",
            changes={
                "change": str(holder),
                "because": done.wish.because,
                "comes_to": msgspec.to_builtins(done.change),
            },
        )
        return rows.view(row, now=row.created_at)

    async def _record(
        self, tx: Transaction, done: Done, terms: Terms, change_id: UUID, *, outside: bool
    ) -> OrderChange:
        now = await tx.now()
        row = OrderChange(
            organizer_id=tx.tenant,
            id=change_id,
            order_id=done.order.id,
            status=(ChangeStatus.DONE if outside else ChangeStatus.AWAITING_PAYMENT).value,
            by=terms.by,
            settled="outside" if outside else None,
            wish=msgspec.to_builtins(agreed(done), str_keys=True),
            change=msgspec.to_builtins(done.change),
            currency=done.order.total.currency,
            due_amount=done.change.more.amount,
            tender=[],
            expires_at=terms.until,
            created_at=now,
            settled_at=now if outside else None,
        )
        tx.session.add(row)
        await tx.session.flush()
        return row
