"""QR symbols of ticket codes: as a path, an SVG file, a PNG file.

Error level M (15 % may be dirty) and one fixed mask: trying all eight masks costs four times as
much, and a code of random letters looks alike under each.
"""

import re
import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache

import segno

QUIET_ZONE = 4  # modules of white that the standard asks for on every side
_MASK = 2
_RUN = re.compile(b"\x01+")

Matrix = Sequence[bytes]


@lru_cache(maxsize=64)  # a confirmation shows each symbol twice: on the page and in the mail
def matrix(text: str) -> Matrix:
    """The symbol without quiet zone: rows of bytes, 1 is dark."""
    symbol = segno.make_qr(text, error="m", mask=_MASK, boost_error=False)
    return tuple(bytes(row) for row in symbol.matrix)


def path(modules: Matrix) -> str:
    """The dark modules as an SVG path to be stroked one unit wide, from (0, 0)."""
    return "".join(
        f"M{run.start()} {y}.5h{run.end() - run.start()}"
        for y, row in enumerate(modules)
        for run in _RUN.finditer(row)
    )


def svg(text: str) -> str:
    """A file of its own, black on white with quiet zone, so that it also scans on a dark page."""
    modules = matrix(text)
    side = len(modules) + 2 * QUIET_ZONE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        ' shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path stroke="#000" transform="translate({QUIET_ZONE} {QUIET_ZONE})"'
        f' d="{path(modules)}"/></svg>'
    )


def bare_svg(text: str) -> str:
    """Only the dark modules, for whoever draws the white around them."""
    modules = matrix(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(modules)} {len(modules)}">'
        f'<path stroke="#000" d="{path(modules)}"/></svg>'
    )


def png(text: str, *, pixels_per_module: int = 6) -> bytes:
    """The same as a one-bit PNG, for mail programs, which show no SVG."""
    modules = matrix(text)
    side = (len(modules) + 2 * QUIET_ZONE) * pixels_per_module
    blank = bytes(len(modules))
    rows = [*[blank] * QUIET_ZONE, *modules, *[blank] * QUIET_ZONE]
    lines = (_scanline(row, side, pixels_per_module) * pixels_per_module for row in rows)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _scanline(row: bytes, side: int, scale: int) -> bytes:
    """One line of pixels, a bit each, 1 is white, after its filter byte."""
    margin = "1" * (QUIET_ZONE * scale)
    dark, light = "0" * scale, "1" * scale
    bits = margin + "".join(dark if module else light for module in row) + margin
    return b"\0" + int(bits.ljust(-side % 8 + side, "1"), 2).to_bytes((side + 7) // 8)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
