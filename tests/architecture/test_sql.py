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


# Where a row has changed while its lock was waited for, some plans of such a join leave it out.
_LOCKS_A_JOIN = re.compile(r"(?<!NOT )\bIN \(\s*SELECT\b.*\bFOR (?:NO KEY )?UPDATE\b", re.DOTALL)


def test_what_is_locked_is_named_by_arrays_and_not_by_a_join() -> None:
    found = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file in python_files(PACKAGE)
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and _LOCKS_A_JOIN.search(node.value)
    ]
    assert found == []


def test_the_reader_sees_a_lock_on_a_join() -> None:
    planted = "SELECT 1 FROM t WHERE id IN (\n SELECT id FROM u)\nORDER BY id FOR NO KEY UPDATE"
    assert _LOCKS_A_JOIN.search(planted)
    assert not _LOCKS_A_JOIN.search(planted.replace("IN (", "= ANY(ARRAY("))


def _touches(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for match in _TOUCHED.finditer(node.value):
                yield node.lineno, match.group(1).lower()
