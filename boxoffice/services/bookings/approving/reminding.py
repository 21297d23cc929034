"""Whoever is accepted and has not paid hears of it once more, before the time to pay is over."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from boxoffice.data import idempotency
from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.services.bookings.facts import ApplicationMoved
from boxoffice.services.bookings.rules import REMIND_BEFORE, ApplicationStep, remind_at

# Whoever's card is still being charged has nothing to do.
_FIND = """
SELECT a.organizer_id, a.id, a.decided_at, a.due_at, clock_timestamp() AS now
FROM bookings.applications a
JOIN bookings.orders o ON o.organizer_id = a.organizer_id AND o.id = a.id
WHERE a.closed_at IS NULL AND a.approved AND o.status = 'awaiting_payment'
  AND NOT coalesce((o.charges->'hold'->>'charging')::boolean, false)
  AND a.due_at BETWEEN clock_timestamp() AND clock_timestamp() + $1::interval
  AND ($2::uuid IS NULL OR a.id > $2)
ORDER BY a.id LIMIT 500
"""
_STILL = """
SELECT a.id FROM bookings.applications a
JOIN bookings.orders o ON o.organizer_id = a.organizer_id AND o.id = a.id
WHERE a.organizer_id = $1 AND a.id = ANY($2::uuid[]) AND o.status = 'awaiting_payment'
  AND NOT coalesce((o.charges->'hold'->>'charging')::boolean, false)
  AND a.due_at > clock_timestamp()
"""


class Reminding:
    """Finds those whose time to pay is nearly over and reports them. That they were is remembered
    by a key, which is kept for longer than there is time to pay by then.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    async def remind(self) -> None:
        """Each of them once, however often this runs and wherever it stops."""
        last: UUID | None = None
        while rows := await self._next(last):
            last = rows[-1].id
            due: dict[UUID, list[UUID]] = defaultdict(list)
            for row in rows:
                if remind_at(decided_at=row.decided_at, due_at=row.due_at) <= row.now:
                    due[row.organizer_id].append(row.id)
            for organizer_id, ids in due.items():
                await self._tell(organizer_id, ids)

    async def _next(self, last: UUID | None) -> list[Any]:
        async with self._db.begin_as_platform("find payments to remind of") as tx:
            return list(await tx.connection.exec_driver_sql(_FIND, (REMIND_BEFORE, last)))

    async def _tell(self, organizer_id: UUID, order_ids: list[UUID]) -> None:
        async with self._db.begin(organizer_id) as tx:
            known = await idempotency.find(tx.connection, [_key(one) for one in order_ids])
            fresh = [one for one in order_ids if (_SCOPE, str(one)) not in known]
            still = await tx.connection.exec_driver_sql(_STILL, (organizer_id, fresh))
            for order_id in sorted(still.scalars()):
                if await idempotency.claim(tx.connection, _key(order_id)) is None:
                    tx.tell(
                        ApplicationMoved(
                            organizer_id=organizer_id,
                            order_id=order_id,
                            step=ApplicationStep.REMINDED,
                        )
                    )


_SCOPE = "bookings.reminded_of_payment"


def _key(order_id: UUID) -> IdempotencyKey:
    return IdempotencyKey(scope=_SCOPE, key=str(order_id), fingerprint=b"")
