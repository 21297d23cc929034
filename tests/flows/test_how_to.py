"""Every script in docs/how-to/scripts does what it says, against the product as people start it."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bench.folders import open_folder
from tests.support.house import House, opened
from tests.support.installation import GENEROUS
from tests.support.sources import ROOT

# A whole product, as long as its scripts take.
pytestmark = pytest.mark.house
_SCRIPTS = ROOT / "docs" / "how-to" / "scripts"


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """`boxoffice serve --development`, which catches the mail that the scripts read."""
    with open_folder() as folder, opened(folder / "data", extra=GENEROUS) as house:
        yield house


def test_a_weekly_workshop_over_a_change_of_the_clocks(house: House) -> None:
    said = _run("weekly-workshop", house)
    assert "UTC+0100" in said
    assert "UTC+0200" in said
    assert "kept for Carol" in said


def test_a_concert_hall_of_two_thousand_seats(house: House) -> None:
    said = _run("concert-hall", house)
    assert "a seat map with 2000 seats" in said
    assert "who comes next gets other seats" in said


def test_a_conference_with_all_it_has(house: House) -> None:
    said = _run("conference", house)
    assert "a supporter has paid 390.00 EUR, dinner included" in said
    assert "a team of five has paid 1350.00 EUR" in said
    assert "with what came with it" in said


def test_every_script_has_a_page_that_explains_it() -> None:
    scripts = {path.stem for path in _SCRIPTS.glob("*.py")} - {"client"}
    pages = {path.stem for path in _SCRIPTS.parent.glob("*.md")}
    assert scripts <= pages


def _run(name: str, house: House) -> str:
    """What the script says; AssertionError with all of it if it met with a surprise."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("BOXOFFICE_")}
    done = subprocess.run(
        [sys.executable, str(_SCRIPTS / f"{name}.py"), house.url],
        env=kept, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}\n{house.output}"
    return done.stdout
