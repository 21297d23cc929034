"""What bookings reports."""

from typing import ClassVar
from uuid import UUID

from boxoffice.kernel.facts import Fact


class OrderConfirmed(Fact, frozen=True, kw_only=True):
    """The order's tickets are valid from now on."""

    name: ClassVar[str] = "bookings.order_confirmed.v1"
    order_id: UUID


class MoneyCameTooLate(Fact, frozen=True, kw_only=True):
    """A payment arrived for an order whose units are gone; the money is being sent back."""

    name: ClassVar[str] = "bookings.money_came_too_late.v1"
    order_id: UUID
    payment_id: UUID


class OrderLinksRequested(Fact, frozen=True, kw_only=True):
    """Somebody asked for the links to all orders of an address; the request's row knows which."""

    name: ClassVar[str] = "bookings.order_links_requested.v1"
    request_id: UUID
