"""Numbered seats at 20,000: `python -m bench.seats`; ends with 1 if a limit is passed.

The decision alone (in this process, on floors filled at random), the whole hold over HTTP against
the running product with most of the hall taken, and what a browser loads to draw the map.
"""

import argparse
import asyncio
import gzip
import json
import random
import sys
import time
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from rich.console import Console
from rich.table import Table

from bench.buyers import ORDERS, Buyer, an_order, gather_buyers, in_turn
from bench.lines import Ask, Person
from bench.load import percentile
from bench.people import play
from bench.product import HOUSE, Product
from bench.run import products
from boxoffice.services.events.rules.seats.best import Party, Room, best_seats
from boxoffice.services.events.rules.seats.choosing import seat_prefix
from boxoffice.services.events.rules.seats.floors import Floor, floor_of
from boxoffice.services.events.rules.seats.generating import SectionForm, section
from boxoffice.services.events.rules.seats.halls import plan_of
from boxoffice.services.events.rules.seats.plans import Plan, Point, Seat, exported

MOST_MS, MOST_BYTES = 50.0, 150 * 1024
TAKEN = 0.75


class Figure(NamedTuple):
    """One line of the result; `limit` None means that there is none."""

    name: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def is_kept(self) -> bool:
        return self.limit is None or self.value <= self.limit


