"""What buyers can choose from: ticket types with their variations, as they stand at one moment."""

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.events.extras_shapes import ContentView
from boxoffice.services.events.reading import SCHEDULED, QuotaCount, WholeEvent
from boxoffice.services.events.rules import quotas, sales
from boxoffice.services.events.rules.amounts import Pricing
from boxoffice.services.events.rules.extras.extras import NO_EXTRAS, AddOnGroup, Content
from boxoffice.services.events.rules.pricing.basket import Priced, Unit, price
from boxoffice.services.events.rules.sales import Terms
from boxoffice.services.events.rules.tiers import Predecessor
from boxoffice.services.events.rules.variations import left_of
from boxoffice.services.events.tables import OccurrenceRow, TicketTypeRow, VariationRow
from boxoffice.services.events.views import (
    AddOnGroupView,
    AddOnView,
    OfferFeeView,
    OfferView,
    VariationOfferView,
)


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An offer; a hidden one has the code that reveals it, a `bound` one is sold with others."""

    offer: OfferView
    access_code: str | None = None
    bound: bool = False


def listed(whole: WholeEvent, occurrence: OccurrenceRow, now: datetime) -> list[Listed]:
    """What is sold for that date, hidden types too; types taken off sale are not among them.

    Nothing is sold for a date that will not take place.
    """
    if occurrence.status != SCHEDULED:
        return []
    return [
        Listed(
            offer=_offer(whole, kind, occurrence, now),
            access_code=kind.access_code if kind.visibility == "hidden" else None,
            bound=kind.visibility == "add_on",
        )
        for kind in whole.ticket_types
        if kind.on_sale and _on(occurrence, whole.quotas_of(kind.id))
    ]


def public(offers: Iterable[Listed]) -> list[OfferView]:
    """Those that everybody sees."""
    return [one.offer for one in offers if one.access_code is None and not one.bound]


def prices(whole: WholeEvent) -> list[int]:
    """What everybody can buy one of costs at least, all in, in minor units."""
    return [
        _priced(whole, kind, amount).total
        for kind in whole.ticket_types
        if kind.on_sale and kind.visibility == "public"
        for amount in _prices_of(kind, whole.variations_of(kind.id))
    ]


def _prices_of(kind: TicketTypeRow, variations: Sequence[VariationRow]) -> list[int]:
    if not variations:
        return [kind.price_amount]
    return [_price(kind, one) for one in variations if one.on_sale]


def _price(kind: TicketTypeRow, variation: VariationRow) -> int:
    return kind.price_amount if variation.price_amount is None else variation.price_amount


def _cost(whole: WholeEvent, kind: TicketTypeRow, list_price: int) -> dict[str, Any]:
    """What one ticket of the type at that list price costs, and what that consists of."""
    priced, currency = _priced(whole, kind, list_price), whole.event.currency
    listed = sum(unit.list_price for unit in priced.units)
    return {
        "price": Money(amount=priced.total, currency=currency),
        "list_price": Money(amount=listed, currency=currency),
        "fees": [
            OfferFeeView(name=fee.name, price=Money(amount=fee.price, currency=currency))
            for fee in priced.passed_on
        ],
        "tax": Money(amount=priced.tax, currency=currency),
    }


def _priced(whole: WholeEvent, kind: TicketTypeRow, list_price: int) -> Priced:
    """One ticket alone; of a bundle, with what it contains."""
    contents = [
        Unit(one.ticket_type_id, one.price, bound=True)
        for one in whole.extras_of(kind).contents
        for _ in range(one.units)
    ]
    return price([Unit(kind.id, list_price), *contents], whole.book)


def _offer(
    whole: WholeEvent, kind: TicketTypeRow, occurrence: OccurrenceRow, now: datetime
) -> OfferView:
    available = _left_with_parts(whole, kind, occurrence)
    terms = _terms(whole, kind, occurrence)
    state = sales.offer_state(terms, available=available, now=now)
    currency = whole.event.currency
    return OfferView(
        ticket_type_id=kind.id,
        name=kind.name,
        description=kind.description,
        **_cost(whole, kind, kind.price_amount),
        min_per_order=kind.min_per_order,
        max_per_order=kind.max_per_order,
        state=state,
        available=sales.told_available(state, available),
        sales_start=kind.sales_start,
        sales_end=kind.sales_end,
        pricing=cast("Pricing", kind.pricing),
        suggested_price=None
        if kind.suggested_amount is None
        else Money(amount=kind.suggested_amount, currency=currency),
        category_id=kind.category_id,
        opens_after=_named(whole, kind.opens_after_id),
        max_per_person=kind.max_per_person,
        needs_approval=whole.asks_approval(kind),
        seated=any(one.seating_id for one in _on(occurrence, whole.quotas_of(kind.id))),
        variations=[
            _variation(whole, kind, one, occurrence, now)
            for one in whole.variations_of(kind.id)
            if one.on_sale
        ],
        **_extras(whole, kind, occurrence, now),
    )


def _variation(
    whole: WholeEvent,
    kind: TicketTypeRow,
    variation: VariationRow,
    occurrence: OccurrenceRow,
    now: datetime,
) -> VariationOfferView:
    left = _left_of_variation(whole, variation, occurrence)
    own = _free(occurrence, whole.quotas_of(kind.id)) or 0
    available = own if left is None else min(own, left)
    available = min(available, _left_of_parts(whole, kind, occurrence))
    state = sales.offer_state(_terms(whole, kind, occurrence), available=available, now=now)
    return VariationOfferView(
        variation_id=variation.id,
        name=variation.name,
        **_cost(whole, kind, _price(kind, variation)),
        state=state,
        available=sales.told_available(state, available),
    )


def _terms(whole: WholeEvent, kind: TicketTypeRow, occurrence: OccurrenceRow) -> Terms:
    before = next((one for one in whole.ticket_types if one.id == kind.opens_after_id), None)
    return Terms(
        sales_start=kind.sales_start,
        sales_end=kind.sales_end,
        over_at=occurrence.ends_at,
        before=None
        if before is None
        else Predecessor(
            on_sale=before.on_sale,
            sales_end=before.sales_end,
            left=_left(whole, before, occurrence),
        ),
    )


def _named(whole: WholeEvent, type_id: UUID | None) -> UUID | None:
    """The type's id, if buyers can see it."""
    shown = {one.id for one in whole.ticket_types if one.on_sale and one.visibility == "public"}
    return type_id if type_id in shown else None


