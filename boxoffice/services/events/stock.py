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

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.data.transience import RetryBatch
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.events import redeeming
from boxoffice.services.events.bundles import Bundles, unlocked
from boxoffice.services.events.kept import marks
from boxoffice.services.events.kept.reserving import reserve
from boxoffice.services.events.releasing import release_holders, release_lapsed
from boxoffice.services.events.rules.claiming import SoldOut
from boxoffice.services.events.rules.extras.extras import NO_EXTRAS
from boxoffice.services.events.rules.persons import PersonLimits
from boxoffice.services.events.rules.pricing.basket import Priced
from boxoffice.services.events.rules.pricing.vouchers import Use, VoucherUsedUp
from boxoffice.services.events.rules.selling import HeldOrder
from boxoffice.services.events.rules.shelf import (
    Granted,
    NewClaim,
    QuotaState,
    Shelf,
    Want,
)
from boxoffice.services.events.rules.stock import awaits_another, decide
from boxoffice.services.events.sale_types import read_types
from boxoffice.services.events.seats.claims import put_seats
from boxoffice.services.events.seats.floors import Floors

# What is locked is named by arrays, as `locking.is_among` explains.
_LOCK_BY_TYPE = """
WITH kinds AS (
    SELECT unnest($2::uuid[]) AS id
    UNION SELECT opens_after_id FROM events.ticket_types
    WHERE organizer_id = $1 AND id = ANY($2::uuid[]) AND opens_after_id IS NOT NULL)
SELECT id, occurrence_id, capacity, claimed, seating_id FROM events.quotas
WHERE organizer_id = $1 AND id = ANY(ARRAY(
    SELECT quota_id FROM events.quota_ticket_types
    WHERE organizer_id = $1 AND ticket_type_id = ANY(ARRAY(SELECT id FROM kinds))
    UNION ALL SELECT quota_id FROM events.quota_variations
    WHERE organizer_id = $1 AND ticket_type_id = ANY(ARRAY(SELECT id FROM kinds))))
  AND ($3::uuid[] IS NULL OR occurrence_id = ANY($3))
ORDER BY id FOR NO KEY UPDATE
"""
_LOCK_BY_HOLDER = """
SELECT id, EXISTS (
    SELECT FROM events.voucher_uses
    WHERE organizer_id = $1 AND holder = ANY($2::uuid[])) AS use_vouchers
FROM events.quotas
WHERE organizer_id = $1 AND id = ANY(ARRAY(
    SELECT quota_id FROM events.claims WHERE organizer_id = $1 AND holder = ANY($2::uuid[])))
ORDER BY id FOR NO KEY UPDATE
"""
_PERSON_LIMITS = """
SELECT e.id, e.max_per_person AS event,
       coalesce((SELECT json_object_agg(t.id, t.max_per_person) FROM events.ticket_types t
                 WHERE t.organizer_id = e.organizer_id AND t.event_id = e.id
                   AND t.max_per_person IS NOT NULL)::text, '{}') AS types
FROM events.events e WHERE e.organizer_id = $1 AND e.id = ANY($2::uuid[])
"""
_CLAIM = """
INSERT INTO events.claims
    (organizer_id, id, quota_id, kind, holder, ticket_type_id, units, expires_at, variation_id,
     voucher_id, seat_id)
SELECT $1, c.*
FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::int[],
            $8::timestamptz[], $9::uuid[], $10::uuid[], $11::uuid[]) AS c
"""
_COUNT = """
UPDATE events.quotas q
SET claimed = q.claimed + d.units,
    ceiling = CASE WHEN d.beyond THEN greatest(q.ceiling, q.claimed + d.units) ELSE q.ceiling END
FROM unnest($2::uuid[], $3::int[], $4::bool[]) AS d(id, units, beyond)
WHERE q.organizer_id = $1 AND q.id = d.id
"""
_STANDING = """
WITH claims AS MATERIALIZED (
    SELECT holder, quota_id, ticket_type_id, seat_id, released_at, expires_at FROM events.claims
    WHERE organizer_id = $1 AND holder = ANY($2::uuid[])
    ORDER BY id FOR NO KEY UPDATE),
uses AS MATERIALIZED (
    SELECT holder, voucher_id, released_at, expires_at FROM events.voucher_uses
    WHERE organizer_id = $1 AND holder = ANY($2::uuid[])
    ORDER BY id FOR NO KEY UPDATE)
SELECT holder, bool_and(standing) AS standing, bool_and(live) AS live
FROM (
    SELECT holder,
           bool_or(released_at IS NULL) AS standing,
           bool_or(released_at IS NULL
                   AND (expires_at IS NULL OR expires_at > clock_timestamp())) AS live
    FROM claims
    GROUP BY holder, quota_id, ticket_type_id, seat_id
    UNION ALL
    SELECT holder, bool_or(released_at IS NULL),
           bool_or(released_at IS NULL
                   AND (expires_at IS NULL OR expires_at > clock_timestamp()))
    FROM uses
    GROUP BY holder, voucher_id) parts
GROUP BY holder
"""
_SET_EXPIRY = """
WITH h AS (SELECT * FROM unnest($2::uuid[], $3::timestamptz[]) AS h(holder, expires_at)),
uses AS (
    UPDATE events.voucher_uses u SET expires_at = h.expires_at FROM h
    WHERE u.organizer_id = $1 AND u.holder = h.holder AND u.released_at IS NULL)
UPDATE events.claims c SET expires_at = h.expires_at, paying = c.paying OR $4 FROM h
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
    """Claims on quotas. Every decision is made on rows locked in the caller's transaction; only
    the maps of seats, which never change, are remembered.
    """

    def __init__(self, floors: Floors | None = None) -> None:
        self._floors = floors or Floors()
        self._bundles = Bundles()

    async def lock_types(
        self,
        tx: Transaction,
        type_ids: Collection[UUID],
        occurrence_ids: Collection[UUID] | None = None,
    ) -> Shelf:
        """Lock every quota that those types count against, then read the types.

        So also for types that must be over before these open, for variations, and their quotas.
        With `occurrence_ids` those of these dates only: sales for other dates go on meanwhile.
        Raises `RetryBatch` if a type gained a quota in between.
        """
        organizer_id = tx.tenant
        dates = None if occurrence_ids is None else list(occurrence_ids)
        wanted = (organizer_id, self._bundles.with_contents(type_ids), dates)
        locked = await tx.connection.exec_driver_sql(_LOCK_BY_TYPE, wanted)
        quotas = {
            row.id: QuotaState(
                id=row.id,
                occurrence_id=row.occurrence_id,
                capacity=row.capacity,
                claimed=row.claimed,
                seating_id=row.seating_id,
            )
            for row in locked
        }
        types, now = await read_types(tx, wanted[1], dates)
        if any(quota not in quotas for kind in types.values() for quota in kind.all_quotas):
            raise RetryBatch("a ticket type gained a quota")
        shelf = Shelf(quotas=quotas, types=types, now=now or await tx.now())
        if any(kind.extras is not NO_EXTRAS for kind in types.values()):
            shelf.extras, shelf.unlocked = True, unlocked(types, type_ids)
        return shelf

    async def lock_vouchers(self, tx: Transaction, shelf: Shelf, wants: Sequence[Want]) -> None:
        """Lock the vouchers that the wants name; no statement where none does."""
        await redeeming.lock(tx, shelf, wants)

    async def look(self, tx: Transaction, want: Want) -> Shelf:
        """What the want would be decided on but for the quotas, locking nothing: for a quote."""
        dates = want.dates
        wanted = {line.ticket_type_id for line in want.lines}
        types, now = await read_types(tx, wanted, dates)
        if contents := frozenset[UUID]().union(*unlocked(types, wanted).values()):
            types, now = await read_types(tx, wanted | contents, dates)
        shelf = Shelf(quotas={}, types=types, now=now or await tx.now())
        shelf.extras = any(kind.extras is not NO_EXTRAS for kind in types.values())
        await redeeming.look(tx, shelf, want)
        return shelf

    async def exchange_vouchers(
        self, tx: Transaction, order: HeldOrder, *, codes: Sequence[str], now: datetime
    ) -> tuple[Priced, tuple[Use, ...]]:
        """What a held order costs with these vouchers instead of its former ones, and their uses.

        Call `standing` with these codes first; its claims must be live.
        """
        bill = await redeeming.exchange(tx, order, codes=codes, now=now)
        if bill.priced is None:
            raise TypeError("a held order is priced")
        return bill.priced, bill.uses

    async def claim(
        self, tx: Transaction, shelf: Shelf, wants: Sequence[Want]
    ) -> list[Granted | Refusal]:
        """Meet each want in full or refuse it, in order; write the claims of those met.

        When a quota looks full its lapsed claims are released and everything is decided again; a
        voucher's lapsed uses are given back at once: with more left it takes more off.
        Whether a type is over, so that another one opens, is never asked before that, and a seat
        never given to somebody else. Call `lock_vouchers` first. Raises `RetryBatch` if what a
        bundle contains is not locked.
        """
        self._bundles.check(shelf, wants)
        seats_lapsed = await put_seats(tx, shelf, wants, self._floors)
        if seats_lapsed or shelf.has_lapsed_uses or awaits_another(shelf, wants):
            again = seats_lapsed or (shelf.has_lapsed_uses and bool(shelf.seats))
            await self._free_lapsed(tx, shelf, wants, seats=again)
        counts = {quota.id: quota.claimed for quota in shelf.quotas.values()}
        seats = {one: bytes(shelf.seats[one].room.taken) for one in shelf.seats}
        outcomes = decide(shelf, wants)
        if any(isinstance(outcome, SoldOut | VoucherUsedUp) for outcome in outcomes):
            released = await redeeming.return_lapsed(tx, shelf)
            released.update(await self.release_lapsed(tx, shelf.quotas, shelf.now, shelf.listed))
            await redeeming.read_again(tx, shelf)
            for quota, count in counts.items():
                shelf.quotas[quota].claimed = count - released.get(quota, 0)
            if released or shelf.vouchers:
                for one, taken in seats.items():
                    shelf.seats[one].room.reset(taken)
                await reserve(tx, shelf, wants, self._floors)
                outcomes = decide(shelf, wants)
            else:
                _recount(shelf, outcomes)
        granted = [one for one in outcomes if isinstance(one, Granted)]
        await redeeming.write(tx, shelf, granted)
        write_claims(tx, [claim for one in granted for claim in one.claims])
        if shelf.listed:
            await marks.keep(tx, shelf.listed)
        return outcomes

    async def _free_lapsed(
        self, tx: Transaction, shelf: Shelf, wants: Sequence[Want], *, seats: bool
    ) -> None:
        released = await redeeming.return_lapsed(tx, shelf)
        released.update(await self.release_lapsed(tx, shelf.quotas, shelf.now, shelf.listed))
        for quota, units in released.items():
            shelf.quotas[quota].claimed -= units
        await redeeming.read_again(tx, shelf)
        if seats:  # some are set aside again by their vouchers
            await put_seats(tx, shelf, wants, self._floors)
        await reserve(tx, shelf, wants, self._floors)

    async def standing(
        self,
        tx: Transaction,
        holders: Collection[UUID],
        *,
        codes: Collection[tuple[UUID, str]] = (),
    ) -> dict[UUID, Standing]:
        """Lock the quotas of these holders' claims, and the claims, then say how these stand.

        Their vouchers are locked as well, together with those of other `codes`, by event.
        """
        organizer_id = tx.tenant
        wanted = list(holders)
        locked = await tx.connection.exec_driver_sql(_LOCK_BY_HOLDER, (organizer_id, wanted))
        if codes or any(row.use_vouchers for row in locked):
            await redeeming.lock_of_holders(tx, wanted, codes)
        return await self.standing_to_keep(tx, wanted)

    async def standing_to_keep(
        self, tx: Transaction, holders: Collection[UUID]
    ) -> dict[UUID, Standing]:
        """Lock these holders' claims alone, then say how they stand.

        Enough to move their end, while others go on buying; to give any back, ask `standing`.
        """
        wanted = list(holders)
        rows = await tx.connection.exec_driver_sql(_STANDING, (tx.tenant, wanted))
        found = {row.holder: _standing(row) for row in rows}
        return {holder: found.get(holder, Standing.GONE) for holder in wanted}

    async def set_expiry(
        self, tx: Transaction, expiries: dict[UUID, datetime | None], *, paying: bool = False
    ) -> None:
        """Give standing claims a new end, or none: kept for good. Call `standing_to_keep` first.

        `paying` says that a payment for them was begun; that stays.
        """
        await tx.connection.exec_driver_sql(
            _SET_EXPIRY, (tx.tenant, list(expiries), list(expiries.values()), paying)
        )

    async def person_limits(
        self, tx: Transaction, event_ids: Collection[UUID]
    ) -> dict[UUID, PersonLimits]:
        """How many one person may have of each of these events."""
        rows = await tx.connection.exec_driver_sql(_PERSON_LIMITS, (tx.tenant, list(event_ids)))
        return {
            row.id: PersonLimits(
                event=row.event, types=msgspec.json.decode(row.types, type=dict[UUID, int])
            )
            for row in rows
        }

    async def release(self, tx: Transaction, holders: Collection[UUID]) -> set[UUID]:
        """Give back every standing claim of these holders; who had any. Call `standing` first."""
        return await release_holders(tx, holders)

    async def release_lapsed(
        self,
        tx: Transaction,
        quota_ids: Collection[UUID],
        now: datetime,
        listed: set[UUID] | None = None,
    ) -> dict[UUID, int]:
        """Give back what has lapsed of these locked quotas; how many units of each. Call
        `marks.keep` at last: people may wait for what is left. Their quotas are put into `listed`.
        """
        return await release_lapsed(tx, quota_ids, now, listed)


def _recount(shelf: Shelf, outcomes: Sequence[Granted | Refusal]) -> None:
    for outcome in outcomes:
        if isinstance(outcome, Granted):
            for claim in outcome.claims:
                if claim.voucher_id is None:
                    shelf.quotas[claim.quota_id].claimed += claim.units


def write_claims(tx: Transaction, claims: Sequence[NewClaim]) -> None:
    """Write claims that were granted on locked quotas, and count them there."""
    if not claims:
        return
    units: Counter[UUID] = Counter()
    for claim in claims:
        # What a voucher had set aside is counted already.
        units[claim.quota_id] += claim.units if claim.voucher_id is None else 0
    beyond = {claim.quota_id for claim in claims if claim.beyond}
    tx.write(
        _CLAIM,
        tx.tenant,
        [new_id() for _ in claims],
        [claim.quota_id for claim in claims],
        [claim.kind for claim in claims],
        [claim.holder for claim in claims],
        [claim.ticket_type_id for claim in claims],
        [claim.units for claim in claims],
        [claim.expires_at for claim in claims],
        [claim.variation_id for claim in claims],
        [claim.voucher_id for claim in claims],
        [claim.seat_id for claim in claims],
    )
    tx.write(
        _COUNT,
        tx.tenant,
        list(units),
        list(units.values()),
        [quota in beyond for quota in units],
    )


def _standing(row: Any) -> Standing:
    if row.live:
        return Standing.LIVE
    return Standing.LAPSED if row.standing else Standing.GONE
