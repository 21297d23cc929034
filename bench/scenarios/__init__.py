"""All scenarios, in the order of a whole run."""

from bench.scenario import Scenario
from bench.scenarios import (
    best_available,
    browse,
    check_in,
    growth,
    hot_quota,
    overload,
    pages,
    paid,
    processes,
    seat_rush,
    spread,
)

SCENARIOS: tuple[Scenario, ...] = tuple(
    module.SCENARIO
    for module in (
        pages,
        hot_quota,
        processes,
        seat_rush,
        best_available,
        spread,
        check_in,
        browse,
        overload,
        growth,
        paid,
    )
)