def _left(whole: WholeEvent, kind: TicketTypeRow, occurrence: OccurrenceRow) -> int:
    """Free units of the type for that date, in whichever variation."""
    offered = [
        (one.on_sale, _left_of_variation(whole, one, occurrence))
        for one in whole.variations_of(kind.id)
    ]
    return left_of(_free(occurrence, whole.quotas_of(kind.id)) or 0, offered)


def _left_with_parts(whole: WholeEvent, kind: TicketTypeRow, occurrence: OccurrenceRow) -> int:
    """Free units of the type with all that must come with it."""
    own = _left(whole, kind, occurrence)
    return min(own, _left_of_parts(whole, kind, occurrence))


def _left_of_parts(whole: WholeEvent, kind: TicketTypeRow, occurrence: OccurrenceRow) -> int:
    """How many tickets of the type would do with what must come with it; no end to it without."""
    extras = whole.extras_of(kind)
    left = [
        _left_of_group(whole, group, occurrence) // group.least
        for group in extras.groups
        if group.least
    ]
    for one in extras.contents:
        counts = [*whole.quotas_of(one.ticket_type_id)]
        if one.variation_id is not None:
            counts += whole.quotas_of_variation(one.variation_id)
        left.append((_free(occurrence, counts) or 0) // one.units)
    return min(left, default=sys.maxsize)


def _left_of_group(whole: WholeEvent, group: AddOnGroup, occurrence: OccurrenceRow) -> int:
    """How many add-ons of the group there are."""
    named = {one.ticket_type_id for one in group.add_ons}
    kinds = [kind for kind in whole.ticket_types if kind.id in named and kind.on_sale]
    return sum(_left(whole, kind, occurrence) for kind in kinds)


def _extras(
    whole: WholeEvent, kind: TicketTypeRow, occurrence: OccurrenceRow, now: datetime
) -> dict[str, Any]:
    """What an offer says about its extras, by field; nothing of a plain one."""
    extras = whole.extras_of(kind)
    if extras is NO_EXTRAS:
        return {}
    types = {one.id: one for one in whole.ticket_types}
    return {
        "admits": extras.admits,
        "add_on_groups": [
            AddOnGroupView(
                id=group.id,
                name=group.name,
                minimum=group.least,
                maximum=group.most,
                included=group.included,
                add_ons=[
                    _add_on(whole, types[one.ticket_type_id], one.price, occurrence, now)
                    for one in group.add_ons
                    if types[one.ticket_type_id].on_sale
                    and _on(occurrence, whole.quotas_of(one.ticket_type_id))
                ],
            )
            for group in extras.groups
        ],
        "contents": [_content(whole, types[one.ticket_type_id], one) for one in extras.contents],
    }


def _add_on(
    whole: WholeEvent,
    kind: TicketTypeRow,
    own_price: int | None,
    occurrence: OccurrenceRow,
    now: datetime,
) -> AddOnView:
    """The type as another's add-on; a price for that stands for all of its variations."""
    available = _left(whole, kind, occurrence)
    state = sales.offer_state(_terms(whole, kind, occurrence), available=available, now=now)
    cost = _cost(whole, kind, kind.price_amount if own_price is None else own_price)
    variations = [
        _variation(whole, kind, one, occurrence, now)
        for one in whole.variations_of(kind.id)
        if one.on_sale
    ]
    if own_price is not None:
        variations = [msgspec.structs.replace(one, **cost) for one in variations]
    return AddOnView(
        ticket_type_id=kind.id,
        name=kind.name,
        description=kind.description,
        price=cost["price"],
        list_price=cost["list_price"],
        state=state,
        available=sales.told_available(state, available),
        pricing="fixed" if own_price is not None else cast("Pricing", kind.pricing),
        admits=whole.extras_of(kind).admits,
        variations=variations,
    )


def _content(whole: WholeEvent, kind: TicketTypeRow, content: Content) -> ContentView:
    names = {one.id: one.name for one in whole.variations_of(kind.id)}
    return ContentView(
        ticket_type_id=kind.id,
        name=kind.name,
        variation_name=names.get(content.variation_id) if content.variation_id else None,
        units=content.units,
    )


def _left_of_variation(
    whole: WholeEvent, variation: VariationRow, occurrence: OccurrenceRow
) -> int | None:
    own = whole.quotas_of_variation(variation.id)
    return _free(occurrence, own) or 0 if own else None


def _free(occurrence: OccurrenceRow, counts: Iterable[QuotaCount]) -> int | None:
    there = _on(occurrence, counts)
    return quotas.available(count.free for count in there) if there else None


def _on(occurrence: OccurrenceRow, counts: Iterable[QuotaCount]) -> list[QuotaCount]:
    return [count for count in counts if count.occurrence_id == occurrence.id]
