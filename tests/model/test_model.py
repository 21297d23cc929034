"""Whatever people do, in whatever order, the product does as the model says."""

import asyncio

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from boxoffice.data.postgres import Database
from tests.model.house import House
from tests.model.machine import machine_over
from tests.support.bank import Bank
from tests.support.product import Product
from tests.support.shop import open_shop

# The same few runs each time; `make model` runs others, for as long as it is told.
SMALL = settings(
    max_examples=8, stateful_step_count=25, derandomize=True, database=None, deadline=None,
    phases=(Phase.generate,), suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip


async def test_the_product_does_what_the_model_says(
    db: Database, banked_product: Product, bank: Bank
) -> None:
    async with open_shop(banked_product, db) as shop, banked_product.visitor() as buyer:
        await buyer.get("/api/v1/me/orders")
        loop = asyncio.get_running_loop()
        machine = machine_over(lambda: House.open(shop, buyer, bank), loop, sweep_every=5)
        await asyncio.to_thread(run_state_machine_as_test, machine, settings=SMALL)
