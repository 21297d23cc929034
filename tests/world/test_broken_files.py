"""Whatever is in a file: a sentence with file and line, never a crash, and the other rows go in."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.services.events.api import Defaults, gather
from tests.world.importing import as_json, conference, problems, said

GOOD = b"""
  {
    "name": "Good",
    "startDate": "2099-01-05",
    "city": "Berlin",
    "country": "Germany"
  }"""


def titles(name: str, data: bytes) -> list[str]:
    return [event.fields.title for event in gather([(name, data)], Defaults()).events]


def test_a_problem_says_file_line_code_and_a_sentence() -> None:
    backwards = [conference(name="Backwards", startDate="2099-01-05", endDate="2099-01-04")]
    broken = json.dumps(backwards, indent=2).encode()
    (problem,) = problems(("conf/data.json", broken))
    assert str(problem) == ("conf/data.json:2: end_before_start: The event ends before it starts.")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"endDate": "2000-01-01"}, "end_before_start"),
        ({"startDate": "2099-02-30"}, "bad_date"),
        ({"startDate": "soon"}, "bad_date"),
        ({"endDate": "13.4.2099"}, "bad_date"),
        ({"startDate": "0001-01-01", "endDate": "0001-01-02"}, "bad_time"),
        ({"startDate": None}, "bad_field"),
        ({"name": None}, "bad_field"),
        ({"name": 5}, "bad_field"),
        ({"online": "yes"}, "bad_field"),
        ({"name": "   "}, "missing"),
        ({"name": "x" * 100_000}, "too_long"),
        ({"city": "x" * 100_000}, "too_long"),
        ({"url": "javascript:alert(1)"}, "bad_url"),
        ({"url": "https://x.example/" + "x" * 100_000}, "bad_url"),
        ({"city": None, "country": None}, "missing_city"),
        ({"city": "Atlantis", "country": "Nowhere"}, "assumed_zone"),
        ({"city": "Somewhere", "country": "U.S.A."}, "assumed_zone"),
    ],
)
def test_each_trouble_of_a_conference_has_a_code(changes: dict[str, Any], code: str) -> None:
    data = as_json(conference(**changes), conference(name="Other", startDate="2099-01-01",
                                                     endDate="2099-01-01"))  # fmt: skip
    assert code in {found for line, found in said(("x.json", data)) if line == 2}
    assert "Other" in titles("x.json", data)


@pytest.mark.parametrize(
    "broken",
    [
        b'{"name": "Broken",,}', b'{"name": "Broken" "startDate": 1}', b"{'name': 'Broken'}",
        b'{"name": "Broken", "startDate": }', b'"just text"', b"17", b"null", b"[1, 2]",
        b'{"a": {"b": {"c": [1,}}}', b'{"name": "\\ud800", "startDate": "x"}',
        b'{"n": ' + b"9" * 5_000 + b"}", b'{"deep": ' + b"[" * 100_000 + b"}",
    ],
)  # fmt: skip
def test_a_broken_object_spoils_no_other(broken: bytes) -> None:
    data = b"[" + GOOD + b",\n" + broken + b",\n" + GOOD.replace(b"Good", b"Better") + b"\n]"
    assert titles("x.json", data) == ["Good", "Better"]
    codes = {code for _, code in said(("x.json", data))}
    assert codes & {"bad_json", "bad_field", "bad_date"}


@pytest.mark.parametrize("data", [b"", b"   ", b"hello", b"42", b'"x"', b"\xff\xfe", b"\x00" * 50])
@pytest.mark.parametrize("name", ["x.json", "x.ics", "x.csv", "x"])
def test_a_file_that_is_nothing_is_reported(name: str, data: bytes) -> None:
    assert titles(name, data) == []
    assert problems((name, data)) or (name == "x.csv" and not data.strip(b"\xff\xfe \x00"))


def test_bytes_that_are_no_text_are_reported_by_row() -> None:
    latin = json.dumps([conference(name="Café"), conference(name="Plain")], ensure_ascii=False)
    data = latin.encode("latin-1")
    assert titles("x.json", data) == ["Plain"]
    assert [code for _, code in said(("x.json", data))] == ["bad_encoding"]


def test_utf_16_and_marks_are_understood() -> None:
    text = json.dumps([conference(name="Café")], ensure_ascii=False)
    for encoding in ("utf-8-sig", "utf-16"):
        assert titles("x.json", text.encode(encoding)) == ["Café"]


def test_a_huge_file_is_refused() -> None:
    assert said(("x.json", b" " * 50_000_001)) == [(1, "too_large")]


def test_a_file_without_a_telling_name_is_recognised() -> None:
    assert titles("data", b"[" + GOOD + b"]") == ["Good"]
    assert titles("data", GOOD) == ["Good"]


@given(st.binary(max_size=2_000), st.sampled_from(["x.json", "x.ics", "x.csv", "x"]))
def test_no_bytes_crash_the_import(data: bytes, name: str) -> None:
    gather([(name, data)], Defaults())


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["name", "startDate", "endDate", "city", "country", "online", "url"]),
            _JSON | st.just("2099-01-05") | st.dates().map(str),
        )
    )
)
def test_no_json_crashes_the_import(entries: list[Any]) -> None:
    gather([("x.json", json.dumps(entries).encode())], Defaults())
