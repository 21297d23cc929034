"""Scanning at the door, through the API."""

import asyncio
from collections import Counter
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from boxoffice.data.postgres import Database
from boxoffice.kernel.ids import new_id
from boxoffice.services.bookings.documents.codes import TicketSigner
from boxoffice.services.bookings.scanning import Scanning, ScanTicket
from boxoffice.services.bookings.views import ScanView
from tests.support.product import Product, order_of
from tests.support.staff import staff_of
from tests.support.stage import Stage, set_stage


async def sold(product: Product, stage: Stage, *, quantity: int = 1) -> list[dict[str, Any]]:
    """Tickets of a confirmed order."""
    async with product.visitor() as buyer:
        orders = f"/api/v1/organizers/{stage.slug}/orders"
        answer = await buyer.post(orders, json=order_of(stage, quantity=quantity))
    return answer.json()["tickets"]


async def scan(
    door: httpx2.AsyncClient, stage: Stage, code: str, *, nonce: str = "", gate: str = "A"
) -> dict[str, Any]:
    answer = await door.post(
        f"/api/v1/organizers/{stage.slug}/scans",
        json={
            "code": code,
            "event_id": str(stage.event_id),
            "nonce": nonce or str(uuid4()),
            "gate": gate,
        },
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def altered(code: str) -> str:
    """The code with another last character."""
    return code[:-1] + ("A" if code[-1] != "A" else "B")


async def test_a_ticket_enters_once_and_the_second_scan_says_when_the_first_was(
    db: Database, product: Product
) -> None:
    stage = await set_stage(db, capacities=[5])
    (ticket,) = await sold(product, stage)
    async with staff_of(product, stage, role="door") as door:
        first = await scan(door, stage, ticket["code"], gate="North")
        second = await scan(door, stage, ticket["code"], gate="South")
        totals = await door.get(
            f"/api/v1/organizers/{stage.slug}/events/{stage.event_id}/scan-totals"
        )
    assert (first["verdict"], first["reason"]) == ("admitted", "ok")
    assert first["attendee_name"] == "Ada Lovelace"
    assert (second["verdict"], second["reason"]) == ("refused", "already_admitted")
    assert second["first_gate"] == "North"
    assert second["first_admitted_at"] is not None
    assert "North" in second["message"]
    assert totals.json() == {"admitted": 1, "expected": 1}


async def test_the_same_attempt_again_gives_the_same_verdict(
    db: Database, product: Product
) -> None:
    stage = await set_stage(db, capacities=[5])
    (ticket,) = await sold(product, stage)
    nonce = str(uuid4())
    async with staff_of(product, stage, role="door") as door:
        answers = await asyncio.gather(
            *(scan(door, stage, ticket["code"], nonce=nonce) for _ in range(6))
        )
        late = await scan(door, stage, ticket["code"], nonce=nonce)
    assert {answer["verdict"] for answer in [*answers, late]} == {"admitted"}


async def test_one_nonce_for_two_tickets_or_an_impossible_time_is_refused_and_admits_nobody(
    db: Database, product: Product
) -> None:
    stage = await set_stage(db, capacities=[5])
    first, second = await sold(product, stage, quantity=2)
    body = {"event_id": str(stage.event_id), "nonce": str(uuid4()), "gate": "A"}
    path = f"/api/v1/organizers/{stage.slug}/scans"
    async with staff_of(product, stage, role="door") as door:
        await door.post(path, json={**body, "code": first["code"]})
        reused = await door.post(path, json={**body, "code": second["code"]})
        never = {"nonce": str(uuid4()), "scanned_at": "0001-01-01T00:00:00+14:00"}
        impossible = await door.post(path, json={**body, "code": second["code"], **never})
        fresh = await scan(door, stage, second["code"])
    assert (reused.status_code, reused.json()["code"]) == (409, "nonce_reused")
    assert impossible.status_code == 422, impossible.text
    assert impossible.json()["errors"][0]["pointer"] == "/scanned_at"
    assert fresh["verdict"] == "admitted"


async def test_of_twenty_gates_with_one_ticket_exactly_one_admits(
    db: Database, product: Product
) -> None:
    stage = await set_stage(db, capacities=[5])
    (ticket,) = await sold(product, stage)
    async with staff_of(product, stage, role="door") as door:
        answers = await asyncio.gather(
            *(scan(door, stage, ticket["code"], gate=str(gate)) for gate in range(20))
        )
    assert Counter(a["reason"] for a in answers) == {"ok": 1, "already_admitted": 19}


async def test_of_sixteen_processes_with_one_ticket_exactly_one_admits(
    db: Database, product: Product, crowd: Database
) -> None:
    """Nothing but the ticket's row lies between them."""
    stage = await set_stage(db, capacities=[5])
    (ticket,) = await sold(product, stage)
    scanning = Scanning(crowd, TicketSigner(product.services.keyring))
    commands = [
        ScanTicket(
            nonce=new_id(),
            code=ticket["code"],
            event_id=stage.event_id,
            gate=str(gate),
            scanned_at=None,
            scanned_by="door",
        )
        for gate in range(16)
    ]
    flushes = await asyncio.gather(
        *(scanning.settle(stage.organizer_id, [command]) for command in commands)
    )
    verdicts = Counter(one.verdict for (one,) in flushes if isinstance(one, ScanView))
    assert verdicts == {"admitted": 1, "refused": 15}


@pytest.mark.contrived
async def test_forged_foreign_and_void_codes_are_refused_with_their_reason(
    db: Database, product: Product
) -> None:
    stage, other = await set_stage(db, capacities=[5]), await set_stage(db, capacities=[5])
    (ticket,), (foreign,) = await sold(product, stage), await sold(product, other)
    async with db.begin(stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE bookings.tickets SET status = 'void' WHERE organizer_id = $1",
            (stage.organizer_id,),
        )
    async with staff_of(product, stage, role="door") as door:
        void = await scan(door, stage, ticket["code"])
        forged = await scan(door, stage, altered(ticket["code"]))
        wrong = await scan(door, stage, foreign["code"])
        nonsense = await scan(door, stage, "https://example.org")
    assert (void["reason"], forged["reason"]) == ("void", "forged")
    assert (wrong["reason"], nonsense["reason"]) == ("wrong_event", "forged")
    assert wrong["attendee_name"] is None


async def test_the_door_is_for_those_who_may_scan(db: Database, product: Product) -> None:
    stage = await set_stage(db, capacities=[5])
    path = f"/api/v1/organizers/{stage.slug}/scans"
    body = {"code": "x", "event_id": str(new_id()), "nonce": str(uuid4())}
    async with product.visitor() as stranger:
        assert (await stranger.post(path, json=body)).status_code == 401
    async with staff_of(product, stage, role="marketing") as member:
        assert (await member.post(path, json=body)).status_code == 403
    async with staff_of(product, await set_stage(db, capacities=[1]), role="owner") as other:
        assert (await other.post(path, json=body)).status_code == 404
