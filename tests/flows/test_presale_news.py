"""B19 · Early access: dates that are cancelled, the clock, and many presales at once."""

import httpx2

from tests.support.elsewhere import elsewhere
from tests.support.locks import so_many_wait
from tests.support.presales import (
    close_presale,
    draw_due,
    drawn,
    later_type,
    open_presale,
    register,
    registered,
)
from tests.support.product import once
from tests.support.shop import Shop, done, line, refused

ADA, BOB, EVE = "ada@example.org", "bob@example.org", "eve@example.org"


async def called_off(shop: Shop) -> int:
    """How many have been told that the event is cancelled."""
    async with shop.db.begin_as_platform("count in a test") as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT count(*) FROM data.outbox WHERE organizer_id = $1 "
            "AND name = 'bookings.presale_registration_moved.v1' "
            "AND (payload ->> 'called_off')::boolean",
            (shop.stage.organizer_id,),
        )
        return rows.scalar_one()


async def cancel(shop: Shop, *dates: str) -> None:
    """These dates, or the whole event; and what the worker does when it hears of it, twice."""
    body = {"occurrence_ids": list(dates)} if dates else {}
    path = f"{shop.event}/cancellations"
    done(await shop.staff.post(path, json=body, headers=once()), 202)
    for _ in range(2):
        drawing = shop.product.services.bookings.presales.drawing
        await drawing.call_off(shop.stage.organizer_id, shop.stage.event_id)


async def test_when_all_dates_of_a_series_are_cancelled_one_by_one_whoever_waits_is_told_once(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    await later_type(shop)
    event = done(
        await shop.staff.post(
            f"{shop.event}/occurrences",
            json={"starts_at": "2031-03-01T20:00", "ends_at": "2031-03-01T22:00"},
        ),
        201,
    )
    first, second = [one["id"] for one in event["occurrences"]]
    await open_presale(shop)
    await registered(shop, ada, ADA)
    done(await register(shop, ada, BOB), 202)
    await cancel(shop, first)
    assert await called_off(shop) == 0
    await cancel(shop, second)
    assert await called_off(shop) == 1
    refused(await register(shop, ada, EVE), 409, "presale_not_open")
    await close_presale(shop)
    await draw_due(shop)
    await cancel(shop)
    assert await called_off(shop) == 1


async def test_who_has_bought_early_hears_of_the_cancelled_event_with_the_order_alone(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await later_type(shop)
    await open_presale(shop)
    buyer, other = [await registered(shop, ada, who) for who in (ADA, BOB)]
    await drawn(shop)
    done(await buyer.buy(line(kind), email=ADA), 201)
    done(await other.buy(line(kind)), 201)
    await cancel(shop)
    assert await called_off(shop) == 1


async def test_the_clock_is_read_after_the_lock_so_nobody_registers_once_registration_has_closed(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    await open_presale(shop)
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        presales = shop.product.services.events.presales
        await presales.lock(tx, shop.stage.event_id)
        late = elsewhere(register(shop, ada, ADA))
        await so_many_wait(tx, 1)
        # It closes while they wait: after their transaction has begun, before they have the lock.
        await tx.connection.exec_driver_sql(
            "UPDATE events.presales SET closes_at = clock_timestamp() "
            "WHERE organizer_id = $1 AND id = $2",
            (shop.stage.organizer_id, shop.stage.event_id),
        )
    refused(await late, 409, "presale_not_open")


async def test_one_sweep_draws_more_than_a_hundred_presales_that_are_due(shop: Shop) -> None:
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            """
WITH made AS (
    INSERT INTO events.events (organizer_id, id, slug, title, status, timezone, currency,
                               published_at)
    SELECT $1, gen_random_uuid(), 'many-' || n, 'One of many', 'published', 'Europe/Berlin', 'EUR',
           clock_timestamp()
    FROM generate_series(1, 101) AS n RETURNING id),
dates AS (
    INSERT INTO events.occurrences (organizer_id, id, event_id, starts_at, ends_at)
    SELECT $1, gen_random_uuid(), id, now() + interval '30 days', now() + interval '31 days'
    FROM made)
INSERT INTO events.presales (organizer_id, id, opens_at, closes_at, mode, max_tickets,
                             window_starts_at, window_minutes)
SELECT $1, id, now() - interval '2 days', now() - interval '1 day', 'draw', 4,
       now() + interval '1 day', 60 FROM made""",
            (shop.stage.organizer_id,),
        )
    await draw_due(shop)
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT count(*) FROM events.presales WHERE organizer_id = $1 AND drawn_at IS NOT NULL",
            (shop.stage.organizer_id,),
        )
        assert rows.scalar_one() == 101
