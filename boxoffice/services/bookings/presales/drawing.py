"""Giving early access: once for each presale, whoever asks how often; then telling everybody.

All that follows from the draw is committed with it, so a worker that dies before has drawn nothing,
and one that dies afterwards leaves only people to be told, which another does.
"""

import secrets
from uuid import UUID

import structlog

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.services.bookings.facts import PresaleRegistrationMoved
from boxoffice.services.bookings.rules.presales import (
    Entrant,
    PresaleNotOpen,
    PresaleTooSoon,
    draw,
)
from boxoffice.services.events.api import Events, NoPresale, Presale

log = structlog.get_logger(__name__)

BATCH = 500
_ENTRANTS = """
SELECT id, least(quantity, $3) AS quantity, created_at FROM bookings.presale_registrations
WHERE organizer_id = $1 AND event_id = $2 AND outcome IS NULL AND confirmed_at IS NOT NULL
ORDER BY id FOR NO KEY UPDATE
"""
_SETTLE = """
UPDATE bookings.presale_registrations r
SET outcome = CASE WHEN w.pass_id IS NULL THEN 'lost' ELSE 'won' END, pass_id = w.pass_id,
    quantity = least(r.quantity, $5)
FROM unnest($3::uuid[], $4::uuid[]) AS w(id, pass_id)
WHERE r.organizer_id = $1 AND r.event_id = $2 AND r.id = w.id
"""


def _mark_told(whose: str) -> str:
    """Some of those registrations that are to be told, so many at a time."""
    return f"""
UPDATE bookings.presale_registrations SET told_at = clock_timestamp()
WHERE organizer_id = $1 AND event_id = $2 AND id = ANY(ARRAY(
    SELECT id FROM bookings.presale_registrations
    WHERE organizer_id = $1 AND event_id = $2 AND {whose} AND told_at IS NULL
    ORDER BY id LIMIT $3 FOR NO KEY UPDATE))
  AND {whose} AND told_at IS NULL
RETURNING id
"""  # noqa: S608  # our own text


_TELL = _mark_told("outcome IN ('won', 'lost')")
_CALL_OFF = _mark_told("outcome IS NULL AND confirmed_at IS NOT NULL")
_UNTOLD = """
SELECT DISTINCT organizer_id, event_id FROM bookings.presale_registrations
WHERE outcome IN ('won', 'lost') AND told_at IS NULL
"""


class Drawing:
    """Draws presales, and tells who has won and who has not."""

    def __init__(self, db: Database, events: Events) -> None:
        self._db = db
        self._events = events

    async def run_due(self) -> None:
        """Draw every presale whose registration has closed; tell everybody who is not told yet."""
        for organizer_id, event_id in await self._events.presales.due():
            try:
                await self.draw(organizer_id, event_id)
            except Exception:
                # The others need not wait for this one; the next round tries it again.
                log.exception("presale_stuck", event_id=str(event_id))
        await self._tell_all()

    async def draw(self, organizer_id: UUID, event_id: UUID, *, by: Actor | None = None) -> None:
        """Give early access to whom it goes; nothing if that is done. Staff (`by`) close the
        registration with it; `PresaleTooSoon` before it has opened.
        """
        async with self._db.begin(organizer_id) as tx:
            presale = await self._events.presales.lock(tx, event_id)
            if presale.drawn_at is not None or (by is None and presale.state != "closed"):
                return
            if presale.state == "not_yet":
                raise PresaleTooSoon
            if not presale.published:
                raise PresaleNotOpen
            seed = await self._draw(tx, presale)
            if by is not None:
                subject = f"event:{event_id}"
                tx.audit("presale.drawn", actor=by, subject=subject, changes={"seed": seed})

    async def tell(self, organizer_id: UUID, event_id: UUID) -> None:
        """Have everybody told who has not been yet, so many at a time."""
        while await self._tell_some(organizer_id, event_id, _TELL):
            pass

    async def call_off(self, organizer_id: UUID, event_id: UUID) -> None:
        """Have whoever waits for the draw told, once, that the event is cancelled; nothing of an
        event that is not, or gives no early access.
        """
        async with self._db.begin(organizer_id) as tx:
            try:
                # Whoever confirms at this time has done so, or finds the event cancelled.
                presale = await self._events.presales.lock(tx, event_id)
            except NoPresale:
                return
        while presale.cancelled and await self._tell_some(
            organizer_id, event_id, _CALL_OFF, called_off=True
        ):
            pass

    async def _tell_all(self) -> None:
        async with self._db.begin_as_platform("find people to tell of early access") as tx:
            untold = (await tx.connection.exec_driver_sql(_UNTOLD)).all()
        for row in untold:
            try:
                await self.tell(row.organizer_id, row.event_id)
            except Exception:
                log.exception("presale_untold", event_id=str(row.event_id))

    async def _draw(self, tx: Transaction, presale: Presale) -> str:
        run, event_id, terms = tx.connection.exec_driver_sql, presale.event_id, presale.terms
        rows = await run(_ENTRANTS, (tx.tenant, event_id, terms.max_tickets))
        entrants = [Entrant(id=row.id, units=row.quantity, at=row.created_at) for row in rows]
        seed = secrets.token_hex(16)
        winners = draw(entrants, mode=terms.mode, seed=seed, total=terms.total_tickets)
        passes = {one.id: new_id() for one in winners}
        given = [(passes[one.id], one.units) for one in winners]
        await self._events.presales.settle(tx, presale, seed, given)
        ids = [one.id for one in entrants]
        given_to = [passes.get(one) for one in ids]
        await run(_SETTLE, (tx.tenant, event_id, ids, given_to, terms.max_tickets))
        return seed

    async def _tell_some(
        self, organizer_id: UUID, event_id: UUID, statement: str, *, called_off: bool = False
    ) -> bool:
        async with self._db.begin(organizer_id) as tx:
            rows = await tx.connection.exec_driver_sql(statement, (organizer_id, event_id, BATCH))
            ids = [row.id for row in rows]
            tx.tell(
                *(
                    PresaleRegistrationMoved(
                        organizer_id=organizer_id, registration_id=one, called_off=called_off
                    )
                    for one in ids
                )
            )
        return bool(ids)
