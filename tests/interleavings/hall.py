"""Where they meet: two server processes in this one, the same database, and who watches it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import combinations_with_replacement, permutations
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from boxoffice.app.invariants import CONFIRMED_IS_COVERED, INVARIANTS
from boxoffice.app.services import Services, build_services, close
from boxoffice.data.invariants import sweep
from boxoffice.data.postgres import DatabaseSettings
from tests.interleavings.copies import Copies, copies_of
from tests.interleavings.legal import BETWEEN
from tests.interleavings.meeting import Meeting, Met, Party, Work
from tests.interleavings.moves import MOVES, Move
from tests.interleavings.schedules import Chooser, Serial
from tests.interleavings.stages import Scene, set_scene
from tests.support.bank import Bank
from tests.support.product import settings_for
from tests.support.soundness import told

# What is left afterwards, as far as anybody cares: counted, so that ids make no difference.
_LEFT = """
SELECT 'order ' || status || ' ' || payment_status || ' ' || total_amount AS what, count(*) AS many
FROM bookings.orders WHERE organizer_id = $1 GROUP BY 1
UNION ALL SELECT 'ticket ' || status || ' ' || code_version, count(*)
FROM bookings.tickets WHERE organizer_id = $1 GROUP BY 1
UNION ALL SELECT 'of ' || capacity || ' claimed', sum(claimed)
FROM events.quotas WHERE organizer_id = $1 GROUP BY capacity
UNION ALL SELECT 'voucher used', used FROM events.vouchers WHERE organizer_id = $1
UNION ALL SELECT 'payment ' || status || ' ' || captured, sum(refunded)
FROM payments.payments WHERE organizer_id = $1 GROUP BY status, captured
UNION ALL SELECT 'scan ' || reason, count(*) FROM bookings.scans WHERE organizer_id = $1 GROUP BY 1
UNION ALL SELECT 'offered', count(offered_at) FROM events.waiting WHERE organizer_id = $1
ORDER BY 1
"""


# Money goes back here of which nobody has given up any ticket.
_LOOKED_AT = [one for one in INVARIANTS if one is not CONFIRMED_IS_COVERED]

Names = tuple[str, ...]


class End(NamedTuple):
    """What the parties were told, and what is left."""

    outcomes: tuple[str, ...]
    left: str


class Illegal(AssertionError):
    """A schedule that ended as none may."""


def pairs() -> list[Names]:
    """Every two moves, each with itself as well."""
    return list(combinations_with_replacement(MOVES, 2))


class Hall:
    """Sets scenes, and plays schedules on them."""

    def __init__(self, hand: Services, meeting: Meeting, bank: Bank) -> None:
        self._hand, self._meeting, self._bank = hand, meeting, bank
        self._copies: dict[frozenset[str], Copies] = {}
        self._unseen: dict[UUID, str] = {}

    async def play(self, names: Names, chooser: Chooser) -> tuple[Met, End]:
        """One schedule of these moves on a scene of its own."""
        moves = [MOVES[name] for name in names]
        scene = await (await self._scenes(moves)).make()
        met = await self._meeting.play([_work(move, scene) for move in moves], chooser)
        self._unseen[scene.organizer] = f"{' x '.join(names)} by {met.choices}"
        return met, End(met.outcomes, await self._left(scene))

    async def serial_ends(self, names: Names) -> set[End]:
        """How it may end: as if one had been done after the other."""
        orders = permutations(range(len(names)))
        return {(await self.play(names, Serial(*order)))[1] for order in orders}

    async def _scenes(self, moves: list[Move]) -> Copies:
        """Copies of one that is set for these moves. The last is kept, and no more: holds end."""
        needs = frozenset[str]().union(*(move.needs for move in moves))
        if needs not in self._copies:
            self._bank.charges.clear()
            scene = await set_scene(self._hand, self._bank, needs)
            self._copies = {needs: await copies_of(self._hand, scene)}
        return self._copies[needs]

    async def look(self) -> None:
        """The invariants, of everything that was played since the last look."""
        if self._unseen:
            found = await sweep(self._hand.db, _LOOKED_AT, organizers=list(self._unseen))
            broken = {row.organizer_id for one in found.violations for row in one.offenders}
            names = [self._unseen[one] for one in broken]
            self._unseen.clear()
            if found.violations:
                raise Illegal(f"{names}:\n{told(found)}")

    async def _left(self, scene: Scene) -> str:
        async with self._hand.db.begin(scene.organizer) as tx:
            rows = await tx.connection.exec_driver_sql(_LEFT, (scene.organizer,))
            return ", ".join(f"{row.what}: {row.many}" for row in rows)


def check(names: Names, met: Met, end: End, serial: set[End]) -> None:
    """Raises `Illegal` unless it ended as one after the other would, or as `legal` says."""
    is_between = end.outcomes in BETWEEN.get(names, ())
    if end in serial or (is_between and end.left in {one.left for one in serial}):
        return
    ways = "\n".join(f"  or {one.outcomes} {one.left}" for one in sorted(serial))
    raise Illegal(f"{' x '.join(names)} by {met.choices}: {end.outcomes} {end.left}\n{ways}")


def _work(move: Move, scene: Scene) -> Work:
    async def work(services: Services) -> Any:
        return await move.do(services, scene)

    return work


@asynccontextmanager
async def open_hall(
    database: DatabaseSettings, redis_url: str, data: Path, *, parties: int = 3
) -> AsyncIterator[Hall]:
    """A hall over that database."""
    bank = Bank()
    settings = settings_for(database, redis_url=redis_url, data=data)
    built = [
        build_services(settings, process=f"party {number}", provider=bank)
        for number in range(parties + 1)
    ]
    watcher, news = await asyncpg.connect(database.url), asyncio.Event()
    meeting = Meeting([Party(one, news) for one in built[1:]], watcher, news)
    try:
        yield Hall(built[0], meeting, bank)
    finally:
        await watcher.close()
        for one in built:
            await close(one)
