"""The web app's templates for first screens: HTML with `{names}`, nothing else.

A value is escaped unless it is `Html`, which only templates and `escaping` make; so there is no way
to write foreign text unescaped.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from boxoffice.gateway.site.escaping import Html, html

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)


class BadTemplate(LookupError):
    """A template is missing, or asks for a value that we do not know."""


class Templates:
    """The templates of a folder, by file name without `.html`."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        # Text and names alternate: text, name, text, name, …, text.
        self._parts = {
            name: _PLACEHOLDER.split(_COMMENT.sub("", source).strip())
            for name, source in sources.items()
        }

    @classmethod
    def of(cls, folder: Path) -> "Templates":
        paths = sorted(folder.glob("*.html")) if folder.is_dir() else []
        return cls({path.stem: path.read_text(encoding="utf-8") for path in paths})

    def __bool__(self) -> bool:
        return bool(self._parts)

    def fill(self, template: str, /, **values: object) -> Html:
        """The template with its names replaced. It may use fewer values than it is given."""
        parts = self._parts.get(template)
        if parts is None:
            raise BadTemplate(f"There is no template {template!r}.")
        filled = parts[:]
        for index in range(1, len(parts), 2):
            name = parts[index]
            if name not in values:
                raise BadTemplate(f"{template!r} asks for {{{name}}}, which is not there.")
            filled[index] = html(values[name])
        return Html("".join(filled))
