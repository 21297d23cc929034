"""Stock: the only way to claim, keep and give back units of quotas.

Every verb takes the caller's transaction, works on many holders at once, and locks quotas sorted by
id before it reads anything it decides on. Counters move by deltas. Expiry is a predicate: a claim
past its `expires_at` is free at that instant, and is released here when a quota looks full.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from boxoffice.data.coalescing import RetryBatch
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.events.rules.stock import (
    Granted,
    NewClaim,
    QuotaState,
    Shelf,
    SoldOut,
    TicketTypeFacts,
    Want,
    decide,
)

_LOCK_BY_TYPE = """
SELECT id, occurrence_id, capacity, claimed FROM events.quotas
WHERE organizer_id = $1 AND id IN (
    SELECT quota_id FROM events.quota_ticket_types
    WHERE organizer_id = $1 AND ticket_type_id = ANY($2::uuid[]))
  AND ($3::uuid[] IS NULL OR occurrence_id = ANY($3))
ORDER BY id FOR NO KEY UPDATE
"""
_LOCK_BY_HOLDER = """
SELECT id FROM events.quotas
WHERE organizer_id = $1 AND id IN (
    SELECT quota_id FROM events.claims WHERE organizer_id = $1 AND holder = ANY($2::uuid[]))
ORDER BY id FOR NO KEY UPDATE
"""
_READ_TYPES = """
SELECT t.id, t.event_id, t.name, t.price_amount, e.currency, e.status = 'published' AS published,
       t.on_sale, t.min_per_order, t.max_per_order, t.sales_start,
       least(t.sales_end, (
           SELECT max(o.ends_at) FROM events.occurrences o
           WHERE o.organizer_id = t.organizer_id AND o.event_id = t.event_id)) AS sales_end,
       ARRAY(SELECT q.id FROM events.quota_ticket_types m
             JOIN events.quotas q ON q.organizer_id = m.organizer_id AND q.id = m.quota_id
             WHERE m.organizer_id = t.organizer_id AND m.ticket_type_id = t.id
               AND ($3::uuid[] IS NULL OR q.occurrence_id = ANY($3))) AS quotas,
       ARRAY(SELECT o.id FROM events.occurrences o
             WHERE o.organizer_id = t.organizer_id AND o.event_id = t.event_id
               AND o.status = 'cancelled'
               AND ($3::uuid[] IS NULL OR o.id = ANY($3))) AS cancelled_dates,
       ARRAY(SELECT o.id FROM events.occurrences o
             WHERE o.organizer_id = t.organizer_id AND o.event_id = t.event_id
               AND o.ends_at <= clock_timestamp()
               AND ($3::uuid[] IS NULL OR o.id = ANY($3))) AS past_dates,
       clock_timestamp() AS now
FROM events.ticket_types t
JOIN events.events e ON e.organizer_id = t.organizer_id AND e.id = t.event_id
WHERE t.organizer_id = $1 AND t.id = ANY($2::uuid[])
"""
_RELEASE_LAPSED = """
WITH gone AS (
    UPDATE events.claims SET released_at = $3
    WHERE organizer_id = $1 AND quota_id = ANY($2::uuid[])
      AND released_at IS NULL AND expires_at <= $3
    RETURNING quota_id, units)
UPDATE events.quotas q
SET claimed = q.claimed - g.units,
    ceiling = greatest(q.capacity, least(q.ceiling, q.claimed - g.units))
FROM (SELECT quota_id, sum(units)::int AS units FROM gone GROUP BY quota_id) g
WHERE q.organizer_id = $1 AND q.id = g.quota_id
RETURNING q.id, g.units
"""
_RELEASE_HOLDERS = """
WITH gone AS (
    UPDATE events.claims SET released_at = clock_timestamp()
    WHERE organizer_id = $1 AND holder = ANY($2::uuid[]) AND released_at IS NULL
    RETURNING quota_id, units, holder),
counted AS (
    UPDATE events.quotas q
    SET claimed = q.claimed - g.units,
        ceiling = greatest(q.capacity, least(q.ceiling, q.claimed - g.units))
    FROM (SELECT quota_id, sum(units)::int AS units FROM gone GROUP BY quota_id) g
    WHERE q.organizer_id = $1 AND q.id = g.quota_id)
SELECT DISTINCT holder FROM gone
"""
_CLAIM = """
WITH made AS (
    INSERT INTO events.claims
        (organizer_id, id, quota_id, kind, holder, ticket_type_id, units, expires_at)
    SELECT $1, c.id, c.quota_id, 'order', c.holder, c.ticket_type_id, c.units, c.expires_at
    FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::timestamptz[])
         AS c(id, quota_id, holder, ticket_type_id, units, expires_at))
UPDATE events.quotas q SET claimed = q.claimed + d.units
FROM unnest($8::uuid[], $9::int[]) AS d(id, units)
WHERE q.organizer_id = $1 AND q.id = d.id
"""
_STANDING = """
SELECT holder, bool_and(standing) AS standing, bool_and(live) AS live
FROM (
    SELECT holder,
           bool_or(released_at IS NULL) AS standing,
           bool_or(released_at IS NULL
                   AND (expires_at IS NULL OR expires_at > clock_timestamp())) AS live
    FROM events.claims
    WHERE organizer_id = $1 AND holder = ANY($2::uuid[])
    GROUP BY holder, quota_id, ticket_type_id) parts
