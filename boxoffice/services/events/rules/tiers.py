"""Tiers: ticket types that open one after the other."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec


class Predecessor(msgspec.Struct, frozen=True, kw_only=True):
    """The type that must be over first, at one moment: `left` are its free units."""

    on_sale: bool
    sales_end: datetime | None
    left: int


def is_over(before: Predecessor, *, now: datetime) -> bool:
    """Sold out at this moment, past its sale, or taken off sale."""
    ended = before.sales_end is not None and now >= before.sales_end
    return before.left <= 0 or ended or not before.on_sale


def has_opened(sales_start: datetime | None, before: Predecessor | None, *, now: datetime) -> bool:
    """Whether a type has opened: at its date or once `before` is over, whichever comes first.

    With neither a date nor a predecessor it is open.
    """
    if before is None:
        return sales_start is None or now >= sales_start
    return (sales_start is not None and now >= sales_start) or is_over(before, now=now)


def waits_for_itself(waits: Mapping[UUID, UUID | None], start: UUID) -> bool:
    """Whether following `waits` (type → the one it opens after) from `start` leads back to it."""
    seen: set[UUID] = set()
    at = waits.get(start)
    while at is not None and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = waits.get(at)
    return False
