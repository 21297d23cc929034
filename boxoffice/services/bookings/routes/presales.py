"""Registering for early access, and the organizer's list of who has."""

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
from boxoffice.services.bookings.presales.registrations import Register
from boxoffice.services.bookings.presales.views import (
    PresaleRegistrationView,
    RegistrationRow,
    RegistrationsView,
)
from boxoffice.services.bookings.routes.orders import Locale
from boxoffice.services.bookings.views import AcceptedView, BuyerView

_LINK = "/presale-links/{token:str}"
_OF_EVENT = "/organizers/{organizer:str}/events/{event_id:uuid}/presale"
_ONE = f"{_OF_EVENT}/registrations/{{registration_id:uuid}}"


class RegisterForPresaleBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """At most as many tickets as the presale's `max_tickets`."""

    event_id: UUID
    email: str
    name: str
    quantity: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1
    locale: Locale = "en"

    def command(self) -> Register:
        return Register(
            event_id=self.event_id,
            person=BuyerView(email=self.email, name=self.name),
            quantity=self.quantity,
            locale=self.locale,
        )


@post(
    "/organizers/{organizer:str}/presale-registrations",
    operation_id="register_for_presale",
    summary="Register for early access",
    opt=requires(Permission.VISITOR),
    status_code=202,
)
async def register_for_presale(
    organizer_id: NamedDependency[UUID],
    data: JSONBody[RegisterForPresaleBody],
    bookings: NamedDependency[Bookings],
    once: NamedDependency[IdempotencyKey | None],
) -> AcceptedView:
    """It counts once it is confirmed by the link that comes by mail; the answer is the same for who
    has registered already.
    """
    return await bookings.presales.registrations.register(organizer_id, data.command(), once=once)


@get(
    _LINK,
    operation_id="get_presale_registration",
    summary="A registration for early access, and what became of it",
    opt=requires(Permission.PUBLIC),
)
async def get_presale_registration(
    token: FromPath[str], bookings: NamedDependency[Bookings]
) -> PresaleRegistrationView:
    return await bookings.presales.registrations.view(token)


@post(
    f"{_LINK}/confirm",
    operation_id="confirm_presale_registration",
    summary="Confirm the address: the registration counts from now on",
    opt=requires(Permission.VISITOR),
    status_code=200,
)
async def confirm_presale_registration(
    token: FromPath[str], bookings: NamedDependency[Bookings]
) -> PresaleRegistrationView:
    """Again changes nothing; `presale_not_open` once early access has been given."""
    return await bookings.presales.registrations.confirm(token)


@post(
    f"{_LINK}/withdraw",
    operation_id="withdraw_presale_registration",
    summary="Want no early access any more",
    opt=requires(Permission.VISITOR),
    status_code=200,
)
async def withdraw_presale_registration(
    token: FromPath[str], bookings: NamedDependency[Bookings]
) -> PresaleRegistrationView:
    """Orders that were made early stay; withdrawing twice changes nothing."""
    return await bookings.presales.registrations.withdraw(token)


@get(
    f"{_OF_EVENT}/registrations",
    operation_id="list_presale_registrations",
    summary="Who has registered for early access to the event",
    opt=requires(Permission.ORDERS_READ),
)
async def list_presale_registrations(
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    limit: FromQuery[int] = DEFAULT_LIMIT,
    cursor: FromQuery[str | None] = None,
) -> RegistrationsView:
    """Who registered first is first; also those who withdrew, with what became of all."""
    return await bookings.presales.managing.registrations(
        organizer_id, event_id, limit=limit, cursor=cursor
    )


@post(
    f"{_OF_EVENT}/draw",
    operation_id="draw_presale",
    summary="Close registration now and give early access",
    opt=requires(Permission.EVENTS_WRITE),
    status_code=200,
)
async def draw_presale(
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> RegistrationsView:
    """It happens once, however often it is asked for; everybody is told by mail soon after."""
    return await bookings.presales.managing.draw(actor, organizer_id, event_id)


@post(
    f"{_ONE}/remove",
    operation_id="remove_presale_registration",
    summary="Take somebody off the list, with the early access they may have",
    opt=requires(Permission.ORDERS_WRITE),
    status_code=200,
)
async def remove_presale_registration(
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    registration_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> RegistrationRow:
    """Orders that were made early stay; again changes nothing."""
    return await bookings.presales.managing.remove(actor, organizer_id, event_id, registration_id)


HANDLERS = [
    register_for_presale,
    get_presale_registration,
    confirm_presale_registration,
    withdraw_presale_registration,
    list_presale_registrations,
    draw_presale,
    remove_presale_registration,
]
