"""Every operation of the real application says who may call it, and is fully described."""

import json
import re
from typing import Any

import pytest

from boxoffice.cli.openapi import openapi
from boxoffice.kernel.permissions import Permission
from tests.races.recipes import HOW_TO, RECIPES, changing_routes

DOCUMENT: dict[str, Any] = json.loads(openapi())
OPERATIONS: dict[str, dict[str, Any]] = {
    f"{method.upper()} {path}": described
    for path, methods in DOCUMENT["paths"].items()
    for method, described in methods.items()
}


def test_there_is_an_api() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    assert len(OPERATIONS) > 50


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_declares_its_permission(operation: str) -> None:
    assert Permission(OPERATIONS[operation]["x-permission"])


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_organizers_operation_is_never_public(operation: str) -> None:
    """What changes an organizer's things asks who is there."""
    described = OPERATIONS[operation]
    if "/organizers/{organizer}" in operation and not operation.startswith("GET "):
        assert described["x-permission"] != Permission.PUBLIC


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_is_described(operation: str) -> None:
    described = OPERATIONS[operation]
    assert re.fullmatch(r"[a-z][a-z0-9_]+", described["operationId"])
    assert described.get("summary")
    assert "default" in described["responses"]


def test_operation_ids_are_unique() -> None:
    ids = [described["operationId"] for described in OPERATIONS.values()]
    assert sorted(set(ids)) == sorted(ids)


def test_a_route_of_bookings_that_changes_something_is_sent_fifty_times_at_once() -> None:
    assert changing_routes().keys() - RECIPES.keys() == set(), HOW_TO
