"""Claims parted by the vouchers that they come from."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import structs

from boxoffice.services.events.rules.selling import Bill
from boxoffice.services.events.rules.shelf import NewClaim


def parted(
    claims: Iterable[NewClaim],
    bill: Bill,
    own: Mapping[UUID, Sequence[UUID]],
    *,
    expires_at: datetime | None,
) -> list[NewClaim]:
    """The claims as their vouchers have them: units set aside for one are a claim of their own.

    What a voucher gives a type in a quota is shared by the type's variations; it lets nobody in
    beyond a quota that is a variation's `own` and not the type's. A seat comes from the voucher
    that has set this very seat aside.
    """
    given: Counter[tuple[UUID | None, UUID, UUID]] = Counter()
    parts: list[NewClaim] = []
    for claim in claims:
        kind, left = claim.ticket_type_id, claim.units
        if kind is None:  # a claim on bare units: no voucher is for it
            parts.append(claim)
            continue
        where = (kind, claim.quota_id)
        seated = claim.seat_id is not None
        lender = bill.lender(claim.seat_id) if seated and bill.vouchers else None
        if lender is not None:
            parts.append(structs.replace(claim, voucher_id=lender, expires_at=expires_at))
            continue
        for voucher, most in bill.reserved(*where, seated=seated):
            units = min(left, most - given[voucher, *where])
            if units:
                parts.append(
                    structs.replace(claim, units=units, voucher_id=voucher, expires_at=expires_at)
                )
                given[voucher, *where] += units
                left -= units
        if left:
            most = bill.beyond(kind) if claim.quota_id in own[kind] else 0
            beyond = min(left, most - given[None, *where])
            given[None, *where] += beyond
            parts.append(structs.replace(claim, units=left, beyond=beyond, expires_at=expires_at))
    return parts
