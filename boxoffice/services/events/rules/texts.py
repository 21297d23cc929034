"""Texts that people type: cleaned, bounded, and refused with a reason that names the field."""

import unicodedata
from urllib.parse import urlsplit

from boxoffice.kernel.refusals import FieldError

MAX_TITLE = 200
MAX_SUMMARY = 300
MAX_DESCRIPTION = 20_000
MAX_NAME = 200
MAX_URL = 2_000
# Characters that reorder the text around them, so that a name reads as something else.
_REORDERING = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


def line(pointer: str, text: str, *, most: int, least: int = 0) -> str:
    """One line of text, NFC, white space made single spaces; `FieldError` if it does not fit."""
    clean = " ".join(_printable(text.translate({0x2028: " ", 0x2029: " "})).split())
    return _bounded(pointer, clean, most=most, least=least)


def paragraphs(pointer: str, text: str, *, most: int) -> str:
    """Text of several lines; what looks like HTML in it stays text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    clean = "\n".join(_printable(one).rstrip() for one in lines).strip()
    return _bounded(pointer, clean, most=most, least=0)


def optional_line(pointer: str, text: str | None, *, most: int) -> str | None:
    """Like `line`; nothing but white space is None."""
    return line(pointer, text or "", most=most) or None


def web_address(pointer: str, text: str | None) -> str | None:
    """An http(s) address, or None for nothing; `FieldError` for any other scheme or form."""
    address = (text or "").strip()
    if not address:
        return None
    if not is_web_address(address):
        raise FieldError(
            pointer, "bad_url", f"Give an address with https://, of at most {MAX_URL} characters."
        )
    return address


def is_web_address(address: str) -> bool:
    """Whether it is an http(s) address with a host and no credentials."""
    if len(address) > MAX_URL:
        return False
    if any(char.isspace() or not char.isprintable() or char in '<>"\\`' for char in address):
        return False
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return named and parts.scheme in {"http", "https"} and parts.username is None


def _printable(text: str) -> str:
    return "".join(
        char
        for char in unicodedata.normalize("NFC", text)
        if char == "\t"
        or (unicodedata.category(char) not in {"Cc", "Cs"} and char not in _REORDERING)
    )


def _bounded(pointer: str, text: str, *, most: int, least: int) -> str:
    if len(text) < least:
        raise FieldError(pointer, "missing", "Write something here.")
    if len(text) > most:
        raise FieldError(pointer, "too_long", f"At most {most} characters; these are {len(text)}.")
    return text
