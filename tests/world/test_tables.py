"""CSV as spreadsheets write it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.services.events.api import Defaults, gather
from tests.services.events.house import Team
from tests.world.importing import imported, local, run

HEADER = "Title,Start date,End date,Venue,City,Country,Online,URL,Category,Description,Time zone"


def table(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def codes(data: bytes) -> list[tuple[int, str]]:
    return [(p.line, p.code) for p in gather([("x.csv", data)], Defaults()).problems]


def titles(data: bytes) -> list[str]:
    return [event.fields.title for event in gather([("x.csv", data)], Defaults()).events]


async def one(team: Team, data: bytes) -> dict[str, Any]:
    report = await run(team, ("x.csv", data))
    assert report.created == 1, report.problems
    (found,) = await imported(team)
    return found


async def test_a_row_becomes_an_event(team: Team) -> None:
    row = (
        '"Rock, Paper","2099-03-14 19:00",2099-03-14T22:00,Kesselhaus,Berlin,Germany,no,'
        'https://a.example,music,"Doors at 7.\n\nBring ""friends"".",'
    )
    found = await one(team, table(row))
    assert found["title"] == "Rock, Paper"
    assert found["description"] == 'Doors at 7.\n\nBring "friends".'
    assert found["venue"]["name"] == "Kesselhaus"
    assert found["category"] == "music"
    assert (found["timezone"], local(found)) == ("Europe/Berlin", "2099-03-14T19:00")


async def test_times_may_have_columns_of_their_own(team: Team) -> None:
    data = table(
        "Concert;2099-03-14;19:30;22:00;Tokyo;Japan",
        header="name;date;start time;end time;city;country",
    )
    found = await one(team, data)
    assert (local(found), local(found, "ends_at")) == ("2099-03-14T19:30", "2099-03-14T22:00")
    assert found["timezone"] == "Asia/Tokyo"


async def test_a_zone_in_the_row_counts_more_than_the_place(team: Team) -> None:
    found = await one(team, table("A,2099-03-14,,,Berlin,Germany,,,,,America/Lima"))
    assert found["timezone"] == "America/Lima"


async def test_an_offset_is_kept(team: Team) -> None:
    found = await one(team, table("A,2099-03-14T19:00+09:00,,,Berlin,Germany,,,,,"))
    assert local(found) == "2099-03-14T11:00"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_delimiter(delimiter: str) -> None:
    rows = [["title", "start", "city"], ["Concert", "2099-03-14", "Berlin"]]
    assert titles("\r\n".join(delimiter.join(row) for row in rows).encode()) == ["Concert"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",2099-03-14,,,Berlin,Germany,,,,,", "missing_title"),
        ("A,,,,Berlin,Germany,,,,,", "bad_date"),
        ("A,14.3.2099,,,Berlin,Germany,,,,,", "bad_date"),
        ("A,2099-03-14,later,,Berlin,Germany,,,,,", "bad_date"),
        ("A,2099-03-14,2099-03-13,,Berlin,Germany,,,,,", "end_before_start"),
        ("A,2099-03-14,,,,,,,,,", "missing_city"),
        ("A,2099-03-14,,,Berlin,Germany,,,Konzert,,", "unknown_category"),
        ("A,2099-03-14,,,Berlin,Germany,,not a link,,,", "bad_url"),
        ('A,2099-03-14,,,"Ber"lin,Germany,,,,,', "bad_row"),
        ("A,2099-03-14,,,Berlin," + "x" * 1_000_001 + ",,,,,", "bad_row"),
        ("alone", "missing_title"),
    ],
)
def test_each_trouble_has_its_line_and_spoils_no_other(row: str, code: str) -> None:
    good = "{},2099-01-0{},,,Berlin,Germany,,,,,"
    data = table(good.format("First", 1), "", row, good.format("Last", 2))
    assert {"First", "Last"} <= set(titles(data))
    assert (4, code) in codes(data)


def test_a_row_over_several_lines_is_numbered_by_its_first() -> None:
    data = table('A,2099-03-14,,,Berlin,Germany,,,,"one\ntwo\nthree",', "B,never,,,,,,,,,")
    assert codes(data) == [(5, "bad_date")]


def test_a_quote_that_never_ends_is_reported() -> None:
    data = table("First,2099-01-01,,,Berlin,Germany,,,,,", 'B,"2099-01-02', "C,2099-01-03,,,,,")
    assert titles(data) == ["First"]
    assert codes(data) == [(3, "bad_row")]


@pytest.mark.parametrize("header", ["a,b,c", "title,city", "start", ""])
def test_a_table_without_names_is_refused(header: str) -> None:
    data = table("Concert,2099-03-14", header=header or "x")
    assert codes(data) == [(1, "no_header")]


@given(st.lists(st.lists(st.text(max_size=20), max_size=12), max_size=10))
def test_no_table_crashes_the_import(rows: list[list[str]]) -> None:
    data = "\n".join([HEADER, *(",".join(row) for row in rows)])
    gather([("x.csv", data.encode("utf-8", "surrogatepass"))], Defaults())
