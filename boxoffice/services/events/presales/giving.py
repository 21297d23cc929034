"""Early access as it is given: presales locked, passes written, read and taken back."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import msgspec

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_voucher_code
from boxoffice.services.events.presales.views import Pass, Presale
from boxoffice.services.events.rules.presales import NoPresale, Terms
from boxoffice.services.events.rules.pricing.vouchers import code_key

# Registering and confirming share the lock; the draw and the settings take it alone. What is read
# is read after it, so whoever waited sees the clock and the terms as they are then.
_DATE_LEFT = """
SELECT FROM events.occurrences o
WHERE o.organizer_id = p.organizer_id AND o.event_id = p.id AND o.status = 'scheduled'"""
_READ = f"""
SELECT p.*, e.status = 'published' AND d.any_left AS published,
       e.status = 'cancelled' OR NOT d.any_left AS cancelled, clock_timestamp() AS now,
       (SELECT min(t.sales_start) FROM events.ticket_types t
        WHERE t.organizer_id = p.organizer_id AND t.event_id = p.id AND t.visibility = 'public'
          AND (p.ticket_type_ids = '{{}}' OR t.id = ANY(p.ticket_type_ids))) AS sale_starts_at
FROM events.presales p
JOIN events.events e ON e.organizer_id = p.organizer_id AND e.id = p.id
CROSS JOIN LATERAL (SELECT EXISTS ({_DATE_LEFT}) AS any_left) d
WHERE p.organizer_id = $1 AND p.id = $2
"""  # noqa: S608  # our own text
_ROW = "SELECT id FROM events.presales WHERE organizer_id = $1 AND id = $2"
_SHARE = f"{_ROW} FOR SHARE"
_LOCK = f"{_ROW} FOR NO KEY UPDATE"
_DUE = f"""
SELECT p.organizer_id, p.id FROM events.presales p
JOIN events.events e ON e.organizer_id = p.organizer_id AND e.id = p.id
WHERE p.drawn_at IS NULL AND p.closes_at <= clock_timestamp() AND e.status = 'published'
  AND EXISTS ({_DATE_LEFT})
ORDER BY p.closes_at, p.id
"""  # noqa: S608  # our own text
_SETTLE = """
UPDATE events.presales SET drawn_at = $3, seed = $4, closes_at = least(closes_at, $3)
WHERE organizer_id = $1 AND id = $2
"""
_GIVE = """
INSERT INTO events.vouchers (organizer_id, id, event_id, code, code_key, effect, max_uses,
                             valid_from, valid_until, ticket_type_ids, early)
SELECT $1, w.id, $2, w.code, w.code_key, 'none', w.units, $7, $8, $9, true
FROM unnest($3::uuid[], $4::text[], $5::text[], $6::int[]) AS w(id, code, code_key, units)
"""
_TAKE_BACK = """
UPDATE events.vouchers SET deleted_at = clock_timestamp()
WHERE organizer_id = $1 AND id = $2 AND early AND deleted_at IS NULL
"""
# What orders hold whose time is over is free again, whether or not somebody has given it back.
_PASSES = """
SELECT v.id, v.code, v.valid_from, v.valid_until, v.max_uses,
       v.used - coalesce(l.units, 0) AS used
FROM events.vouchers v
LEFT JOIN LATERAL (
    SELECT sum(u.units)::int AS units FROM events.voucher_uses u
    WHERE u.organizer_id = v.organizer_id AND u.voucher_id = v.id
      AND u.released_at IS NULL AND u.expires_at <= clock_timestamp()) l ON true
WHERE v.organizer_id = $1 AND v.id = ANY($2::uuid[])
"""
_BOUGHT = """
SELECT coalesce(sum(u.units), 0)::int FROM events.voucher_uses u
JOIN events.vouchers v ON v.organizer_id = u.organizer_id AND v.id = u.voucher_id
WHERE u.organizer_id = $1 AND v.event_id = $2 AND v.early
  AND u.released_at IS NULL AND u.expires_at IS NULL
"""


class Giving:
    """Presales for whoever knows the registrations; every verb takes the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def read(self, tx: Transaction, event_id: UUID) -> Presale:
        """The presale as it is now; `NoPresale` without one."""
        return await _presale(tx, event_id)

    async def share(self, tx: Transaction, event_id: UUID) -> Presale:
        """The same, and nobody draws or changes it before this transaction ends."""
        await tx.connection.exec_driver_sql(_SHARE, (tx.tenant, event_id))
        return await _presale(tx, event_id)

    async def lock(self, tx: Transaction, event_id: UUID) -> Presale:
        """The same, and nobody registers, confirms, draws or changes it meanwhile."""
        await tx.connection.exec_driver_sql(_LOCK, (tx.tenant, event_id))
        return await _presale(tx, event_id)

    async def due(self) -> list[tuple[UUID, UUID]]:
        """Organizers and events whose registration has closed and that nobody has drawn yet."""
        async with self._db.begin_as_platform("find presales to draw") as tx:
            rows = (await tx.connection.exec_driver_sql(_DUE)).all()
        return [(row.organizer_id, row.id) for row in rows]

    async def settle(
        self, tx: Transaction, presale: Presale, seed: str, winners: Sequence[tuple[UUID, int]]
    ) -> None:
        """Settle the locked presale for good; `winners` are the ids of new passes, with units."""
        run, event_id = tx.connection.exec_driver_sql, presale.event_id
        await run(_SETTLE, (tx.tenant, event_id, presale.now, seed))
        starts_at, ends_at = msgspec.structs.replace(presale, drawn_at=presale.now).window
        codes = [new_voucher_code() for _ in winners]
        values = (
            [one for one, _ in winners],
            codes,
            [code_key(code) for code in codes],
            [units for _, units in winners],
        )
        types = list(presale.terms.ticket_type_ids)
        await run(_GIVE, (tx.tenant, event_id, *values, starts_at, ends_at, types))

    async def take_back(self, tx: Transaction, pass_id: UUID) -> None:
        """The pass lets nobody in any more; orders that used it stay."""
        await tx.connection.exec_driver_sql(_TAKE_BACK, (tx.tenant, pass_id))

    async def passes(self, tx: Transaction, ids: Collection[UUID]) -> dict[UUID, Pass]:
        """Those passes as they are now."""
        rows = await tx.connection.exec_driver_sql(_PASSES, (tx.tenant, list(ids)))
        return {row.id: _pass(row) for row in rows}

    async def bought(self, tx: Transaction, event_id: UUID) -> int:
        """How many tickets passes of the event have bought for good."""
        return (await tx.connection.exec_driver_sql(_BOUGHT, (tx.tenant, event_id))).scalar_one()


async def _presale(tx: Transaction, event_id: UUID) -> Presale:
    row = (await tx.connection.exec_driver_sql(_READ, (tx.tenant, event_id))).one_or_none()
    if row is None:
        raise NoPresale
    return Presale(
        event_id=row.id,
        terms=Terms(
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            mode=row.mode,
            max_tickets=row.max_tickets,
            total_tickets=row.total_tickets,
            window_starts_at=row.window_starts_at,
            window_minutes=row.window_minutes,
            ticket_type_ids=tuple(row.ticket_type_ids),
        ),
        published=row.published,
        cancelled=row.cancelled,
        sale_starts_at=row.sale_starts_at,
        drawn_at=row.drawn_at,
        seed=row.seed,
        now=row.now,
    )


def _pass(row: Any) -> Pass:
    return Pass(
        code=row.code,
        starts_at=row.valid_from,
        ends_at=row.valid_until,
        units=row.max_uses,
        used=row.used,
    )
