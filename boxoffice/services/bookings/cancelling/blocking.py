"""Tickets that are cancelled into blocks of the staff: nothing of them is sold again.

All that the cancelled positions had is kept back, what came with a ticket too; who wants that sold
again cancels it first, without a block.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from msgspec import structs

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.cancelling import writing
from boxoffice.services.bookings.cancelling.asking import Ask
from boxoffice.services.bookings.cancelling.views import BlockedLineView, BlockedView
from boxoffice.services.bookings.promises import check_none_promised
from boxoffice.services.bookings.rules import HoldExpired, OrderStatus, shown_status
from boxoffice.services.bookings.snapshots import OrderSnapshot, PositionSnapshot
from boxoffice.services.bookings.views import full_name
from boxoffice.services.events.api import (
    KeepBack,
    ReturnedPlaces,
    check_keep_back,
    keep_back,
    return_uses,
)


class Blocking:
    """What cancelling does with the stock where a block is asked for."""

    def __init__(self, places: ReturnedPlaces) -> None:
        self._places = places

    async def planned(
        self,
        tx: Transaction,
        ask: Ask,
        order: OrderSnapshot,
        chosen: Collection[UUID],
        *,
        now: datetime,
    ) -> list[BlockedView]:
        """What would be blocked, by date. An order whose time is over holds nothing, nor is a
        ticket that somebody else is being promised there to be kept: `HoldExpired`,
        `ReturnPromised`.
        """
        if ask.block is None:
            return []
        _check_holding(order, now=now)
        positions = [one for one in order.positions if one.id in chosen]
        dates = {one.occurrence_id or order.occurrence_id for one in positions}
        wish = await check_keep_back(tx, ask.block, dates, now=now)
        await check_none_promised(tx, self._places, chosen)
        return [
            BlockedView(
                occurrence_id=date,
                reason=wish.reason,
                until=wish.until,
                lines=_lines([
                    one for one in positions if (one.occurrence_id or order.occurrence_id) == date
                ]),
            )
            for date in sorted(dates)
        ]  # fmt: skip

    async def keep(
        self,
        tx: Transaction,
        ask: Ask,
        order: OrderSnapshot,
        gone: Collection[PositionSnapshot],
        planned: list[BlockedView],
    ) -> list[BlockedView]:
        """Block what these positions of the locked order have. Their part in vouchers returns, but
        for what these had set aside: that is the block's.
        """
        if not planned:
            return []
        units = writing.returned(order, list(gone))
        await return_uses(tx, order.id, units)
        made = await keep_back(
            tx,
            order.id,
            units,
            KeepBack(reason=planned[0].reason, until=planned[0].until),
            event_id=order.event_id,
            actor=ask.actor,
        )
        return _made(planned, made)


def _check_holding(order: OrderSnapshot, *, now: datetime) -> None:
    shown = shown_status(order.status, hold_expires_at=order.hold_expires_at, now=now)
    if shown is OrderStatus.EXPIRED:
        raise HoldExpired("The time of this order is over, so it holds nothing: block nothing.")


def _made(planned: list[BlockedView], made: Mapping[UUID, UUID]) -> list[BlockedView]:
    return [
        structs.replace(one, block_id=made[one.occurrence_id])
        for one in planned
        if one.occurrence_id in made
    ]


def _lines(positions: list[PositionSnapshot]) -> list[BlockedLineView]:
    """One for each name, in the order of the positions."""
    named: dict[str, list[PositionSnapshot]] = {}
    for one in positions:
        named.setdefault(full_name(one.ticket_type_name, one.variation_name), []).append(one)
    return [
        BlockedLineView(
            name=name, units=len(ones), seats=[one.seat.label for one in ones if one.seat]
        )
        for name, ones in named.items()
    ]
