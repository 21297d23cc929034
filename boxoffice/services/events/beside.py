"""Units of a change that is not settled: held beside those that the order keeps until it is.

Every verb is for quotas that the caller has locked, as `lock_exchange` does for both holders.
"""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.rules.beside import HeldUnits, doubled

_STANDING = """
SELECT id, quota_id, seat_id, units FROM events.claims
WHERE organizer_id = $1 AND holder = $2 AND released_at IS NULL ORDER BY id
"""
_GIVE_UP = """
WITH r AS (SELECT * FROM unnest($2::uuid[], $3::int[]) AS r(id, units)),
gone AS (
    UPDATE events.claims c
    SET units = CASE WHEN c.units > r.units THEN c.units - r.units ELSE c.units END,
        released_at = CASE WHEN c.units > r.units THEN NULL ELSE clock_timestamp() END
    FROM r WHERE c.organizer_id = $1 AND c.id = r.id AND c.released_at IS NULL
    RETURNING c.quota_id, r.units),
freed AS (SELECT quota_id, sum(units)::int AS units FROM gone GROUP BY quota_id)
UPDATE events.quotas q
SET claimed = q.claimed - f.units,
    ceiling = greatest(q.capacity, least(q.ceiling, q.claimed - f.units))
FROM freed f WHERE q.organizer_id = $1 AND q.id = f.quota_id
RETURNING q.id
"""
# The order has never been without them: they are its own again, whatever the capacity says.
_PUT_BACK = """
WITH back AS (
    UPDATE events.claims c SET units = r.units, released_at = NULL
    FROM unnest($2::uuid[], $3::int[]) AS r(id, units)
    WHERE c.organizer_id = $1 AND c.id = r.id)
UPDATE events.quotas q
SET claimed = q.claimed + b.units, ceiling = greatest(q.ceiling, q.claimed + b.units)
FROM unnest($4::uuid[], $5::int[]) AS b(id, units)
WHERE q.organizer_id = $1 AND q.id = b.id
"""
_TAKE_OVER = """
UPDATE events.claims SET holder = $3, expires_at = NULL
WHERE organizer_id = $1 AND holder = $2 AND released_at IS NULL
"""


async def held_units(tx: Transaction, holder: UUID) -> list[HeldUnits]:
    """What the holder has now."""
    rows = await tx.connection.exec_driver_sql(_STANDING, (tx.tenant, holder))
    return [HeldUnits(**row) for row in rows.mappings()]


async def put_back(
    tx: Transaction, had: Sequence[HeldUnits], holder: UUID, *, beside: UUID
) -> None:
    """The holder has again what it `had` before it gave some of it back in this transaction.

    A unit that `beside` has taken in the same quota, or the same seat, is not counted twice: it
    goes over to `beside` when that is settled.
    """
    left = {one.id: one.units for one in await held_units(tx, holder)}
    gone = [
        (one, one.units - left.get(one.id, 0)) for one in had if one.units > left.get(one.id, 0)
    ]
    if not gone:
        return
    await _give_up(tx, doubled(gone, await held_units(tx, beside)))
    counted: Counter[UUID] = Counter()
    for one, units in gone:
        counted[one.quota_id] += units
    await tx.connection.exec_driver_sql(
        _PUT_BACK,
        (
            tx.tenant,
            [one.id for one, _ in gone],
            [one.units for one, _ in gone],
            list(counted),
            list(counted.values()),
        ),
    )


async def give_up(tx: Transaction, holder: UUID) -> set[UUID]:
    """Everything goes back; in which quotas. `keep_for_line` what is not taken again."""
    return await _give_up(tx, Counter({one.id: one.units for one in await held_units(tx, holder)}))


async def take_over(tx: Transaction, holder: UUID, *, heir: UUID) -> None:
    """What the holder has is the heir's, for good."""
    await tx.connection.exec_driver_sql(_TAKE_OVER, (tx.tenant, holder, heir))


async def _give_up(tx: Transaction, units: Counter[UUID]) -> set[UUID]:
    if not units:
        return set()
    given = (tx.tenant, list(units), list(units.values()))
    return {row.id for row in await tx.connection.exec_driver_sql(_GIVE_UP, given)}
