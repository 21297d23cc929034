"""Logic-less templates: a small part of Mustache, in which every value is HTML-escaped.

`{{name}}`            the value, escaped; a missing one is an empty string
`{{#name}}…{{/name}}` once for each item of a list, or once if the value is there
`{{^name}}…{{/name}}` if the value is missing or empty
`{{>name}}`           another template in place

`a.b` reaches into a value; names are looked up in the innermost item first; `{{.}}` is the item
itself. There is no way to write a value unescaped.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from boxoffice.gateway.site.escaping import html

_TAG = re.compile(r"\{\{\s*([#^/>]?)\s*([\w.-]+)\s*\}\}")
_COMMENT = re.compile(r"\{\{!.*?\}\}", re.DOTALL)
_DEEPEST = 16


class BadTemplate(ValueError):
    """A template names a section it does not close, or a partial that does not exist."""


class Section:
    """A part of a template under a name; the outermost has none."""

    def __init__(self, name: str = "", mark: str = "") -> None:
        self.name = name
        self.mark = mark
        self.parts: list[str | Section] = []


class Templates:
    """The templates of a folder, by file name without `.html`."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._parsed = {name: _parse(name, source) for name, source in sources.items()}

    @classmethod
    def of(cls, folder: Path) -> "Templates":
        paths = sorted(folder.glob("*.html")) if folder.is_dir() else []
        return cls({path.stem: path.read_text(encoding="utf-8") for path in paths})

    def __contains__(self, name: str) -> bool:
        return name in self._parsed

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """The template as HTML."""
        return "".join(self._render(self._template(name), [values]))

    def _template(self, name: str) -> Section:
        if name not in self._parsed:
            raise BadTemplate(f"There is no template {name!r}.")
        return self._parsed[name]

    def _render(self, section: Section, stack: list[Any]) -> list[str]:
        if len(stack) > _DEEPEST:
            raise BadTemplate(f"{section.name!r} includes itself.")
        out: list[str] = []
        for part in section.parts:
            out += [part] if isinstance(part, str) else self._part(part, stack)
        return out

    def _part(self, part: Section, stack: list[Any]) -> list[str]:
        if part.mark == ">":
            return self._render(self._template(part.name), [*stack, stack[-1]])
        value = _find(stack, part.name)
        if part.mark == "":
            return ["" if value is None else html(value)]
        if part.mark == "^":
            return [] if _is_there(value) else self._render(part, stack)
        items = cast("list[Any]", value) if isinstance(value, list) else [value] * _is_there(value)
        return [text for item in items for text in self._render(part, [*stack, item])]


def _parse(name: str, source: str) -> Section:
    open_sections = [Section()]
    position = 0
    source = _COMMENT.sub("", source)
    for tag in _TAG.finditer(source):
        open_sections[-1].parts.append(source[position : tag.start()])
        position = tag.end()
        _take(name, tag[1], tag[2], open_sections)
    if len(open_sections) > 1:
        raise BadTemplate(f"{name}: section {open_sections[-1].name!r} is not closed.")
    open_sections[0].parts.append(source[position:])
    return open_sections[0]


def _take(template: str, mark: str, name: str, open_sections: list[Section]) -> None:
    if mark == "/":
        if open_sections[-1].name != name:
            raise BadTemplate(f"{template}: section {name!r} is closed but not open.")
        open_sections.pop()
        return
    section = Section(name, mark)
    open_sections[-1].parts.append(section)
    if mark in {"#", "^"}:
        open_sections.append(section)


def _find(stack: list[Any], name: str) -> Any:
    if name == ".":
        return stack[-1]
    first, *rest = name.split(".")
    for frame in reversed(stack):
        if isinstance(frame, Mapping) and first in frame:
            return _reach(frame[first], rest)
    return None


def _reach(value: Any, steps: list[str]) -> Any:
    for step in steps:
        value = cast("Mapping[str, Any]", value).get(step) if isinstance(value, Mapping) else None
    return value


def _is_there(value: Any) -> bool:
    return value is not None and value is not False and value not in ("", [])
