"""Check-in: one verdict per scan, one admission per ticket, replays answered with their first
verdict.

Scans of one organizer share flushes. A batch locks its tickets sorted by id and judges them in
order, so of two gates with the same ticket exactly one admits.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.exc import IntegrityError

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.data.transience import RetryBatch
from boxoffice.kernel.refusals import Conflict, Refusal
from boxoffice.services.bookings.documents.codes import ForgedCode, TicketClaims, TicketSigner
from boxoffice.services.bookings.rules import (
    TICKET,
    OrderStatus,
    Revoked,
    ScanReason,
    TicketStatus,
    judge_scan,
)
from boxoffice.services.bookings.scan_messages import message_for
from boxoffice.services.bookings.views import ScanTotals, ScanView

_LOCK = """
SELECT id FROM bookings.tickets WHERE organizer_id = $1 AND id = ANY($2::uuid[])
ORDER BY id FOR NO KEY UPDATE
"""
_READ = """
SELECT t.id, t.event_id, t.occurrence_id, t.status, t.void_reason, t.code_version,
       t.admitted_at, t.admitted_gate, t.revoked_because,
       concat_ws(' · ', p.ticket_type_name, p.variation_name) AS ticket_type_name,
       coalesce(p.attendee_name, o.buyer_name) AS attendee_name,
       o.code AS order_code, o.status AS order_status
FROM bookings.tickets t
JOIN bookings.order_positions p ON p.organizer_id = t.organizer_id AND p.id = t.position_id
JOIN bookings.orders o ON o.organizer_id = t.organizer_id AND o.id = t.order_id
WHERE t.organizer_id = $1 AND t.id = ANY($2::uuid[])
"""
# The time with them, whether or not there are any: a round trip less for each flush.
_REPLAYS = """
SELECT clock_timestamp() AS now, s.id, s.event_id, s.ticket_id, s.reason, s.first_admitted_at,
       s.first_gate
FROM (SELECT 1) AS one
LEFT JOIN bookings.scans s ON s.organizer_id = $1 AND s.id = ANY($2::uuid[])
"""
_STORE = """
WITH admitted AS (
    UPDATE bookings.tickets t SET status = 'used', admitted_at = a.at, admitted_gate = a.gate
    FROM unnest($12::uuid[], $13::timestamptz[], $14::text[]) AS a(id, at, gate)
    WHERE t.organizer_id = $1 AND t.id = a.id)
INSERT INTO bookings.scans (organizer_id, id, event_id, ticket_id, reason, gate, scanned_at,
    received_at, first_admitted_at, first_gate, scanned_by)
SELECT $1, s.id, s.event_id, s.ticket_id, s.reason, s.gate, s.scanned_at, $11, s.first_at,
       s.first_gate, s.scanned_by
FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[],
    $8::timestamptz[], $9::text[], $10::text[])
    AS s(id, event_id, ticket_id, reason, gate, scanned_at, first_at, first_gate, scanned_by)
"""
_TOTALS = """
SELECT count(*) FILTER (WHERE status = 'used') AS admitted,
       count(*) FILTER (WHERE status <> 'void') AS expected
FROM bookings.tickets WHERE organizer_id = $1 AND event_id = $2
"""


class ScanTicket(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt. `nonce` is the scanner's: the same nonce is the same attempt."""

    nonce: UUID
    code: str
    event_id: UUID
    gate: str
    scanned_at: datetime | None
    scanned_by: str


class _Attempt(msgspec.Struct, kw_only=True):
    """A scan on its way to a verdict."""

    command: ScanTicket
    claims: TicketClaims | None
    ticket: Any = None
    reason: ScanReason = ScanReason.UNKNOWN_TICKET
    first_at: datetime | None = None
    first_gate: str | None = None
    admits: bool = False
    stored: bool = False
    refusal: Refusal | None = None


class NonceReused(Conflict):
    code = "nonce_reused"
    message = "This nonce was used for another scan; send a new one with each attempt."


class Scanning:
    """The settle function of the coalescer for `ScanTicket`."""

    def __init__(self, db: Database, signer: TicketSigner) -> None:
        self._db = db
        self._signer = signer

    async def settle(
        self, organizer_id: UUID, commands: list[ScanTicket]
    ) -> Sequence[ScanView | Refusal]:
        """One transaction for all; a verdict for each, even for forged codes."""
        attempts = [self._read_code(organizer_id, command) for command in commands]
        try:
            async with self._db.begin(organizer_id) as tx:
                await _judge_all(tx, organizer_id, attempts)
        except IntegrityError as error:
            raise RetryBatch("another process stored one of the attempts") from error
        return [attempt.refusal or _view(attempt) for attempt in attempts]

    async def totals(self, organizer_id: UUID, event_id: UUID) -> ScanTotals:
        """How many are inside, of how many."""
        async with self._db.begin(organizer_id) as tx:
            row = (await tx.connection.exec_driver_sql(_TOTALS, (organizer_id, event_id))).one()
        return ScanTotals(admitted=row.admitted, expected=row.expected)

    def _read_code(self, organizer_id: UUID, command: ScanTicket) -> _Attempt:
        try:
            claims = self._signer.verify(command.code.strip())
        except ForgedCode:
            return _Attempt(command=command, claims=None, reason=ScanReason.FORGED)
        if claims.organizer_id != organizer_id:
            return _Attempt(command=command, claims=None, reason=ScanReason.WRONG_EVENT)
        return _Attempt(command=command, claims=claims)


