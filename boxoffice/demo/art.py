"""Covers: poster art from plain shapes, drawn twice as large and made smooth by shrinking."""

import io
import math
from collections.abc import Callable
from typing import Literal

from PIL import Image, ImageDraw

Motif = Literal["moonrise", "tiles", "ridges"]
Point = tuple[float, float]

_WIDTH, _HEIGHT = 3840, 2160
_INK, _PAPER, _COBALT = "#12141C", "#FAF9F7", "#2447F9"
_SKY, _LIME, _AMBER, _CORAL = "#9DB0FF", "#C8F31D", "#F5B84B", "#FF8A8F"
_TILE = 360
# A tile per letter: which quarter is filled, and in which colours.
_TILE_COLOURS = {
    "a": (_COBALT, _PAPER),
    "b": (_PAPER, _INK),
    "c": (_SKY, _COBALT),
    "d": (_INK, _AMBER),
    "e": (_PAPER, _COBALT),
    "f": (_CORAL, _INK),
}
_TILING = ("abeacbadecb", "dceabfcabea", "bacdeabecda", "eabcafdbeac", "cdaebacebfa", "abceadbcaeb")


def draw(motif: Motif) -> bytes:
    """The picture as PNG, 1920 pixels wide and 1080 high, the same at every call."""
    image = Image.new("RGB", (_WIDTH, _HEIGHT), _PAPER)
    _MOTIFS[motif](ImageDraw.Draw(image))
    file = io.BytesIO()
    image.reduce(2).save(file, "PNG", compress_level=1)
    return file.getvalue()


def _moonrise(pen: ImageDraw.ImageDraw) -> None:
    """A moon in rings of light over still water."""
    middle, horizon = (_WIDTH * 0.52, _HEIGHT * 0.4), _HEIGHT * 0.62
    rings = ("#141A3A", "#172257", "#1A2B80", "#1E37B4", _COBALT)
    pen.rectangle((0, 0, _WIDTH, _HEIGHT), fill=_INK)
    for number, colour in enumerate(rings):
        _disc(pen, middle, 1560 - number * 250, colour)
    _disc(pen, middle, 330, _PAPER)
    pen.rectangle((0, horizon, _WIDTH, _HEIGHT), fill=_INK)
    for row in range(9):
        half = 330 - row * 26 + (row % 3) * 90
        top = horizon + 40 + row * 68
        glint = (middle[0] - half, top, middle[0] + half, top + 34 - row * 2)
        pen.rounded_rectangle(glint, radius=17, fill=_PAPER if row < 3 else _SKY)


def _tiles(pen: ImageDraw.ImageDraw) -> None:
    """A wall of tiles, each with a quarter of a circle, and one bright whole one."""
    for row, letters in enumerate(_TILING):
        for column, letter in enumerate(letters):
            ground, figure = _TILE_COLOURS[letter]
            left, top = column * _TILE, row * _TILE
            pen.rectangle((left, top, left + _TILE, top + _TILE), fill=ground)
            _quarter(pen, (left, top), (row * 3 + column * 5 + ord(letter)) % 4, figure)
    _disc(pen, (_TILE * 7, _TILE * 2), _TILE, _LIME)


def _ridges(pen: ImageDraw.ImageDraw) -> None:
    """A low sun behind five ridges, each nearer and darker."""
    colours = ("#C9D3FF", _SKY, "#6F88FF", _COBALT, _INK)
    pen.rectangle((0, 0, _WIDTH, _HEIGHT), fill="#FFE9C7")
    _disc(pen, (_WIDTH * 0.3, _HEIGHT * 0.42), 520, _AMBER)
    for number, colour in enumerate(colours):
        level = _HEIGHT * (0.44 + number * 0.12)
        pen.polygon([*_ridge(level, number), (_WIDTH, _HEIGHT), (0, _HEIGHT)], fill=colour)


def _ridge(level: float, number: int) -> list[Point]:
    return [
        (
            x,
            level
            + 150 * math.sin(x / (520 + 90 * number) + number * 2.1)
            + 48 * math.sin(x / (170 + 35 * number) + number),
        )
        for x in range(0, _WIDTH + 1, 16)
    ]


def _disc(pen: ImageDraw.ImageDraw, middle: Point, radius: float, colour: str) -> None:
    x, y = middle
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _quarter(pen: ImageDraw.ImageDraw, corner: Point, turn: int, colour: str) -> None:
    """A quarter disc that fills the tile from one of its corners, clockwise from top left."""
    x = corner[0] + (_TILE if turn in {1, 2} else 0)
    y = corner[1] + (_TILE if turn in {2, 3} else 0)
    box = (x - _TILE, y - _TILE, x + _TILE, y + _TILE)
    pen.pieslice(box, start=90 * turn, end=90 * turn + 90, fill=colour)


_MOTIFS: dict[Motif, Callable[[ImageDraw.ImageDraw], None]] = {
    "moonrise": _moonrise,
    "tiles": _tiles,
    "ridges": _ridges,
}
