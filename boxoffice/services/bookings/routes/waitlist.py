"""Waiting for what is sold out, and the organizer's list of who waits."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import DEFAULT_LIMIT
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.routes.orders import AccessCode, Locale
from boxoffice.services.bookings.views import AcceptedView, BuyerView, OrderView
from boxoffice.services.bookings.waitlist.entries import JoinWaitlist
from boxoffice.services.bookings.waitlist.views import (
    WaitlistEntryView,
    WaitlistRow,
    WaitlistView,
)
from boxoffice.services.events.api import PlaceWish

_LINK = "/waitlist-links/{token:str}"
_OF_EVENT = "/organizers/{organizer:str}/events/{event_id:uuid}/waitlist"
_ENTRY = f"{_OF_EVENT}/{{entry_id:uuid}}"
Ids = Annotated[list[UUID], msgspec.Meta(max_length=100)]


class JoinWaitlistBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Any of the `ticket_type_ids` will do, the best liked first; without any, whichever there is.
    Of a type with variations any, unless `variation_ids` names some; of add-ons that a ticket needs
    any, unless `add_on_ids` names some of the group. `access_code` reveals hidden types.
    """

    event_id: UUID
    occurrence_id: UUID | None = None
    email: str
    name: str
    quantity: Annotated[int, msgspec.Meta(ge=1, le=100)]
    ticket_type_ids: Ids = []
    variation_ids: Ids = []
    add_on_ids: Ids = []
    access_code: AccessCode | None = None
    locale: Locale = "en"

    def command(self) -> JoinWaitlist:
        return JoinWaitlist(
            wish=PlaceWish(
                event_id=self.event_id,
                occurrence_id=self.occurrence_id,
                units=self.quantity,
                ticket_type_ids=tuple(self.ticket_type_ids),
                variation_ids=tuple(self.variation_ids),
                add_on_ids=tuple(self.add_on_ids),
                access_code=self.access_code,
            ),
            person=BuyerView(email=self.email, name=self.name),
            locale=self.locale,
        )


class AcceptOfferBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`price` of one, in minor units, where the buyer chooses what to give."""

    price: int | None = None


@post(
    "/organizers/{organizer:str}/waitlist",
    operation_id="join_waitlist",
    summary="Wait for what is sold out",
    opt=requires(Permission.VISITOR),
    status_code=202,
)
async def join_waitlist(
    organizer_id: NamedDependency[UUID],
    data: JSONBody[JoinWaitlistBody],
    bookings: NamedDependency[Bookings],
    once: NamedDependency[IdempotencyKey | None],
) -> AcceptedView:
    """The link to one's place comes by mail; the answer is the same for who waits already."""
    return await bookings.waitlist.join(organizer_id, data.command(), once=once)


@get(
    _LINK,
    operation_id="get_waitlist_entry",
    summary="A place on a waiting list, and what is offered",
    opt=requires(Permission.PUBLIC),
)
async def get_waitlist_entry(
    token: FromPath[str], bookings: NamedDependency[Bookings]
) -> WaitlistEntryView:
    return await bookings.waitlist.view(token)


@post(
    f"{_LINK}/accept",
    operation_id="accept_waitlist_offer",
    summary="Take what is offered: an order with these tickets",
    opt=requires(Permission.VISITOR),
)
async def accept_waitlist_offer(
    token: FromPath[str],
    data: JSONBody[AcceptOfferBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> OrderView:
    """Held at least as long as the offer would have lasted; a free order is confirmed at once."""
    return await bookings.accepting.accept(actor, token, price=data.price, once=once)


@post(
    f"{_LINK}/decline",
    operation_id="decline_waitlist_offer",
    summary="Do not take what is offered: whoever is next gets it",
    opt=requires(Permission.VISITOR),
    status_code=200,
)
async def decline_waitlist_offer(
    token: FromPath[str], bookings: NamedDependency[Bookings]
) -> WaitlistEntryView:
    return await bookings.waitlist.decline(token)


@post(
    f"{_LINK}/leave",
    operation_id="leave_waitlist",
    summary="Wait no longer",
    opt=requires(Permission.VISITOR),
    status_code=200,
)
async def leave_waitlist(
    token: FromPath[str], bookings: NamedDependency[Bookings]
) -> WaitlistEntryView:
    """What is offered is given up with it; leaving twice changes nothing."""
    return await bookings.waitlist.leave(token)


@post(
    f"{_LINK}/rejoin",
    operation_id="rejoin_waitlist",
    summary="After an offer that lapsed: wait again, as the last",
    opt=requires(Permission.VISITOR),
    status_code=200,
)
async def rejoin_waitlist(
    token: FromPath[str], bookings: NamedDependency[Bookings]
) -> WaitlistEntryView:
    return await bookings.waitlist.rejoin(token)


@get(
    _OF_EVENT,
    operation_id="list_waitlist",
    summary="Who waits for tickets of the event",
    opt=requires(Permission.ORDERS_READ),
)
async def list_waitlist(
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    limit: FromQuery[int] = DEFAULT_LIMIT,
    cursor: FromQuery[str | None] = None,
) -> WaitlistView:
    """Who joined first is first; also those who wait no longer, with what became of them."""
    return await bookings.waitlists.entries(organizer_id, event_id, limit=limit, cursor=cursor)


@post(
    f"{_ENTRY}/offer",
    operation_id="offer_from_waitlist",
    summary="Offer it to this person now, whoever waits longer",
    opt=requires(Permission.ORDERS_WRITE),
    status_code=200,
)
async def offer_from_waitlist(  # what the path and the door name
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    entry_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> WaitlistRow:
    """`sold_out` unless so many are free."""
    return await bookings.waitlists.offer(actor, organizer_id, event_id, entry_id, once=once)


@post(
    f"{_ENTRY}/remove",
    operation_id="remove_from_waitlist",
    summary="Take somebody off the list",
    opt=requires(Permission.ORDERS_WRITE),
    status_code=200,
)
async def remove_from_waitlist(
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    entry_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> WaitlistRow:
    """What they were offered goes to whoever is next; again changes nothing."""
    return await bookings.waitlists.remove(actor, organizer_id, event_id, entry_id)


HANDLERS = [
    join_waitlist,
    get_waitlist_entry,
    accept_waitlist_offer,
    decline_waitlist_offer,
    leave_waitlist,
    rejoin_waitlist,
    list_waitlist,
    offer_from_waitlist,
    remove_from_waitlist,
]