async def _judge_all(tx: Transaction, organizer_id: UUID, attempts: list[_Attempt]) -> None:
    ids = sorted({attempt.claims.ticket_id for attempt in attempts if attempt.claims})
    await tx.connection.exec_driver_sql(_LOCK, (organizer_id, ids))
    tickets = {
        row.id: row for row in await tx.connection.exec_driver_sql(_READ, (organizer_id, ids))
    }
    nonces = [attempt.command.nonce for attempt in attempts]
    rows = (await tx.connection.exec_driver_sql(_REPLAYS, (organizer_id, nonces))).all()
    replays, now = {row.id: row for row in rows}, rows[0].now
    admitted: dict[UUID, tuple[datetime, str]] = {}
    first_of: dict[UUID, _Attempt] = {}
    for attempt in attempts:
        if attempt.claims:
            attempt.ticket = tickets.get(attempt.claims.ticket_id)
        twin = first_of.setdefault(attempt.command.nonce, attempt)
        if twin is not attempt:
            _copy(attempt, twin)
        elif replay := replays.get(attempt.command.nonce):
            _replay(attempt, replay)
        else:
            _judge(attempt, admitted, now=now)
    await _store(tx, organizer_id, list(first_of.values()), now=now)


def _judge(attempt: _Attempt, admitted: dict[UUID, tuple[datetime, str]], *, now: datetime) -> None:
    ticket, claims = attempt.ticket, attempt.claims
    if ticket is None or claims is None:
        return
    before = admitted.get(ticket.id)
    attempt.reason = judge_scan(
        right_event=ticket.event_id == attempt.command.event_id,
        current_code=ticket.code_version == claims.code_version,
        status=TicketStatus(ticket.status),
        confirmed=ticket.order_status == OrderStatus.CONFIRMED.value,
        admitted=before is not None,
        void_reason=ticket.void_reason,
        revoked=Revoked(ticket.revoked_because) if ticket.revoked_because else None,
    )
    if attempt.reason is ScanReason.OK:
        TICKET.move(TicketStatus(ticket.status), TicketStatus.USED)
        attempt.admits = True
        at = attempt.command.scanned_at or now
        admitted[ticket.id] = (min(at, now), attempt.command.gate)
    elif attempt.reason is ScanReason.ALREADY_ADMITTED:
        attempt.first_at, attempt.first_gate = before or (ticket.admitted_at, ticket.admitted_gate)


def _replay(attempt: _Attempt, stored: Any) -> None:
    attempt.stored = True
    ticket_id = attempt.ticket.id if attempt.ticket else None
    if (stored.event_id, stored.ticket_id) != (attempt.command.event_id, ticket_id):
        attempt.refusal = NonceReused()
        return
    attempt.reason = ScanReason(stored.reason)
    attempt.first_at, attempt.first_gate = stored.first_admitted_at, stored.first_gate


def _copy(attempt: _Attempt, twin: _Attempt) -> None:
    if (attempt.command.code, attempt.command.event_id) != (
        twin.command.code,
        twin.command.event_id,
    ):
        attempt.refusal = NonceReused()
        return
    attempt.refusal = twin.refusal
    attempt.ticket, attempt.reason = twin.ticket, twin.reason
    attempt.first_at, attempt.first_gate = twin.first_at, twin.first_gate


async def _store(
    tx: Transaction, organizer_id: UUID, attempts: list[_Attempt], *, now: datetime
) -> None:
    fresh = [attempt for attempt in attempts if not attempt.stored]
    if not fresh:
        return
    commands = [attempt.command for attempt in fresh]
    times = [min(command.scanned_at or now, now) for command in commands]
    admits = [
        (a.ticket.id, at, a.command.gate) for a, at in zip(fresh, times, strict=True) if a.admits
    ]
    await tx.connection.exec_driver_sql(
        _STORE,
        (
            organizer_id,
            [command.nonce for command in commands],
            [command.event_id for command in commands],
            [attempt.ticket.id if attempt.ticket else None for attempt in fresh],
            [attempt.reason.value for attempt in fresh],
            [command.gate for command in commands],
            times,
            [attempt.first_at for attempt in fresh],
            [attempt.first_gate for attempt in fresh],
            [command.scanned_by for command in commands],
            now,
            [ticket for ticket, _, _ in admits],
            [at for _, at, _ in admits],
            [gate for _, _, gate in admits],
        ),
    )


def _view(attempt: _Attempt) -> ScanView:
    # A ticket of another event tells the door nothing about its holder.
    ticket = None if attempt.reason is ScanReason.WRONG_EVENT else attempt.ticket
    return ScanView(
        verdict="admitted" if attempt.reason is ScanReason.OK else "refused",
        reason=attempt.reason,
        message=message_for(attempt.reason, first_at=attempt.first_at, gate=attempt.first_gate),
        ticket_id=ticket.id if ticket else None,
        ticket_type_name=ticket.ticket_type_name if ticket else None,
        attendee_name=ticket.attendee_name if ticket else None,
        order_code=ticket.order_code if ticket else None,
        first_admitted_at=attempt.first_at,
        first_gate=attempt.first_gate,
    )
