"""Opening an order and everything its buyer does with it."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.bookings.answers.rules.asking import Given
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.customers import checked_customer
from boxoffice.services.bookings.requests import OrderRequest
from boxoffice.services.bookings.views import BuyerView, OrderView, QuoteView
from boxoffice.services.events.api import BestAvailable, ExpectedPrice, WantedLine

ORDERS = "/organizers/{organizer:str}/orders"
ORDER = ORDERS + "/{order_id:uuid}"
HOLDER = requires(Permission.ORDER_HOLDER)
# In minor units.
Amount = Annotated[int, msgspec.Meta(ge=0, le=10**12)]


class BestAvailableBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Find seats: in this category, so many of them for wheelchairs, apart only if `may_split`."""

    category: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    accessible: Annotated[int, msgspec.Meta(ge=0, le=100)] = 0
    may_split: bool = False


class AddOnLineBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many of it with each ticket of the line; `price` where its buyer chooses what to give."""

    ticket_type_id: UUID
    quantity: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1
    variation_id: UUID | None = None
    price: int | None = None


class OrderLineBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`variation_id` where the type has variations; `price` of one, in minor units, where the
    buyer chooses what to give. Where seats are numbered: those `seats`, one for each unit; else the
    best available, side by side. `occurrence_id` is the line's own date, if the order is for
    several. `expected_price` is what these tickets together were to cost when
    the buyer saw them. `add_ons` come with each of these tickets; what a bundle contains comes by
    itself.
    """

    ticket_type_id: UUID
    quantity: int
    variation_id: UUID | None = None
    price: int | None = None
    seats: Annotated[list[UUID], msgspec.Meta(max_length=100)] = []
    best_available: BestAvailableBody | None = None
    expected_price: Annotated[int, msgspec.Meta(ge=0)] | None = None
    occurrence_id: UUID | None = None
    add_ons: Annotated[list[AddOnLineBody], msgspec.Meta(max_length=50)] = []

    def wanted(self) -> WantedLine:
        best = self.best_available
        return WantedLine(
            ticket_type_id=self.ticket_type_id,
            quantity=self.quantity,
            variation_id=self.variation_id,
            price=self.price,
            seats=tuple(self.seats),
            best=BestAvailable(**msgspec.structs.asdict(best)) if best else None,
            occurrence_id=self.occurrence_id,
        )


class AnswerBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer; `ticket` where each ticket is asked. Null, empty text or list: no answer.

    Yes or no and consent are booleans, several options a list, dates `2027-03-14`, times `19:30`,
    both `2027-03-14T19:30`, a country its ISO 3166 code, a file the id of one uploaded before.
    """

    question_id: UUID
    value: bool | int | float | str | list[str] | None
    ticket: int | None = None

    def given(self) -> Given:
        return Given(question_id=self.question_id, ticket=self.ticket, value=self.value)


def wanted_lines(items: Sequence[OrderLineBody]) -> list[WantedLine]:
    """The items with their add-ons, each after the line that it comes with."""
    lines: list[WantedLine] = []
    for item in items:
        parent = len(lines)
        lines.append(item.wanted())
        lines += [
            WantedLine(
                ticket_type_id=one.ticket_type_id,
                quantity=one.quantity * item.quantity,
                variation_id=one.variation_id,
                price=one.price,
                occurrence_id=item.occurrence_id,
                parent=parent,
            )
            for one in item.add_ons
        ]
    return lines


class BuyerBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    email: str
    name: str

    def view(self) -> BuyerView:
        return BuyerView(email=self.email, name=self.name)


Locale = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]


AccessCode = Annotated[str, msgspec.Meta(max_length=100)]
VoucherCodes = Annotated[
    list[Annotated[str, msgspec.Meta(min_length=1, max_length=64)]], msgspec.Meta(max_length=20)
]


class QuoteBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    event_id: UUID
    occurrence_id: UUID | None = None
    items: Annotated[list[OrderLineBody], msgspec.Meta(max_length=50)]
    access_code: AccessCode | None = None
    voucher_codes: VoucherCodes = []


class OpenOrderBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With a `buyer` and a total of zero the order is confirmed at once. `access_code` reveals
    hidden ticket types.

    `expected_total` is what the buyer was shown, in minor units: if the order would cost anything
    else it is refused with `price_changed`, which tells old and new; a line's `price` then only
    counts where the buyer chooses it.

    `answers` to the event's questions may come along; in them a ticket's number counts the units of
    `items` from 1. While a required one is missing the order is only held.
    """

    event_id: UUID
    occurrence_id: UUID | None = None
    items: Annotated[list[OrderLineBody], msgspec.Meta(max_length=50)]
    buyer: BuyerBody | None = None
    locale: Locale = "en"
    access_code: AccessCode | None = None
    voucher_codes: VoucherCodes = []
    expected_total: Annotated[int, msgspec.Meta(ge=0)] | None = None
    answers: Annotated[list[AnswerBody], msgspec.Meta(max_length=2_000)] = []

    def asked(self, buyer: BuyerView | None = None) -> OrderRequest:
        """What it asks for, for its own buyer or else for this one."""
        return OrderRequest(
            event_id=self.event_id,
            occurrence_id=self.occurrence_id,
            lines=wanted_lines(self.items),
            buyer=self.buyer.view() if self.buyer else buyer,
            locale=self.locale,
            access_code=self.access_code,
            voucher_codes=self.voucher_codes,
            expected=self.expected(),
            answers=[one.given() for one in self.answers],
        )

    def expected(self) -> ExpectedPrice | None:
        if self.expected_total is None:
            return None
        lines: Counter[UUID] = Counter()
        for item in self.items:
            if item.expected_price is not None:
                lines[item.ticket_type_id] += item.expected_price
        return ExpectedPrice(total=self.expected_total, lines=dict(lines))


