"""The rows of the table: one measurement each."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import msgspec

from bench.buyers import Buyer, Crowd, refused
from bench.load import Load, Next, Seen, request, run_load
from bench.processes import Cost, costs
from bench.product import Product

ORDERS = "/api/v1/organizers/demo/orders"


class Row(msgspec.Struct, kw_only=True):
    """One line of the results; rates per second, times in milliseconds, CPU seconds by part."""

    name: str
    clients: int
    per_s: float
    p50_ms: float
    p99_ms: float
    cpu: dict[str, float]
    rss_mb: float
    note: str = ""


class Stage(msgspec.Struct, kw_only=True):
    """What all measurements use."""

    product: Product
    crowd: Crowd
    seconds: float
    codes: list[str]


async def measure(
    stage: Stage, name: str, clients: int, drive: Callable[[], Awaitable[Load]], *, per: int = 1
) -> Row:
    """Drive a load and note what it cost; `per` requests make one of what is counted."""
    before = costs(stage.product.process.pid)
    load = await drive()
    after = costs(stage.product.process.pid)
    return Row(
        name=name,
        clients=clients,
        per_s=round(load.per_second / per, 1),
        p50_ms=round(load.percentile_ms(0.50), 2),
        p99_ms=round(load.percentile_ms(0.99), 2),
        cpu={part: round(_spent(part, before, after), 2) for part in after},
        rss_mb=round(sum(cost.pss_mb for cost in after.values()), 1),
        note=f"refused: {refused(load)}" if refused(load) else "",
    )


def _spent(part: str, before: dict[str, Cost], after: dict[str, Cost]) -> float:
    return after[part].cpu - (before[part].cpu if part in before else 0.0)


async def free_purchase(stage: Stage, clients: int) -> Row:
    """One POST that holds and confirms, answered after the commit with order and tickets."""
    event = await stage.product.event(title=f"Free {clients}", price=0, quantity=500_000)
    wanted = _order(event, buyer={"email": "buyer@example.org", "name": "Bench Buyer"})

    def make(_: int) -> bytes:
        return stage.crowd.post(stage.crowd.next_buyer(), ORDERS, wanted)

    def look(_: int, status: int, body: bytes) -> None:
        if status == 201 and len(stage.codes) < 40_000:
            stage.codes += [ticket["code"] for ticket in json.loads(body)["tickets"]]

    return await measure(stage, "free_purchase", clients, _drive(stage, clients, make, look))


async def paid_purchase(stage: Stage, clients: int) -> Row:
    """Hold, then pay and confirm with the practice card company: two requests."""
    event = await stage.product.event(title=f"Paid {clients}", price=2500, quantity=500_000)
    wanted = _order(event, buyer={"email": "buyer@example.org", "name": "Bench Buyer"})
    open_orders: dict[int, tuple[Buyer, str]] = {}

    def make(client: int) -> bytes:
        if client in open_orders:
            buyer, order_id = open_orders.pop(client)
            path = f"{ORDERS}/{order_id}/payments"
            return stage.crowd.post(buyer, path, {"source": "practice_ok"})
        buyer = stage.crowd.next_buyer()
        open_orders[client] = (buyer, "")
        return stage.crowd.post(buyer, ORDERS, wanted)

    def look(client: int, status: int, body: bytes) -> None:
        if client in open_orders:
            buyer, _ = open_orders.pop(client)
            if status == 201:
                open_orders[client] = (buyer, json.loads(body)["id"])

    drive = _drive(stage, clients, make, look)
    return await measure(stage, "paid_purchase", clients, drive, per=2)


async def reads(stage: Stage, name: str, path: str, clients: int) -> Row:
    """The same page by many visitors."""
    asked = request("GET", path, headers={"x-forwarded-for": "10.200.0.1"})
    return await measure(stage, name, clients, _drive(stage, clients, lambda _: asked, None))


async def scans(stage: Stage, event_id: str, clients: int) -> Row:
    """Every ticket once; ends early when all are inside."""
    waiting = iter(list(stage.codes))
    headers = {"authorization": f"Bearer {stage.product.token}"}

    def make(_: int) -> bytes | None:
        code = next(waiting, None)
        if code is None:
            return None
        body = {"code": code, "event_id": event_id, "nonce": str(uuid4()), "gate": "A"}
        return request(
            "POST", "/api/v1/organizers/demo/scans", headers=headers, body=json.dumps(body).encode()
        )

    refusals: list[str] = []

    def look(_: int, status: int, body: bytes) -> None:
        if status != 200 or b'"admitted"' not in body:
            refusals.append(body[:200].decode())

    row = await measure(stage, "scan", clients, _drive(stage, clients, make, look))
    row.note = f"not admitted: {len(refusals)}, {refusals[0]}" if refusals else row.note
    return row


async def drained(stage: Stage, name: str) -> Row:
    """Wait for the mails of what was just sold; the rate at which they left."""
    before = costs(stage.product.process.pid)
    waiting, seconds = await stage.product.drain()
    after = costs(stage.product.process.pid)
    return Row(
        name=f"{name}_mails_drained",
        clients=0,
        per_s=round(waiting / seconds, 1) if seconds > 1 else 0.0,
        p50_ms=0.0,
        p99_ms=0.0,
        cpu={part: round(_spent(part, before, after), 2) for part in after},
        rss_mb=round(sum(cost.pss_mb for cost in after.values()), 1),
        note=f"{waiting} mails, each with a PDF, in {seconds:.0f} s",
    )


def _drive(
    stage: Stage, clients: int, make: Next, look: Seen | None
) -> Callable[[], Awaitable[Load]]:
    async def drive() -> Load:
        return await run_load(
            stage.product.port, clients=clients, seconds=stage.seconds, make=make, look=look
        )

    return drive


def _order(event: dict[str, Any], *, buyer: dict[str, str]) -> dict[str, Any]:
    kind = event["ticket_types"][0]["id"]
    return {
        "event_id": event["id"],
        "items": [{"ticket_type_id": kind, "quantity": 1}],
        "buyer": buyer,
    }
