"""Templates without logic: a value is put where its name stands, once, and never looked at again.

    {{name}}                the value on one line
    {{name|paragraphs}}     the value with its line breaks
    {{#name}} … {{/name}}   for each item of a list, with the item's values; or once, if not empty

In HTML the marks of a block may stand in comments, where a table allows nothing else.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, NamedTuple, Protocol

from boxoffice.services.notifications.mail.text import one_line, paragraphs

_MARK = re.compile(
    r"(?:<!--)?\{\{(?P<edge>[#/])(?P<block>[a-z_]+)\}\}(?:-->)?\n?"
    r"|(?<!\{)\{\{(?P<name>[a-z_]+)(?P<paragraphs>\|paragraphs)?\}\}(?!\})"
)

Values = Mapping[str, Any]


class BadTemplate(ValueError):
    """A template of ours has a mark that is not one, or a block that does not close."""


class Style(Protocol):
    """How values are written into one kind of text."""

    def one_line(self, value: str) -> str: ...
    def paragraphs(self, value: str) -> str: ...


class PlainText:
    def one_line(self, value: str) -> str:
        return one_line(value)

    def paragraphs(self, value: str) -> str:
        return paragraphs(value)


class Html:
    def one_line(self, value: str) -> str:
        return escape(one_line(value))

    def paragraphs(self, value: str) -> str:
        return escape(paragraphs(value)).replace("\n", "<br />")


class Part(NamedTuple):
    """A piece of a template: literal text, a value's place, or a block (which has `parts`)."""

    literal: str = ""
    value: str = ""
    several_lines: str = ""
    block: str = ""
    parts: tuple["Part", ...] = ()


def parse(template: str) -> tuple[Part, ...]:
    """The template in parts; raises `BadTemplate`."""
    open_blocks: list[tuple[str, list[Part]]] = [("", [])]
    end = 0
    for mark in _MARK.finditer(template):
        _literal(template[end : mark.start()], open_blocks[-1][1])
        _place(mark, open_blocks)
        end = mark.end()
    _literal(template[end:], open_blocks[-1][1])
    if len(open_blocks) != 1:
        raise BadTemplate(f"{{{{#{open_blocks[-1][0]}}}}} is not closed")
    return tuple(open_blocks[0][1])


def fill(parts: Sequence[Part], values: Values, style: Style) -> str:
    """The text with all values in their places; a `KeyError` names one that is missing."""
    return "".join(_filled(part, values, style) for part in parts)


def _literal(text: str, parts: list[Part]) -> None:
    if "{{" in text or "}}" in text:
        raise BadTemplate(f"Not a mark: {text[text.find('{{') :][:40]}")
    if text:
        parts.append(Part(literal=text))


def _place(mark: re.Match[str], open_blocks: list[tuple[str, list[Part]]]) -> None:
    if mark["name"]:
        part = Part(value=mark["name"], several_lines=mark["paragraphs"] or "")
        open_blocks[-1][1].append(part)
    elif mark["edge"] == "#":
        open_blocks.append((mark["block"], []))
    else:
        name, parts = open_blocks.pop()
        if name != mark["block"]:
            raise BadTemplate(f"{{{{/{mark['block']}}}}} closes nothing")
        open_blocks[-1][1].append(Part(block=name, parts=tuple(parts)))


def _filled(part: Part, values: Values, style: Style) -> str:
    if part.block:
        return "".join(fill(part.parts, item, style) for item in _items(part.block, values))
    if part.value:
        write = style.paragraphs if part.several_lines else style.one_line
        return write(values[part.value])
    return part.literal


def _items(block: str, values: Values) -> Sequence[Values]:
    value = values[block]
    if isinstance(value, str):
        return [values] if value else []
    return value
