"""The poster of an event without a cover; the web app computes the same from its title."""

import msgspec

from boxoffice.gateway.site.escaping import Html
from boxoffice.gateway.site.templates import Templates

ARTS = 10
PALETTES = 8


class Poster(msgspec.Struct, frozen=True, kw_only=True):
    """`art` numbers a drawing, `palette` a set of colours; `fit` is the size of the title."""

    art: int
    palette: int
    fit: str


def poster_of(title: str) -> Poster:
    """The look of the event with this title."""
    number = _hash(title)
    return Poster(art=number % ARTS, palette=(number >> 8) % PALETTES, fit=_fit(title))


def art(templates: Templates, title: str, *, css_class: str) -> Html:
    """The drawing alone."""
    return templates.fill(f"poster-art-{poster_of(title).art}", **{"class": css_class})


def poster(templates: Templates, title: str) -> Html:
    """The whole poster."""
    look = poster_of(title)
    return templates.fill(
        "poster",
        palette=look.palette,
        fit=look.fit,
        title=title,
        art=art(templates, title, css_class="poster-art"),
    )


def _hash(text: str) -> int:
    """FNV-1a, its high half folded into the low one so that short titles spread too."""
    number = 0x811C9DC5
    for byte in text.encode("utf-8", "replace"):
        number = (number ^ byte) * 0x01000193 & 0xFFFFFFFF
    number = (number ^ number >> 16) * 0x45D9F3B & 0xFFFFFFFF
    return number ^ number >> 16


def _fit(title: str) -> str:
    longest = max((len(word) for word in title.split()), default=0)
    if len(title) > 48 or longest > 12:
        return "s"
    if len(title) > 26 or longest > 9:
        return "m"
    return "l" if len(title) > 10 or longest > 6 else "xl"
