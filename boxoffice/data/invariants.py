"""Invariants: what must hold in the committed rows, at any moment, whatever else is going on.

Each is one statement that gives the rows which break it. A sweep reads all of them from one
snapshot and takes no locks, so a hit is a committed state and never a race of the checker; nobody
waits for it.
"""

import time
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import least_id

# Of one invariant so many rows are shown; that there are more is said.
MOST_SHOWN = 20
_LONGEST = "10min"
# The time is read after the snapshot is taken: whatever it shows was committed before.
_BEGIN = """
SELECT set_config('statement_timeout', $1, true), set_config('work_mem', '64MB', true),
       set_config('jit', 'off', true), clock_timestamp() AS now
"""
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


class Invariant(msgspec.Struct, frozen=True, kw_only=True):
    """`offenders` selects `organizer_id`, `id` and `found` (text) of what breaks the `promise`.

    It may ask for `$1` (organizers, or null: all; see `of`), `$2` (the time), `$3` (what is older
    may be left out where looking at everything costs much) and `$4` (the least id made since).
    """

    name: str
    promise: str
    offenders: str


class Offender(msgspec.Struct, frozen=True, kw_only=True):
    """A row that breaks an invariant, and what was found there."""

    organizer_id: UUID
    id: UUID
    found: str


class Violation(msgspec.Struct, frozen=True, kw_only=True):
    """A broken promise; `more`: there are more offenders than those shown."""

    name: str
    promise: str
    offenders: list[Offender]
    more: bool


class Sweep(msgspec.Struct, frozen=True, kw_only=True):
    """What one look at everything found; `costs` are seconds by invariant."""

    at: datetime
    violations: list[Violation]
    costs: dict[str, float]

    @property
    def seconds(self) -> float:
        return sum(self.costs.values())


def of(alias: str) -> str:
    """The condition that rows of the table `alias` belong to those that are asked about."""
    return f"($1::uuid[] IS NULL OR {alias}.organizer_id = ANY($1::uuid[]))"


async def sweep(
    db: Database,
    invariants: Sequence[Invariant],
    *,
    organizers: Collection[UUID] | None = None,
    within: timedelta | None = None,
) -> Sweep:
    """Look at every invariant in one snapshot: of these organizers, else of all.

    With `within` orders, payments and scans that are older are left out; stock never is.
    """
    async with db.snapshot_as_platform("look at the invariants") as tx:
        row = (await tx.connection.exec_driver_sql(_BEGIN, (_LONGEST,))).one()
        since = _EVER if within is None else row.now - within
        whose = None if organizers is None else list(organizers)
        asked = (whose, row.now, since, least_id(since))
        violations: list[Violation] = []
        costs: dict[str, float] = {}
        for one in invariants:
            begun = time.perf_counter()
            violations += await _look(tx, one, asked)
            costs[one.name] = time.perf_counter() - begun
    return Sweep(at=row.now, violations=violations, costs=costs)


async def _look(tx: Transaction, one: Invariant, asked: tuple[Any, ...]) -> list[Violation]:
    rows = (await tx.connection.exec_driver_sql(statement(one), asked)).all()
    if not rows:
        return []
    shown = [
        Offender(organizer_id=row.organizer_id, id=row.id, found=row.found)
        for row in rows[:MOST_SHOWN]
    ]
    return [
        Violation(name=one.name, promise=one.promise, offenders=shown, more=len(rows) > MOST_SHOWN)
    ]


def statement(one: Invariant) -> str:
    """The whole statement. It is planned for all offenders, not for the first few: usually there
    are none to end it early.
    """
    return f"""
WITH asked AS (SELECT $1::uuid[], $2::timestamptz, $3::timestamptz, $4::uuid),
offenders AS MATERIALIZED ({one.offenders})
SELECT organizer_id, id, found FROM offenders LIMIT {MOST_SHOWN + 1}
"""  # noqa: S608  # our own text
