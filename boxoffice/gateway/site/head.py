"""A page's `<head>`: what search engines, link previews and browser tabs show."""

from typing import Any

import msgspec

from boxoffice.gateway.site.escaping import html, script_json

SITE_NAME = "Boxoffice"


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """`canonical` and `image` are absolute URLs. `indexed` pages may appear in search results."""

    title: str
    description: str
    canonical: str
    indexed: bool = False
    image: str | None = None
    image_alt: str = ""
    json_ld: dict[str, Any] | None = None


def render(head: Head) -> bytes:
    """The elements, each value escaped."""
    robots = "index, follow, max-image-preview:large" if head.indexed else "noindex, nofollow"
    lines = [
        f"<title>{html(head.title)}</title>",
        _meta("name", "description", head.description),
        _meta("name", "robots", robots),
        f'<link rel="canonical" href="{html(head.canonical)}">',
        *_preview(head),
    ]
    text = "".join(lines).encode()
    if head.json_ld is None:
        return text
    return text + b'<script type="application/ld+json">' + script_json(head.json_ld) + b"</script>"


def clipped(text: str, length: int = 160) -> str:
    """One line of at most `length` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: length - 1].rpartition(" ")[0].rstrip(",;:. ") + "…"


def _preview(head: Head) -> list[str]:
    lines = [
        _meta("property", "og:site_name", SITE_NAME),
        _meta("property", "og:type", "website"),
        _meta("property", "og:title", head.title),
        _meta("property", "og:description", head.description),
        _meta("property", "og:url", head.canonical),
        _meta("name", "twitter:card", "summary_large_image" if head.image else "summary"),
    ]
    if head.image:
        lines.append(_meta("property", "og:image", head.image))
        lines.append(_meta("property", "og:image:alt", head.image_alt))
    return lines


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{html(content)}">'
