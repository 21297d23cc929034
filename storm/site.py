"""Where a storm takes place: what is sold, by whom, and to whom."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

import msgspec

from bench.buyers import Buyer
from storm.client import Client, Habits
from storm.journal import Journal


class Sale(msgspec.Struct, frozen=True, kw_only=True):
    """One ticket type of one event, shown on `page`; `seats` are the ids of its numbered seats, if
    it has any.
    """

    slug: str
    organizer_id: UUID
    event_id: str
    kind: str
    capacity: int
    page: str = ""
    seats: Sequence[str] = ()

    @property
    def orders(self) -> str:
        return f"/api/v1/organizers/{self.slug}/orders"


# What somebody does who has come; they are one of the site's clients for that time.
Visit = Callable[[Client, Buyer], Awaitable[None]]


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A storm's place. `owner_url` reaches the database, `token` is the staff's."""

    port: int
    owner_url: str
    token: str
    buyers: Sequence[Buyer]
    journal: Journal
    dice: random.Random
    habits: Habits = Habits()
    clients: int = 256

    def client(self) -> Client:
        return Client(self.port, self.journal, self.dice, self.habits)

    async def crowd(self, visits: Sequence[Visit], *, over: float = 0.0) -> None:
        """All the visits, in this order and evenly `over` so many seconds; as many at once as the
        site has clients.
        """
        begun, step = time.perf_counter(), over / max(len(visits), 1)
        waiting = iter(enumerate(visits))

        async def serve() -> None:
            client = self.client()
            for number, visit in waiting:
                await asyncio.sleep(max(0.0, begun + number * step - time.perf_counter()))
                await visit(client, self.buyers[number % len(self.buyers)])
            client.hang_up()

        await asyncio.gather(*(serve() for _ in range(min(self.clients, len(visits)))))
