"""Has the source changed since we last looked?"""

from pathlib import Path

_SUFFIXES = frozenset({".py", ".sql", ".mjml", ".typ", ".html"})


class Changes:
    """Looks at the files below `root` that server processes are made of."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen = self._look()

    def any(self) -> bool:
        """Whether a file was written, added or removed since the last call."""
        before, self._seen = self._seen, self._look()
        return before != self._seen

    def _look(self) -> dict[str, int]:
        return {
            str(file): file.stat().st_mtime_ns
            for file in self._root.rglob("*")
            if file.suffix in _SUFFIXES and file.is_file()
        }
