"""What organizers see of their price rules."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from boxoffice.kernel.money import Money
from boxoffice.services.events.rules.pricing.discounts import DiscountKind
from boxoffice.services.events.rules.pricing.taxes import Rounding, TaxCase
from boxoffice.services.events.rules.pricing.vouchers import Effect, OnStock
from boxoffice.services.events.views import View


class TaxRuleView(View, frozen=True, kw_only=True):
    """`rate` in thousandths of a percent: 19 % is 19000."""

    id: UUID
    name: str
    rate: int
    inclusive: bool
    country: str | None
    cases: list[TaxCase]


class TaxRulesView(View, frozen=True, kw_only=True):
    items: list[TaxRuleView]


class TypeTaxView(View, frozen=True, kw_only=True):
    ticket_type_id: UUID
    tax_rule_id: UUID | None


class FeeRuleView(View, frozen=True, kw_only=True):
    id: UUID
    name: str
    kind: Literal["service", "payment"]
    fixed: int
    percent: int
    per: Literal["ticket", "order"]
    of: Literal["tickets", "total"]
    payer: Literal["buyer", "organizer"]
    tax_rule_id: UUID | None


class DiscountRuleView(View, frozen=True, kw_only=True):
    id: UUID
    name: str
    kind: DiscountKind
    count: int
    pay: int | None
    percent: int
    amount: int
    ticket_type_ids: list[UUID]
    with_vouchers: bool


class TypePriceView(View, frozen=True, kw_only=True):
    """What one ticket of the type costs, all in. `warning`: the way of rounding cannot reach the
    list price exactly; it says what is charged instead.
    """

    ticket_type_id: UUID
    name: str
    list_price: Money
    price: Money
    net: Money
    tax: Money
    fees: Money
    warning: str | None


class EventPricesView(View, frozen=True, kw_only=True):
    currency: str
    rounding: Rounding
    tax_rule_id: UUID | None
    type_taxes: list[TypeTaxView]
    fees: list[FeeRuleView]
    discounts: list[DiscountRuleView]
    prices: list[TypePriceView]


class VoucherView(View, frozen=True, kw_only=True):
    """`used` are tickets in orders that stand; `set_aside` what it still reserves.
    With `seats` it is for these alone.
    """

    id: UUID
    code: str
    note: str
    effect: Effect
    value: int
    budget: int | None
    spent: int
    max_uses: int
    used: int
    max_per_order: int | None
    valid_from: datetime | None
    valid_until: datetime | None
    ticket_type_ids: list[UUID]
    on_stock: OnStock
    set_aside: int
    seats: list[UUID]
    created_at: datetime


class VouchersView(View, frozen=True, kw_only=True):
    items: list[VoucherView]
