"""After a test the invariants hold for every organizer that it made."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from boxoffice.data.invariants import Invariant, Sweep, sweep
from boxoffice.data.postgres import Database
from boxoffice.kernel.ids import new_id

_MADE = "SELECT id FROM users.organizers WHERE id >= $1"


@asynccontextmanager
async def sound(db: Database, invariants: Sequence[Invariant]) -> AsyncIterator[None]:
    """Fails at the end of the block if it has made an organizer whose rows break an invariant."""
    first = new_id()  # ids are sorted by the time they were made at
    yield
    async with db.begin_as_platform("find what a test has made") as tx:
        made = [row.id for row in await tx.connection.exec_driver_sql(_MADE, (first,))]
    if made and invariants:
        found = await sweep(db, invariants, organizers=made)
        assert not found.violations, told(found)


def told(found: Sweep) -> str:
    """What is broken, a line each."""
    return "\n".join(
        f"{one.name}: {one.promise}\n"
        + "\n".join(f"  {row.id} of {row.organizer_id}: {row.found}" for row in one.offenders)
        for one in found.violations
    )
