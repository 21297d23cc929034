"""Base32 (RFC 4648) of whole groups: bytes that are a multiple of five, hence without padding.

Python's own goes from group to group and takes twice as long, once for each ticket sold. Here all
groups of 40 bits lie in one long number, each in a lane of 64, and are spread together: into
halves of 20 bits, quarters of 10, and eighths of 5, one for each byte of the lane.
"""

from functools import cache
from typing import NamedTuple

_GROUP = 5
_LANE = 8
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_LETTERS = _ALPHABET + bytes(256 - len(_ALPHABET))


class _Step(NamedTuple):
    """The upper half of every part, `left` bits further up, and the lower half where it is."""

    upper: int
    left: int
    lower: int


def b32encode(raw: bytes) -> str:
    """What `base64.b32encode` gives; a ValueError unless `raw` is whole groups."""
    groups, rest = divmod(len(raw), _GROUP)
    if rest:
        raise ValueError("not whole groups of five bytes")
    lanes = [b"\0\0\0" + raw[at : at + _GROUP] for at in range(0, len(raw), _GROUP)]
    spread = int.from_bytes(b"".join(lanes), "big")
    for step in _steps(groups):
        spread = ((spread & step.upper) << step.left) | (spread & step.lower)
    return spread.to_bytes(groups * _LANE, "big").translate(_LETTERS).decode("ascii")


@cache
def _steps(groups: int) -> list[_Step]:
    """How so many lanes are spread."""
    steps: list[_Step] = []
    for bits, places in ((20, 64), (10, 32), (5, 16)):
        half = (1 << bits) - 1
        lower = sum(half << at for at in range(0, groups * _LANE * 8, places))
        steps.append(_Step(upper=lower << bits, left=places // 2 - bits, lower=lower))
    return steps
