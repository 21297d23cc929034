"""E-mail addresses and names as people type them."""

import re
import unicodedata

import idna

from boxoffice.kernel.refusals import FieldError

MAX_EMAIL = 254
MAX_NAME = 200
# RFC 5322 dot-atom, and letters and digits of any script (RFC 6531); no quotes, no comments.
_LOCAL_PART = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_HOST_NAME = re.compile(r"(?:[a-z0-9-]{1,63}\.)+(?![0-9]+$)[a-z0-9-]{2,63}")


def normalise_email(text: str) -> str:
    """The one spelling of an address: no outer blanks, lower case, NFC, its domain in ASCII.

    A `FieldError` at `/email` for anything that is not one deliverable address.
    """
    local, at, domain = unicodedata.normalize("NFC", text.strip()).rpartition("@")
    host = _host_name(domain)
    email = f"{local.lower()}@{host}"
    fits = len(local.encode("utf-8", "replace")) <= 64 and len(email) <= MAX_EMAIL
    if not (at and host and fits and _LOCAL_PART.fullmatch(local)):
        raise FieldError("/email", "bad_email", "Enter an address like name@example.org.")
    return email


def as_stored(email: str) -> str:
    """The normalised address; of anything else a text that no account has."""
    try:
        return normalise_email(email)
    except FieldError:
        return email.replace("\0", "").strip().lower()[:MAX_EMAIL]


def tidy_name(text: str) -> str:
    """A person's or organizer's name without outer blanks; a `FieldError` at `/name` for none."""
    name = text.strip()
    if not name:
        raise FieldError("/name", "missing", "Enter a name.")
    if len(name) > MAX_NAME:
        raise FieldError("/name", "too_long", f"A name has at most {MAX_NAME} characters.")
    if any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in name):
        raise FieldError("/name", "bad_character", "Remove line breaks and control characters.")
    return name


def _host_name(domain: str) -> str | None:
    try:
        host = idna.encode(domain, uts46=True, std3_rules=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return None
    return host if _HOST_NAME.fullmatch(host) else None
