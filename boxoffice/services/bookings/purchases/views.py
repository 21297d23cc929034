"""What a purchase shows."""

from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.rules import PurchaseStatus
from boxoffice.services.bookings.views import BuyerView, OrderView, View
from boxoffice.services.payments.api import PaymentView


class PurchaseView(View, frozen=True, kw_only=True):
    """Orders for several events that are paid together. `token` opens all of it:
    /purchases/{token}; each order keeps its own.

    `total` is what the orders sum up to; gift cards pay a part of it, and what is `due` is charged
    once. `hold_expires_at` is when the first of them lapses, `extensions_left` what the one with
    the fewest has. `buyer` is there once all orders have the same.
    """

    id: UUID
    organizer_slug: str
    status: PurchaseStatus
    orders: list[OrderView]
    total: Money
    due: Money
    buyer: BuyerView | None
    hold_expires_at: datetime | None
    extensions_left: int
    server_time: datetime
    created_at: datetime
    token: str


class PaidPurchaseView(View, frozen=True, kw_only=True):
    purchase: PurchaseView
    payment: PaymentView


class PurchaseNews(msgspec.Struct, frozen=True, kw_only=True):
    """A confirmed purchase, for whoever tells its buyer; its order ids in the order of opening."""

    token: str
    order_ids: list[UUID]
