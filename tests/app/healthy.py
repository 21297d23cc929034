"""A small healthy house in a database of its own, for vandals."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import msgspec

from boxoffice.data.postgres import Database, DatabaseSettings
from boxoffice.kernel.ids import new_id
from boxoffice.services.bookings.confirming import ConfirmOrder
from tests.support.product import running_product, settings_for
from tests.support.shop import Json, Shop, done, line, open_shop
from tests.support.stage import set_stage

_PAYMENT = """
INSERT INTO payments.payments (organizer_id, id, reference, provider, status, live, amount,
    currency, captured, charge_id, settled_at)
VALUES ($1, $2, $3, 'practice', 'succeeded', true, 1500, 'EUR', 1500, 'charge', clock_timestamp())
"""


class Healthy(msgspec.Struct, frozen=True, kw_only=True):
    """`order` is confirmed, free, and of two tickets; `paid` is confirmed and has cost something;
    `held` is open. `one` is an id that nothing has.
    """

    organizer: UUID
    stranger: UUID
    event: UUID
    date: UUID
    type: UUID
    quota: UUID
    order: UUID
    position: UUID
    ticket: UUID
    paid: UUID
    payment: UUID
    held: UUID
    one: UUID


@asynccontextmanager
async def healthy_house(
    database: DatabaseSettings, *, redis_url: str, data: Path
) -> AsyncIterator[tuple[Database, Healthy]]:
    """Some orders of an organizer, made through the API, and another organizer with nothing."""
    settings = settings_for(database, redis_url=redis_url, data=data)
    async with (
        running_product(settings) as product,
        open_shop(product, product.services.db) as shop,
    ):
        yield shop.db, await _fill(shop)


async def _fill(shop: Shop) -> Healthy:
    free, dear = await shop.add("Free"), await shop.add("Dear", price=1500)
    async with shop.product.visitor() as ada:
        order = done(await shop.buy(ada, line(free, 2), email="ada@example.org"), 201)
        held = done(await shop.buy(ada, line(dear)), 201)
        paid = done(await shop.buy(ada, line(dear), email="ada@example.org"), 201)
    other = await set_stage(shop.db, capacities=[1])
    return Healthy(
        organizer=shop.stage.organizer_id,
        stranger=other.organizer_id,
        event=shop.stage.event_id,
        date=shop.stage.occurrence_id,
        type=UUID(free["id"]),
        quota=UUID((await shop.quota("Free"))["id"]),
        order=UUID(order["id"]),
        position=UUID(order["positions"][0]["id"]),
        ticket=UUID(order["tickets"][0]["id"]),
        held=UUID(held["id"]),
        paid=UUID(paid["id"]),
        payment=await _pay(shop, paid),
        one=new_id(),
    )


async def _pay(shop: Shop, order: Json) -> UUID:
    """The money has come, as payments would write it, and confirms the order."""
    organizer, payment_id, order_id = shop.stage.organizer_id, new_id(), UUID(order["id"])
    async with shop.db.begin(organizer) as tx:
        await tx.connection.exec_driver_sql(_PAYMENT, (organizer, payment_id, order_id))
    confirmations = shop.product.services.bookings.confirmations
    await confirmations.submit(organizer, ConfirmOrder(order_id=order_id, payment_id=payment_id))
    return payment_id
