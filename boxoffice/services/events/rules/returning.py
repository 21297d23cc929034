"""Which claims give units back when a part of an order is cancelled. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

import msgspec


class StandingClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A standing claim of the order's, as it is under its quota's lock."""

    id: UUID
    quota_id: UUID
    occurrence_id: UUID
    ticket_type_id: UUID | None
    variation_id: UUID | None
    units: int
    seat_id: UUID | None
    voucher_id: UUID | None


class ReturnedUnit(msgspec.Struct, frozen=True, kw_only=True):
    """One ticket that goes back, of which date; `voucher_amount` is what its voucher took off,
    `pass_id` the pass that let it in before the sale.
    """

    occurrence_id: UUID
    ticket_type_id: UUID
    variation_id: UUID | None = None
    seat_id: UUID | None = None
    voucher_id: UUID | None = None
    voucher_amount: int = 0
    pass_id: UUID | None = None


class Used(NamedTuple):
    """Of a voucher or a pass: for how many tickets, and what it took off them."""

    units: int
    amount: int


def used_by(units: Sequence[ReturnedUnit]) -> dict[UUID, Used]:
    """What these tickets have used of vouchers and passes."""
    used: dict[UUID, Used] = {}
    for unit in units:
        for one, amount in ((unit.voucher_id, unit.voucher_amount), (unit.pass_id, 0)):
            if one is not None:
                before = used.get(one, Used(0, 0))
                used[one] = Used(before.units + 1, before.amount + amount)
    return used


def taken_from(claims: Sequence[StandingClaim], units: Sequence[ReturnedUnit]) -> Counter[UUID]:
    """How many units each claim gives back: one in each quota that the ticket counted against.

    A seat's own claim goes with its seat; elsewhere what the ticket's voucher had set aside goes
    first.
    """
    given: Counter[UUID] = Counter()
    for unit in units:
        for alike in _by_quota(claims, unit).values():
            left = [claim for claim in alike if claim.units > given[claim.id]]
            chosen = min(left, key=lambda claim: _rank(claim, unit), default=None)
            if chosen is not None:
                given[chosen.id] += 1
    return given


def set_aside_uses(
    claims: Sequence[StandingClaim], given: Mapping[UUID, int], units: Sequence[ReturnedUnit]
) -> dict[UUID, int]:
    """How many of these tickets' uses of vouchers stand for units that the vouchers had set aside,
    where the claims give so many.
    """
    per_quota: defaultdict[UUID, Counter[UUID]] = defaultdict(Counter)
    for claim in claims:
        if claim.voucher_id is not None and given.get(claim.id):
            per_quota[claim.voucher_id][claim.quota_id] += given[claim.id]
    used = used_by(units)
    return {
        voucher: min(max(counted.values()), used[voucher].units)
        for voucher, counted in per_quota.items()
        if voucher in used
    }


def _by_quota(
    claims: Sequence[StandingClaim], unit: ReturnedUnit
) -> dict[UUID, list[StandingClaim]]:
    wanted = unit.occurrence_id, unit.ticket_type_id, unit.variation_id
    found: defaultdict[UUID, list[StandingClaim]] = defaultdict(list)
    for claim in claims:
        counted = claim.occurrence_id, claim.ticket_type_id, claim.variation_id
        if counted == wanted and claim.seat_id in (None, unit.seat_id):
            found[claim.quota_id].append(claim)
    return found


def _rank(claim: StandingClaim, unit: ReturnedUnit) -> int:
    if claim.voucher_id == unit.voucher_id:
        return 0
    return 1 if claim.voucher_id is None else 2
