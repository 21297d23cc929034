"""SQL in strings passes every import linter, so it is read here: stay out of other rooms."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.sources import PACKAGE, python_files

SCHEMAS = ("data", "users", "events", "payments", "bookings", "support", "notifications")
_TOUCHED = re.compile(
    r"\b(?:FROM|JOIN|INTO|UPDATE|TABLE|TRUNCATE|USING)\s+(?:ONLY\s+)?("
    + "|".join(SCHEMAS)
    + r")\.",
    re.IGNORECASE,
)
ROOMS = [PACKAGE / "services" / schema for schema in SCHEMAS if schema != "data"] + [
    PACKAGE / "gateway", PACKAGE / "data", PACKAGE / "cli",
]  # fmt: skip


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_sql_stays_within_its_own_schema(room: Path) -> None:
    own = {room.name} if room.name in SCHEMAS else set[str]()
    found = [
        f"{file.relative_to(PACKAGE)}:{line} touches {schema}"
        for file in python_files(room)
        if "migrations" not in file.parts
        for line, schema in _touches(file)
        if schema not in own
    ]
    assert found == []


def test_the_reader_sees_sql_in_plain_and_formatted_strings(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text('a = "SELECT 1 FROM users.users"\nb = f"update events.events set {a}"\n')
    assert [schema for _, schema in _touches(planted)] == ["users", "events"]


def _touches(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for match in _TOUCHED.finditer(node.value):
                yield node.lineno, match.group(1).lower()
