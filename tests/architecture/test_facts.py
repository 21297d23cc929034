"""Facts travel far and are kept: they carry ids, never a person."""

import re
from enum import Enum
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest

from boxoffice.kernel.facts import Fact
from tests.support.sources import import_all

import_all("services/*/facts.py")
import_all("services/*/facts/*.py")

PERSONAL = re.compile(
    r"mail|name|phone|address|street|birth|password|secret|token|link|body|text|subject|note|answer"
)


def _all(kind: type[Fact]) -> list[type[Fact]]:
    return [found for child in kind.__subclasses__() for found in (child, *_all(child))]


FACTS = [fact for fact in _all(Fact) if fact.__module__.startswith("boxoffice.services.")]


def test_there_are_facts() -> None:
    assert FACTS


def test_no_two_facts_share_a_name() -> None:
    names = [fact.name for fact in FACTS]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.__name__)
def test_a_fact_is_named_after_its_service_and_versioned(fact: type[Fact]) -> None:
    service = fact.__module__.split(".")[2]
    words = re.sub(r"(?<!^)(?=[A-Z])", "_", fact.__name__).lower()
    assert re.fullmatch(rf"{service}\.{words}\.v\d+", fact.name)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.__name__)
def test_a_fact_carries_nothing_personal(fact: type[Fact]) -> None:
    for name, kind in get_type_hints(fact).items():
        if name != "name":
            assert not PERSONAL.search(name), name
            assert _is_harmless(kind), f"{name}: {kind}"


def _is_harmless(kind: Any) -> bool:
    """Ids, numbers and fixed words; free text could be anybody's."""
    if get_origin(kind) in (Union, UnionType):
        return all(_is_harmless(part) for part in get_args(kind))
    if get_origin(kind) is Literal:
        return True
    return kind in (UUID, int, bool, type(None)) or (
        isinstance(kind, type) and issubclass(kind, Enum)
    )
