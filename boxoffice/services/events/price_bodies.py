"""What organizers send about prices: taxes, fees, discounts and vouchers."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from boxoffice.services.events.bodies import Body, MinorUnits
from boxoffice.services.events.rules.pricing.discounts import DiscountKind
from boxoffice.services.events.rules.pricing.taxes import Rounding
from boxoffice.services.events.rules.pricing.vouchers import Effect, OnStock

Share = Annotated[
    int,
    Meta(ge=0, le=100_000, examples=[19_000], description="In thousandths of a percent: 19 %."),
]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$", examples=["DE"], description="ISO 3166-1.")]
TicketTypeIds = Annotated[list[UUID], Meta(max_length=100)]
VoucherSeats = Annotated[tuple[UUID, ...], Meta(max_length=5_000)]
Uses = Annotated[int, Meta(ge=1, le=1_000_000)]
Budget = Annotated[int, Meta(ge=1, le=10**12, description="In minor units, of all uses together.")]
Code = Annotated[str, Meta(max_length=64, examples=["EARLY-2027"])]
Note = Annotated[str, Meta(max_length=200, description="For the team only.")]
Value = Annotated[
    int,
    Meta(ge=0, le=10**9, description="Thousandths of a percent, or minor units of the currency."),
]


class TaxCaseBody(Body, frozen=True, kw_only=True):
    """Another rate for customers of a `country` (none: of any), of one kind or `any`: who names a
    VAT number is a `business`. With `reverse_charge` they owe the tax themselves.
    """

    country: Country | None = None
    customer: Literal["any", "consumer", "business"] = "any"
    rate: Share = 0
    reverse_charge: bool = False


TaxCases = Annotated[list[TaxCaseBody], Meta(max_length=60)]


class TaxRuleBody(Body, frozen=True, kw_only=True):
    """`inclusive`: the prices contain the tax; otherwise it comes on top of them. The first of the
    `cases` that fits the buyer counts instead; they are asked for their country at checkout.
    """

    name: Annotated[str, Meta(examples=["VAT 19 %"])]
    rate: Share
    inclusive: bool = True
    country: Country | None = None
    cases: TaxCases = msgspec.field(default_factory=list[TaxCaseBody])


class ChangeTaxRuleBody(Body, frozen=True, kw_only=True):
    """What is absent stays. Orders keep the tax that they were opened with."""

    name: str | UnsetType = UNSET
    rate: Share | UnsetType = UNSET
    inclusive: bool | UnsetType = UNSET
    country: Country | UnsetType | None = UNSET
    cases: TaxCases | UnsetType = UNSET


class TypeTaxBody(Body, frozen=True, kw_only=True):
    """The tax of one ticket type, if it is another than the event's; None is none."""

    ticket_type_id: UUID
    tax_rule_id: UUID | None


class FeeBody(Body, frozen=True, kw_only=True):
    """`fixed` for each paid ticket or once per order, and `percent` of the tickets or of the whole
    order's final total. The buyer pays it on top, or the organizer absorbs it.
    """

    name: Annotated[str, Meta(examples=["Service fee"])]
    kind: Literal["service", "payment"] = "service"
    fixed: MinorUnits = 0
    percent: Share = 0
    per: Literal["ticket", "order"] = "order"
    of: Literal["tickets", "total"] = "tickets"
    payer: Literal["buyer", "organizer"] = "buyer"
    tax_rule_id: UUID | None = None


class DiscountBody(Body, frozen=True, kw_only=True):
    """`group`: from `count` tickets on, `percent` or `amount` off each. `n_for_m`: of each `count`
    only `pay` are paid, the cheapest are free. `dates`: tickets for `count` or more different dates
    are cheaper as in a group. Without `ticket_type_ids` it takes all types.
    """

    name: Annotated[str, Meta(examples=["Groups of ten"])]
    kind: DiscountKind = "group"
    count: Annotated[int, Meta(ge=1, le=100)]
    pay: Annotated[int, Meta(ge=1, le=99)] | None = None
    percent: Share = 0
    amount: MinorUnits = 0
    ticket_type_ids: TicketTypeIds = msgspec.field(default_factory=list[UUID])
    with_vouchers: bool = False


TypeTaxes = Annotated[list[TypeTaxBody], Meta(max_length=100)]
Fees = Annotated[list[FeeBody], Meta(max_length=10)]
Discounts = Annotated[list[DiscountBody], Meta(max_length=20)]


class EventPricesBody(Body, frozen=True, kw_only=True):
    """All price rules of an event at once; discounts apply in the order given."""

    rounding: Rounding = Rounding.LINE
    tax_rule_id: UUID | None = None
    type_taxes: TypeTaxes = msgspec.field(default_factory=list[TypeTaxBody])
    fees: Fees = msgspec.field(default_factory=list[FeeBody])
    discounts: Discounts = msgspec.field(default_factory=list[DiscountBody])


class VoucherTerms(Body, frozen=True, kw_only=True):
    """What a voucher is worth, and what it may do. A use is one ticket.

    `on_stock`: `reserve` sets `max_uses` units of its one ticket type aside, `bypass` also sells
    when there are none left. With `seats` of one date it is for these alone; `reserve` sets these
    very seats aside, each for one use, and they must be of one ticket type.
    """

    effect: Effect = "percent"
    value: Value = 0
    budget: Budget | None = None
    max_uses: Uses = 1
    max_per_order: Uses | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    ticket_type_ids: TicketTypeIds = msgspec.field(default_factory=list[UUID])
    on_stock: OnStock = "normal"
    occurrence_id: UUID | None = None
    seats: VoucherSeats = ()
    note: Note = ""


class VoucherBody(VoucherTerms, frozen=True, kw_only=True):
    """Without a `code` one is made that nobody guesses."""

    code: Code | None = None


class VouchersBody(VoucherTerms, frozen=True, kw_only=True):
    """Many vouchers of the same terms, each with a code of its own that begins with `prefix`."""

    count: Annotated[int, Meta(ge=1, le=1_000)]
    prefix: Annotated[str, Meta(max_length=20)] = ""


class ChangeVoucherBody(Body, frozen=True, kw_only=True):
    """What is absent stays; orders keep what they were opened with."""

    effect: Effect | UnsetType = UNSET
    value: Value | UnsetType = UNSET
    budget: Budget | UnsetType | None = UNSET
    max_uses: Uses | UnsetType = UNSET
    max_per_order: Uses | UnsetType | None = UNSET
    valid_from: datetime | UnsetType | None = UNSET
    valid_until: datetime | UnsetType | None = UNSET
    note: Note | UnsetType = UNSET


def given(body: msgspec.Struct) -> dict[str, object]:
    """The fields that a body of changes names."""
    fields = msgspec.structs.asdict(body)
    return {name: value for name, value in fields.items() if value is not UNSET}
