"""Vouchers where the stock is claimed, under real concurrency on real PostgreSQL."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

from boxoffice.data.postgres import Database
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.events.rules.pricing.vouchers import VoucherUsedUp
from boxoffice.services.events.rules.shelf import Granted, Want, WantedLine
from boxoffice.services.events.stock import Stock
from tests.support.stage import Stage, set_stage

STOCK = Stock()


async def put_voucher(
    db: Database, stage: Stage, code: str, *, max_uses: int, budget: int | None = None
) -> UUID:
    """A voucher that takes 400 off each ticket."""
    voucher_id = new_id()
    async with db.begin(stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "INSERT INTO events.vouchers (organizer_id, id, event_id, code, code_key, effect, "
            "value, max_uses, budget) VALUES ($1, $2, $3, $4, $4, 'amount', 400, $5, $6)",
            (stage.organizer_id, voucher_id, stage.event_id, code, max_uses, budget),
        )
    return voucher_id


def want(stage: Stage, kind: int, *codes: str) -> Want:
    return Want(
        holder=new_id(),
        event_id=stage.event_id,
        occurrence_id=None,
        lines=(WantedLine(ticket_type_id=stage.types[kind], quantity=1),),
        expires_at=datetime.now(UTC) + timedelta(minutes=15),
        voucher_codes=codes,
    )


async def claim(db: Database, stage: Stage, *wants: Want) -> list[Granted | Refusal]:
    async with db.begin(stage.organizer_id) as tx:
        types = {line.ticket_type_id for one in wants for line in one.lines}
        shelf = await STOCK.lock_types(tx, types)
        await STOCK.lock_vouchers(tx, shelf, wants)
        return await STOCK.claim(tx, shelf, wants)


async def numbers(db: Database, stage: Stage) -> list[tuple[int, int, int, int]]:
    """Of each voucher: its counters, and what its standing uses add up to."""
    async with db.begin(stage.organizer_id) as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT v.used, v.spent, coalesce(sum(u.units), 0)::int, "
            "coalesce(sum(u.amount), 0)::int "
            "FROM events.vouchers v LEFT JOIN events.voucher_uses u ON u.organizer_id = "
            "v.organizer_id AND u.voucher_id = v.id AND u.released_at IS NULL "
            "WHERE v.organizer_id = $1 GROUP BY v.id, v.used, v.spent ORDER BY v.id",
            (stage.organizer_id,),
        )
        return [tuple(row) for row in rows]


async def test_a_voucher_with_k_uses_and_n_buyers_is_used_exactly_k_times(
    crowd: Database,
) -> None:
    """Each buyer wants another type with a quota of its own, so that only the voucher's lock keeps
    them apart. Fails when FOR NO KEY UPDATE is taken out of `redeeming._LOCK`.
    """
    stage = await set_stage(crowd, capacities=[10] * 16, price=1000)
    await put_voucher(crowd, stage, "RUSH", max_uses=20)
    answers = await asyncio.gather(
        *(claim(crowd, stage, want(stage, n % 16, "RUSH")) for n in range(120))
    )
    flat = [outcome for batch in answers for outcome in batch]
    assert sum(isinstance(one, Granted) for one in flat) == 20
    assert all(isinstance(one, Granted | VoucherUsedUp) for one in flat)
    assert await numbers(crowd, stage) == [(20, 8000, 20, 8000)]


async def test_a_budget_is_never_overspent_by_rivals(crowd: Database) -> None:
    stage = await set_stage(crowd, capacities=[10] * 16, price=1000)
    await put_voucher(crowd, stage, "POT1", max_uses=500, budget=4100)
    answers = await asyncio.gather(
        *(claim(crowd, stage, want(stage, n % 16, "POT1")) for n in range(80))
    )
    granted = [one for batch in answers for one in batch if isinstance(one, Granted)]
    assert len(granted) == 11
    assert sorted(one.uses[0].amount for one in granted) == [100, *[400] * 10]
    assert await numbers(crowd, stage) == [(11, 4100, 11, 4100)]


async def test_rivals_who_name_two_vouchers_in_opposite_orders_never_deadlock(
    crowd: Database,
) -> None:
    stage = await set_stage(crowd, capacities=[10] * 16, price=1000)
    for code in ("LEFT", "RIGHT"):
        await put_voucher(crowd, stage, code, max_uses=500)
    codes = ["LEFT", "RIGHT"]
    answers = await asyncio.gather(
        *(
            claim(
                crowd,
                stage,
                want(stage, n % 16, codes[n % 2]),
                want(stage, n % 16, codes[1 - n % 2]),
            )
            for n in range(64)
        )
    )
    assert all(isinstance(one, Granted) for batch in answers for one in batch)
    assert await numbers(crowd, stage) == [(64, 25_600, 64, 25_600)] * 2


async def test_a_use_is_counted_in_its_own_flush_and_not_if_the_stock_refuses(
    db: Database,
) -> None:
    stage = await set_stage(db, capacities=[1, 5], price=1000)
    await put_voucher(db, stage, "TWICE", max_uses=2)
    first, sold_out, second, used_up, plain = await claim(
        db,
        stage,
        want(stage, 0, "TWICE"),
        want(stage, 0, "TWICE"),
        want(stage, 1, "TWICE"),
        want(stage, 1, "TWICE"),
        want(stage, 1),
    )
    assert [isinstance(one, Granted) for one in (first, second, plain)] == [True] * 3
    assert isinstance(sold_out, Refusal)
    assert sold_out.code == "sold_out"
    assert isinstance(used_up, VoucherUsedUp)
    assert await numbers(db, stage) == [(2, 800, 2, 800)]
