"""People who wait in a shop, through the API."""

from typing import Any
from uuid import UUID

import httpx2

from tests.support.shop import Json, Shop, done, line


async def open_list(shop: Shop, **settings: Any) -> None:
    """The event has a waiting list from now on."""
    done(
        await shop.staff.patch(f"{shop.event}/waitlist-settings", json={"is_open": True} | settings)
    )


async def join(
    shop: Shop, buyer: httpx2.AsyncClient, email: str, *kinds: Json, quantity: int = 1, **body: Any
) -> httpx2.Response:
    """Ask to wait for any of these types; for whichever there is, if none is named."""
    return await buyer.post(
        f"/api/v1/organizers/{shop.stage.slug}/waitlist",
        json={
            "event_id": str(shop.stage.event_id),
            "email": email,
            "name": email.partition("@")[0].title(),
            "quantity": quantity,
            "ticket_type_ids": [kind["id"] for kind in kinds],
        }
        | body,
    )


async def wait(
    shop: Shop, buyer: httpx2.AsyncClient, email: str, *kinds: Json, quantity: int = 1, **body: Any
) -> "Waiting":
    """Join the list; the place that the mailed link shows."""
    done(await join(shop, buyer, email, *kinds, quantity=quantity, **body), 202)
    return await place_of(shop, buyer, email)


async def place_of(shop: Shop, buyer: httpx2.AsyncClient, email: str) -> "Waiting":
    """The latest place of that address, by the link that was mailed."""
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT id FROM bookings.waitlist_entries WHERE organizer_id = $1 AND email = $2 "
            "ORDER BY id DESC LIMIT 1",
            (shop.stage.organizer_id, email),
        )
        entry_id = rows.scalar_one()
    bookings = shop.product.services.bookings
    entry = await bookings.waitlist_entry(shop.stage.organizer_id, entry_id)
    return Waiting(shop, buyer, entry_id, entry.token)


async def offer_what_is_free(shop: Shop) -> None:
    """What the worker does when it hears that something came free, and every ten seconds."""
    services = shop.product.services
    await services.events.offers.serve_date(shop.stage.organizer_id, shop.stage.occurrence_id)


async def sold_out(shop: Shop, buyer: httpx2.AsyncClient, units: int = 1, **body: Any) -> Json:
    """A type of which everything is held by one order, and an open list; type and order."""
    kind = await shop.add("Regular", quantity=units, **body)
    order = done(await shop.buy(buyer, line(kind, units), email="first@example.org"), 201)
    await open_list(shop)
    return {"kind": kind, "order": order}


async def let_go(shop: Shop, buyer: httpx2.AsyncClient, order: Json) -> None:
    done(await buyer.post(f"{shop.orders}/{order['id']}/release"))


def parts(quota: Json) -> int:
    return sum(
        quota[part]
        for part in ("sold", "pending", "held", "vouchers", "waitlist", "blocked", "free")
    )


class Waiting:
    """Somebody's place in line."""

    def __init__(self, shop: Shop, buyer: httpx2.AsyncClient, entry_id: UUID, token: str) -> None:
        self.shop = shop
        self.buyer = buyer
        self.entry_id = entry_id
        self.path = f"/api/v1/waitlist-links/{token}"

    async def look(self) -> Json:
        return done(await self.buyer.get(self.path))

    async def state(self) -> str:
        return (await self.look())["state"]

    async def do(self, verb: str, body: Any = None, **headers: str) -> httpx2.Response:
        """`accept`, `decline`, `leave` or `rejoin`."""
        if verb == "accept":
            body = body or {}
        return await self.buyer.post(f"{self.path}/{verb}", json=body, headers=headers)

    async def lapse(self) -> None:
        """Move the offer's end into the past: of the place and of its claims."""
        values = self.shop.stage.organizer_id, self.entry_id
        async with self.shop.db.begin(self.shop.stage.organizer_id) as tx:
            run = tx.connection.exec_driver_sql
            await run(
                "UPDATE events.waiting SET offer_ends_at = clock_timestamp() - interval '1 second' "
                "WHERE organizer_id = $1 AND id = $2",
                values,
            )
            await run(
                "UPDATE events.claims SET expires_at = clock_timestamp() - interval '1 second' "
                "WHERE organizer_id = $1 AND holder = $2 AND released_at IS NULL",
                values,
            )
