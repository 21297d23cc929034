"""An organizer's gift cards, which count at all of its events."""

from typing import Annotated
from uuid import UUID

from litestar import get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import DEFAULT_LIMIT, Page
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.payments.api import Payments
from boxoffice.services.payments.gift_cards.bodies import (
    AdjustGiftCardBody,
    ChangeGiftCardBody,
    GiftCardBody,
    VoidGiftCardBody,
)
from boxoffice.services.payments.gift_cards.views import (
    GiftCardDetailView,
    GiftCardView,
    IssuedGiftCardView,
    OutstandingView,
)

_CARDS = "/organizers/{organizer:str}/gift-cards"
_CARD = f"{_CARDS}/{{gift_card_id:uuid}}"
_READ = requires(Permission.ORDERS_READ)
_WRITE = requires(Permission.ORDERS_WRITE)
Words = Annotated[
    str, QueryParameter(description="A whole code, the end of one, or part of a note.")
]


@get(
    _CARDS,
    operation_id="list_gift_cards",
    summary="The organizer's gift cards, newest first",
    opt=_READ,
)
async def list_gift_cards(
    payments: NamedDependency[Payments],
    organizer_id: NamedDependency[UUID],
    *,
    q: Words = "",
    limit: FromQuery[int] = DEFAULT_LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Page[GiftCardView]:
    return await payments.gift_cards.staff.list(organizer_id, q=q, limit=limit, cursor=cursor)


@get(
    f"{_CARDS}/outstanding",
    operation_id="get_outstanding_gift_cards",
    summary="What is owed on gift cards, by currency",
    opt=_READ,
)
async def get_outstanding_gift_cards(
    payments: NamedDependency[Payments], organizer_id: NamedDependency[UUID]
) -> list[OutstandingView]:
    return list(await payments.gift_cards.staff.outstanding(organizer_id))


@post(
    _CARDS,
    operation_id="issue_gift_card",
    summary="Issue a gift card; the answer has its code",
    opt=_WRITE,
)
async def issue_gift_card(
    payments: NamedDependency[Payments],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    data: JSONBody[GiftCardBody],
    once: NamedDependency[IdempotencyKey | None],
) -> IssuedGiftCardView:
    """Later answers show the end of the code only; `reveal_gift_card` shows all of it."""
    return await payments.gift_cards.staff.issue(actor, organizer_id, data, once=once)


@get(
    _CARD,
    operation_id="get_gift_card",
    summary="A gift card and all that happened to it",
    opt=_READ,
)
async def get_gift_card(
    payments: NamedDependency[Payments],
    organizer_id: NamedDependency[UUID],
    gift_card_id: FromPath[UUID],
) -> GiftCardDetailView:
    return await payments.gift_cards.staff.get(organizer_id, gift_card_id)


@patch(
    _CARD,
    operation_id="change_gift_card",
    summary="Change a gift card's note or end",
    opt=_WRITE,
)
async def change_gift_card(
    payments: NamedDependency[Payments],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    gift_card_id: FromPath[UUID],
    data: JSONBody[ChangeGiftCardBody],
) -> GiftCardDetailView:
    return await payments.gift_cards.staff.change(actor, organizer_id, gift_card_id, data)


@post(
    f"{_CARD}/reveal",
    operation_id="reveal_gift_card",
    summary="Show a gift card's code; the audit log says who looked",
    opt=_WRITE,
    status_code=200,
)
async def reveal_gift_card(
    payments: NamedDependency[Payments],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    gift_card_id: FromPath[UUID],
) -> IssuedGiftCardView:
    return await payments.gift_cards.staff.reveal(actor, organizer_id, gift_card_id)


@post(
    f"{_CARD}/adjust",
    operation_id="adjust_gift_card",
    summary="Put money on a gift card, or take some off",
    opt=_WRITE,
    status_code=200,
)
async def adjust_gift_card(  # what the path, the body and the door name
    payments: NamedDependency[Payments],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    gift_card_id: FromPath[UUID],
    data: JSONBody[AdjustGiftCardBody],
    once: NamedDependency[IdempotencyKey | None],
) -> GiftCardDetailView:
    return await payments.gift_cards.staff.adjust(
        actor, organizer_id, gift_card_id, data, once=once
    )


@post(
    f"{_CARD}/void",
    operation_id="void_gift_card",
    summary="Void a gift card; what is left on it is gone",
    opt=_WRITE,
    status_code=200,
)
async def void_gift_card(  # what the path, the body and the door name
    payments: NamedDependency[Payments],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    gift_card_id: FromPath[UUID],
    data: JSONBody[VoidGiftCardBody],
    once: NamedDependency[IdempotencyKey | None],
) -> GiftCardDetailView:
    """Orders that it paid for stay paid."""
    return await payments.gift_cards.staff.void(actor, organizer_id, gift_card_id, data, once=once)


HANDLERS = [
    list_gift_cards,
    get_outstanding_gift_cards,
    issue_gift_card,
    get_gift_card,
    change_gift_card,
    reveal_gift_card,
    adjust_gift_card,
    void_gift_card,
]
