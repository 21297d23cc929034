"""Tax rules of an organizer and price rules of its events."""

from uuid import UUID

from litestar import delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.events.api import Events
from boxoffice.services.events.price_bodies import (
    ChangeTaxRuleBody,
    EventPricesBody,
    TaxRuleBody,
)
from boxoffice.services.events.price_views import EventPricesView, TaxRulesView, TaxRuleView
from boxoffice.services.events.routes.managed import EVENT

_TAXES = "/organizers/{organizer:str}/tax-rules"
_TAX = f"{_TAXES}/{{tax_rule_id:uuid}}"
_PRICES = f"{EVENT}/prices"


@get(
    _TAXES,
    operation_id="list_tax_rules",
    summary="The organizer's tax rules",
    opt=requires(Permission.EVENTS_READ),
)
async def list_tax_rules(
    events: NamedDependency[Events], organizer_id: NamedDependency[UUID]
) -> TaxRulesView:
    return await events.tax_rules.list(organizer_id)


@post(
    _TAXES,
    operation_id="create_tax_rule",
    summary="Add a tax rule; events name it in their price rules",
    opt=requires(Permission.EVENTS_WRITE),
)
async def create_tax_rule(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    data: JSONBody[TaxRuleBody],
    once: NamedDependency[IdempotencyKey | None],
) -> TaxRuleView:
    return await events.tax_rules.create(actor, organizer_id, data, once=once)


@patch(
    _TAX,
    operation_id="change_tax_rule",
    summary="Change a tax rule in all events that use it; orders keep what they were opened with",
    opt=requires(Permission.EVENTS_WRITE),
)
async def change_tax_rule(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    tax_rule_id: FromPath[UUID],
    data: JSONBody[ChangeTaxRuleBody],
) -> TaxRuleView:
    return await events.tax_rules.change(actor, organizer_id, tax_rule_id, data)


@delete(
    _TAX,
    status_code=200,
    operation_id="delete_tax_rule",
    summary="Delete a tax rule; refused with `tax_rule_in_use` while events name it",
    opt=requires(Permission.EVENTS_WRITE),
)
async def delete_tax_rule(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    tax_rule_id: FromPath[UUID],
) -> TaxRulesView:
    return await events.tax_rules.delete(actor, organizer_id, tax_rule_id)


@get(
    _PRICES,
    operation_id="get_event_prices",
    summary="The event's price rules, and what each ticket type costs under them",
    opt=requires(Permission.EVENTS_READ),
)
async def get_event_prices(
    events: NamedDependency[Events], organizer_id: NamedDependency[UUID], event_id: FromPath[UUID]
) -> EventPricesView:
    return await events.prices.get(organizer_id, event_id)


@put(
    _PRICES,
    operation_id="set_event_prices",
    summary="Set rounding, taxes, fees and discounts; orders keep what they were opened with",
    opt=requires(Permission.EVENTS_WRITE),
)
async def set_event_prices(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[EventPricesBody],
) -> EventPricesView:
    return await events.prices.set(actor, organizer_id, event_id, data)


handlers = [
    list_tax_rules,
    create_tax_rule,
    change_tax_rule,
    delete_tax_rule,
    get_event_prices,
    set_event_prices,
]
