"""Extras of ticket types as their organizer sees them."""

from typing import Any

from boxoffice.kernel.money import Money
from boxoffice.services.events.extras_shapes import (
    AddOnGroupRuleView,
    AddOnRuleView,
    ContentRuleView,
)
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.tables import TicketTypeRow


def extras_views(whole: WholeEvent, kind: TicketTypeRow) -> dict[str, Any]:
    """What `TicketTypeView` says about extras, by field."""
    extras, currency = whole.extras_of(kind), whole.event.currency

    def money(amount: int) -> Money:
        return Money(amount=amount, currency=currency)

    return {
        "admits": extras.admits,
        "add_on_groups": [
            AddOnGroupRuleView(
                id=group.id,
                name=group.name,
                minimum=group.least,
                maximum=group.most,
                included=group.included,
                add_ons=[
                    AddOnRuleView(
                        ticket_type_id=one.ticket_type_id,
                        price=None if one.price is None else money(one.price),
                    )
                    for one in group.add_ons
                ],
            )
            for group in extras.groups
        ],
        "contents": [
            ContentRuleView(
                ticket_type_id=one.ticket_type_id,
                variation_id=one.variation_id,
                units=one.units,
                price=money(one.price),
            )
            for one in extras.contents
        ],
    }
