"""When a ticket type can be bought, and what a buyer is told about it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Literal

import msgspec

from boxoffice.services.events.rules import tiers
from boxoffice.services.events.rules.tiers import Predecessor

OfferStateName = Literal["on_sale", "few", "sold_out", "not_yet", "ended"]
AvailabilityName = Literal["available", "few", "sold_out", "not_on_sale"]
SlotState = Literal["free", "few", "sold_out", "not_on_sale", "over", "cancelled"]

# From here on a buyer is told how many are left.
FEW = 10


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """When one ticket type sells: its own window, and never after the occurrence has ended.

    With a type `before` it, once that one is over, or at `sales_start` if that comes first.
    """

    sales_start: datetime | None
    sales_end: datetime | None
    over_at: datetime
    before: Predecessor | None = None


def offer_state(terms: Terms, *, available: int, now: datetime) -> OfferStateName:
    """What a buyer can do about a type of a published event with `available` units left."""
    if now >= min(terms.sales_end or terms.over_at, terms.over_at):
        return "ended"
    if not tiers.has_opened(terms.sales_start, terms.before, now=now):
        return "not_yet"
    if available <= 0:
        return "sold_out"
    return "few" if available <= FEW else "on_sale"


def told_available(state: OfferStateName, available: int) -> int | None:
    """How many are left, told only when they are few."""
    return available if state == "few" else None


def slot_state(states: Collection[OfferStateName], *, status: str, over: bool) -> SlotState:
    """The one word for a date in a calendar: what can be done about its tickets at best."""
    if status == "cancelled":
        return "cancelled"
    if over:
        return "over"
    best = availability(states)
    return "free" if best == "available" else best


def can_be_bought(state: OfferStateName) -> bool:
    """Whether a purchase has a chance right now."""
    return state in {"on_sale", "few"}


def availability(states: Collection[OfferStateName]) -> AvailabilityName:
    """The one word for a whole event: the best that any of its types offers."""
    if "on_sale" in states:
        return "available"
    if "few" in states:
        return "few"
    return "sold_out" if "sold_out" in states else "not_on_sale"


def cheapest(offers: Iterable[tuple[OfferStateName, int]]) -> int | None:
    """The lowest price among (state, price) of what can be bought now."""
    return min((price for state, price in offers if can_be_bought(state)), default=None)
