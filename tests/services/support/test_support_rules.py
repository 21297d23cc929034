"""What may be said, how often, and whose turn it is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.refusals import Invalid
from boxoffice.services.support import rules

NOON = datetime(2027, 3, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize("empty", ["", "   ", "\n\n", "\x00", "\x00\x1b \x07"])
def test_a_message_says_something(empty: str) -> None:
    with pytest.raises(Invalid) as refusal:
        rules.clean_message(empty)
    assert [error.pointer for error in refusal.value.errors] == ["/message"]


def test_a_message_has_at_most_five_thousand_characters() -> None:
    assert len(rules.clean_message("é" * 5_000)) == 5_000
    with pytest.raises(Invalid):
        rules.clean_message("é" * 5_001)


def test_every_kind_of_line_break_is_kept_as_one() -> None:
    assert rules.clean_message("  a\r\nb\rc\n\nd  ") == "a\nb\nc\n\nd"


@given(st.text(max_size=200))
def test_what_is_kept_holds_no_control_characters_and_cleaning_twice_changes_nothing(
    text: str,
) -> None:
    try:
        kept = rules.clean_message(text)
    except Invalid:
        return
    assert not [c for c in kept if (c < " " and c not in "\n\t") or "\x7f" <= c <= "\x9f"]
    assert rules.clean_message(kept) == kept


def test_the_first_line_stands_in_for_a_missing_subject() -> None:
    assert rules.clean_subject(" \n ", message="No PDF.\nPlease help") == "No PDF."
    assert rules.clean_subject("", message="x" * 400) == "x" * 149 + "…"


def test_a_subject_is_one_line() -> None:
    assert rules.clean_subject("Refund\r\nBcc: all@example.org", message="m") == (
        "Refund Bcc: all@example.org"
    )
    with pytest.raises(Invalid):
        rules.clean_subject("s" * 151, message="m")


@given(st.text())
def test_a_preview_is_one_short_line(text: str) -> None:
    preview = rules.preview_of(text)
    assert len(preview) <= rules.PREVIEW_LENGTH
    assert "\n" not in preview


def test_whoever_writes_waits_for_the_other() -> None:
    assert rules.waiting_for(rules.status_after("buyer")) == "organizer"
    assert rules.waiting_for(rules.status_after("organizer")) == "buyer"
    assert rules.waiting_for("resolved") == "nobody"


def test_the_pace_is_refused_until_the_oldest_message_leaves_the_window() -> None:
    oldest = NOON - timedelta(minutes=40)
    rules.check_pace(rules.PACE - 1, oldest=oldest, now=NOON)
    with pytest.raises(rules.TooManyMessages) as refusal:
        rules.check_pace(rules.PACE, oldest=oldest, now=NOON)
    assert refusal.value.retry_after == 20 * 60
