"""The stock under real concurrency on real PostgreSQL."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from boxoffice.data.postgres import Database
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.events.rules.claiming import NotOnSale, SoldOut
from boxoffice.services.events.rules.shelf import Granted, Want, WantedLine
from boxoffice.services.events.stock import Standing, Stock
from tests.support.stage import Stage, set_stage

STOCK = Stock()


def want(stage: Stage, *lines: tuple[int, int], expires_at: datetime | None = None) -> Want:
    return Want(
        holder=new_id(),
        event_id=stage.event_id,
        occurrence_id=None,
        lines=tuple(
            WantedLine(ticket_type_id=stage.types[kind], quantity=units) for kind, units in lines
        ),
        expires_at=expires_at,
    )


async def claim(db: Database, stage: Stage, *wants: Want) -> list[Granted | Refusal]:
    async with db.begin(stage.organizer_id) as tx:
        types = {line.ticket_type_id for one in wants for line in one.lines}
        shelf = await STOCK.lock_types(tx, types)
        return await STOCK.claim(tx, shelf, wants)


async def counts(db: Database, stage: Stage) -> list[tuple[int, int, int]]:
    """Per quota: its counter, its ceiling, and the standing units that the counter must equal."""
    async with db.begin(stage.organizer_id) as tx:
        rows = await tx.session.execute(
            text(
                "SELECT q.claimed, q.ceiling, coalesce((SELECT sum(units) FROM events.claims c "
                "WHERE c.organizer_id = q.organizer_id AND c.quota_id = q.id "
                "AND c.released_at IS NULL), 0) "
                "FROM events.quotas q WHERE q.organizer_id = :o ORDER BY q.id"
            ),
            {"o": stage.organizer_id},
        )
        return [tuple(row) for row in rows]


def soon(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


async def test_sixteen_rivals_sell_exactly_the_capacity(crowd: Database) -> None:
    """Fails when FOR NO KEY UPDATE is taken out of the lock: then rivals read the same counter."""
    stage = await set_stage(crowd, capacities=[50])
    answers = await asyncio.gather(
        *(claim(crowd, stage, want(stage, (0, 1)), want(stage, (0, 2))) for _ in range(100))
    )
    flat = [outcome for batch in answers for outcome in batch]
    sold = sum(one.claims[0].units for one in flat if isinstance(one, Granted))
    assert sold == 50
    assert all(isinstance(one, Granted | SoldOut) for one in flat)
    assert await counts(crowd, stage) == [(50, 50, 50)]


async def test_a_shared_quota_counts_both_types_and_all_must_fit(db: Database) -> None:
    stage = await set_stage(db, capacities=[10, 4], shares=[[0], [0, 1]])
    first, second, third = await claim(
        db, stage, want(stage, (1, 4)), want(stage, (0, 2), (1, 1)), want(stage, (0, 6))
    )
    assert isinstance(first, Granted)
    assert isinstance(second, SoldOut)
    assert isinstance(third, Granted)
    assert await counts(db, stage) == [(10, 10, 10), (4, 4, 4)]


async def test_rivals_with_opposite_orders_never_deadlock(db: Database) -> None:
    stage = await set_stage(db, capacities=[200, 200])
    answers = await asyncio.gather(
        *(claim(db, stage, want(stage, (n % 2, 1), (1 - n % 2, 1))) for n in range(60))
    )
    assert all(isinstance(one, Granted) for batch in answers for one in batch)
    assert await counts(db, stage) == [(60, 200, 60), (60, 200, 60)]


async def test_an_expired_hold_is_free_at_that_instant_without_a_job(db: Database) -> None:
    stage = await set_stage(db, capacities=[2])
    held, refused = await claim(
        db, stage, want(stage, (0, 2), expires_at=soon(60)), want(stage, (0, 1))
    )
    assert isinstance(held, Granted)
    assert isinstance(refused, SoldOut)
    async with db.begin(stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE events.claims SET expires_at = clock_timestamp() WHERE organizer_id = $1",
            (stage.organizer_id,),
        )
    (again,) = await claim(db, stage, want(stage, (0, 2)))
    assert isinstance(again, Granted)
    assert await counts(db, stage) == [(2, 2, 2)]


async def test_standing_tells_live_from_lapsed_from_gone(db: Database) -> None:
    stage = await set_stage(db, capacities=[3])
    live = want(stage, (0, 1), expires_at=soon(60))
    lapsed = want(stage, (0, 1), expires_at=soon(0.05))
    gone = want(stage, (0, 1), expires_at=soon(60))
    await claim(db, stage, live, lapsed, gone)
    await asyncio.sleep(0.1)
    async with db.begin(stage.organizer_id) as tx:
        await STOCK.standing(tx, [gone.holder])
        assert await STOCK.release(tx, [gone.holder]) == {gone.holder}
    async with db.begin(stage.organizer_id) as tx:
        standing = await STOCK.standing(tx, [live.holder, lapsed.holder, gone.holder, UUID(int=0)])
    assert [standing[one.holder] for one in (live, lapsed, gone)] == [
        Standing.LIVE, Standing.LAPSED, Standing.GONE,
    ]  # fmt: skip
    assert standing[UUID(int=0)] is Standing.GONE


async def test_releasing_gives_back_exactly_once(db: Database) -> None:
    stage = await set_stage(db, capacities=[5])
    one = want(stage, (0, 3))
    await claim(db, stage, one)

    async def release() -> set[UUID]:
        async with db.begin(stage.organizer_id) as tx:
            await STOCK.standing(tx, [one.holder])
            return await STOCK.release(tx, [one.holder])

    released = await asyncio.gather(*(release() for _ in range(8)))
    assert sorted(map(len, released)) == [0] * 7 + [1]
    assert await counts(db, stage) == [(0, 5, 0)]


async def test_lowering_the_capacity_below_what_is_sold_blocks_no_other_type(db: Database) -> None:
    stage = await set_stage(db, capacities=[10, 5])
    first = want(stage, (0, 8))
    await claim(db, stage, first)
    async with db.begin(stage.organizer_id) as tx:
        await tx.session.execute(
            text(
                "UPDATE events.quotas SET capacity = 6, ceiling = greatest(6, claimed) "
                "WHERE organizer_id = :o AND id = :id"
            ),
            {"o": stage.organizer_id, "id": stage.quotas[0]},
        )
    refused, sold = await claim(db, stage, want(stage, (0, 1)), want(stage, (1, 1)))
    assert isinstance(refused, SoldOut)
    assert refused.facts["left"] == 0
    assert isinstance(sold, Granted)
    async with db.begin(stage.organizer_id) as tx:
        await STOCK.standing(tx, [first.holder])
        await STOCK.release(tx, [first.holder])
    assert await counts(db, stage) == [(0, 6, 0), (1, 5, 1)]


async def test_a_draft_event_sells_nothing(db: Database) -> None:
    stage = await set_stage(db, capacities=[5])
    async with db.begin(stage.organizer_id) as tx:
        await tx.session.execute(
            text("UPDATE events.events SET status = 'draft' WHERE organizer_id = :o"),
            {"o": stage.organizer_id},
        )
    (refused,) = await claim(db, stage, want(stage, (0, 1)))
    assert isinstance(refused, NotOnSale)
