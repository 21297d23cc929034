"""The load generator: people who are served over connections, one after the other."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from bench.load import request
from bench.people import Ask, Flow, Person, Wait, arrive, play
from bench.readme import ROOT
from bench.scenarios import SCENARIOS

_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@asynccontextmanager
async def serving(*, hang_up_at: int = 0, silent: bool = False) -> AsyncIterator[int]:
    """A server that says ok; at one request it hangs up instead. Its port."""
    asked = itertools.count(1)
    kept: list[asyncio.StreamWriter] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        kept.append(writer)
        while await reader.readline():
            while await reader.readline() != b"\r\n":
                pass
            if next(asked) == hang_up_at:
                writer.close()
                return
            writer.write(b"" if silent else _ANSWER)

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in kept:
            writer.close()


def visitor(heard: list[str]) -> Person:
    answer = yield Ask("first", request("GET", "/"))
    heard.append(answer.outcome)
    yield Wait(0.0)
    answer = yield Ask("second", request("GET", "/"))
    heard.append(answer.body.decode() or answer.outcome)


def visitors(heard: list[str]) -> Iterator[Person]:
    return (visitor(heard) for _ in itertools.count())


async def test_each_person_is_told_every_answer_and_all_are_counted() -> None:
    heard: list[str] = []
    async with serving() as port:
        load = await play(port, itertools.islice(visitors(heard), 10), clients=3)
    assert sorted(heard) == ["200"] * 10 + ["ok"] * 10
    assert load.count("first", "200") == load.count("second", "200") == 10


async def test_a_connection_that_breaks_is_one_lost_answer_and_is_made_again() -> None:
    heard: list[str] = []
    async with serving(hang_up_at=2) as port:
        load = await play(port, itertools.islice(visitors(heard), 3), clients=1)
    assert heard == ["200", "lost", "200", "ok", "200", "ok"]
    assert load.faults == 1


async def test_people_come_at_their_rate_whatever_becomes_of_those_before() -> None:
    flow = Flow(per_second=1_000, seconds=0.05, connections=2, patience=0.05, from_due=False)
    async with serving(silent=True) as port:
        load = await arrive(port, visitors([]), flow)
    assert load.count("first", "unanswered") == 2
    assert load.unserved > 10


def test_every_scenario_is_explained() -> None:
    shown = (ROOT / "docs" / "how-to" / "measure.md").read_text()
    assert len({one.name for one in SCENARIOS}) == len(SCENARIOS)
    assert [one.name for one in SCENARIOS if f"| `{one.name}` |" not in shown] == []
