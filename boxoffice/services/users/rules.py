"""Pure decisions about slugs, addresses, passwords and roles."""

import re

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_SLUG = 63


def is_slug(text: str) -> bool:
    """Whether `text` has the form of a slug: lower-case ASCII words joined by single hyphens."""
    return len(text) <= MAX_SLUG and _SLUG.fullmatch(text) is not None
