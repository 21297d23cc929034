"""Typed text made fit for one line or for several."""

import re

_SPACE = re.compile(r"\s+")
# Control characters, what reorders the text around it, and halves of surrogate pairs.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def one_line(value: str) -> str:
    """Every kind of line break and run of spaces as one space; no control characters."""
    return _UNFIT.sub("", _SPACE.sub(" ", value)).strip()


def paragraphs(value: str) -> str:
    """The lines as they were typed, ended by `\\n`, at most one empty line between any two."""
    lines = (one_line(line) for line in value.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def shortened(value: str, length: int) -> str:
    """At most `length` characters, the last one `…` if some are missing."""
    return value if len(value) <= length else value[: length - 1] + "…"
