"""What people type, cleaned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.refusals import FieldError
from boxoffice.services.events.rules import texts


@given(st.text(max_size=100))
def test_a_line_is_one_line_that_a_database_takes(text: str) -> None:
    clean = texts.line("/x", text, most=1_000)
    assert clean == " ".join(clean.split())
    assert "\x00" not in clean
    clean.encode()


@given(st.text(max_size=100))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = texts.paragraphs("/x", text, most=1_000)
    assert texts.paragraphs("/x", once, most=1_000) == once


def test_joined_emoji_and_scripts_survive() -> None:
    said = "👩‍👩‍👧 نمی‌خواهم"
    assert texts.line("/x", said, most=50) == said


@pytest.mark.parametrize(
    "address", ["https://example.org", "http://example.org:8080/a?b=c#d", "https://münchen.de/ä"]
)
def test_web_addresses(address: str) -> None:
    assert texts.web_address("/x", f" {address} ") == address


@pytest.mark.parametrize(
    "address",
    ["example.org", "javascript:alert(1)", "data:text/html,x", "https://", "https:///path",
     "https://user@example.org", "https://a b.org", 'https://a.org/"><b>', "https://[::1",
     "https://a.org:0/", "https://a.org/" + "x" * 2_000, "//example.org", "https://a.org:99999/"],
)  # fmt: skip
def test_anything_else_is_refused(address: str) -> None:
    with pytest.raises(FieldError) as refused:
        texts.web_address("/website", address)
    assert (refused.value.pointer, refused.value.code) == ("/website", "bad_url")


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_nothing_is_none(nothing: str | None) -> None:
    assert texts.web_address("/x", nothing) is None
    assert texts.optional_line("/x", nothing, most=5) is None
