"""What cancelled tickets held goes into blocks of the staff, without ever having been free.

Call `Stock.standing` for the holder first: it locks the quotas that are touched here. No counter
moves, so neither buyers nor those who wait can see it pass.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.services.events.dates.refusals import DateCancelled
from boxoffice.services.events.reading import CANCELLED
from boxoffice.services.events.returning import TAKEN_FROM_CLAIMS, standing_claims
from boxoffice.services.events.rules.blocking import check_end, reason_of
from boxoffice.services.events.rules.returning import ReturnedUnit, set_aside_uses, taken_from
from boxoffice.services.events.tables import OccurrenceRow
from boxoffice.services.events.tables_seating import BlockRow

# What a voucher had set aside remembers it, and returns to it when the block is over.
_KEEP = f"""
WITH {TAKEN_FROM_CLAIMS}
INSERT INTO events.claims (organizer_id, id, quota_id, kind, holder, ticket_type_id, variation_id,
    units, seat_id, voucher_id, expires_at)
SELECT $1, gen_random_uuid(), quota_id, 'block', $4, ticket_type_id, variation_id, units, seat_id,
       voucher_id, $5
FROM gone
"""  # noqa: S608  # our own text


# With each such unit goes a use of its voucher: else that would be used for another unit, and
# the blocked one return to where nobody can use it any more.
_KEEP_USES = """
WITH r AS (SELECT * FROM unnest($4::uuid[], $5::int[]) AS r(voucher_id, units)),
made AS (
    INSERT INTO events.voucher_uses
        (organizer_id, id, voucher_id, holder, units, amount, expires_at)
    SELECT $1, gen_random_uuid(), voucher_id, $2, units, 0, $3::timestamptz FROM r)
UPDATE events.vouchers v SET used = v.used + r.units FROM r
WHERE v.organizer_id = $1 AND v.id = r.voucher_id
"""


class KeepBack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Keep from the sale what the tickets held: `reason` is what the list of blocks says; free
    `until` then, or when the block is released.
    """

    reason: str
    until: datetime | None = None


async def check_keep_back(
    tx: Transaction, wish: KeepBack, dates: Collection[UUID], *, now: datetime
) -> KeepBack:
    """The wish as it will be written. `Invalid` for no reason or an end that is over, and
    `DateCancelled`: of such a date nothing is sold.
    """
    reason = reason_of("/block/reason", wish.reason)
    check_end("/block/until", wish.until, now=now)
    off = await tx.session.scalar(
        select(OccurrenceRow.id).where(
            OccurrenceRow.organizer_id == tx.organizer_id,
            OccurrenceRow.id.in_(dates),
            OccurrenceRow.status == CANCELLED,
        )
    )
    if off is not None:
        raise DateCancelled("This date is cancelled, so nothing of it is sold: block nothing.")
    return KeepBack(reason=reason, until=wish.until)


async def keep_back(
    tx: Transaction,
    holder: UUID,
    units: Sequence[ReturnedUnit],
    wish: KeepBack,
    *,
    event_id: UUID,
    actor: Actor,
) -> dict[UUID, UUID]:
    """Block what these tickets of the holder's have, in every quota that they count against: a
    block for each date, which the list of the event's blocks has from now on. Return their part in
    vouchers before: what these had set aside is used by the block.
    """
    claims = await standing_claims(tx, holder)
    made: dict[UUID, UUID] = {}
    for date in sorted({unit.occurrence_id for unit in units}):
        of_date = [unit for unit in units if unit.occurrence_id == date]
        if given := taken_from(claims, of_date):
            made[date] = await _block(tx, date, wish, given)
            if uses := set_aside_uses(claims, given, of_date):
                of_block = (tx.tenant, made[date], wish.until, list(uses), list(uses.values()))
                await tx.connection.exec_driver_sql(_KEEP_USES, of_block)
            tx.audit(
                "block.created",
                actor=actor,
                subject=f"event:{event_id}",
                changes={"reason": wish.reason, "units": len(of_date), "from": str(holder)},
            )
    return made


async def _block(tx: Transaction, date: UUID, wish: KeepBack, given: Mapping[UUID, int]) -> UUID:
    row = BlockRow(
        organizer_id=tx.tenant,
        id=new_id(),
        occurrence_id=date,
        reason=wish.reason,
        expires_at=wish.until,
    )
    tx.session.add(row)
    await tx.session.flush()
    taken = (tx.tenant, list(given), list(given.values()), row.id, wish.until)
    await tx.connection.exec_driver_sql(_KEEP, taken)
    return row.id
