"""What a scanner sees is the code."""

import io
from collections.abc import Callable

import zxingcpp
from PIL import Image, ImageDraw

from boxoffice.services.bookings.documents import qr
from boxoffice.services.bookings.documents.codes import TicketClaims, TicketSigner

MakeClaims = Callable[..., TicketClaims]


def read(picture: Image.Image) -> str:
    return zxingcpp.read_barcodes(picture)[0].text


def drawn(modules: qr.Matrix, pixels: int) -> Image.Image:
    side = (len(modules) + 2 * qr.QUIET_ZONE) * pixels
    picture = Image.new("L", (side, side), "white")
    pen = ImageDraw.Draw(picture)
    for y, row in enumerate(modules, start=qr.QUIET_ZONE):
        for x, module in enumerate(row, start=qr.QUIET_ZONE):
            if module:
                corner = (x * pixels, y * pixels)
                pen.rectangle([corner, (corner[0] + pixels - 1, corner[1] + pixels - 1)], "black")
    return picture


def test_every_symbol_decodes_to_its_code_under_the_fixed_mask(
    signer: TicketSigner, make_claims: MakeClaims
) -> None:
    for _ in range(40):
        code = signer.sign(make_claims())
        assert read(Image.open(io.BytesIO(qr.png(code)))) == code


def test_a_symbol_stays_small_enough_for_a_phone(
    signer: TicketSigner, make_claims: MakeClaims
) -> None:
    assert len(qr.matrix(signer.sign(make_claims()))) == 49


def test_a_tenth_of_the_symbol_may_be_dirty(signer: TicketSigner, make_claims: MakeClaims) -> None:
    code = signer.sign(make_claims())
    picture = drawn(qr.matrix(code), 6)
    ImageDraw.Draw(picture).ellipse([(160, 150), (220, 210)], "black")
    assert read(picture) == code


def test_the_path_covers_exactly_the_dark_modules(
    signer: TicketSigner, make_claims: MakeClaims
) -> None:
    modules = qr.matrix(signer.sign(make_claims()))
    painted = [bytearray(len(row)) for row in modules]
    for step in qr.path(modules)[1:].split("M"):
        start, rest = step.split(" ")
        row, length = rest.split(".5h")
        painted[int(row)][int(start) : int(start) + int(length)] = b"\x01" * int(length)
    assert tuple(bytes(row) for row in painted) == modules


def test_the_svg_brings_its_own_white_so_that_it_scans_on_a_dark_page(
    signer: TicketSigner, make_claims: MakeClaims
) -> None:
    drawing = qr.svg(signer.sign(make_claims()))
    assert drawing.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 57 57"')
    assert '<path fill="#fff" d="M0 0h57v57H0z"/>' in drawing
