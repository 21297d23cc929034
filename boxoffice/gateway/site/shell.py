"""The built web app's `index.html`, and the places in it that pages fill."""

import base64
import re
from hashlib import sha256
from pathlib import Path

import msgspec

HEAD, SCREEN, BOOT = "<!--head-->", "<!--first-screen-->", "<!--boot-->"
_SCRIPT = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*\btype=[\"']application/)[^>]*>(.*?)</script>", re.DOTALL
)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


class BrokenShell(ValueError):
    """The built `index.html` lacks one of the places that pages are put into."""


class Shell(msgspec.Struct, frozen=True, kw_only=True):
    """`parts` surround head, first screen and boot data; the hashes are those of its own inline
    elements.
    """

    parts: tuple[bytes, bytes, bytes, bytes]
    scripts: list[str]
    styles: list[str]

    @classmethod
    def of(cls, text: str) -> "Shell":
        """Split `index.html` at its three marks."""
        before_head, found_head, rest = text.partition(HEAD)
        before_screen, found_screen, rest = rest.partition(SCREEN)
        before_boot, found_boot, after = rest.partition(BOOT)
        if not (found_head and found_screen and found_boot):
            raise BrokenShell(f"index.html needs {HEAD}, {SCREEN} and {BOOT}, in this order.")
        pieces = (before_head, before_screen, before_boot, after)
        first, second, third, last = (piece.encode() for piece in pieces)
        return cls(
            parts=(first, second, third, last),
            scripts=[hash_source(script) for script in _SCRIPT.findall(text)],
            styles=[hash_source(style) for style in _STYLE.findall(text)],
        )

    @classmethod
    def at(cls, folder: Path, *, asset_base_url: str) -> "Shell":
        """Of the web app built into `folder`; without one, a page that says how to build it."""
        index = folder / "index.html"
        text = index.read_text(encoding="utf-8") if index.is_file() else _UNBUILT
        return cls.of(text.replace('="/assets/', f'="{asset_base_url}/assets/'))


def hash_source(text: str) -> str:
    """The content security policy's name for an inline element with exactly this text."""
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode('ascii')}'"


_UNBUILT = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">{HEAD}</head>
<body><div id="root">{SCREEN}</div>{BOOT}
<p>The web app is not built yet: run <code>make serve</code>, or
<code>npm run build</code> in <code>web/</code>.</p></body></html>
"""
