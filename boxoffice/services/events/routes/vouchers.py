"""Vouchers of an event."""

from typing import Annotated
from uuid import UUID

from litestar import delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import DEFAULT_LIMIT, Page
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.events.api import Events
from boxoffice.services.events.price_bodies import ChangeVoucherBody, VoucherBody, VouchersBody
from boxoffice.services.events.price_views import VouchersView, VoucherView
from boxoffice.services.events.routes.managed import EVENT

_VOUCHERS = f"{EVENT}/vouchers"
_VOUCHER = f"{_VOUCHERS}/{{voucher_id:uuid}}"
Words = Annotated[str, QueryParameter(description="Part of a code or note.")]


@get(
    _VOUCHERS,
    operation_id="list_vouchers",
    summary="The event's vouchers, newest first",
    opt=requires(Permission.EVENTS_WRITE),
)
async def list_vouchers(
    events: NamedDependency[Events],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    *,
    q: Words = "",
    limit: FromQuery[int] = DEFAULT_LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Page[VoucherView]:
    return await events.vouchers.list(organizer_id, event_id, q=q, limit=limit, cursor=cursor)


@post(
    _VOUCHERS,
    operation_id="create_voucher",
    summary="A voucher, with the code given or one that nobody guesses",
    opt=requires(Permission.EVENTS_WRITE),
)
async def create_voucher(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[VoucherBody],
    once: NamedDependency[IdempotencyKey | None],
) -> VoucherView:
    return await events.vouchers.create(actor, organizer_id, event_id, data, once=once)


@post(
    f"{_VOUCHERS}/bulk",
    operation_id="create_vouchers",
    summary="Up to a thousand vouchers on the same terms, all or none",
    opt=requires(Permission.EVENTS_WRITE),
)
async def create_vouchers(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[VouchersBody],
    once: NamedDependency[IdempotencyKey | None],
) -> VouchersView:
    return await events.vouchers.create_many(actor, organizer_id, event_id, data, once=once)


@patch(
    _VOUCHER,
    operation_id="change_voucher",
    summary="Change what the body names; orders keep what they were opened with",
    opt=requires(Permission.EVENTS_WRITE),
)
async def change_voucher(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    voucher_id: FromPath[UUID],
    data: JSONBody[ChangeVoucherBody],
) -> VoucherView:
    return await events.vouchers.change(actor, organizer_id, event_id, voucher_id, data)


@delete(
    _VOUCHER,
    operation_id="delete_voucher",
    summary="Delete a voucher; what it had set aside is for sale again",
    opt=requires(Permission.EVENTS_WRITE),
)
async def delete_voucher(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    voucher_id: FromPath[UUID],
) -> None:
    await events.vouchers.delete(actor, organizer_id, event_id, voucher_id)


handlers = [list_vouchers, create_voucher, create_vouchers, change_voucher, delete_voucher]