GROUP BY holder
"""
_SET_EXPIRY = """
UPDATE events.claims c SET expires_at = h.expires_at
FROM unnest($2::uuid[], $3::timestamptz[]) AS h(holder, expires_at)
WHERE c.organizer_id = $1 AND c.holder = h.holder AND c.released_at IS NULL
"""


class Standing(StrEnum):
    """How a holder's claims stand: all `LIVE`; all still counted but past their time (`LAPSED`); or
    `GONE`.
    """

    LIVE = "live"
    LAPSED = "lapsed"
    GONE = "gone"


class Stock:
    """Claims on quotas. Stateless: every decision is made on rows locked in the caller's
    transaction.
    """

    async def lock_types(
        self,
        tx: Transaction,
        type_ids: Collection[UUID],
        occurrence_ids: Collection[UUID] | None = None,
    ) -> Shelf:
        """Lock every quota that those types count against, then read the types.

        With `occurrence_ids` those of these dates only: sales for other dates go on meanwhile.
        Raises `RetryBatch` if a type gained a quota in between.
        """
        organizer_id = tx.tenant
        dates = None if occurrence_ids is None else list(occurrence_ids)
        wanted = (organizer_id, list(type_ids), dates)
        locked = await tx.connection.exec_driver_sql(_LOCK_BY_TYPE, wanted)
        quotas = {
            row.id: QuotaState(
                id=row.id,
                occurrence_id=row.occurrence_id,
                capacity=row.capacity,
                claimed=row.claimed,
            )
            for row in locked
        }
        rows = (await tx.connection.exec_driver_sql(_READ_TYPES, wanted)).all()
        types = {row.id: _type_facts(row) for row in rows}
        if any(quota not in quotas for kind in types.values() for quota in kind.quotas):
            raise RetryBatch("a ticket type gained a quota")
        return Shelf(quotas=quotas, types=types, now=rows[0].now if rows else await tx.now())

    async def claim(
        self, tx: Transaction, shelf: Shelf, wants: Sequence[Want]
    ) -> list[Granted | Refusal]:
        """Meet each want in full or refuse it, in order; write the claims of those met.

        When a quota looks full its lapsed claims are released and everything is decided again.
        """
        counts = {quota.id: quota.claimed for quota in shelf.quotas.values()}
        outcomes = decide(shelf, wants)
        if any(isinstance(outcome, SoldOut) for outcome in outcomes):
            released = await self._release_lapsed(tx, shelf)
            for quota, count in counts.items():
                shelf.quotas[quota].claimed = count - released.get(quota, 0)
            if released:
                outcomes = decide(shelf, wants)
            else:
                _recount(shelf, outcomes)
        await _write(
            tx, [claim for one in outcomes if isinstance(one, Granted) for claim in one.claims]
        )
        return outcomes

    async def standing(self, tx: Transaction, holders: Collection[UUID]) -> dict[UUID, Standing]:
        """Lock the quotas of these holders' claims, then say how the claims stand."""
        organizer_id = tx.tenant
        wanted = list(holders)
        await tx.connection.exec_driver_sql(_LOCK_BY_HOLDER, (organizer_id, wanted))
        rows = await tx.connection.exec_driver_sql(_STANDING, (organizer_id, wanted))
        found = {row.holder: _standing(row) for row in rows}
        return {holder: found.get(holder, Standing.GONE) for holder in wanted}

    async def set_expiry(self, tx: Transaction, expiries: dict[UUID, datetime | None]) -> None:
        """Give standing claims a new end, or none: kept for good. Call `standing` first."""
        await tx.connection.exec_driver_sql(
            _SET_EXPIRY, (tx.tenant, list(expiries), list(expiries.values()))
        )

    async def release(self, tx: Transaction, holders: Collection[UUID]) -> set[UUID]:
        """Give back every standing claim of these holders; who had any. Call `standing` first."""
        rows = await tx.connection.exec_driver_sql(_RELEASE_HOLDERS, (tx.tenant, list(holders)))
        return {row.holder for row in rows}

    async def _release_lapsed(self, tx: Transaction, shelf: Shelf) -> dict[UUID, int]:
        rows = await tx.connection.exec_driver_sql(
            _RELEASE_LAPSED, (tx.tenant, list(shelf.quotas), shelf.now)
        )
        return {row.id: row.units for row in rows}


def _recount(shelf: Shelf, outcomes: Sequence[Granted | Refusal]) -> None:
    for outcome in outcomes:
        if isinstance(outcome, Granted):
            for claim in outcome.claims:
                shelf.quotas[claim.quota_id].claimed += claim.units


async def _write(tx: Transaction, claims: Sequence[NewClaim]) -> None:
    if not claims:
        return
    units: Counter[UUID] = Counter()
    for claim in claims:
        units[claim.quota_id] += claim.units
    await tx.connection.exec_driver_sql(
        _CLAIM,
        (
            tx.tenant,
            [new_id() for _ in claims],
            [claim.quota_id for claim in claims],
            [claim.holder for claim in claims],
            [claim.ticket_type_id for claim in claims],
            [claim.units for claim in claims],
            [claim.expires_at for claim in claims],
            list(units),
            list(units.values()),
        ),
    )


def _type_facts(row: Any) -> TicketTypeFacts:
    return TicketTypeFacts(
        id=row.id,
        event_id=row.event_id,
        name=row.name,
        price=Money(amount=row.price_amount, currency=row.currency),
        published=row.published,
        on_sale=row.on_sale,
        min_per_order=row.min_per_order,
        max_per_order=row.max_per_order,
        sales_start=row.sales_start,
        sales_end=row.sales_end,
        quotas=tuple(row.quotas),
        cancelled_dates=frozenset(row.cancelled_dates),
        past_dates=frozenset(row.past_dates),
    )


def _standing(row: Any) -> Standing:
    if row.live:
        return Standing.LIVE
    return Standing.LAPSED if row.standing else Standing.GONE
