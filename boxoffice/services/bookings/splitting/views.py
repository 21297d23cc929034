"""What splitting an order comes to, and what became of it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.views import BuyerView, OrderView, View


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


class SplitTicket(msgspec.Struct, frozen=True, kw_only=True):
    """`number` is what it had in the order that it left."""

    number: int
    name: str


class SplitMadeView(View, frozen=True, kw_only=True):
    """A split, as one of its orders tells it: tickets went `into` the other order or came `out_of`
    it. `total` is what the new order cost then, `paid` the money that went along. `because` is for
    the team alone.
    """

    id: UUID
    moved: Literal["into", "out_of"]
    other_order_id: UUID
    other_code: str
    tickets: list[SplitTicket]
    total: Money
    paid: Money
    because: str
    created_at: datetime


class SplitNews(msgspec.Struct, frozen=True, kw_only=True):
    """A split, for whoever tells both buyers: codes of the order and of the new one."""

    order_id: UUID
    code: str
    new_order_id: UUID
    new_code: str
    tickets: list[SplitTicket]
    same_buyer: bool
