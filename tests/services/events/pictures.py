"""A corpus of uploads: pictures as cameras, editors and attackers make them."""

import io
import zipfile
import zlib
from typing import Any

from PIL import Image, ImageDraw

SECRET = b"Secretville 52.5200 13.4050"


def picture(
    kind: str = "JPEG", *, size: tuple[int, int] = (1200, 800), mode: str = "RGB", **options: Any
) -> bytes:
    """A picture with a gradient, a red corner top left and a blue one bottom right."""
    base = Image.linear_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(base)
    corner = min(size) // 3
    draw.rectangle([0, 0, corner, corner], fill=(220, 20, 20))
    draw.rectangle([size[0] - corner, size[1] - corner, *size], fill=(20, 20, 220))
    return saved(base.convert(mode), kind, **options)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def from_a_phone() -> bytes:
    """Taken upright: the sensor's picture lies on its side, EXIF says so and where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = SECRET.decode()
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0)}
    return picture(size=(1200, 800), exif=exif, comment=SECRET)


def see_through() -> bytes:
    image = Image.new("RGBA", (800, 600), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle([300, 200, 500, 400], fill=(200, 0, 0, 255))
    return saved(image, "PNG")


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that promises gigabytes of pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(name + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + name + data + crc

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    rows = zlib.compress(bytes(3_000_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def with_archive() -> bytes:
    """A picture that unzips."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("index.html", "<h1>hello</h1>")
    return picture() + file.getvalue()


ACCEPTED = {
    "jpeg": picture(),
    "progressive jpeg": picture(progressive=True),
    "grey jpeg": picture(mode="L"),
    "cmyk jpeg": picture(mode="CMYK"),
    "png": picture("PNG"),
    "palette png": picture("PNG", mode="P"),
    "black and white png": picture("PNG", mode="1"),
    "16-bit png": saved(Image.new("I;16", (640, 480), 40_000), "PNG"),
    "see-through png": see_through(),
    "see-through palette": saved(
        Image.open(io.BytesIO(see_through())).convert("P"), "PNG", transparency=0
    ),
    "webp": picture("WEBP"),
    "lossless webp": picture("WEBP", lossless=True),
    "animated webp": picture(
        "WEBP", save_all=True, append_images=[Image.new("RGB", (1200, 800), "green")]
    ),
    "motion photo": picture() + b"\x00\x00\x00\x18ftypmp42" + bytes(500),
    "from a phone": from_a_phone(),
    "small": picture(size=(320, 160)),
    "tall": picture(size=(400, 2400)),
    "48 megapixels": saved(Image.new("RGB", (8000, 6000), "teal"), "JPEG", quality=30),
}

REFUSED = {
    "nothing": (b"", "not_a_picture"),
    "text": (b"hello", "not_a_picture"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "not_a_picture"),
    "svg with xml header": (b'<?xml version="1.0"?><svg/>', "not_a_picture"),
    "gif": (picture("GIF", mode="P"), "not_a_picture"),
    "bmp": (picture("BMP"), "not_a_picture"),
    "tiff": (picture("TIFF"), "not_a_picture"),
    "pdf": (b"%PDF-1.7 ...", "not_a_picture"),
    "only the magic": (b"\xff\xd8\xff\xe0", "not_a_picture"),
    "cut off jpeg": (picture()[:2_000], "not_a_picture"),
    "cut off png": (picture("PNG")[:500], "not_a_picture"),
    "cut off webp": (picture("WEBP")[:100], "not_a_picture"),
    "riff but no webp": (b"RIFF\x00\x00\x00\x00WAVEfmt ", "not_a_picture"),
    "html inside": (picture(comment=b"<script>alert(1)</script>"), "foreign_content"),
    "html behind": (picture() + b"<!DOCTYPE html><h1>hi", "foreign_content"),
    "php inside": (picture(comment=b"<?php system('id');"), "foreign_content"),
    "archive behind": (with_archive(), "foreign_content"),
    "pdf inside": (picture(comment=b"%PDF-1.4"), "foreign_content"),
    "bomb": (bomb(60_000, 60_000), "picture_too_large"),
    "small bomb": (bomb(5_000, 4_100), "picture_too_large"),
    "too small": (picture(size=(319, 200)), "picture_too_small"),
    "a line": (picture(size=(2_000, 10)), "picture_too_small"),
}
