"""/media/{path}: pictures and other public blobs."""

from collections.abc import Awaitable, Callable

from boxoffice.gateway.answer import Answer
from boxoffice.gateway.visit import Header

# The content and content type of a public blob; raises NotFound.
Media = Callable[[str], Awaitable[tuple[bytes, str]]]
_SHOWN = {"image/webp", "image/jpeg", "image/png"}
# A blob's path contains a digest of it, so what is there never changes.
_LONG: Header = (b"cache-control", b"public, max-age=2592000, immutable")


def media_answer(content: bytes, content_type: str, headers: list[Header]) -> Answer:
    """The blob; what is no picture is offered for download, never shown as a page of ours."""
    disposition = b"inline" if content_type in _SHOWN else b"attachment"
    return Answer(
        kind="media",
        status=200,
        headers=[
            (b"content-type", content_type.encode("ascii")),
            (b"content-disposition", disposition),
            _LONG,
            *headers,
        ],
        body=content,
    )
