"""Orders for several events of an organizer, bought together."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.purchases.views import PaidPurchaseView, PurchaseView
from boxoffice.services.bookings.routes.orders import HOLDER, BuyerBody, OpenOrderBody
from boxoffice.services.bookings.routes.payments import PayBody
from boxoffice.services.payments.api import PaymentMethodView

PURCHASES = "/organizers/{organizer:str}/purchases"
PURCHASE = PURCHASES + "/{purchase_id:uuid}"


class OpenPurchaseBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An order for each event, as `open_order` takes it; `order_ids` are such as you hold already.
    The `buyer` buys all the new ones. More than ten together are refused (`too_many_orders`).
    """

    orders: Annotated[list[OpenOrderBody], msgspec.Meta(max_length=50)] = []
    order_ids: Annotated[list[UUID], msgspec.Meta(max_length=50)] = []
    buyer: BuyerBody | None = None


@post(
    PURCHASES,
    operation_id="open_purchase",
    summary="Hold tickets of several events",
    opt={**requires(Permission.VISITOR), "entrance": True},
)
async def open_purchase(
    organizer_id: NamedDependency[UUID],
    data: JSONBody[OpenPurchaseBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> PurchaseView:
    """All or nothing, one order for each event, paid together; a refusal names the order by its
    `order_index`. What must be applied for (`approval_alone`) or is sold in another currency
    (`other_currency`) is ordered alone.
    """
    buyer = data.buyer.view() if data.buyer else None
    asked = [one.asked(buyer) for one in data.orders]
    return await bookings.purchases.opening.open(
        actor, organizer_id, asked, data.order_ids, once=once
    )


@get(PURCHASE, operation_id="get_purchase", summary="A purchase of several events", opt=HOLDER)
async def get_purchase(
    organizer_id: NamedDependency[UUID],
    purchase_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> PurchaseView:
    """For its buyer, the bearer of its link, and the organizer's staff."""
    return await bookings.purchases.holds.view(actor, organizer_id, purchase_id)


@get(
    "/purchase-links/{token:str}",
    operation_id="get_purchase_by_token",
    summary="The purchase behind a link",
    opt=requires(Permission.PUBLIC),
)
async def get_purchase_by_token(
    token: FromPath[str], bookings: NamedDependency[Bookings]
) -> PurchaseView:
    """404 for a link that was never valid."""
    return await bookings.purchases.holds.by_token(token)


@post(
    PURCHASE + "/orders",
    operation_id="add_purchase_order",
    summary="Add tickets of another event",
    opt=HOLDER,
    status_code=200,
)
async def add_purchase_order(
    organizer_id: NamedDependency[UUID],
    purchase_id: FromPath[UUID],
    data: JSONBody[OpenOrderBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> PurchaseView:
    """Without a buyer of its own it is for the purchase's. `event_twice` if it has that event."""
    return await bookings.purchases.opening.add(
        actor, organizer_id, purchase_id, data.asked(), once=once
    )


@put(
    PURCHASE + "/orders/{order_id:uuid}",
    operation_id="join_purchase_order",
    summary="Take in an order that you hold",
    opt=HOLDER,
)
async def join_purchase_order(
    organizer_id: NamedDependency[UUID],
    purchase_id: FromPath[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> PurchaseView:
    """From then on it is paid with the others."""
    return await bookings.purchases.opening.add(
        actor, organizer_id, purchase_id, order_id, once=once
    )


@delete(
    PURCHASE + "/orders/{order_id:uuid}",
    operation_id="remove_purchase_order",
    summary="Let one of the orders go",
    opt=HOLDER,
    status_code=200,
)
async def remove_purchase_order(
    organizer_id: NamedDependency[UUID],
    purchase_id: FromPath[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> PurchaseView:
    """Also one that has ended by itself; with the last one the purchase is over."""
    return await bookings.purchases.holds.remove(
        actor, organizer_id, purchase_id, order_id, once=once
    )


@put(
    PURCHASE + "/buyer",
    operation_id="set_purchase_buyer",
    summary="Say who is buying all of it",
    opt=HOLDER,
)
async def set_purchase_buyer(
    organizer_id: NamedDependency[UUID],
    purchase_id: FromPath[UUID],
    data: JSONBody[BuyerBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> PurchaseView:
    """May be corrected until it is confirmed."""
    return await bookings.purchases.holds.set_buyer(
        actor, organizer_id, purchase_id, data.view(), once=once
    )


@post(
    PURCHASE + "/extend",
    operation_id="extend_purchase",
    summary="Keep all my tickets longer",
    opt=HOLDER,
    status_code=200,
)
async def extend_purchase(
    organizer_id: NamedDependency[UUID],
    purchase_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> PurchaseView:
    """Five more minutes for all of them, up to ten times."""
    return await bookings.purchases.holds.extend(actor, organizer_id, purchase_id, once=once)


@post(
    PURCHASE + "/release",
    operation_id="release_purchase",
    summary="Let all the tickets go",
    opt=HOLDER,
    status_code=200,
)
async def release_purchase(
    organizer_id: NamedDependency[UUID],
    purchase_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> PurchaseView:
    """Others can buy them from this moment on."""
    return await bookings.purchases.holds.release(actor, organizer_id, purchase_id, once=once)


@post(
    PURCHASE + "/confirm",
    operation_id="confirm_purchase",
    summary="Confirm a free purchase",
    opt=HOLDER,
    status_code=200,
)
async def confirm_purchase(
    organizer_id: NamedDependency[UUID],
    purchase_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> PurchaseView:
    """All of its orders at once; confirming twice gives the same purchase."""
    return await bookings.purchases.confirming.confirm(actor, organizer_id, purchase_id)


@get(
    PURCHASE + "/payment-methods",
    operation_id="list_purchase_payment_methods",
    summary="How this purchase can be paid",
    opt=HOLDER,
)
async def list_purchase_payment_methods(
    organizer_id: NamedDependency[UUID],
    purchase_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> list[PaymentMethodView]:
    """Empty when no provider is set up."""
    return await bookings.purchases.paying.methods(actor, organizer_id, purchase_id)


@post(
    PURCHASE + "/payments",
    operation_id="pay_purchase",
    summary="Pay a purchase",
    opt=HOLDER,
    status_code=200,
)
async def pay_purchase(
    organizer_id: NamedDependency[UUID],
    purchase_id: FromPath[UUID],
    data: JSONBody[PayBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> PaidPurchaseView:
    """One charge for what is due of all orders, confirmed together. 402 `card_declined` leaves the
    holds as they were; a pending payment is asked for again with get_purchase_payment.
    """
    return await bookings.purchases.paying.pay(actor, organizer_id, purchase_id, data.request(once))


@get(
    PURCHASE + "/payments/{payment_id:uuid}",
    operation_id="get_purchase_payment",
    summary="Where a purchase's payment stands",
    opt=HOLDER,
)
async def get_purchase_payment(
    organizer_id: NamedDependency[UUID],
    purchase_id: FromPath[UUID],
    payment_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> PaidPurchaseView:
    """Poll it while it is pending."""
    return await bookings.purchases.paying.payment(actor, organizer_id, purchase_id, payment_id)


HANDLERS = [
    open_purchase,
    get_purchase,
    get_purchase_by_token,
    add_purchase_order,
    join_purchase_order,
    remove_purchase_order,
    set_purchase_buyer,
    extend_purchase,
    release_purchase,
    confirm_purchase,
    list_purchase_payment_methods,
    pay_purchase,
    get_purchase_payment,
]
