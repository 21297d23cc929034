"""People who register for early access in a shop, through the API."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2

from tests.support.shop import Json, Shop, done

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at(after: timedelta) -> str:
    """The instant so long from now, as the API takes it."""
    return (datetime.now(UTC) + after).isoformat()


def terms(**changes: Any) -> Json:
    """Open since an hour; early access the day after tomorrow for a day."""
    return {
        "opens_at": at(-HOUR),
        "closes_at": at(DAY),
        "window_starts_at": at(2 * DAY),
        "window_minutes": 1440,
        "mode": "first_come",
        "max_tickets": 4,
    } | changes


async def open_presale(shop: Shop, **changes: Any) -> Json:
    """People may register from now on; the event."""
    return done(await shop.staff.put(f"{shop.event}/presale", json=terms(**changes)))


async def later_type(shop: Shop, name: str = "Regular", **body: Any) -> Json:
    """A ticket type whose sale to everybody begins in a week."""
    return await shop.add(name, sales_start=at(7 * DAY), **body)


async def register(
    shop: Shop, buyer: httpx2.AsyncClient, email: str, *, quantity: int = 1, **body: Any
) -> httpx2.Response:
    """Ask for early access."""
    return await buyer.post(
        f"/api/v1/organizers/{shop.stage.slug}/presale-registrations",
        json={
            "event_id": str(shop.stage.event_id),
            "email": email,
            "name": email.partition("@")[0].title(),
            "quantity": quantity,
        }
        | body,
    )


async def registered(
    shop: Shop, buyer: httpx2.AsyncClient, email: str, *, quantity: int = 1
) -> "Registered":
    """A confirmed registration, by the link that was mailed."""
    done(await register(shop, buyer, email, quantity=quantity), 202)
    one = await registration_of(shop, buyer, email)
    done(await one.do("confirm"))
    return one


async def registration_of(shop: Shop, buyer: httpx2.AsyncClient, email: str) -> "Registered":
    """The latest registration of that address, by the link that was mailed."""
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT id FROM bookings.presale_registrations "
            "WHERE organizer_id = $1 AND email = $2 ORDER BY id DESC LIMIT 1",
            (shop.stage.organizer_id, email),
        )
        registration_id = rows.scalar_one()
    bookings = shop.product.services.bookings
    one = await bookings.presale_registration(shop.stage.organizer_id, registration_id)
    return Registered(shop, buyer, registration_id, one.token)


async def close_presale(shop: Shop) -> None:
    """Move the end of registration into the past."""
    await _move(shop, "presales", "closes_at = clock_timestamp() - interval '1 second'", "id")


async def draw_due(shop: Shop) -> None:
    """What the worker does every ten seconds."""
    await shop.product.services.bookings.presales.drawing.run_due()


async def open_windows(shop: Shop) -> None:
    """Move the start of early access into the past."""
    await _move(shop, "vouchers", "valid_from = clock_timestamp() - interval '1 second'")


async def end_windows(shop: Shop) -> None:
    """Move the end of early access into the past."""
    await _move(shop, "vouchers", "valid_until = clock_timestamp() - interval '1 second'")


async def drawn(shop: Shop) -> None:
    """Registration has closed, early access is given and open."""
    await close_presale(shop)
    await draw_due(shop)
    await open_windows(shop)


async def _move(shop: Shop, table: str, change: str, key: str = "event_id") -> None:
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            f"UPDATE events.{table} SET {change} WHERE organizer_id = $1 AND {key} = $2",  # noqa: S608
            (shop.stage.organizer_id, shop.stage.event_id),
        )


class Registered:
    """Somebody's registration."""

    def __init__(self, shop: Shop, buyer: httpx2.AsyncClient, own_id: UUID, token: str) -> None:
        self.shop = shop
        self.buyer = buyer
        self.id = own_id
        self.path = f"/api/v1/presale-links/{token}"

    async def look(self) -> Json:
        return done(await self.buyer.get(self.path))

    async def state(self) -> str:
        return (await self.look())["state"]

    async def do(self, verb: str) -> httpx2.Response:
        """`confirm` or `withdraw`."""
        return await self.buyer.post(f"{self.path}/{verb}")

    async def code(self) -> str:
        """What they name when they buy early."""
        return (await self.look())["early_access"]["code"]

    async def buy(self, *lines: Json, **body: Any) -> httpx2.Response:
        """An order with their early access."""
        codes: Json = {"voucher_codes": [await self.code()]}
        return await self.shop.buy(self.buyer, *lines, **codes | body)
