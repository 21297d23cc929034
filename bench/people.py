"""People who use the product over HTTP: each is a generator that says what it asks next.

    def visitor() -> Person:
        answer = yield Ask("page", request("GET", "/e/demo/x"))
        if answer.status == 200:
            yield Wait(2.0)
            yield Ask("availability", request("GET", "/api/v1/…"))

`play` lets so many at a time do so, each on a connection of its own (a closed loop: who is not
answered asks nothing else). `arrive` lets them come at a rate, whatever becomes of those before (an
open loop): what somebody waits for a free connection counts as the product's latency.
"""

import asyncio
import time
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from bench.lines import Ask, Due, Hall, Person, Wait
from bench.load import Load

__all__ = ["Ask", "Flow", "Person", "Wait", "arrive", "play"]

_TICK_SECONDS = 0.005


async def play(
    port: int, people: Iterator[Person], *, clients: int, seconds: float | None = None
) -> Load:
    """So many at a time until all are through, or `seconds` are over: then each stops as soon as
    it is answered.
    """

    def next_due() -> Due | None:
        person = next(people, None)
        return None if person is None else Due(person)

    hall = Hall(port, next_due)
    await hall.open(clients)
    begun = time.perf_counter()
    hall.until = begun + seconds if seconds else None
    hall.call_all()
    await hall.empty.wait()
    hall.load.seconds = time.perf_counter() - begun
    hall.close()
    return hall.load


class Flow(NamedTuple):
    """So many a second for so long, over so many connections. Whoever is without a connection or an
    answer `patience` seconds after the last came is counted as unserved or noted as `unanswered`.

    Not `from_due`: latencies count from when a request is sent, because the generator itself cannot
    keep up with the rate; and who waits for a connection leaves when no more people come.
    """

    per_second: float
    seconds: float
    connections: int
    patience: float = 5.0
    from_due: bool = True


async def arrive(port: int, people: Iterator[Person], flow: Flow) -> Load:
    """One after the other, whatever becomes of those before."""
    waiting: deque[Due] = deque()
    step = 1 / flow.per_second
    hall = Hall(port, lambda: waiting.popleft() if waiting else None)
    await hall.open(flow.connections)
    hall.call_all()
    begun, came = time.perf_counter(), 0
    while (now := time.perf_counter()) < begun + flow.seconds:
        while begun + came * step < now:
            waiting.append(Due(next(people), begun + came * step if flow.from_due else None))
            came += 1
        hall.wake(len(waiting))
        await asyncio.sleep(_TICK_SECONDS)
    hall.load.seconds = time.perf_counter() - begun
    if not flow.from_due:
        _send_home(hall, waiting)
    await _last_orders(hall, flow.patience)
    _send_home(hall, waiting)
    hall.close()
    return hall.load


def _send_home(hall: Hall, waiting: deque[Due]) -> None:
    """Whoever waits for a connection leaves."""
    hall.load.unserved += len(waiting)
    waiting.clear()


async def _last_orders(hall: Hall, patience: float) -> None:
    try:
        async with asyncio.timeout(patience):
            await hall.empty.wait()
    except TimeoutError:
        pass