@post(
    ORDERS,
    operation_id="open_order",
    summary="Hold tickets",
    opt={**requires(Permission.VISITOR), "entrance": True},
)
async def open_order(
    organizer_id: NamedDependency[UUID],
    data: JSONBody[OpenOrderBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> OrderView:
    """All or nothing. The hold lasts 15 minutes; a free order with a buyer is confirmed in this
    call.
    """
    return await bookings.open(actor, organizer_id, data.asked(), once=once)


@post(
    ORDERS + "/quote",
    operation_id="quote_order",
    summary="What a basket would cost, with vouchers, discounts, fees and taxes",
    opt=requires(Permission.VISITOR),
    status_code=200,
)
async def quote_order(
    organizer_id: NamedDependency[UUID],
    data: JSONBody[QuoteBody],
    bookings: NamedDependency[Bookings],
) -> QuoteView:
    """Nothing is held; whether enough tickets are left is only known when they are."""
    return await bookings.quoting.quote(
        organizer_id,
        event_id=data.event_id,
        occurrence_id=data.occurrence_id,
        lines=wanted_lines(data.items),
        access_code=data.access_code,
        voucher_codes=data.voucher_codes,
    )


@get(ORDER, operation_id="get_order", summary="An order", opt=HOLDER)
async def get_order(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> OrderView:
    """For its buyer, the bearer of its link, and the organizer's staff."""
    return await bookings.order_for(actor, organizer_id, order_id)


@put(ORDER + "/buyer", operation_id="set_buyer", summary="Say who is buying", opt=HOLDER)
async def set_buyer(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[BuyerBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> OrderView:
    """May be corrected until the order is confirmed; by staff alone once it has applied."""
    return await bookings.holds.set_buyer(actor, organizer_id, order_id, data.view(), once=once)


class SetVouchersBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    codes: VoucherCodes


@put(
    ORDER + "/vouchers",
    operation_id="set_order_vouchers",
    summary="Say which vouchers count for a held order",
    opt=HOLDER,
)
async def set_order_vouchers(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[SetVouchersBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> OrderView:
    """All of them at once; tickets keep the list prices that they were held at."""
    return await bookings.vouchers.set(actor, organizer_id, order_id, data.codes, once=once)


class CustomerBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who names a VAT number buys as a business."""

    country: Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}$", examples=["AT"])]
    vat_id: Annotated[str, msgspec.Meta(max_length=30)] | None = None


@put(
    ORDER + "/customer",
    operation_id="set_order_customer",
    summary="Say where the buyer is taxed",
    opt=HOLDER,
)
async def set_order_customer(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[CustomerBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> OrderView:
    """The held order is priced for them; where no tax depends on it, nothing changes."""
    customer = checked_customer(data.country, data.vat_id)
    return await bookings.customers.set(actor, organizer_id, order_id, customer, once=once)


@post(
    ORDER + "/confirm",
    operation_id="confirm_order",
    summary="Confirm a free order",
    opt=HOLDER,
    status_code=200,
)
async def confirm_order(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> OrderView:
    """Confirming twice gives the same order."""
    return await bookings.confirm(actor, organizer_id, order_id)


@post(
    ORDER + "/extend",
    operation_id="extend_hold",
    summary="Keep my tickets longer",
    opt=HOLDER,
    status_code=200,
)
async def extend_hold(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> OrderView:
    """Five more minutes, up to ten times."""
    return await bookings.holds.extend(actor, organizer_id, order_id, once=once)


@post(
    ORDER + "/release",
    operation_id="release_order",
    summary="Let the tickets go",
    opt=HOLDER,
    status_code=200,
)
async def release_order(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> OrderView:
    """Others can buy them from this moment on."""
    return await bookings.holds.release(actor, organizer_id, order_id, once=once)


HANDLERS = [
    open_order,
    quote_order,
    get_order,
    set_buyer,
    set_order_vouchers,
    set_order_customer,
    confirm_order,
    extend_hold,
    release_order,
]
