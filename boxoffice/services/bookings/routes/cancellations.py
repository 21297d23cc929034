"""Cancelling tickets: what it comes to, and doing it."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.cancelling.asking import Ask, Expected, StaffTerms
from boxoffice.services.bookings.cancelling.views import (
    CancellationPreview,
    CancellationView,
    CancelledView,
)
from boxoffice.services.bookings.routes.orders import HOLDER, ORDER
from boxoffice.services.events.api import KeepBack

Positions = Annotated[list[UUID], msgspec.Meta(max_length=100)]


class CancellationBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Without `position_ids` all that is left of the order.

    Only staff send `terms` (everything comes back, or what the event's policy says, or nothing),
    `discounts`, and `block`; without them buyers cancel by the event's policy. With `block` nothing
    of the tickets is sold again: their seats and units, with all that came with them, go into a
    block of each date, without anybody being able to have them in between.
    """

    position_ids: Positions | None = None
    terms: StaffTerms | None = None
    discounts: Literal["keep", "charge", "forbid"] | None = None
    block: KeepBack | None = None

    def ask(
        self, actor: Actor, order_id: UUID, *, because: str = "", expected: Expected | None = None
    ) -> Ask:
        ids = None if self.position_ids is None else tuple(self.position_ids)
        return Ask(
            actor=actor,
            order_id=order_id,
            position_ids=ids,
            terms=self.terms,
            discounts=self.discounts,
            because=because,
            expected=expected,
            block=self.block,
        )


class CancelBody(CancellationBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`expected_refund` and `expected_total` are what the preview said, in minor units."""

    because: Annotated[str, msgspec.Meta(max_length=500)] = ""
    expected_refund: int
    expected_total: int

    def expecting(self, actor: Actor, order_id: UUID) -> Ask:
        expected = Expected(refund=self.expected_refund, new_total=self.expected_total)
        return self.ask(actor, order_id, because=self.because.strip(), expected=expected)


@post(
    ORDER + "/cancellations/preview",
    operation_id="preview_ticket_cancellation",
    summary="What cancelling would come to",
    opt=HOLDER,
    status_code=200,
)
async def preview_ticket_cancellation(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[CancellationBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> CancellationPreview:
    """What comes back and what remains, with discounts counted anew. Nothing is changed."""
    return await bookings.cancellations.preview(organizer_id, data.ask(actor, order_id))


@post(
    ORDER + "/cancellations",
    operation_id="cancel_tickets",
    summary="Cancel tickets, one or all of an order",
    opt=HOLDER,
    status_code=200,
)
async def cancel_tickets(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[CancelBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> CancelledView:
    """409 `cancellation_changed` if it comes to anything else than the preview said. Others can
    buy the tickets from this moment on, unless they are to be blocked; the money follows by itself.
    """
    ask = data.expecting(actor, order_id)
    return await bookings.cancellations.cancel(organizer_id, ask, once=once)


@get(
    ORDER + "/cancellations",
    operation_id="list_cancellations",
    summary="What was cancelled of an order",
    opt=HOLDER,
)
async def list_cancellations(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> list[CancellationView]:
    """Oldest first."""
    return await bookings.cancellations.of(actor, organizer_id, order_id)


HANDLERS = [preview_ticket_cancellation, cancel_tickets, list_cancellations]
