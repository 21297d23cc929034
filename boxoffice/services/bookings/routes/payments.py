"""Paying an order."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.asking_money import PayRequest
from boxoffice.services.bookings.routes.orders import HOLDER, ORDER, Amount
from boxoffice.services.bookings.rules import Shown
from boxoffice.services.bookings.views import OrderView, PaidOrderView
from boxoffice.services.payments.api import PaymentMethodView


class ShownBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the buyer was shown: the total, and what of it gift cards do not pay."""

    expected_total: Amount | None = None
    expected_due: Amount | None = None

    def shown(self) -> Shown:
        return Shown(total=self.expected_total, due=self.expected_due)


class PayBody(ShownBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`source` is the provider's token for what is to be charged. `expected_total` and
    `expected_due` are what the buyer was shown, in minor units: if it costs anything else by now it
    is refused with `total_changed`, which tells old and new, and accepted by sending the new ones.
    """

    source: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]

    def request(self, once: IdempotencyKey | None) -> PayRequest:
        return PayRequest(source=self.source, shown=self.shown(), once=once)


@get(
    ORDER + "/payment-methods",
    operation_id="list_payment_methods",
    summary="How this order can be paid",
    opt=HOLDER,
)
async def list_payment_methods(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> list[PaymentMethodView]:
    """Empty when no provider is set up."""
    return await bookings.checkout.methods(actor, organizer_id, order_id)


@post(
    ORDER + "/payments",
    operation_id="pay_order",
    summary="Pay an order",
    opt=HOLDER,
    status_code=200,
)
async def pay_order(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[PayBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> PaidOrderView:
    """What gift cards do not pay is charged, if it is what the buyer was shown. 402 `card_declined`
    leaves the hold as it was; a pending payment is asked for again with get_payment.
    """
    return await bookings.checkout.pay(actor, organizer_id, order_id, data.request(once))


@get(
    ORDER + "/payments/{payment_id:uuid}",
    operation_id="get_payment",
    summary="Where a payment stands",
    opt=HOLDER,
)
async def get_payment(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    payment_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> PaidOrderView:
    """Poll it while it is pending."""
    return await bookings.checkout.payment(actor, organizer_id, order_id, payment_id)


class GiftCardCodeBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The code as its owner has it; blanks, hyphens and case do not count."""

    code: Annotated[
        str, msgspec.Meta(min_length=1, max_length=64, examples=["7QZK-M2XV-9RTB-4WCE"])
    ]


@post(
    ORDER + "/gift-cards",
    operation_id="add_order_gift_card",
    summary="Pay an order, or a part of it, with a gift card",
    opt={**HOLDER, "limit": "auth"},
    status_code=200,
)
async def add_order_gift_card(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[GiftCardCodeBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> OrderView:
    """It pays as much as it can of what is due, up to five cards an order. If nothing is due then,
    confirm the order; otherwise pay the rest. The money comes back if the order comes to nothing.
    """
    return await bookings.paying_by_card.add(actor, organizer_id, order_id, data.code, once=once)


@delete(
    ORDER + "/gift-cards/{gift_card_id:uuid}",
    operation_id="remove_order_gift_card",
    summary="Pay nothing with a gift card after all",
    opt=HOLDER,
    status_code=200,
)
async def remove_order_gift_card(  # what the path and the door name
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    gift_card_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> OrderView:
    """Its money is back at once; other cards of the order pay more if they can."""
    return await bookings.paying_by_card.remove(
        actor, organizer_id, order_id, gift_card_id, once=once
    )


HANDLERS = [
    list_payment_methods,
    pay_order,
    get_payment,
    add_order_gift_card,
    remove_order_gift_card,
]
