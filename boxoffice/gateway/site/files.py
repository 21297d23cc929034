"""The built web app's files, read when first wanted and then served from memory."""

import mimetypes
from pathlib import Path

from boxoffice.gateway.answer import Answer
from boxoffice.gateway.site.stored import Stored
from boxoffice.gateway.visit import Header

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_SQUEEZED = {".woff2", ".woff", ".png", ".jpg", ".jpeg", ".webp", ".avif"}
_PRIVATE = {".html", ".json", ".map"}
_FOREVER: Header = (b"cache-control", b"public, max-age=31536000, immutable")
_AN_HOUR: Header = (b"cache-control", b"public, max-age=3600")


class Files:
    """Only files that were there at the start are served, so no path leads out of the folder.

    Those under `assets/` carry their hash in the name and never change.
    """

    def __init__(self, folder: Path, headers: list[Header]) -> None:
        self._headers = headers
        self._paths = {
            f"/{path.relative_to(folder).as_posix()}": path
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix not in _PRIVATE
        }
        self._stored: dict[str, Stored] = {}

    def __contains__(self, path: str) -> bool:
        return path in self._paths

    def at_hand(self, path: str, headers: dict[bytes, bytes]) -> Answer | None:
        """The file's answer, if there is such a file."""
        stored = self._stored.get(path)
        if stored is None:
            file = self._paths.get(path)
            if file is None:
                return None
            stored = self._stored[path] = self._load(path, file)
        return stored.answer(headers)

    def _load(self, path: str, file: Path) -> Stored:
        cache = _FOREVER if path.startswith("/assets/") else _AN_HOUR
        kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0]
        content_type = (b"content-type", (kind or "application/octet-stream").encode())
        answer = Answer(
            kind="file",
            status=200,
            headers=[content_type, cache, *self._headers],
            body=file.read_bytes(),
        )
        return Stored(answer, text="binary" if file.suffix in _SQUEEZED else "text")
