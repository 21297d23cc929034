"""Several events of one organizer, for orders that are bought together."""

import httpx2
import msgspec

from boxoffice.kernel.ids import new_id
from tests.races.ring import another_event
from tests.support.product import once
from tests.support.shop import Json, Shop, done, line

BUYER = {"email": "ada@example.org", "name": "Ada Lovelace"}


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two events, and a ticket type of each."""

    shops: tuple[Shop, Shop]
    kinds: tuple[Json, Json]

    @property
    def first(self) -> Shop:
        return self.shops[0]

    @property
    def path(self) -> str:
        return self.first.orders.replace("/orders", "/purchases")

    def of(self, purchase: Json, rest: str = "") -> str:
        return f"{self.path}/{purchase['id']}{rest}"

    def wish(self, number: int, quantity: int = 1, **more: object) -> Json:
        """An order for one of the events."""
        event = str(self.shops[number].stage.event_id)
        return {"event_id": event, "items": [line(self.kinds[number], quantity)]} | more

    async def open(self, who: httpx2.AsyncClient, *wishes: Json, **more: object) -> httpx2.Response:
        """Of both events, one ticket each, unless `wishes` say otherwise."""
        orders = list(wishes) or [self.wish(0), self.wish(1)]
        return await who.post(self.path, json={"orders": orders} | more, headers=once())

    async def held(self, who: httpx2.AsyncClient, *wishes: Json, **more: object) -> Json:
        return done(await self.open(who, *wishes, **{"buyer": BUYER} | more), 201)

    async def sold(self) -> list[int]:
        """What is claimed of each of the two ticket types."""
        return [
            (await shop.quota(kind["name"]))["capacity"] - (await shop.quota(kind["name"]))["free"]
            for shop, kind in zip(self.shops, self.kinds, strict=True)
        ]


async def pair(shop: Shop, *, prices: tuple[int, int] = (0, 0), quantity: int = 5) -> Pair:
    """The shop's event and another one of its organizer."""
    shops = (shop, await another_event(shop))
    kinds = [
        await one.add(f"Regular {new_id().hex[-6:]}", price=price, quantity=quantity)
        for one, price in zip(shops, prices, strict=True)
    ]
    return Pair(shops=shops, kinds=(kinds[0], kinds[1]))
