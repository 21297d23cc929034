"""An organizer's slug: its name in addresses."""

import re
import unicodedata

from boxoffice.kernel.refusals import FieldError

MAX_SLUG = 63
MIN_SLUG = 2
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD = re.compile(r"[a-z0-9]+")
# An apostrophe joins: O'Brien becomes obrien.
_APOSTROPHES = re.compile("['\u2019]")
# First steps of our own addresses, today or some day, and words that would pass for the platform.
_RESERVED = """
about account accounts admin administrator api app assets auth blog boxoffice cart checkout
contact dashboard dev docs download e embed event events favicon find-order healthz help home
imprint index legal login logout mail me media metrics new null o oauth official order order-links
orders organizer organizers payment payments platform privacy public readyz register robots root
scan search security settings shop sign-in sign-up signin signup sitemap staff static status
support sw system t team terms ticket tickets undefined user users verify-email webhook webhooks
well-known www
"""
RESERVED = frozenset(_RESERVED.split())
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th"}
)


def is_slug(text: str) -> bool:
    """Whether `text` has the form of a slug: lower-case ASCII words joined by single hyphens."""
    return MIN_SLUG <= len(text) <= MAX_SLUG and _SLUG.fullmatch(text) is not None


def demand_slug(text: str) -> str:
    """`text` itself if an organizer may have it, else a `FieldError` at `/slug`."""
    if not is_slug(text):
        raise FieldError(
            "/slug",
            "bad_slug",
            f"Use {MIN_SLUG} to {MAX_SLUG} small letters a to z, digits and single hyphens.",
        )
    if text in RESERVED:
        raise FieldError("/slug", "reserved_slug", "This address is reserved; take another one.")
    return text


def slug_from(name: str) -> str:
    """The slug a name suggests, free or not; empty for a name with hardly a Latin letter."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = _WORD.findall(_APOSTROPHES.sub("", bare))
    slug = "-".join(words)[: MAX_SLUG - 8].rstrip("-")
    if slug in RESERVED:
        slug = f"{slug}-events"
    return slug if is_slug(slug) else ""
