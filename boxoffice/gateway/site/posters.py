"""The typographic poster an event without a cover gets: the web app computes the same from its
title.
"""

import msgspec

ARTS = 10
PALETTES = 8


class Poster(msgspec.Struct, frozen=True, kw_only=True):
    """`art` numbers a drawing, `palette` a set of colours; `fit` is the size of the title."""

    art: int
    palette: int
    fit: str


def poster_of(title: str) -> Poster:
    """The look of the event with this title."""
    number = _fnv1a(title)
    return Poster(art=number % ARTS, palette=(number >> 8) % PALETTES, fit=_fit(title))


def _fnv1a(text: str) -> int:
    number = 0x811C9DC5
    for byte in text.encode("utf-8", "replace"):
        number = (number ^ byte) * 0x01000193 & 0xFFFFFFFF
    return number


def _fit(title: str) -> str:
    longest = max((len(word) for word in title.split()), default=0)
    if len(title) > 48 or longest > 14:
        return "s"
    if len(title) > 26 or longest > 10:
        return "m"
    return "l" if len(title) > 10 or longest > 7 else "xl"
