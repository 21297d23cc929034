"""What a block has to say, and how much it keeps from the sale. Pure."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from boxoffice.kernel.refusals import FieldError, Invalid
from boxoffice.services.events.rules import texts


class BlockedUnits(NamedTuple):
    """A block's claim in one quota; units that were blocked by number are of no type."""

    quota_id: UUID
    ticket_type_id: UUID | None
    variation_id: UUID | None
    units: int


def reason_of(pointer: str, text: str) -> str:
    """The reason in one line; `Invalid` for none."""
    try:
        return texts.line(pointer, text, most=texts.MAX_NAME, least=1)
    except FieldError as error:
        raise Invalid(errors=[error]) from error


def check_end(pointer: str, ends_at: datetime | None, *, now: datetime) -> None:
    """Pass for an end to come, or none."""
    if ends_at is None:
        return
    if ends_at.tzinfo is None:
        sentence = "Give the time with an offset, like 2027-03-14T19:00:00Z."
        raise Invalid(errors=[FieldError(pointer, "bad_time", sentence)])
    if ends_at <= now:
        raise Invalid(errors=[FieldError(pointer, "bad_time", "Choose a time that is to come.")])


def units_of(claims: Iterable[BlockedUnits]) -> dict[tuple[UUID | None, UUID | None], int]:
    """How many of each type and variation; what counts in several quotas is counted once."""
    counted: dict[tuple[UUID | None, UUID | None], Counter[UUID]] = {}
    for one in claims:
        per_quota = counted.setdefault((one.ticket_type_id, one.variation_id), Counter())
        per_quota[one.quota_id] += one.units
    return {key: max(per_quota.values()) for key, per_quota in counted.items()}
