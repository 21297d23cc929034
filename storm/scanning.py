"""What scanners at the door do, each leaving in the journal what they were told."""

import json
from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from bench.load import request
from storm import books
from storm.client import Client
from storm.journal import Promise
from storm.register import NOBODY, Act, Kind, Outcome
from storm.site import Sale, Site

_ADMITTED = """
SELECT t.id::text AS ticket, s.id::text AS scan FROM bookings.tickets t
LEFT JOIN bookings.scans s ON s.organizer_id = t.organizer_id AND s.ticket_id = t.id
  AND s.reason = 'ok'
WHERE t.organizer_id = $1 AND t.event_id = $2
"""
_SCANS = "SELECT id::text, reason FROM bookings.scans WHERE organizer_id = $1 AND event_id = $2"


class Scan(msgspec.Struct, kw_only=True):
    """One attempt at one gate; `seen_at` when the gate was offline. `said` is the reason told."""

    ticket: str
    code: str
    gate: str
    seen_at: datetime | None = None
    nonce: str = msgspec.field(default_factory=lambda: str(uuid4()))
    said: str = ""


def scans_of(promise: Promise, gate: str) -> list[Scan]:
    """One for each ticket of an order."""
    return [
        Scan(ticket=ticket["id"], code=ticket["code"], gate=gate)
        for ticket in promise.told.body["tickets"]
    ]


async def scan(client: Client, site: Site, sale: Sale, one: Scan) -> None:
    """Send it until there is a verdict, now and then twice."""
    body = {"code": one.code, "event_id": sale.event_id, "nonce": one.nonce, "gate": one.gate}
    if one.seen_at is not None:
        body["scanned_at"] = one.seen_at.isoformat()
    headers = {"authorization": f"Bearer {site.token}"}
    path = f"/api/v1/organizers/{sale.slug}/scans"
    sent = request("POST", path, headers=headers, body=json.dumps(body).encode())
    told = await client.insist(sent, name=one.nonce)
    if told.outcome is Outcome.OK and site.dice.random() < site.habits.doubtful:
        again = await client.insist(sent, name=one.nonce)
        site.journal.repeated += 1
        if again.body.get("reason") != told.body["reason"]:
            site.journal.offend(f"one nonce, two verdicts: {told.body}, then {again.body}")
    _note(site, one, told_reason=str(told.body.get("reason", "")), act=(told.begun, told.ended))


def _note(site: Site, one: Scan, *, told_reason: str, act: tuple[float, float]) -> None:
    one.said = told_reason
    if told_reason in ("ok", "already_admitted"):
        outcome = Outcome.OK if told_reason == "ok" else Outcome.FAIL
        site.journal.acts[f"ticket {one.ticket}"].append(Act(Kind.TAKE, one.nonce, *act, outcome))
    elif told_reason:
        site.journal.offend(f"a good ticket was refused at the door: {told_reason}")


async def compare(site: Site, sale: Sale, scans: list[Scan]) -> int:
    """Every verdict is stored as it was told; who is inside ends each ticket's history. How many
    are.
    """
    values = sale.organizer_id, UUID(sale.event_id)
    stored = {row["id"]: row["reason"] for row in await books.ask(site, _SCANS, *values)}
    for one in scans:
        if one.said and stored.get(one.nonce) != one.said:
            site.journal.offend(f"told {one.said} at the door, stored {stored.get(one.nonce)}")
    rows = await books.ask(site, _ADMITTED, *values)
    for row in rows:
        site.journal.seen(f"ticket {row['ticket']}", row["scan"] or NOBODY)
    if len(rows) != len({row["ticket"] for row in rows}):
        site.journal.offend("a ticket has admitted twice")
    return sum(row["scan"] is not None for row in rows)
