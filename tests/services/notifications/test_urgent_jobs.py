"""Money and stock do not wait behind mail."""

import asyncio
from uuid import UUID

from boxoffice.app.work import listeners
from boxoffice.data.courtesy import Courtesy
from boxoffice.data.deliveries import Delivery, Listener
from boxoffice.data.jobs import BATCH, Worker
from boxoffice.services.bookings.facts import OrderConfirmed
from tests.services.notifications.post_office import PostOffice

# More than a worker has places for jobs at once.
ORDERS = 2 * BATCH + 4


class Rush(Courtesy):
    """No quiet moment until `over`."""

    def __init__(self) -> None:
        super().__init__(lambda: None)
        self.over = asyncio.Event()

    async def turn(self) -> None:
        await self.over.wait()


async def test_what_is_urgent_overtakes_what_waits_for_a_quiet_moment(office: PostOffice) -> None:
    desk = await office.desk()
    for number in range(ORDERS):
        await office.buy(desk, f"buyer-{number}@example.org")
    heard: dict[str, set[UUID]] = {"mail": set(), "money": set()}

    def listener(name: str, *, urgent: bool) -> Listener:
        async def hear(fact: OrderConfirmed, _: Delivery) -> None:
            heard[name].add(fact.order_id)

        return Listener(name=f"test.{name}", fact=OrderConfirmed, handle=hear, urgent=urgent)

    rush, stop = Rush(), asyncio.Event()
    both = [listener("mail", urgent=False), listener("money", urgent=True)]
    worker = Worker(office.db, listeners=both, periodics=[], courtesy=rush)
    running = asyncio.create_task(worker.run(stop))
    try:
        await office.until(lambda: all_heard(heard["money"]), running)
        assert not heard["mail"]
        rush.over.set()
        await office.until(lambda: all_heard(heard["mail"]), running)
    finally:
        rush.over.set()
        stop.set()
        await asyncio.gather(running, return_exceptions=True)


async def all_heard(heard: set[UUID]) -> bool:
    return len(heard) == ORDERS


async def test_whatever_money_and_stock_wait_for_is_urgent_and_no_mail_is(
    office: PostOffice,
) -> None:
    async with office.notifying() as notifications:
        all_of_them = listeners(office.product.services, notifications)
    urgent = {one.name for one in all_of_them if one.urgent}
    assert {"bookings.confirm_on_payment", "bookings.note_refund", "bookings.offer_places"} < urgent
    assert not any(name.startswith("notifications.") for name in urgent)
