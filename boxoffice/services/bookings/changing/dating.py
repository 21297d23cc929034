"""The date of an order whose positions are others than before. Pure."""

from uuid import UUID

import msgspec

from boxoffice.services.bookings.snapshots import OrderSnapshot, PositionSnapshot


def dated(order: OrderSnapshot) -> None:
    """The order's own date is one that it has positions for, the old one if it can be; positions
    name a date only where theirs is another one, in memory.
    """
    old = order.occurrence_id
    dates = [one.occurrence_id or old for one in order.positions]
    own = old if old in dates else dates[0]
    order.occurrence_id = own
    order.positions = [_of(one, old, own) for one in order.positions]
    order.cancelled = [_of(one, old, own) for one in order.cancelled]


def _of(position: PositionSnapshot, old: UUID, own: UUID) -> PositionSnapshot:
    date = position.occurrence_id or old
    return msgspec.structs.replace(position, occurrence_id=None if date == own else date)
