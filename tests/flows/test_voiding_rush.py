"""E18 · While staff void tickets into blocks others race for them."""

import asyncio
from contextvars import copy_context
from datetime import datetime
from uuid import UUID

import httpx2

from boxoffice.services.events.api import ReturnedPlace
from tests.flows.test_returns import allow, bought, give_back
from tests.flows.test_voiding_into_blocks import counted
from tests.support.locks import somebody_waits_for
from tests.support.shop import Json, Shop, done, line, refused
from tests.support.voiding import BLOCK, blocks, voided
from tests.support.waiting import offer_what_is_free, open_list, wait

BOB = "bob@example.org"
UNITS = 5


async def test_e18_nobody_gets_what_staff_void_into_blocks_while_buyers_and_the_list_race_for_it(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    """Fails if what the tickets had is given back before it is blocked."""
    kind = await shop.add("Regular", quantity=UNITS)
    orders = [await bought(shop, ada, line(kind)) for _ in range(UNITS - 2)]
    orders += [await bought(shop, ada, line(kind, 2))]
    await open_list(shop)
    places = [await wait(shop, ada, f"p{n}@example.org", kind) for n in range(UNITS)]

    async def buy() -> int:
        async with shop.product.visitor() as buyer:
            return (await shop.buy(buyer, line(kind))).status_code

    async def void(order: Json, *numbers: int) -> None:
        done(await voided(shop, order, *numbers))

    async def keep_offering() -> None:
        for _ in range(5):
            await offer_what_is_free(shop)

    answers = await asyncio.gather(
        *(buy() for _ in range(20)),
        keep_offering(),
        *(void(order) for order in orders[:-1]),
        *(void(orders[-1], number) for number in (1, 2)),
        keep_offering(),
    )
    await offer_what_is_free(shop)
    assert {one for one in answers if one} == {409}
    assert {await place.state() for place in places} == {"waiting"}
    assert counted(await shop.quota("Regular")) == (0, UNITS, 0)
    assert sum(one["units"] for one in await blocks(shop)) == UNITS


async def test_e18_voiding_waits_for_a_promise_that_is_just_being_made(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    """Fails without the lock on the quotas: the place would be promised and blocked."""
    kind = await shop.add("Regular", quantity=1)
    order = await bought(shop, ada, line(kind))
    await allow(shop)
    back = await give_back(shop, ada, order)
    await wait(shop, ada, BOB, kind)
    outside = copy_context()
    places, date = shop.product.services.events.returned, shop.stage.occurrence_id
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        await places.lock(tx, date, [UUID(kind["id"])])
        ends_at = datetime.fromisoformat(back["expires_at"])
        place = ReturnedPlace(
            id=UUID(back["id"]), ticket_type_id=UUID(kind["id"]), ends_at=ends_at,
            variation_id=None, face_amount=0,
        )  # fmt: skip
        promised = await places.offer(tx, date, [place])
        holder, until = promised[place.id]
        await tx.connection.exec_driver_sql(
            "UPDATE bookings.returns SET holder = $3, promised_until = $4 "
            "WHERE organizer_id = $1 AND id = $2",
            (shop.stage.organizer_id, place.id, holder, until),
        )
        path = f"{shop.orders}/{order['id']}/cancellations"
        body = {"block": BLOCK, "expected_refund": 0, "expected_total": 0}
        void = asyncio.create_task(shop.staff.post(path, json=body), context=outside)
        await somebody_waits_for(tx)
    refused(await void, 409, "return_promised")
    assert await blocks(shop) == []
