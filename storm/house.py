"""The product under the storm, as anybody starts it, and what is put on sale there."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from aiosmtpd.controller import Controller

from bench.buyers import Buyer, gather_buyers
from bench.product import Product, free_port
from bench.run import Swallow
from boxoffice.services.events.rules.seats.choosing import seat_prefix
from boxoffice.services.events.rules.seats.generating import SectionForm, section
from boxoffice.services.events.rules.seats.halls import plan_of
from boxoffice.services.events.rules.seats.plans import Plan, Point, exported
from storm.client import Habits
from storm.faults import Faults
from storm.journal import Journal
from storm.site import Sale, Site

SLUG = "demo"
ORGANIZER = f"/api/v1/organizers/{SLUG}"
_ORGANIZER_ID = "SELECT organizer_id FROM events.events WHERE id = $1"


class House(msgspec.Struct, frozen=True, kw_only=True):
    """A running product and the people who have opened its shop."""

    product: Product
    buyers: list[Buyer]
    seed: int
    small: bool

    def many(self, number: int) -> int:
        """So many, or a twentieth if the storm is to be small."""
        return max(1, number // 20) if self.small else number

    def site(  # all by name
        self, name: str, *, outages: bool = False, impatient: float = 0.0, hurries: bool = False,
        clients: int = 256,
    ) -> Site:  # fmt: skip
        """A place for the storm called so; equal seeds throw equal dice."""
        return Site(
            port=self.product.port,
            owner_url=self.product.database_url(),
            token=self.product.token,
            buyers=self.buyers,
            journal=Journal(outages=outages),
            dice=random.Random(f"{self.seed} {name}"),  # noqa: S311  # not a secret
            habits=Habits(impatient=impatient, hurries=hurries),
            clients=min(clients, 32) if self.small else clients,
        )

    def faults(self, site: Site) -> Faults:
        return Faults(self.product.process.pid, site.dice)

    async def sale(self, title: str, *, quantity: int, price: int = 0) -> Sale:
        """Tickets without numbers."""
        return await self._sale(self.product.event(title=title, price=price, quantity=quantity))

    async def seated(self, title: str, *, rows: int, each: int) -> Sale:
        """A hall with so many rows and seats in each, all free of charge."""
        call, event = self.product.call, self.product.event(title=title, price=0, quantity=1)
        made = call("POST", f"{ORGANIZER}/seat-maps", {"plan": exported(hall(title, rows, each))})
        kind = event["ticket_types"][0]["id"]
        call(
            "PUT",
            f"{ORGANIZER}/events/{event['id']}/seating",
            {"seat_map_id": made["id"], "categories": {"Seats": kind}},
        )
        prefix = seat_prefix(UUID(event["occurrences"][0]["id"]))
        names = [str(UUID(bytes=prefix + n.to_bytes(4, "big"))) for n in range(rows * each)]
        sale = await self._sale(event)
        return msgspec.structs.replace(sale, capacity=len(names), seats=names)

    async def _sale(self, event: dict[str, Any]) -> Sale:
        connection = await asyncpg.connect(self.product.database_url())
        organizer = await connection.fetchval(_ORGANIZER_ID, UUID(event["id"]))
        await connection.close()
        return Sale(
            slug=SLUG,
            organizer_id=UUID(str(organizer)),
            event_id=event["id"],
            kind=event["ticket_types"][0]["id"],
            capacity=event["quotas"][0]["capacity"],
            page=f"/api/v1/events/{SLUG}/{event['slug']}",
        )


def hall(title: str, rows: int, each: int) -> Plan:
    """One block, without wheelchair places and aisles."""
    form = SectionForm(name="Hall", category="Seats", rows=rows, seats=each, x=500, y=300)
    return plan_of(title, (section(form),), stage=Point(x=500, y=0))


@asynccontextmanager
async def opened(*, buyers: int, workers: int, seed: int, small: bool) -> AsyncIterator[House]:
    """The product with so many server processes until the block ends."""
    smtp = Controller(Swallow(), hostname="127.0.0.1", port=free_port())
    smtp.start()
    try:
        async with Product(smtp_port=smtp.port, workers=workers) as product:
            people = await gather_buyers(product.port, count=buyers)
            yield House(product=product, buyers=people, seed=seed, small=small)
    finally:
        smtp.stop()
