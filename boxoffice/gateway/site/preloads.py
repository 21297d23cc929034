"""Which files of the web app a kind of page will want, so that browsers fetch them at once."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from boxoffice.gateway.site.escaping import html


class Wanted(msgspec.Struct, frozen=True):
    """Scripts and styles, as paths."""

    js: list[str]
    css: list[str]


def preloads_at(folder: Path, *, asset_base_url: str) -> Mapping[str, bytes]:
    """The `<link>` elements by kind of page; none for a web app that is not built."""
    file = folder / "preloads.json"
    if not file.is_file():
        return {}
    wanted = msgspec.json.decode(file.read_bytes(), type=dict[str, Wanted])
    return {kind: _links(files, asset_base_url).encode() for kind, files in wanted.items()}


def _links(wanted: Wanted, base: str) -> str:
    styles = (_link("stylesheet", base + path) for path in wanted.css)
    scripts = (_link("modulepreload", base + path) for path in wanted.js)
    return "".join((*styles, *scripts))


def _link(relation: str, url: str) -> str:
    return f'<link rel="{relation}" crossorigin href="{html(url)}">'
