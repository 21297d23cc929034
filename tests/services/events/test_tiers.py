"""Tiers under real concurrency on real PostgreSQL."""

import asyncio
from uuid import UUID

from boxoffice.data.postgres import Database
from boxoffice.kernel.ids import new_id
from boxoffice.services.events.rules.shelf import Granted, Want, WantedLine
from boxoffice.services.events.stock import Stock
from tests.support.stage import Stage, set_stage

STOCK = Stock()
EARLY, REGULAR = 0, 1


async def tiers(db: Database, *, early: int) -> Stage:
    """So many early birds; the regular type opens once they are sold out."""
    stage = await set_stage(db, capacities=[early, 1000])
    async with db.begin(stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE events.ticket_types SET opens_after_id = $3 "
            "WHERE organizer_id = $1 AND id = $2",
            (stage.organizer_id, stage.types[REGULAR], stage.types[EARLY]),
        )
    return stage


async def buy(db: Database, stage: Stage, *kinds: int) -> list[UUID]:
    """One of each kind, each for another holder in one flush; the holders who got theirs."""
    wants = [
        Want(
            holder=new_id(),
            event_id=stage.event_id,
            occurrence_id=None,
            lines=(WantedLine(ticket_type_id=stage.types[kind], quantity=1),),
            expires_at=None,
        )
        for kind in kinds
    ]
    async with db.begin(stage.organizer_id) as tx:
        shelf = await STOCK.lock_types(tx, {stage.types[kind] for kind in kinds})
        outcomes = await STOCK.claim(tx, shelf, wants)
    return [
        want.holder for want, one in zip(wants, outcomes, strict=True) if isinstance(one, Granted)
    ]


async def release(db: Database, stage: Stage, holder: UUID) -> None:
    async with db.begin(stage.organizer_id) as tx:
        await STOCK.standing(tx, [holder])
        await STOCK.release(tx, [holder])


async def early_left_when_regular_sold(db: Database, stage: Stage) -> list[int]:
    """Of each regular ticket: how many early birds were taken at the moment it was sold."""
    async with db.begin(stage.organizer_id) as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM events.claims e WHERE e.organizer_id = $1 "
            "AND e.ticket_type_id = $2 AND e.created_at <= r.created_at "
            "AND (e.released_at IS NULL OR e.released_at > r.created_at))::int AS taken "
            "FROM events.claims r WHERE r.organizer_id = $1 AND r.ticket_type_id = $3",
            (stage.organizer_id, stage.types[EARLY], stage.types[REGULAR]),
        )
        return [row.taken for row in rows]


async def test_in_one_flush_the_next_tier_opens_with_the_last_unit_of_the_previous(
    db: Database,
) -> None:
    stage = await tiers(db, early=2)
    got = await buy(db, stage, REGULAR, EARLY, REGULAR, EARLY, REGULAR)
    assert len(got) == 3
    assert await early_left_when_regular_sold(db, stage) == [2]


async def test_no_regular_ticket_is_sold_while_an_early_bird_is_free(
    crowd: Database,
) -> None:
    """Fails when FOR NO KEY UPDATE is taken out of the lock: then the previous tier fills and
    empties between the look at it and the sale.
    """
    stage = await tiers(crowd, early=3)

    async def change_one_s_mind() -> None:
        for _ in range(25):
            for holder in await buy(crowd, stage, EARLY):
                await release(crowd, stage, holder)

    async def want_regular() -> int:
        return sum([len(await buy(crowd, stage, REGULAR)) for _ in range(25)])

    await buy(crowd, stage, EARLY, EARLY)
    answers = await asyncio.gather(
        *(change_one_s_mind() for _ in range(6)), *(want_regular() for _ in range(6))
    )
    sold = sum(answer or 0 for answer in answers)
    taken = await early_left_when_regular_sold(crowd, stage)
    assert len(taken) == sold > 0
    assert set(taken) == {3}
