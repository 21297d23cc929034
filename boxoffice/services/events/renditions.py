"""The files of a cover: `{key}/{width}.webp` and `.jpg`, each at most as wide as its name says."""

from boxoffice.data.blobs import Blobs
from boxoffice.services.events.views import ImageView

WIDTHS = (480, 960, 1600)


def rendition_names() -> list[str]:
    """The names of all files of one cover."""
    return [f"{width}.{extension}" for width in WIDTHS for extension in ("webp", "jpg")]


def cover_view(
    blobs: Blobs, *, key: str | None, width: int | None, height: int | None, title: str
) -> ImageView | None:
    """The cover as pages show it: the widest WebP, beside which the other files lie."""
    if key is None or width is None or height is None:
        return None
    return ImageView(
        url=blobs.url(f"{key}/{WIDTHS[-1]}.webp"), width=width, height=height, alt=title
    )
