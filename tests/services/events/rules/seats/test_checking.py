"""Seating plans: read whole, refused with everything that is wrong, written back as they were."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from boxoffice.services.events.rules.seats.checking import MOST_FINDINGS, check_plan
from boxoffice.services.events.rules.seats.halls import concert_hall
from boxoffice.services.events.rules.seats.plans import decoded, encoded, exported

# Everything that the format and our additions to it can say.
WHOLE: dict[str, Any] = {
    "name": "Opera",
    "categories": [
        {"name": "Stalls", "color": "#aa0000"},
        {"name": "Floor", "color": "rgb(1, 2, 3)"},
        {"name": "Bar"},
    ],
    "size": {"width": 800, "height": 600.5},
    "focus": {"x": 400, "y": 0},
    "zones": [
        {
            "name": "Main",
            "zone_id": "z1",
            "uuid": "u1",
            "displayed": False,
            "position": {"x": 10, "y": 20.5},
            "rows": [
                {
                    "row_number": "1",
                    "row_number_position": "both",
                    "position": {"x": 0, "y": 1},
                    "uuid": "u2",
                    "kind": "table",
                    "seats": [
                        {
                            "seat_guid": "a", "seat_number": "1", "position": {"x": 0, "y": 0},
                            "category": "Stalls", "radius": 8, "accessible": True, "uuid": "u3",
                        },
                        {
                            "seat_guid": "b", "seat_number": "2", "position": {"x": 20, "y": 0},
                            "category": "Stalls", "companion": False,
                        },
                    ],
                }
            ],
            "areas": [
                {
                    "shape": "rectangle", "position": {"x": 1, "y": 2}, "color": "red",
                    "border_color": "#000", "rotation": 0, "rectangle": {"width": 3, "height": 4},
                    "text": {
                        "text": "Stage", "position": {"x": 1, "y": 1}, "size": 12, "color": "#fff",
                    },
                },
                {"shape": "circle", "position": {"x": 1, "y": 2}, "circle": {"radius": 3}},
                {
                    "shape": "ellipse", "position": {"x": 1, "y": 2},
                    "ellipse": {"radius": {"x": 3, "y": 4}}, "uuid": "u4",
                },
                {
                    "shape": "polygon", "position": {"x": 1, "y": 2},
                    "polygon": {"points": [{"x": 0, "y": 0}, {"x": 5, "y": 5}]},
                },
                {"width": 10, "height": 20, "position": {"x": 0, "y": 0}, "text": "Bar"},
                {
                    "shape": "text", "position": {"x": 0, "y": 0}, "text": {"text": "Floor"},
                    "standing": {"category": "Floor", "capacity": 300},
                },
            ],
        }
    ],
}  # fmt: skip


def problems(document: Any) -> dict[str, str]:
    report = check_plan(document)
    assert report.plan is None
    return {one.path: one.code for one in report.problems}


def changed(change: Any) -> dict[str, Any]:
    document = json.loads(json.dumps(WHOLE))
    change(document)
    return document


def test_import_and_export_lose_nothing_of_what_the_format_says() -> None:
    report = check_plan(WHOLE)
    assert (report.problems, report.notes) == ([], [])
    assert report.plan is not None
    assert exported(report.plan) == WHOLE
    assert decoded(encoded(report.plan)) == report.plan


def test_everything_that_is_wrong_is_named_at_once_with_its_place() -> None:
    def spoil(document: dict[str, Any]) -> None:
        zone = document["zones"][0]
        first, second = zone["rows"][0]["seats"]
        first["category"] = "Lounge"
        second["seat_guid"] = "a"
        second["seat_number"] = "1"
        second["position"] = {"x": "left", "y": 1e12}
        second["accessible"] = "yes"
        zone["rows"].append({"row_number": 7, "seats": None})
        zone["areas"][0]["color"] = "url(javascript:alert(1))"
        zone["areas"][1]["circle"] = {"radius": -1}
        zone["areas"][5]["standing"] = {"category": "Stalls", "capacity": 0}
        document["categories"].append({"name": "Stalls"})

    seats = "/zones/0/rows/0/seats"
    assert problems(changed(spoil)) == {
        "/categories/3/name": "twice",
        f"{seats}/0/category": "unknown_category",
        f"{seats}/1/seat_guid": "twice",
        f"{seats}/1/seat_number": "twice",
        f"{seats}/1/position/x": "bad_number",
        f"{seats}/1/position/y": "bad_number",
        f"{seats}/1/accessible": "not_true_or_false",
        "/zones/0/rows/1/row_number": "not_a_text",
        "/zones/0/rows/1/seats": "not_a_list",
        "/zones/0/areas/0/color": "bad_color",
        "/zones/0/areas/1/circle/radius": "bad_number",
        "/zones/0/areas/5/standing/capacity": "bad_number",
        "/zones/0/areas/5/standing/category": "mixed_category",
    }


def test_a_report_is_bounded_and_counts_the_rest() -> None:
    def spoil(document: dict[str, Any]) -> None:
        document["zones"][0]["rows"][0]["seats"] = [{}] * 500

    report = check_plan(changed(spoil))
    assert len(report.problems) == MOST_FINDINGS
    assert report.problems_in_all == 2_000


def test_what_we_do_not_know_is_told_and_passed_over() -> None:
    def add(document: dict[str, Any]) -> None:
        for seat in document["zones"][0]["rows"][0]["seats"]:
            seat["sponsor"] = "ACME"

    report = check_plan(changed(add))
    assert report.plan is not None
    assert exported(report.plan) == WHOLE
    assert [one.path for one in report.notes] == ["/zones/*/rows/*/seats/*/sponsor"]


def test_a_plan_without_a_place_for_anybody_is_refused() -> None:
    empty = {"name": "Nothing", "categories": [], "zones": []}
    assert problems(empty) == {"/zones": "no_seats"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "zones", "rows", "seats", "categories", "position", "areas"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_no_document_is_too_strange_to_be_reported_on(document: Any) -> None:
    report = check_plan(document)
    assert (report.plan is None) == bool(report.problems)


@given(st.sampled_from(["zones", "categories", "name", "size"]), JSON)
def test_any_part_may_be_strange(part: str, value: Any) -> None:
    report = check_plan({**WHOLE, part: value})
    assert (report.plan is None) == bool(report.problems)


def test_the_hall_to_begin_with_has_two_thousand_seats_in_three_categories() -> None:
    report = check_plan(exported(concert_hall()))
    assert report.problems == []
    assert report.plan is not None
    assert len(report.plan.seats()) == 2_000
    assert len(report.plan.categories) == 3
