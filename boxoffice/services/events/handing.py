"""A part of what an order holds becomes another order's: nothing is freed, counted or sold again.

Call `Stock.standing` for the holder first: it locks the quotas and vouchers that are touched here.
"""

from collections.abc import Sequence
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.returning import standing_claims
from boxoffice.services.events.rules.returning import ReturnedUnit, taken_from, used_by

# Whole claims change their holder; of others a part becomes a claim of its own.
_CLAIMS = """
WITH r AS (SELECT * FROM unnest($4::uuid[], $5::int[]) AS r(id, units)),
whole AS (
    UPDATE events.claims c SET holder = $3 FROM r
    WHERE c.organizer_id = $1 AND c.id = r.id AND c.holder = $2 AND c.released_at IS NULL
      AND c.units = r.units),
parted AS (
    UPDATE events.claims c SET units = c.units - r.units FROM r
    WHERE c.organizer_id = $1 AND c.id = r.id AND c.holder = $2 AND c.released_at IS NULL
      AND c.units > r.units
    RETURNING c.quota_id, c.kind, c.ticket_type_id, c.variation_id, c.voucher_id, c.expires_at,
              r.units)
INSERT INTO events.claims (organizer_id, id, quota_id, kind, holder, ticket_type_id, variation_id,
    voucher_id, expires_at, units)
SELECT $1, gen_random_uuid(), quota_id, kind, $3, ticket_type_id, variation_id, voucher_id,
       expires_at, units
FROM parted
"""
_USES = """
WITH r AS (
    SELECT * FROM unnest($4::uuid[], $5::int[], $6::bigint[]) AS r(voucher_id, units, amount)),
whole AS (
    UPDATE events.voucher_uses u SET holder = $3 FROM r
    WHERE u.organizer_id = $1 AND u.voucher_id = r.voucher_id AND u.holder = $2
      AND u.released_at IS NULL AND u.units = r.units),
parted AS (
    UPDATE events.voucher_uses u SET units = u.units - r.units, amount = u.amount - r.amount FROM r
    WHERE u.organizer_id = $1 AND u.voucher_id = r.voucher_id AND u.holder = $2
      AND u.released_at IS NULL AND u.units > r.units
    RETURNING u.voucher_id, r.units, r.amount, u.expires_at)
INSERT INTO events.voucher_uses (organizer_id, id, voucher_id, holder, units, amount, expires_at)
SELECT $1, gen_random_uuid(), voucher_id, $3, units, amount, expires_at FROM parted
"""


async def hand_on(
    tx: Transaction, holder: UUID, units: Sequence[ReturnedUnit], *, heir: UUID
) -> None:
    """These tickets' quota units, seats and part in vouchers are the heir's from now on."""
    given = taken_from(await standing_claims(tx, holder), units)
    if given:
        parts = (tx.tenant, holder, heir, list(given), list(given.values()))
        await tx.connection.exec_driver_sql(_CLAIMS, parts)
    if uses := used_by(units):
        await tx.connection.exec_driver_sql(
            _USES,
            (
                *(tx.tenant, holder, heir, list(uses)),
                [use.units for use in uses.values()],
                [use.amount for use in uses.values()],
            ),
        )
