"""The price rules of an event: rounding, taxes, fees and automatic discounts, set all at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from msgspec import structs
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.events.price_bodies import EventPricesBody
from boxoffice.services.events.price_views import (
    DiscountRuleView,
    EventPricesView,
    FeeRuleView,
    TypePriceView,
    TypeTaxView,
)
from boxoffice.services.events.reading import WholeEvent, read_event
from boxoffice.services.events.rules.price_forms import check_rules
from boxoffice.services.events.rules.pricing.basket import all_in
from boxoffice.services.events.rules.pricing.book import Rules
from boxoffice.services.events.rules.pricing.discounts import DiscountRule
from boxoffice.services.events.rules.pricing.fees import FeeRule
from boxoffice.services.events.rules.pricing.taxes import Rounding, is_possible
from boxoffice.services.events.tables import TicketTypeRow
from boxoffice.services.events.tables_prices import EventPricesRow, TaxRuleRow
from boxoffice.services.events.taxes import lock_used
from boxoffice.services.events.workbench import Bench, Open

_NOBODY = UUID(int=0)


class Prices:
    """Reads and sets an event's price rules. Orders keep what they were opened with."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def get(self, organizer_id: UUID, event_id: UUID) -> EventPricesView:
        """The rules, and what each ticket type costs under them."""
        async with self._bench.db.begin(organizer_id) as tx:
            return _view(await read_event(tx, event_id))

    async def set(
        self, actor: Actor, organizer_id: UUID, event_id: UUID, body: EventPricesBody
    ) -> EventPricesView:
        """Replace all rules of the event."""
        rules = _rules(body)

        async def edit(event: Open) -> None:
            whole = await event.whole()
            rates = await _tax_rates(event.tx, rules)
            check_rules(
                rules,
                ticket_type_ids=[kind.id for kind in whole.ticket_types],
                tax_rates=rates,
            )
            if _anonymous(rules) == _anonymous(whole.book.rules):
                return
            await _write(event.tx, event_id, rules)
            event.note("prices.changed", rules=msgspec.to_builtins(rules))

        await self._bench.change(actor, organizer_id, event_id, edit)
        return await self.get(organizer_id, event_id)


def _rules(body: EventPricesBody) -> Rules:
    return Rules(
        rounding=body.rounding,
        tax_rule_id=body.tax_rule_id,
        type_taxes={one.ticket_type_id: one.tax_rule_id for one in body.type_taxes},
        fees=tuple(FeeRule(id=new_id(), **structs.asdict(fee)) for fee in body.fees),
        discounts=tuple(
            msgspec.convert(structs.asdict(one) | {"id": new_id()}, DiscountRule)
            for one in body.discounts
        ),
    )


def _anonymous(rules: Rules) -> Rules:
    """The same with no ids of fees and discounts, which are given anew each time."""
    return structs.replace(
        rules,
        fees=tuple(structs.replace(one, id=_NOBODY) for one in rules.fees),
        discounts=tuple(structs.replace(one, id=_NOBODY) for one in rules.discounts),
    )


async def _tax_rates(tx: Transaction, rules: Rules) -> Mapping[UUID, int]:
    """The rates of the tax rules that are named and exist, which nobody deletes meanwhile."""
    known = await lock_used(tx, rules.tax_rule_ids())
    rows = await tx.session.execute(
        select(TaxRuleRow.id, TaxRuleRow.rate).where(
            TaxRuleRow.organizer_id == tx.organizer_id, TaxRuleRow.id.in_(known)
        )
    )
    return {row.id: row.rate for row in rows}


async def _write(tx: Transaction, event_id: UUID, rules: Rules) -> None:
    document: Any = msgspec.to_builtins(rules)
    statement = insert(EventPricesRow).values(organizer_id=tx.tenant, id=event_id, rules=document)
    await tx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["organizer_id", "id"], set_={"rules": statement.excluded.rules}
        )
    )


def _view(whole: WholeEvent) -> EventPricesView:
    rules = whole.book.rules
    return EventPricesView(
        currency=whole.event.currency,
        rounding=rules.rounding,
        tax_rule_id=rules.tax_rule_id,
        type_taxes=[
            TypeTaxView(ticket_type_id=kind, tax_rule_id=tax)
            for kind, tax in rules.type_taxes.items()
        ],
        fees=[FeeRuleView(**structs.asdict(fee)) for fee in rules.fees],
        discounts=[
            msgspec.convert(structs.asdict(rule), DiscountRuleView) for rule in rules.discounts
        ],
        prices=[_type_price(whole, kind) for kind in whole.ticket_types],
    )


def _type_price(whole: WholeEvent, kind: TicketTypeRow) -> TypePriceView:
    priced = all_in(kind.id, kind.price_amount, whole.book)
    fees = sum(fee.price for fee in priced.passed_on)

    def money(amount: int) -> Money:
        return Money(amount=amount, currency=whole.event.currency)

    return TypePriceView(
        ticket_type_id=kind.id,
        name=kind.name,
        list_price=money(kind.price_amount),
        price=money(priced.total),
        net=money(priced.total - priced.tax),
        tax=money(priced.tax),
        fees=money(fees),
        warning=_warning(whole, kind, charged=money(priced.total - fees)),
    )


def _warning(whole: WholeEvent, kind: TicketTypeRow, *, charged: Money) -> str | None:
    """No net price has exactly this gross price; only rounding by net totals minds."""
    tax, rounding = whole.book.tax_of(kind.id), whole.book.rules.rounding
    if tax is None or not tax.inclusive or rounding is Rounding.LINE:
        return None
    if is_possible(kind.price_amount, tax):
        return None
    wanted = Money(amount=kind.price_amount, currency=charged.currency)
    if rounding is Rounding.NET_TOTAL:
        return f"{wanted} has no net price with {tax.name}; one ticket alone costs {charged}."
    return f"{wanted} has no net price with {tax.name}; its tax is a minor unit off."
