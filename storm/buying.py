"""What visitors of a sale do, each leaving in the journal what they were told."""

from typing import Any
from uuid import uuid4

from bench.buyers import Buyer
from storm.client import Client
from storm.journal import Promise, Told
from storm.register import Kind, Outcome
from storm.site import Sale

NAMED = {"email": "buyer@example.org", "name": "Storm Buyer"}
_GONE = {"sold_out", "seat_taken", "no_adjacent_seats"}


def tickets(sale: Sale, quantity: int) -> dict[str, Any]:
    """So many of a sale without numbers."""
    return {"ticket_type_id": sale.kind, "quantity": quantity}


def seats(sale: Sale, *chosen: str) -> dict[str, Any]:
    """These very seats."""
    return tickets(sale, len(chosen)) | {"seats": list(chosen)}


def best(sale: Sale, quantity: int) -> dict[str, Any]:
    """So many side by side, wherever they are best."""
    return tickets(sale, quantity) | {"best_available": {}}


async def buy(
    client: Client, buyer: Buyer, sale: Sale, line: dict[str, Any], /, **more: Any
) -> Promise:
    """Hold and confirm a free order in one request."""
    return await _open(client, buyer, sale, line, {"buyer": NAMED, **more})


async def hold(
    client: Client, buyer: Buyer, sale: Sale, line: dict[str, Any], /, **more: Any
) -> Promise:
    """Hold, and leave open who buys."""
    return await _open(client, buyer, sale, line, more)


async def confirm(client: Client, buyer: Buyer, sale: Sale, held: Promise) -> None:
    """Say who buys, and confirm what is held and free."""
    path = f"{sale.orders}/{held.id}"
    named = await client.send(buyer, "PUT", f"{path}/buyer", NAMED, key=str(uuid4()))
    told = await client.send(buyer, "POST", f"{path}/confirm")
    if Outcome.FAIL in (named.outcome, told.outcome):
        client.journal.offend(f"a live hold was not confirmed: {named.body} {told.body}")
    elif told.outcome is Outcome.OK:
        held.stands = str(told.body["status"])


async def let_go(client: Client, buyer: Buyer, sale: Sale, held: Promise) -> None:
    """Give back what is held."""
    path = f"{sale.orders}/{held.id}/release"
    told = await client.send(buyer, "POST", path, key=str(uuid4()))
    if told.outcome is not Outcome.OK:
        client.journal.offend(f"a hold could not be let go: {told.body}")
        return
    held.stands = "cancelled"
    for seat in seats_of(held.told):
        client.journal.note(f"seat {seat}", Kind.DROP, held.told.key, told)


def seats_of(told: Told) -> list[str]:
    """The ids of the seats that an order was given."""
    return [one["seat"]["id"] for one in told.body.get("positions", ()) if one.get("seat")]


def is_gone(promise: Promise) -> bool:
    """Whether it was refused because others have it."""
    return promise.told.code in _GONE


async def _open(
    client: Client, buyer: Buyer, sale: Sale, line: dict[str, Any], more: dict[str, Any]
) -> Promise:
    body = {"event_id": sale.event_id, "items": [line]} | more
    told = await client.send(buyer, "POST", sale.orders, body, key=str(uuid4()))
    ok = told.outcome is Outcome.OK
    promise = Promise(told=told, stands=str(told.body["status"]) if ok else "refused")
    client.journal.orders.append(promise)
    client.journal.turned_away += is_gone(promise)
    _note_seats(client, line, promise)
    return promise


def _note_seats(client: Client, line: dict[str, Any], promise: Promise) -> None:
    """Who gets seats took each of them. Who is refused one alone was told that it is taken."""
    told, named = promise.told, line.get("seats", [])
    taken = seats_of(told) or named
    if told.outcome is Outcome.FAIL and (len(named) != 1 or told.code != "seat_taken"):
        return
    for seat in taken:
        client.journal.note(f"seat {seat}", Kind.TAKE, told.key, told)
