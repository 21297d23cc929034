"""Folders for servers that end with whoever started them."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def open_folder(purpose: str = "house") -> Iterator[Path]:
    """A temporary folder that any account may enter: what embedded servers cannot enter they leave
    for one that nobody removes (`boxoffice/data/embedded/lodging.py`).
    """
    folder = Path(tempfile.mkdtemp(prefix=f"boxoffice-{purpose}-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
