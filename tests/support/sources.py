"""The source as data, for tests about the source."""

import importlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "boxoffice"
_LEFT_OUT = {".git", ".venv", ".data", "node_modules", "dist", "__pycache__", ".hypothesis"}


def committed_files() -> list[Path]:
    """Every text file that belongs to the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        files = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        files = [file for file in ROOT.rglob("*") if not _LEFT_OUT & set(file.parts)]
    return [file for file in files if file.is_file() and _is_text(file)]


def python_files(folder: Path = PACKAGE) -> Iterator[Path]:
    """Every Python file below `folder`."""
    return (file for file in sorted(folder.rglob("*.py")) if not _LEFT_OUT & set(file.parts))


def import_all(pattern: str) -> None:
    """Import the modules of the package whose path matches, so that what they define is known."""
    for file in sorted(PACKAGE.glob(pattern)):
        if file.suffix == ".py":
            importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))


def _is_text(file: Path) -> bool:
    with file.open("rb") as opened:
        return b"\0" not in opened.read(4096)
