"""Early access under load: on real PostgreSQL, in two products.

Without the presale's lock a second draw finds nobody left and puts another seed in place of the one
that decided. Without the vouchers' lock a pass lets in more than it is for, in quotas that have
nothing to do with one another, until the table's own wall makes an error of it.
"""

import asyncio
from datetime import datetime
from pathlib import Path
from uuid import UUID

from boxoffice.data.postgres import Database, DatabaseSettings
from boxoffice.services.bookings.rules.presales import Entrant, draw
from tests.support.presales import (
    close_presale,
    later_type,
    open_presale,
    open_windows,
    registered,
)
from tests.support.product import running_product, settings_for
from tests.support.shop import Json, Shop, done, line, open_shop

RUSH, QUANTITY, WINNERS, PEOPLE = 50, 3, 12, 15


async def test_two_draws_at_once_draw_once_and_a_pass_used_many_times_at_once_buys_its_quantity(
    db: Database, database_urls: DatabaseSettings, redis_url: str, tmp_path: Path
) -> None:
    settings = settings_for(database_urls, redis_url=redis_url, data=tmp_path)
    async with (
        running_product(settings) as one,
        running_product(settings) as two,
        open_shop(one, db) as shop,
        one.visitor() as ada,
        two.visitor() as bob,
    ):
        kinds = [await later_type(shop, name) for name in ("Floor", "Balcony")]
        await open_presale(shop, mode="draw", total_tickets=WINNERS * QUANTITY)
        people = [
            await registered(shop, ada, f"p{number}@example.org", quantity=QUANTITY)
            for number in range(PEOPLE)
        ]
        await close_presale(shop)
        drawings = [product.services.bookings.presales.drawing for product in (one, two)]
        stage = shop.stage
        await asyncio.gather(
            *(drawings[number % 2].draw(stage.organizer_id, stage.event_id) for number in range(12))
        )
        await asyncio.gather(*(each.run_due() for each in drawings))
        states = [await each.state() for each in people]
        assert sorted(states) == ["lost"] * (PEOPLE - WINNERS) + ["won"] * WINNERS
        listed = done(await shop.staff.get(f"{shop.event}/presale/registrations"))
        counts = listed["counts"]
        assert (counts["drawn"], counts["drawn_units"]) == (WINNERS, WINNERS * QUANTITY)
        assert await _drawn_by_its_seed(shop) == {
            each.id for each, state in zip(people, states, strict=True) if state == "won"
        }
        assert await _passes(shop.db, shop.stage.organizer_id) == WINNERS
        assert await _told(shop.db, shop.stage.organizer_id) == 2 * PEOPLE

        await open_windows(shop)
        winners = [one for one, state in zip(people, states, strict=True) if state == "won"]
        codes: list[Json] = [{"voucher_codes": [await each.code()]} for each in winners]

        async def buy(winner: int, number: int, quantity: int) -> int:
            buyer, kind = (ada, bob)[number % 2], kinds[number % 2]
            return (await shop.buy(buyer, line(kind, quantity), **codes[winner])).status_code

        answers = await asyncio.gather(*(buy(0, number, 1) for number in range(RUSH)))
        assert sorted(answers) == [201] * QUANTITY + [409] * (RUSH - QUANTITY)
        for winner in range(1, WINNERS):
            pair = await asyncio.gather(*(buy(winner, number, 2) for number in range(2)))
            assert sorted(pair) == [201, 409]
        held = [(await shop.quota(name))["held"] for name in ("Floor", "Balcony")]
        assert sum(held) == QUANTITY + 2 * (WINNERS - 1)


async def _drawn_by_its_seed(shop: Shop) -> set[UUID]:
    """Who wins by the seed that was kept."""
    listed = done(await shop.staff.get(f"{shop.event}/presale/registrations"))
    entrants = [
        Entrant(
            id=UUID(one["id"]),
            units=one["quantity"],
            at=datetime.fromisoformat(one["registered_at"]),
        )
        for one in listed["registrations"]["items"]
    ]
    presale = (await shop.managed())["presale"]
    won = draw(entrants, mode="draw", seed=presale["seed"], total=presale["total_tickets"])
    return {one.id for one in won}


async def _passes(db: Database, organizer_id: object) -> int:
    return await _count(db, "events.vouchers WHERE early AND organizer_id = $1", organizer_id)


async def _told(db: Database, organizer_id: object) -> int:
    """Once when they registered, and once when it was decided."""
    return await _count(
        db,
        "data.outbox WHERE name = 'bookings.presale_registration_moved.v1' AND organizer_id = $1",
        organizer_id,
    )


async def _count(db: Database, what: str, organizer_id: object) -> int:
    async with db.begin_as_platform("count in a test") as tx:
        rows = await tx.connection.exec_driver_sql(
            f"SELECT count(*) FROM {what}",  # noqa: S608  # our own text
            (organizer_id,),
        )
        return rows.scalar_one()
