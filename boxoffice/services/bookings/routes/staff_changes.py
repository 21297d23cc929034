"""Staff change tickets of an order."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.changing.wishes import (
    AddedWish,
    ChangedView,
    ChangePreviewView,
    ChangeWish,
    Settle,
    TicketWish,
)
from boxoffice.services.bookings.routes.orders import ORDER, Amount


class TicketWishBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall be different about one ticket; what is absent stays. Of another date or type a
    numbered seat is chosen anew. `price` is its list price, in minor units.
    """

    position_id: UUID
    ticket_type_id: UUID | None = None
    variation_id: UUID | None = None
    occurrence_id: UUID | None = None
    seat_id: UUID | None = None
    price: Amount | None = None

    def wish(self) -> TicketWish:
        return TicketWish(**msgspec.structs.asdict(self))


class AddedTicketBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One more ticket: on the order's date and at what it costs, unless something else is said.
    With a `parent_id` it is an add-on of that ticket.
    """

    ticket_type_id: UUID
    variation_id: UUID | None = None
    occurrence_id: UUID | None = None
    seat_id: UUID | None = None
    price: Amount | None = None
    parent_id: UUID | None = None


class LookBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`removed` are add-ons. `settle` says what becomes of a difference: the buyer has to `pay` it,
    has paid it `outside`, or need not (`waive`): then what is dearer keeps its price, what is added
    costs nothing, and only fees and taxes on it remain to be paid.
    """

    tickets: Annotated[list[TicketWishBody], msgspec.Meta(max_length=100)] = []
    added: Annotated[list[AddedTicketBody], msgspec.Meta(max_length=100)] = []
    removed: Annotated[list[UUID], msgspec.Meta(max_length=100)] = []
    settle: Settle = Settle.PAY

    def wish(self) -> ChangeWish:
        return ChangeWish(
            tickets=tuple(one.wish() for one in self.tickets),
            added=tuple(AddedWish(**msgspec.structs.asdict(one)) for one in self.added),
            removed=tuple(self.removed),
            settle=self.settle,
        )


class ChangeTicketsBody(LookBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`expected_total` is the preview's `new_total`. `because` is needed where a price is set, or a
    difference is not paid here. The buyer has `pay_within_hours` for it, at most until the event.
    """

    expected_total: Amount
    because: str = ""
    pay_within_hours: Annotated[int, msgspec.Meta(ge=1, le=24 * 30)] = 72


@post(
    ORDER + "/ticket-changes/preview",
    operation_id="preview_ticket_changes",
    summary="What changing tickets of an order would come to",
    opt=requires(Permission.ORDERS_WRITE),
    status_code=200,
)
async def preview_ticket_changes(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[LookBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> ChangePreviewView:
    """Refused as doing it would be; changes nothing."""
    return await bookings.changing.orders.preview(actor, organizer_id, order_id, data.wish())


@post(
    ORDER + "/ticket-changes",
    operation_id="change_tickets",
    summary="Change tickets of a confirmed order",
    opt=requires(Permission.ORDERS_WRITE),
    status_code=200,
)
async def change_tickets(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[ChangeTicketsBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> ChangedView:
    """To another type, variation, date, seat or price, or more of them; all or nothing. What it is
    cheaper goes back. What it is dearer the buyer is asked to pay by mail: then the answer has
    `awaiting`, and the order is as it was until that is paid.
    """
    wish = msgspec.structs.replace(
        data.wish(), because=data.because, expected_total=data.expected_total
    )
    return await bookings.changing.orders.change(
        actor,
        organizer_id,
        order_id,
        wish,
        pay_within_hours=data.pay_within_hours,
        once=once,
    )


HANDLERS = [preview_ticket_changes, change_tickets]
