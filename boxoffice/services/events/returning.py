"""Giving back a part of what an order holds: exactly once, in every quota, seat and voucher.

Call `Stock.standing` for the order first: it locks the quotas and vouchers that are touched here.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.kept import marks
from boxoffice.services.events.redeeming import FREED_BESIDE_VOUCHERS
from boxoffice.services.events.rules.returning import (
    ReturnedUnit,
    StandingClaim,
    taken_from,
    used_by,
)

_CLAIMS = """
SELECT c.id, c.quota_id, q.occurrence_id, c.ticket_type_id, c.variation_id, c.units, c.seat_id,
       c.voucher_id
FROM events.claims c
JOIN events.quotas q ON q.organizer_id = c.organizer_id AND q.id = c.quota_id
WHERE c.organizer_id = $1 AND c.holder = $2 AND c.released_at IS NULL
ORDER BY c.id
"""
# So many units of these claims are `gone` from them.
TAKEN_FROM_CLAIMS = """
gone AS (
    UPDATE events.claims c
    SET units = CASE WHEN c.units > r.units THEN c.units - r.units ELSE c.units END,
        released_at = CASE WHEN c.units > r.units THEN NULL ELSE clock_timestamp() END
    FROM unnest($2::uuid[], $3::int[]) AS r(id, units)
    WHERE c.organizer_id = $1 AND c.id = r.id AND c.released_at IS NULL
    RETURNING c.quota_id, r.units, c.voucher_id, c.seat_id, c.ticket_type_id, c.variation_id)"""
_RETURN = f"""
WITH {TAKEN_FROM_CLAIMS},
{FREED_BESIDE_VOUCHERS}
UPDATE events.quotas q
SET claimed = q.claimed - f.units,
    ceiling = greatest(q.capacity, least(q.ceiling, q.claimed - f.units))
FROM freed f
WHERE q.organizer_id = $1 AND q.id = f.quota_id
RETURNING q.id, f.units
"""  # noqa: S608  # our own text
_UNUSE = """
WITH r AS (
    SELECT * FROM unnest($3::uuid[], $4::int[], $5::bigint[]) AS r(voucher_id, units, amount)),
unused AS (
    UPDATE events.voucher_uses u
    SET units = CASE WHEN u.units > r.units THEN u.units - r.units ELSE u.units END,
        amount = CASE WHEN u.units > r.units THEN u.amount - r.amount ELSE u.amount END,
        released_at = CASE WHEN u.units > r.units THEN NULL ELSE clock_timestamp() END
    FROM r
    WHERE u.organizer_id = $1 AND u.holder = $2 AND u.voucher_id = r.voucher_id
      AND u.released_at IS NULL
    RETURNING r.voucher_id, r.units,
              CASE WHEN u.released_at IS NULL THEN r.amount ELSE u.amount END AS amount)
UPDATE events.vouchers v SET used = v.used - u.units, spent = v.spent - u.amount
FROM unused u
WHERE v.organizer_id = $1 AND v.id = u.voucher_id
"""


async def return_units(
    tx: Transaction, holder: UUID, units: Sequence[ReturnedUnit]
) -> dict[UUID, int]:
    """Give these tickets of the holder's back: quota, seat, and their part in vouchers.

    How many units came free in which quotas: `keep_for_line` what the holder does not take again.
    """
    given = taken_from(await standing_claims(tx, holder), units)
    freed: dict[UUID, int] = {}
    if given:
        returned = (tx.tenant, list(given), list(given.values()))
        rows = await tx.connection.exec_driver_sql(_RETURN, returned)
        freed = {row.id: row.units for row in rows}
    await return_uses(tx, holder, units)
    return freed


async def standing_claims(tx: Transaction, holder: UUID) -> list[StandingClaim]:
    """The holder's, oldest first; lock their quotas before."""
    rows = await tx.connection.exec_driver_sql(_CLAIMS, (tx.tenant, holder))
    return [StandingClaim(**row) for row in rows.mappings()]


async def keep_for_line(tx: Transaction, quota_ids: Collection[UUID]) -> None:
    """What is free in these locked quotas is for those who wait for it, if anybody does."""
    if quota_ids:
        marks.tell(tx, await marks.keep(tx, quota_ids))


async def return_uses(tx: Transaction, holder: UUID, units: Sequence[ReturnedUnit]) -> None:
    """Give back these tickets' part in vouchers and passes alone."""
    if uses := used_by(units):
        await tx.connection.exec_driver_sql(
            _UNUSE,
            (
                *(tx.tenant, holder, list(uses)),
                [use.units for use in uses.values()],
                [use.amount for use in uses.values()],
            ),
        )
