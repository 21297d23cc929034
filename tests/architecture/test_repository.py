"""What may stand in a committed file."""

import re
from pathlib import Path

import pytest

from tests.support.sources import PACKAGE, ROOT, committed_files

LOCKS = sorted(
    file for file in committed_files() if file.suffix == ".lock" or file.name == "package-lock.json"
)
LONGEST = 400
_SOURCE = {".py", ".ts", ".tsx"}
# Put together here, so that this file does not contain them.
_MACHINE_PATH = re.compile(
    r"(?<![\w.:-])/(?:" + "|".join(["work/", "root/", r"home/\w+/", "Users/\\w+/"]) + ")"
)
_ALLOWED_URLS = re.compile(r'"(?:url|license)": "https?://')  # whom to thank, not where from


def test_there_are_lock_files() -> None:
    assert {file.name for file in LOCKS} >= {"requirements.lock", "package-lock.json"}
    assert not (ROOT / "uv.lock").exists()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.relative_to(ROOT)))
def test_a_lock_names_no_host(lock: Path) -> None:
    lines = [line for line in lock.read_text().splitlines() if not _ALLOWED_URLS.search(line)]
    assert [line for line in lines if "://" in line or '"resolved"' in line] == []


@pytest.mark.parametrize("lock", sorted(ROOT.glob("*.lock")), ids=lambda lock: lock.name)
def test_every_pinned_package_has_a_hash(lock: Path) -> None:
    text = lock.read_text().replace("\\\n", " ")
    pins = [line for line in text.splitlines() if re.match(r"[\w.-]+==", line)]
    assert pins
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in committed_files()
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1)
        if _MACHINE_PATH.search(line)
    ]
    assert found == []


def test_no_source_file_is_longer_than_four_hundred_lines() -> None:
    long = {
        str(file.relative_to(ROOT)): len(file.read_text().splitlines())
        for file in committed_files()
        if file.suffix in _SOURCE and "generated" not in file.parts
    }
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_every_service_introduces_itself() -> None:
    for service in sorted((PACKAGE / "services").glob("*/__init__.py")):
        card = service.read_text()
        assert all(word in card for word in ("Owns", "Offers", "Listens")), service
