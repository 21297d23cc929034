"""Too many at the entrance: newcomers are told at once, and whoever is inside is served."""

import asyncio
from contextlib import ExitStack

import pytest

from boxoffice.gateway.operations import Limit, Operation
from boxoffice.gateway.shedding import Patience, Shedding
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import Busy
from tests.gateway.edge import API, Edge, purchase

ROUTE = "/api/v1/organizers/{organizer}/orders"


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def shedding(clock: Clock, **changes: float) -> Shedding:
    entrance = Operation(
        name="open_order", route=ROUTE, permission=Permission.VISITOR, limit=Limit.WRITE,
        is_entrance=True,
    )  # fmt: skip
    patience = Patience(**{"few": 4, "rate": 20.0, "wait": 0.5, "window": 1.0, **changes})  # type: ignore[arg-type]
    return Shedding([entrance], patience, clock=clock)


def fill(door: Shedding, count: int) -> ExitStack:
    inside = ExitStack()
    for _ in range(count):
        inside.enter_context(door.admitted())
    return inside


def room(door: Shedding) -> int:
    """How many more find room."""
    with ExitStack() as inside:
        for count in range(10_000):
            try:
                inside.enter_context(door.admitted())
            except Busy:
                return count
    raise AssertionError("there is always room")


def test_whoever_would_wait_longer_than_half_a_second_is_refused_and_told_when_to_come() -> None:
    door = shedding(Clock())
    with fill(door, 10):
        with pytest.raises(Busy) as refused, door.admitted():
            pass
        assert 1 <= refused.value.retry_after <= 3
        assert door.refused == 1
    assert room(door) == 10


def test_a_few_never_are_too_many() -> None:
    assert room(shedding(Clock(), rate=0.001)) == 4


def test_who_is_quick_has_more_room_and_who_is_slow_less() -> None:
    clock = Clock()
    door = shedding(clock)
    with fill(door, 5):
        for _ in range(70):
            clock.now += 1 / 60
            with door.admitted():
                pass
    assert 15 <= room(door) <= 25
    slow = [door.admitted() for _ in range(10)]
    for one in slow:
        one.__enter__()
    for one in slow:
        clock.now += 1
        one.__exit__(None, None, None)
    assert room(door) == 4


def test_a_quiet_hour_teaches_nothing_about_how_fast_we_could_be() -> None:
    clock = Clock()
    door = shedding(clock)
    for _ in range(100):
        clock.now += 60
        with door.admitted():
            pass
    assert room(door) == 10


def test_who_fails_inside_leaves_as_well() -> None:
    door = shedding(Clock())
    for _ in range(50):
        with pytest.raises(RuntimeError), door.admitted():
            raise RuntimeError
    assert room(door) == 10


@pytest.mark.parametrize(
    ("method", "path", "found"),
    [
        ("POST", "/api/v1/organizers/kulturhaus/orders", True),
        ("GET", "/api/v1/organizers/kulturhaus/orders", False),
        ("POST", "/api/v1/organizers/kulturhaus/orders/x/confirm", False),
        ("POST", "/api/v1/organizers/a/b/orders", False),
        ("POST", "/api/v1/organizers/kulturhaus/orders/quote", False),
    ],
)
def test_only_what_begins_something_is_an_entrance(method: str, path: str, *, found: bool) -> None:
    assert (shedding(Clock()).entrance_at(method, path) is not None) is found


async def test_a_crowd_gets_answers_at_once_and_those_inside_are_served(edge: Edge) -> None:
    edge.ledger.hold = asyncio.Event()
    client = edge.client()
    asked = [
        asyncio.create_task(client.post(f"{API}/organizers/kulturhaus/orders", json=purchase()))
        for _ in range(1_200)
    ]
    while sum(one.done() for one in asked) < 200:
        await asyncio.wait(asked, timeout=0.05)
    assert (await client.get(f"{API}/things")).status_code == 200
    edge.ledger.hold.set()
    answers = await asyncio.gather(*asked)
    refused = [one for one in answers if one.status_code == 429]
    assert len(refused) == 200
    assert {one.json()["code"] for one in refused} == {"busy"}
    assert {one.headers["retry-after"] for one in refused} <= {"1", "2", "3"}
    assert edge.ledger.effects == 1_000
