"""What the small box office sells."""

from typing import NamedTuple

OK = "ok"


class Kind(NamedTuple):
    """A ticket type: what it costs in minor units, and the quotas it counts against."""

    name: str
    price: int
    quotas: tuple[str, ...]


STANDING = Kind("Standing", 0, ("hall",))
CHAIR = Kind("Chair", 1500, ("chairs", "hall"))
BENCH = Kind("Bench", 500, ("hall",))
SEAT = Kind("Seat", 0, ("row",))
KINDS = (STANDING, CHAIR, BENCH, SEAT)