def forms() -> list[SectionForm]:
    """An arena of 20,000 seats: ten curved blocks of 40 rows with 50 seats, in three categories."""
    return [
        SectionForm(
            name=f"Block {number + 1}",
            category=("Gold", "Silver", "Bronze")[min(number // 2, 2)],
            rows=40,
            seats=50,
            x=900 + 1_300 * (number % 2),
            y=100 + 1_300 * (number // 2),
            aisles_after=(25,),
            curvature=30,
            accessible=(1, 50),
            companions=(2, 49),
        )
        for number in range(10)
    ]


def arena() -> Plan:
    """The arena as if drawn by hand: no two seats are exactly in line."""
    dice = random.Random(3)  # noqa: S311  # not a secret

    def moved(seat: Seat) -> Seat:
        at = seat.position
        place = Point(
            x=round(at.x + dice.uniform(-2, 2), 1), y=round(at.y + dice.uniform(-2, 2), 1)
        )
        return msgspec.structs.replace(seat, position=place)

    zones = [
        msgspec.structs.replace(
            zone,
            rows=tuple(
                msgspec.structs.replace(row, seats=tuple(map(moved, row.seats)))
                for row in zone.rows
            ),
        )
        for zone in map(section, forms())
    ]
    return plan_of("Arena", tuple(zones), stage=Point(x=1_550, y=0))


def filled(floor: Floor, dice: random.Random) -> Room:
    """Parties of one to six all over, as a sale leaves it."""
    taken = bytearray(floor.count)
    while sum(taken) < TAKEN * floor.count:
        for _ in range(200):
            first = dice.randrange(floor.count)
            for seat in range(first, min(first + dice.randint(1, 6), floor.count)):
                taken[seat] = 1
    return Room(floor=floor, taken=taken)


def decisions(rounds: int) -> list[Figure]:
    """The pure decision, with what a process remembers of the floor, and without."""
    plan, dice = arena(), random.Random(7)  # noqa: S311  # not a secret
    floor = floor_of(plan, range(len(plan.seats())))
    group = floor.group(["Gold", "Silver", "Bronze"])
    cold: list[float] = []
    warm: list[float] = []
    for turn in range(rounds):
        room, party = filled(floor, dice), Party(size=1 + turn % 8, group=group)
        floor.orders.clear()
        for kept in (cold, warm):
            room.passed.clear()
            begun = time.perf_counter()
            best_seats(room, party)
            kept.append(1000 * (time.perf_counter() - begun))
    return [
        Figure("best available, the decision alone, p95", percentile(warm, 0.95), "ms", MOST_MS),
        Figure("the same, first of its size in a process, p95", percentile(cold, 0.95), "ms"),
    ]


def open_arena(product: Product) -> tuple[dict[str, Any], int]:
    """A published event in the arena, most of it blocked at random; and how many seats are free."""
    call, organizer = product.call, HOUSE
    made = call("POST", f"{organizer}/seat-maps", {"plan": exported(arena())})
    event = call(
        "POST",
        f"{organizer}/events",
        {
            "title": "Arena", "starts_at": "2031-05-01T19:00", "ends_at": "2031-05-01T22:00",
            "timezone": "Europe/Berlin",
            "venue": {"name": "Arena", "city": "Berlin", "country": "Germany"},
            "ticket": {"name": "Everywhere", "price": 0, "quantity": 1},
        },
    )  # fmt: skip
    path, kind = f"{organizer}/events/{event['id']}", event["ticket_types"][0]["id"]
    categories = dict.fromkeys(("Gold", "Silver", "Bronze"), kind)
    call("PUT", f"{path}/seating", {"seat_map_id": made["id"], "categories": categories})
    call("POST", f"{path}/publish")
    return event, _block(product, path, event)


def _block(product: Product, path: str, event: dict[str, Any]) -> int:
    plan = arena()
    floor = floor_of(plan, range(len(plan.seats())))
    room = filled(floor, random.Random(11))  # noqa: S311  # not a secret
    prefix = seat_prefix(UUID(event["occurrences"][0]["id"]))
    gone = [
        str(UUID(bytes=prefix + seat.to_bytes(4, "big")))
        for seat, taken in enumerate(room.taken)
        if taken
    ]
    for start in range(0, len(gone), 5_000):
        body = {"reason": "Sold elsewhere", "seats": gone[start : start + 5_000]}
        product.call("POST", f"{path}/blocks", body)
    return floor.count - len(gone)


async def holds(
    product: Product, event: dict[str, Any], *, clients: int, count: int
) -> list[Figure]:
    """Parties of two to five hold the best there is, over HTTP."""
    buyers = in_turn(await gather_buyers(product.port, count=256))
    people = (_party(next(buyers), event, 2 + turn % 4) for turn in range(count))
    load = await play(product.port, people, clients=clients)
    if load.outcomes_of().keys() - {"201", "409"}:
        raise RuntimeError(f"unexpected answers: {load.outcomes_of()}")
    limit = MOST_MS if clients == 1 else None
    name = f"holding the best available over HTTP, {clients} at once"
    return [
        Figure(f"{name}, p50", load.percentile_ms(0.5), "ms"),
        Figure(f"{name}, p95", load.percentile_ms(0.95), "ms", limit),
        Figure(f"{name}, holds a second", load.per_second, ""),
    ]


def _party(buyer: Buyer, event: dict[str, Any], size: int) -> Person:
    body = an_order(event, buyer=False, quantity=size, best_available={})
    yield Ask("hold", buyer.post(ORDERS, body))


def payloads(product: Product, event: dict[str, Any]) -> list[Figure]:
    """What a browser loads."""
    path = f"/api/v1/events/demo/{event['slug']}/seats"
    availability = product.call("GET", path)
    drawing = product.call("GET", availability["drawing"])
    free = len(gzip.compress(json.dumps(availability).encode()))
    drawn = len(gzip.compress(json.dumps(drawing, separators=(",", ":")).encode()))
    return [
        Figure("availability, gzipped", free, "bytes"),
        Figure("drawing, gzipped, loaded once", drawn, "bytes"),
        Figure("both together", free + drawn, "bytes", MOST_BYTES),
    ]


async def run(rounds: int) -> list[Figure]:
    found = decisions(rounds)
    async with products(workers=1) as product:
        event, free = open_arena(product)
        found.append(Figure("seats free of 20,000", free, "seats"))
        found += payloads(product, event)
        await holds(product, event, clients=1, count=8)  # the process gets to know the hall
        found += await holds(product, event, clients=1, count=200)
        found += await holds(product, event, clients=32, count=400)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="decisions to measure")
    found = asyncio.run(run(parser.parse_args().rounds))
    table = Table("what", "value", "limit", "")
    for figure in found:
        limit = f"{figure.limit:,.0f} {figure.unit}" if figure.limit is not None else ""
        verdict = "" if figure.limit is None else "kept" if figure.is_kept else "PASSED"
        table.add_row(figure.name, f"{figure.value:,.1f} {figure.unit}", limit, verdict)
    Console().print(table)
    sys.exit(any(not figure.is_kept for figure in found))


if __name__ == "__main__":
    main()
