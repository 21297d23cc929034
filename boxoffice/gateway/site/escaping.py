"""Text made harmless for the place it goes to."""

from html import escape
from typing import Any

import msgspec

# `<` could end the script element; U+2028 and U+2029 end lines in old JavaScript.
_IN_SCRIPT = ((b"<", rb"\u003c"), (b">", rb"\u003e"), (b"&", rb"\u0026"))
_LINE_ENDS = ((b"\xe2\x80\xa8", rb"\u2028"), (b"\xe2\x80\xa9", rb"\u2029"))


class Html(str):
    """Text that is HTML already: made of templates of ours and escaped values."""

    __slots__ = ()


def html(value: object) -> Html:
    """For element content and quoted attributes; what is HTML already stays as it is."""
    return value if isinstance(value, Html) else Html(escape(str(value), quote=True))


def joined(parts: list[Html]) -> Html:
    """One after the other."""
    return Html("".join(parts))


def script_json(value: Any) -> bytes:
    """JSON that stays data inside a `<script>` element, whatever strings it holds."""
    text = msgspec.json.encode(value)
    for character, escaped in (*_IN_SCRIPT, *_LINE_ENDS):
        text = text.replace(character, escaped)
    return text
