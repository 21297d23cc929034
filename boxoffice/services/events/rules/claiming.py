"""Lines that were chosen become claims on quotas, all or none of them."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec import structs

from boxoffice.kernel.refusals import Conflict
from boxoffice.services.events.rules.seats.choosing import ChosenSeat
from boxoffice.services.events.rules.shelf import (
    NewClaim,
    QuotaState,
    Shelf,
    TicketTypeFacts,
    Want,
    WantedLine,
)
from boxoffice.services.events.rules.variations import VariationFacts


class SoldOut(Conflict):
    code = "sold_out"
    message = "There are not enough tickets left; choose fewer or another type."


class NotOnSale(Conflict):
    code = "not_on_sale"
    message = "This ticket type is not on sale right now."


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """A wanted line with what it means; `price` is that of one unit, in minor units."""

    kind: TicketTypeFacts
    variation: VariationFacts | None
    price: int
    units: int
    wanted: WantedLine
    seats: tuple[ChosenSeat, ...] = ()


def claims_of(shelf: Shelf, want: Want, lines: list[Chosen], occurrence_id: UUID) -> list[NewClaim]:
    """One claim for each type, variation and quota."""
    claims: list[NewClaim] = []
    for line in _counted(lines):
        own = line.variation.quotas if line.variation else ()
        for quotas in (line.kind.quotas, own) if own else (line.kind.quotas,):
            held = held_on(shelf, quotas, occurrence_id)
            if not held:
                raise NotOnSale("One of the ticket types is not sold for this date.")
            claims += [claim for one in held for claim in _claims_in(shelf.quotas[one], want, line)]
    return claims


def held_on(shelf: Shelf, quotas: Sequence[UUID], occurrence_id: UUID | None) -> list[UUID]:
    """Those of that date."""
    return [one for one in quotas if shelf.quotas[one].occurrence_id == occurrence_id]


def _claims_in(quota: QuotaState, want: Want, line: Chosen) -> list[NewClaim]:
    """One claim for all units; in the quota that the seats belong to, one for each seat."""
    whole = NewClaim(
        quota_id=quota.id,
        ticket_type_id=line.kind.id,
        variation_id=line.variation.id if line.variation else None,
        holder=want.holder,
        units=line.units,
        expires_at=want.expires_at,
        kind=want.kind,
    )
    if quota.seating_id is None or not line.seats:
        return [whole]
    return [structs.replace(whole, units=1, seat_id=seat.id) for seat in line.seats]


def _counted(lines: list[Chosen]) -> list[Chosen]:
    """Lines of one type and variation as one, whatever their buyers give for them."""
    counted: dict[tuple[UUID, UUID | None], Chosen] = {}
    for line in lines:
        key = line.kind.id, line.variation.id if line.variation else None
        if key in counted:
            one = counted[key]
            merged = structs.replace(
                one, units=one.units + line.units, seats=one.seats + line.seats
            )
            counted[key] = merged
        else:
            counted[key] = line
    return list(counted.values())


def take(shelf: Shelf, claims: Sequence[NewClaim], own: Sequence[tuple[UUID, int]] = ()) -> None:
    """Take the claims off the shelf, but for its `own` units, which never left it; `SoldOut` unless
    all of them fit.
    """
    needed: Counter[UUID] = Counter()
    must_fit: Counter[UUID] = Counter()
    for claim in claims:
        if claim.voucher_id is None:
            needed[claim.quota_id] += claim.units
            must_fit[claim.quota_id] += claim.units - claim.beyond
    for quota, units in must_fit.items():
        if shelf.quotas[quota].free < units:
            raise SoldOut(wanted=units, left=shelf.quotas[quota].free)
    for quota, units in own:
        needed[quota] -= units
    for quota, units in needed.items():
        shelf.quotas[quota].claimed += units
