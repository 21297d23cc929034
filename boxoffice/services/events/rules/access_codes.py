"""Codes that reveal hidden ticket types: compared without regard to case, in constant time."""

import hmac
import unicodedata

from boxoffice.kernel.refusals import FieldError

MOST = 100


def opens(stored: str | None, given: str | None) -> bool:
    """Whether the given code is the stored one; a type without a code opens to nobody."""
    if stored is None or given is None:
        return False
    return hmac.compare_digest(_folded(stored), _folded(given))


def checked(text: str | None) -> str | None:
    """The code as it is kept: trimmed, one word of printable characters; empty is none."""
    code = unicodedata.normalize("NFKC", text or "").strip()
    if not code:
        return None
    if len(code) > MOST or not code.isprintable() or any(map(str.isspace, code)):
        raise FieldError(
            "/access_code", "bad_code", f"Give a word of at most {MOST} characters, like FRIENDS."
        )
    return code


def _folded(code: str) -> bytes:
    return unicodedata.normalize("NFKC", code).strip().casefold().encode()
