"""Each capability and edge case is shown by tests that docs/rows.md names."""

import re

import pytest

from tests.support.sources import ROOT

ROWS = {
    *(f"E{number}" for number in (3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 17, 18, 19, 22, 24)),
    *(f"B{number}" for number in range(1, 20)),
    *(f"M{number}" for number in (13, 14, 17, 18)),
}
EDGE_CASES = {"1", "4", *map(str, range(8, 15)), "19", *map(str, range(21, 27)), "29"}
_ROW = re.compile(r"^\| ([A-Z]?\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_GROUP = re.compile(r"`([\w/.-]+)`: ((?:`[^`]+`(?:, )?)+)")
_TABLE = {row: tests for row, _, tests in _ROW.findall((ROOT / "docs/rows.md").read_text())}


def named_by(row: str) -> list[tuple[str, str]]:
    """The file and name of each test that the row names."""
    groups = _GROUP.findall(_TABLE[row])
    return [(file, name) for file, names in groups for name in re.findall("`([^`]+)`", names)]


def test_every_row_has_its_line() -> None:
    assert _TABLE.keys() == ROWS | EDGE_CASES


@pytest.mark.parametrize("row", sorted(_TABLE))
def test_the_tests_of_a_row_exist(row: str) -> None:
    found = named_by(row)
    assert found
    for file, name in found:
        source = (ROOT / file).read_text()
        begins = f"def {name}(" if file.endswith(".py") else f"it('{name}'"
        assert begins in source, f"{row}: no test {name!r} in {file}; docs/rows.md says so."


@pytest.mark.parametrize("number", sorted(EDGE_CASES))
def test_an_edge_case_is_named_by_its_tests(number: str) -> None:
    named = re.compile(rf"test_edge_cases?_(\d+_and_)?{number}_")
    assert all(named.match(name) for _, name in named_by(number))
