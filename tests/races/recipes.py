"""All recipes, and the routes that need one."""

import json
from typing import Any

from boxoffice.cli.openapi import openapi
from tests.races import afterwards, buying, early, presales, together, waiting

RECIPES = {
    **buying.RECIPES,
    **afterwards.RECIPES,
    **waiting.RECIPES,
    **early.RECIPES,
    **presales.RECIPES,
    **together.RECIPES,
}
HOW_TO = (
    "A route of bookings that changes something has no recipe in tests/races. Write "
    "`async def …(ring: Ring) -> Shot` under `@RECIPES.race(operation_id)` beside its neighbours: "
    "it sets the stage through the API and returns the one request that is sent fifty times at "
    "once; `wins` says how many of them may take effect."
)


def changing_routes() -> dict[str, bool]:
    """By operation id the routes of bookings that do more than read; whether they take keys."""
    paths: dict[str, dict[str, Any]] = json.loads(openapi())["paths"]
    return {
        route["operationId"]: any(
            parameter["name"].lower() == "idempotency-key"
            for parameter in route.get("parameters", ())
        )
        for methods in paths.values()
        for method, route in methods.items()
        if method != "get" and "Bookings" in route.get("tags", ())
    }
