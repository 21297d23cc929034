"""What splitting an order comes to."""

from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.views import BuyerView, OrderView


class SplitWish(msgspec.Struct, frozen=True, kw_only=True):
    """Which tickets get an order of their own, and whose: the same buyer's unless one is named."""

    position_ids: tuple[UUID, ...]
    buyer: BuyerView | None = None
    because: str = ""


class MovedTicket(msgspec.Struct, frozen=True, kw_only=True):
    """`number` is what it had in the order that it leaves."""

    position_id: UUID
    number: int
    name: str
    price: Money


class SplitPreviewView(msgspec.Struct, frozen=True, kw_only=True):
    """What each order costs then; together they cost what the one did. `fees` is the new order's
    part of the fees that the buyer bears, `paid` the money that goes with its tickets.
    """

    tickets: list[MovedTicket]
    buyer: BuyerView
    fees: Money
    new_total: Money
    left_total: Money
    paid: Money


class SplitView(msgspec.Struct, frozen=True, kw_only=True):
    """Both orders as they are now."""

    order: OrderView
    new_order: OrderView
    split: SplitPreviewView
