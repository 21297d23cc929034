"""Staff split an order in two."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.routes.orders import HOLDER, ORDER, Amount
from boxoffice.services.bookings.splitting.views import (
    SplitMadeView,
    SplitPreviewView,
    SplitView,
    SplitWish,
)
from boxoffice.services.bookings.views import BuyerView


class SplitLookBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Tickets by their positions; add-ons go with their ticket. Without a `buyer` the new order is
    the same buyer's.
    """

    position_ids: Annotated[list[UUID], msgspec.Meta(max_length=500)]
    buyer: BuyerView | None = None

    def wish(self, because: str = "") -> SplitWish:
        return SplitWish(position_ids=tuple(self.position_ids), buyer=self.buyer, because=because)


class SplitBody(SplitLookBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`expected_total` is the preview's `new_total`, in minor units."""

    expected_total: Amount
    because: str = ""


@post(
    ORDER + "/splits/preview",
    operation_id="preview_split",
    summary="What splitting an order would come to",
    opt=requires(Permission.ORDERS_WRITE),
    status_code=200,
)
async def preview_split(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[SplitLookBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> SplitPreviewView:
    """Refused as doing it would be; changes nothing."""
    return await bookings.splitting.preview(actor, organizer_id, order_id, data.wish())


@post(
    ORDER + "/splits",
    operation_id="split_order",
    summary="Make some tickets of a confirmed order an order of their own",
    opt=requires(Permission.ORDERS_WRITE),
)
async def split_order(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[SplitBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> SplitView:
    """All prices stay, and the money goes with the tickets; these keep their codes. The new order
    has a code and a link of its own, which its buyer gets by mail.
    """
    return await bookings.splitting.split(
        actor,
        organizer_id,
        order_id,
        data.wish(data.because),
        expected_total=data.expected_total,
        once=once,
    )


@get(
    ORDER + "/splits",
    operation_id="list_splits",
    summary="Where tickets of an order went and came from",
    opt=HOLDER,
)
async def list_splits(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> list[SplitMadeView]:
    """For the team and for the buyer, oldest first; why it was done is for the team alone."""
    return await bookings.splitting.of(actor, organizer_id, order_id)


HANDLERS = [preview_split, split_order, list_splits]
