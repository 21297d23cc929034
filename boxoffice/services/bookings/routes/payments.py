"""Paying an order."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.routes.orders import HOLDER, ORDER
from boxoffice.services.bookings.views import PaidOrderView
from boxoffice.services.payments.api import PaymentMethodView


class PayBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`source` is the provider's token for what is to be charged."""

    source: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


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
    """402 `card_declined` leaves the hold as it was; a pending payment is asked for again with
    get_payment.
    """
    return await bookings.checkout.pay(actor, organizer_id, order_id, source=data.source, once=once)


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


HANDLERS = [list_payment_methods, pay_order, get_payment]
