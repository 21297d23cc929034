"""Texts as people compare, search and link them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.services.events.rules import folding
from boxoffice.services.events.rules.folding import fold, free_slug, slug_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café  Łódź!", "cafe lodz"),
        ("STRASSE straße", "strasse strasse"),
        ("Øresund Þór Đà Nẵng", "oresund thor da nang"),
        ("İstanbul IĞDIR", "istanbul igdir"),
        ("node.js C++ 3D", "node js c 3d"),
        ("ﬁne ①", "fine 1"),
        ("東京 ひらがな", "東京 ひらかな"),
        ("___", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=300))
def test_a_slug_is_never_empty_and_always_ascii(text: str) -> None:
    slug = slug_of(text, otherwise="event-1")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= folding.MAX_SLUG


def test_a_taken_slug_gets_the_next_number() -> None:
    assert free_slug("x", set()) == "x"
    assert free_slug("x", {"x", "x-2", "x-4"}) == "x-3"


@given(st.lists(st.text(max_size=50), max_size=5))
def test_what_is_stored_is_plain_words(texts: list[str]) -> None:
    words = folding.search_words(*texts, None)
    assert all(word and not re.search(r"[\s'\\]", word) for word in words)
    assert len(words) == len(set(words))
    assert folding.tsvector(words).count("'") == 2 * len(words)


def test_a_query_wants_every_word_or_its_beginning() -> None:
    assert folding.tsquery("Jazz in Łódź") == "'jazz':* & 'in':* & 'lodz':*"
    assert folding.tsquery(" !? ") is None
