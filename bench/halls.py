"""Numbered seats for sale, and what a browser makes of their availability."""

import base64
from typing import Any
from uuid import UUID

import msgspec

from bench.product import HOUSE, Product


class Hall(msgspec.Struct, frozen=True, kw_only=True):
    """A published event whose tickets are numbered seats of one category."""

    event: dict[str, Any]
    seats_path: str
    ordinals: list[int]

    @property
    def count(self) -> int:
        return len(self.ordinals)


def open_hall(product: Product, *, title: str, rows: int, seats: int) -> Hall:
    """A straight block of rows, all seats free of charge and free to be taken."""
    section = {"name": "Stalls", "category": "Seat", "rows": rows, "seats": seats}
    made = product.call(
        "POST", f"{HOUSE}/seat-maps/generate", {"name": title, "sections": [section]}
    )
    event = product.event(title=title, quantity=1, publish=False)
    path, kind = f"{HOUSE}/events/{event['id']}", event["ticket_types"][0]["id"]
    wanted = {"seat_map_id": made["id"], "categories": {"Seat": kind}}
    product.call("PUT", f"{path}/seating", wanted)
    product.call("POST", f"{path}/publish")
    seats_path = f"/api/v1/events/demo/{event['slug']}/seats"
    drawing = product.call("GET", product.call("GET", seats_path)["drawing"])
    return Hall(event=event, seats_path=seats_path, ordinals=_ordinals(drawing))


def _ordinals(drawing: dict[str, Any]) -> list[int]:
    """Of all seats in the drawing's order."""
    return [
        ordinal
        for section in drawing["sections"]
        for row in section["rows"]
        for ordinal in row.get("ordinals") or range(row["first"], row["first"] + len(row["x"]))
    ]


class Free(msgspec.Struct, frozen=True):
    """What can be had as one answer tells: places in the drawing's order."""

    prefix: str
    places: tuple[int, ...]

    def seat_id(self, hall: Hall, place: int) -> str:
        return str(UUID(hex=f"{self.prefix}{hall.ordinals[place]:08x}"))


def free_seats(body: bytes) -> Free:
    """Reads an availability as the browser does."""
    told = msgspec.json.decode(body)
    bits = _bits(told["gone"]) | _bits(told["held"])
    places = tuple(place for place in range(told["seats"]) if not bits >> place & 1)
    return Free(told["seat_prefix"], places)


def _bits(packed: str) -> int:
    return int.from_bytes(base64.b64decode(packed), "little")
