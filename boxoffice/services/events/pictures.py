"""Uploaded pictures: recognised by content, decoded within limits, and made anew from pixels alone.

Only what Pillow drew again is ever stored, so metadata, comments and whatever else hides in the
uploaded file stay behind.
"""

import io
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import msgspec
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from boxoffice.kernel.refusals import Invalid, TooLarge
from boxoffice.services.events.renditions import WIDTHS

MAX_BYTES = 12 * 1024 * 1024
# Most pixels before decoding: a JPEG is decoded at a fraction of its size, the others in full.
MAX_PIXELS = {"JPEG": 64_000_000, "PNG": 20_000_000, "WEBP": 20_000_000}
MIN_WIDTH, MIN_HEIGHT = 320, 160

_MAGIC = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF"}
# What has no business in a picture. XMP, which cameras write, contains none of these.
_FOREIGN = (b"<script", b"<svg", b"<html", b"<!doctype", b"<?php", b"<%@")
_ZIP_END, _ZIP_TAIL = b"PK\x05\x06", 66_000


class NotAPicture(Invalid):
    code = "not_a_picture"
    message = "Upload a JPEG, PNG or WebP picture; this file is none that can be read."


class ForeignContent(Invalid):
    code = "foreign_content"
    message = "This file is a picture and something else at once; save it anew as JPEG or PNG."


class PictureTooSmall(Invalid):
    code = "picture_too_small"
    message = f"A cover is at least {MIN_WIDTH} pixels wide and {MIN_HEIGHT} high."


class PictureTooLarge(TooLarge):
    code = "picture_too_large"
    message = (
        f"A cover is at most {MAX_BYTES // 1024**2} MB and {MAX_PIXELS['PNG'] // 10**6} megapixels "
        f"({MAX_PIXELS['JPEG'] // 10**6} as JPEG); save it smaller."
    )


class Rendition(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a picture; `name` like `960.webp` says at most how wide it is."""

    name: str
    content_type: str
    data: bytes


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture ready to be stored. `width` and `height` are the widest rendition's."""

    digest: str
    width: int
    height: int
    renditions: list[Rendition]


def develop(data: bytes) -> Picture:
    """The picture in `data` as WebP and JPEG in `WIDTHS`, or the refusal that says what is wrong.

    Takes up to a second of one processor: call it off the event loop.
    """
    if len(data) > MAX_BYTES:
        raise PictureTooLarge
    kind = _recognise(data)
    widest = _decode(data, kind)
    return Picture(
        digest=sha256(data).hexdigest()[:16],
        width=widest.width,
        height=widest.height,
        renditions=[
            file for width in WIDTHS for file in _files(_narrow(widest.copy(), width), width)
        ],
    )


def _recognise(data: bytes) -> str:
    kind = next((kind for kind, magic in _MAGIC.items() if data.startswith(magic)), None)
    if kind is None or (kind == "WEBP" and data[8:12] != b"WEBP"):
        raise NotAPicture
    lowered = data.lower()
    if any(mark in lowered for mark in _FOREIGN) or b"%pdf-" in lowered[:1024]:
        raise ForeignContent
    if _ZIP_END in data[-_ZIP_TAIL:]:
        raise ForeignContent
    return kind


def _decode(data: bytes, kind: str) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            _check_size(image, kind)
            image.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))
            image.load()
            upright = ImageOps.exif_transpose(_true_colours(image))
            return _on_white(_in_srgb(_narrow(upright, WIDTHS[-1])))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise NotAPicture from error


def _check_size(image: Image.Image, kind: str) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS[kind]:
        raise PictureTooLarge
    if min(width, height) < MIN_HEIGHT or max(width, height) < MIN_WIDTH:
        raise PictureTooSmall


def _true_colours(image: Image.Image) -> Image.Image:
    """Palettes and bit masks cannot be scaled smoothly."""
    if image.mode in {"RGB", "RGBA", "CMYK", "L", "LA"}:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "CMYK"}:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, _srgb(), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image


def _srgb() -> ImageCms.ImageCmsProfile:
    colours: Any = ImageCms
    return ImageCms.ImageCmsProfile(colours.createProfile("sRGB"))


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    if not image.has_transparency_data:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(ground, seen).convert("RGB")


def _narrow(image: Image.Image, width: int) -> Image.Image:
    """`image` itself, made at most `width` wide."""
    image.thumbnail((width, image.height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return image


def _files(image: Image.Image, width: int) -> Iterator[Rendition]:
    yield _encoded(image, f"{width}.webp", "WEBP", quality=80, method=4)
    yield _encoded(image, f"{width}.jpg", "JPEG", quality=82, progressive=True, optimize=True)


def _encoded(image: Image.Image, name: str, kind: str, **options: Any) -> Rendition:
    # A fresh image carries no info that an encoder could pass on.
    bare = Image.frombytes("RGB", image.size, image.tobytes())
    file = io.BytesIO()
    bare.save(file, kind, **options)
    return Rendition(name=name, content_type=f"image/{kind.lower()}", data=file.getvalue())
