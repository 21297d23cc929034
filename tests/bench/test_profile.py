"""Whose code the event loop was busy with."""

from bench.profile import shares_of

LOOP = "<module> (boxoffice/cli/server.py:80);Runner.run (asyncio/runners.py:118)"


def test_a_sample_counts_where_it_was_taken() -> None:
    found = shares_of(
        [
            f"{LOOP} 5",
            f"{LOOP};Front.__call__ (boxoffice/gateway/front.py:70) 2",
            f"{LOOP};settle (boxoffice/services/bookings/opening.py:9);fetch (asyncpg/p.py:1) 2",
            f"{LOOP};dumps (json/__init__.py:1) 1",
            "run (threading.py:10);work (granian/x.py:1) 90",
        ]
    )
    assert found == {
        "event loop and sockets": 0.5,
        "gateway": 0.2,
        "asyncpg": 0.2,
        "Python's library and others": 0.1,
    }


def test_of_nothing_there_are_no_shares() -> None:
    assert shares_of([]) == {}
