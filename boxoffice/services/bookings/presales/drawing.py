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


def _mark(as_told: str, whose: str) -> str:
    """Some of those registrations whose owners are to be told, so many at a time."""
    return f"""
UPDATE bookings.presale_registrations SET {as_told}
WHERE organizer_id = $1 AND event_id = $2 AND id = ANY(ARRAY(
    SELECT id FROM bookings.presale_registrations r
    WHERE organizer_id = $1 AND event_id = $2 AND {whose}
    ORDER BY id LIMIT $3 FOR NO KEY UPDATE))
RETURNING id
"""  # noqa: S608  # our own text


# Whoever has bought hears of it by the mail about the order.
_WAITS = """confirmed_at IS NOT NULL AND (outcome IS NULL OR outcome = 'won' AND NOT EXISTS (
    SELECT FROM bookings.orders o
    WHERE o.organizer_id = r.organizer_id AND o.event_id = r.event_id
      AND lower(o.buyer_email) = lower(r.email)
      AND (o.status = 'confirmed' OR EXISTS (
        SELECT FROM bookings.date_change_steps s WHERE s.organizer_id = o.organizer_id
          AND s.order_id = o.id AND s.outcome = 'cancelled'))))"""
_TELL = _mark("told_at = clock_timestamp()", "outcome IN ('won', 'lost') AND told_at IS NULL")
_CALL_OFF = _mark("called_off_at = clock_timestamp()", f"called_off_at IS NULL AND {_WAITS}")
_POSTPONE = _mark("news_of = $4", f"news_of IS DISTINCT FROM $4 AND {_WAITS}")
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
        """Have whoever waits for the draw, or may still buy early and has not, told once that the
        event is cancelled, all at once or date by date; nothing of an event that is not.
        """
        presale = await self._settled(organizer_id, event_id)
        while (
            presale is not None
            and presale.cancelled
            and await self._tell_some(organizer_id, event_id, _CALL_OFF, called_off=True)
        ):
            pass

    async def postponed(self, organizer_id: UUID, event_id: UUID, fact_id: UUID) -> None:
        """Have the same people told that dates of the event have moved, once for each such fact."""
        presale = await self._settled(organizer_id, event_id)
        while (
            presale is not None
            and presale.published
            and await self._tell_some(organizer_id, event_id, _POSTPONE, fact_id, postponed=True)
        ):
            pass

    async def _settled(self, organizer_id: UUID, event_id: UUID) -> Presale | None:
        """The presale, unless there is none or it is over: then nobody waits for it any more."""
        async with self._db.begin(organizer_id) as tx:
            try:
                # Whoever confirms at this time has done so, or finds the event as it is now.
                presale = await self._events.presales.lock(tx, event_id)
            except NoPresale:
                return None
        _, ends_at = presale.window
        over = presale.drawn_at is not None and ends_at <= presale.now
        return None if over else presale

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
        self, organizer_id: UUID, event_id: UUID, statement: str, *values: UUID, **why: bool
    ) -> bool:
        async with self._db.begin(organizer_id) as tx:
            asked = (organizer_id, event_id, BATCH, *values)
            rows = await tx.connection.exec_driver_sql(statement, asked)
            ids = [row.id for row in rows]
            tx.tell(
                *(
                    PresaleRegistrationMoved(organizer_id=organizer_id, registration_id=one, **why)
                    for one in ids
                )
            )
        return bool(ids)
