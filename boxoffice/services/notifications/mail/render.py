"""From a template's name and its data to subject, HTML and text."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from css_inline import CSSInliner
from mjml import mjml2html

from boxoffice.services.notifications.mail.letters import LETTERS, Letter
from boxoffice.services.notifications.mail.placeholders import (
    Html,
    Part,
    PlainText,
    fill,
    parse,
)
from boxoffice.services.notifications.mail.text import shortened

TEMPLATES = Path(__file__).parent / "templates"
_LONGEST_SUBJECT = 150
# Rules for phones and dark mode cannot be inlined and stay in <style>.
_INLINER = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


class UnfitLetter(ValueError):
    """No such template, or the data is not what it wants: the message names what is wrong."""


class RenderedMail(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader sees; `text` says all that `html` says."""

    subject: str
    html: str
    text: str


def render(template: str, data: Letter | Mapping[str, Any]) -> RenderedMail:
    """The mail, from a struct of `letters` or the same as a mapping; raises `UnfitLetter`.

    Values are shown as typed, whatever they look like: escaped in HTML, never read as a template.
    """
    values = _values(template, data)
    parts = _parts(template)
    subject = shortened(fill(parts.subject, values, PlainText()), _LONGEST_SUBJECT)
    return RenderedMail(
        subject=subject,
        html=fill(parts.html, {**values, "subject": subject}, Html()),
        text=fill(parts.text, values, PlainText()),
    )


class _Parts(NamedTuple):
    subject: tuple[Part, ...]
    html: tuple[Part, ...]
    text: tuple[Part, ...]


def _values(template: str, data: Letter | Mapping[str, Any]) -> dict[str, Any]:
    try:
        return msgspec.to_builtins(msgspec.convert(data, LETTERS[template]))
    except KeyError:
        raise UnfitLetter(f"There is no mail called {template!r}.") from None
    except msgspec.ValidationError as error:
        raise UnfitLetter(f"{template}: {error}") from error


@cache
def _parts(template: str) -> _Parts:
    """The template, compiled once per process."""
    head, _, text = _read(f"{template}.txt").partition("\n\n")
    html = mjml2html(_read(f"{template}.mjml"), include_loader=_read, fonts={})
    return _Parts(
        subject=parse(head.removeprefix("Subject: ")),
        html=parse(_INLINER.inline(html)),
        text=parse(text),
    )


def _read(path: str) -> str:
    return (TEMPLATES / path).read_text(encoding="utf-8")
