"""The rows that a buyer chooses from: ticket types, or one row for each variation."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.events.api import OfferStateName, OfferView, VariationOfferView


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One row; `key` names its fields in the form, `full_name` tells it from all others.

    With an open price `price` is the least, and `proposed` what the page proposes to give.
    """

    key: str
    name: str
    full_name: str
    price: Money
    proposed: Money
    state: OfferStateName
    available: int | None
    min_per_order: int
    max_per_order: int
    is_open: bool
    sales_start: datetime | None

    @property
    def can_be_bought(self) -> bool:
        return self.state in {"on_sale", "few"}

    @property
    def most(self) -> int:
        left = self.max_per_order if self.available is None else self.available
        return min(self.max_per_order, left)


def choices_of(offer: OfferView) -> list[Choice]:
    """The rows of one ticket type."""
    if not offer.variations:
        return [_row(offer, str(offer.ticket_type_id), offer.name, offer)]
    return [
        msgspec.structs.replace(
            _row(offer, f"{offer.ticket_type_id}.{one.variation_id}", one.name, one),
            full_name=f"{offer.name} · {one.name}",
            min_per_order=1,
        )
        for one in offer.variations
    ]


def choices(offers: Sequence[OfferView]) -> list[Choice]:
    """All rows of these ticket types."""
    return [choice for offer in offers for choice in choices_of(offer)]


def _row(offer: OfferView, key: str, name: str, sold: OfferView | VariationOfferView) -> Choice:
    is_open = offer.pricing == "open"
    price = sold.list_price if is_open else sold.price
    suggested = offer.suggested_price or price
    return Choice(
        key=key,
        name=name,
        full_name=name,
        price=price,
        proposed=suggested if is_open and suggested.amount > price.amount else price,
        state=sold.state,
        available=sold.available,
        min_per_order=offer.min_per_order,
        max_per_order=offer.max_per_order,
        is_open=is_open,
        sales_start=offer.sales_start,
    )
