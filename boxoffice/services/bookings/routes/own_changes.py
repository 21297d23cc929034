"""Buyers change tickets of an order, and pay for what makes it dearer."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.changing.choosing import ChangeChoicesView
from boxoffice.services.bookings.changing.wishes import (
    AddedWish,
    ChangedView,
    ChangePreviewView,
    ChangeView,
    ChangeWish,
    PaidChangeView,
    TicketWish,
)
from boxoffice.services.bookings.routes.orders import HOLDER, ORDER, Amount
from boxoffice.services.bookings.routes.payments import GiftCardCodeBody, PayBody

CHANGE = ORDER + "/changes/{change_id:uuid}"
_Many = msgspec.Meta(max_length=100)


class OtherVariationBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A ticket in another variation."""

    position_id: UUID
    variation_id: UUID


class AddedAddOnBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One more add-on of the ticket `position_id`."""

    position_id: UUID
    ticket_type_id: UUID
    variation_id: UUID | None = None


class OwnLookBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`removed` are positions of add-ons."""

    variations: Annotated[list[OtherVariationBody], _Many] = []
    added: Annotated[list[AddedAddOnBody], _Many] = []
    removed: Annotated[list[UUID], _Many] = []

    def wish(self) -> ChangeWish:
        return ChangeWish(
            own=True,
            tickets=tuple(
                TicketWish(position_id=one.position_id, variation_id=one.variation_id)
                for one in self.variations
            ),
            added=tuple(
                AddedWish(
                    ticket_type_id=one.ticket_type_id,
                    variation_id=one.variation_id,
                    parent_id=one.position_id,
                )
                for one in self.added
            ),
            removed=tuple(self.removed),
        )


class OwnChangeBody(OwnLookBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`expected_total` is the preview's `new_total`."""

    expected_total: Amount


@get(
    ORDER + "/change-choices",
    operation_id="list_change_choices",
    summary="What a buyer may choose instead, or besides",
    opt=HOLDER,
)
async def list_change_choices(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> list[ChangeChoicesView]:
    """For each ticket that the organizer's policy still lets its buyer change; whether any is left
    is known when it is taken.
    """
    return await bookings.changing.choices.of(actor, organizer_id, order_id)


@post(
    ORDER + "/own-changes/preview",
    operation_id="preview_own_changes",
    summary="What changing one's tickets would come to",
    opt=HOLDER,
    status_code=200,
)
async def preview_own_changes(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[OwnLookBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> ChangePreviewView:
    """Refused as doing it would be; changes nothing."""
    return await bookings.changing.own.preview(actor, organizer_id, order_id, data.wish())


@post(
    ORDER + "/own-changes",
    operation_id="change_own_tickets",
    summary="Change one's tickets: other variations, add-ons more or fewer",
    opt=HOLDER,
    status_code=200,
)
async def change_own_tickets(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[OwnChangeBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> ChangedView:
    """All or nothing. What it is cheaper goes back; what it is dearer is to be paid first: then the
    answer has `awaiting`, and the order is as it was until that is paid.
    """
    wish = msgspec.structs.replace(data.wish(), expected_total=data.expected_total)
    return await bookings.changing.own.change(actor, organizer_id, order_id, wish, once=once)


@get(
    ORDER + "/changes",
    operation_id="list_order_changes",
    summary="Changes of an order that cost more, newest first",
    opt=HOLDER,
)
async def list_order_changes(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> list[ChangeView]:
    """At most one of them waits for its payment."""
    return await bookings.changing.payments.of(actor, organizer_id, order_id)


@post(
    CHANGE + "/payments",
    operation_id="pay_order_change",
    summary="Pay what a change costs more",
    opt=HOLDER,
    status_code=200,
)
async def pay_order_change(  # noqa: PLR0913, PLR0917  # what the path and the request say
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    change_id: FromPath[UUID],
    data: JSONBody[PayBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> PaidChangeView:
    """Paid, the change is carried out. `expected_total` and `expected_due` are its `due` and
    `still_due`, as they were shown. 402 `card_declined` leaves it waiting; a pending payment is
    asked for again with get_order_change_payment.
    """
    return await bookings.changing.payments.pay(
        actor, organizer_id, order_id, change_id, data.request(once)
    )


@post(
    CHANGE + "/gift-cards",
    operation_id="add_order_change_gift_card",
    summary="Pay what a change costs more, or a part of it, with a gift card",
    opt={**HOLDER, "limit": "auth"},
    status_code=200,
)
async def add_order_change_gift_card(  # noqa: PLR0913, PLR0917  # what the path and the request say
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    change_id: FromPath[UUID],
    data: JSONBody[GiftCardCodeBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> ChangeView:
    """It keeps its money until the change is made: at once if nothing is `still_due`, otherwise
    when the rest is paid.
    """
    return await bookings.changing.cards.add(
        actor, organizer_id, order_id, change_id, data.code, once=once
    )


@delete(
    CHANGE + "/gift-cards/{gift_card_id:uuid}",
    operation_id="remove_order_change_gift_card",
    summary="Pay nothing of a change with a gift card after all",
    opt=HOLDER,
    status_code=200,
)
async def remove_order_change_gift_card(  # noqa: PLR0913, PLR0917  # what the path says
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    change_id: FromPath[UUID],
    gift_card_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> ChangeView:
    return await bookings.changing.cards.remove(
        actor, organizer_id, order_id, change_id, gift_card_id, once=once
    )


@post(
    CHANGE + "/confirm",
    operation_id="confirm_order_change",
    summary="Make a change that gift cards pay wholly",
    opt=HOLDER,
    status_code=200,
)
async def confirm_order_change(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    change_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> ChangeView:
    """For one that still waits because it could not be made when its last gift card was added."""
    return await bookings.changing.cards.confirm(
        actor, organizer_id, order_id, change_id, once=once
    )


@get(
    CHANGE + "/payments/{payment_id:uuid}",
    operation_id="get_order_change_payment",
    summary="Where the payment of a change stands",
    opt=HOLDER,
)
async def get_order_change_payment(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    change_id: FromPath[UUID],
    payment_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> PaidChangeView:
    """Poll it while it is pending."""
    return await bookings.changing.payments.payment(
        actor, organizer_id, order_id, change_id, payment_id
    )


@delete(
    CHANGE,
    operation_id="withdraw_order_change",
    summary="Leave an order as it is",
    opt=HOLDER,
    status_code=200,
)
async def withdraw_order_change(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    change_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> ChangeView:
    """Lets go of what the change holds; money that is under way comes back. Twice is once."""
    return await bookings.changing.payments.withdraw(actor, organizer_id, order_id, change_id)


HANDLERS = [
    list_change_choices,
    preview_own_changes,
    change_own_tickets,
    list_order_changes,
    pay_order_change,
    add_order_change_gift_card,
    remove_order_change_gift_card,
    confirm_order_change,
    get_order_change_payment,
    withdraw_order_change,
]
