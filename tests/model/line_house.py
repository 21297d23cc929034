"""The machine's hands where people wait: requests about places in line and returned tickets, and
what the worker does about both.
"""

from typing import Any
from uuid import UUID

from tests.model.house import House
from tests.model.kinds import OK, Kind
from tests.support.shop import done
from tests.support.waiting import Waiting, offer_what_is_free, open_list, place_of

_POLICY = {
    "cancellation": {"allowed": True, "schedule": [{"hours_before": 0}]},
    "returns": {"allowed": True},
}
_BACKS = """
SELECT r.id, r.status, EXISTS (
    SELECT FROM events.claims c
    WHERE c.organizer_id = $1 AND c.holder = r.holder AND c.released_at IS NULL
      AND (c.expires_at IS NULL OR c.expires_at > clock_timestamp())) AS promised
FROM bookings.returns r WHERE r.organizer_id = $1 AND r.event_id = $2 ORDER BY r.id
"""


class LineHouse:
    """The list of a house's event; `places` and `backs` in the order of the model's."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.places: list[Waiting] = []
        self.backs: list[tuple[str, str]] = []

    async def furnish(self) -> None:
        """People may wait, and give tickets back."""
        shop = self.house.shop
        await open_list(shop)
        done(await shop.staff.put(f"{shop.event}/order-policy", json=_POLICY))

    async def join(self, kinds: tuple[Kind, ...], units: int) -> tuple[str, Any]:
        shop, buyer = self.house.shop, self.house.buyer
        email = f"p{len(self.places)}@example.org"
        body = {
            "event_id": str(shop.stage.event_id), "email": email, "name": "Pat",
            "quantity": units, "ticket_type_ids": [self.house.kinds[k.name]["id"] for k in kinds],
        }  # fmt: skip
        path = f"/api/v1/organizers/{shop.stage.slug}/waitlist"
        code, answer = await self.house.send(buyer, "POST", path, body)
        if code == OK:
            self.places.append(await place_of(shop, buyer, email))
        return code, answer

    async def say(self, number: int, verb: str) -> tuple[str, Any]:
        """`accept`, `decline`, `leave` or `rejoin`."""
        path = f"{self.places[number].path}/{verb}"
        body = {} if verb == "accept" else None
        return await self.house.send(self.house.buyer, "POST", path, body)

    async def offer_by_hand(self, number: int) -> str:
        shop = self.house.shop
        path = f"{shop.event}/waitlist/{self.places[number].entry_id}/offer"
        return (await self.house.send(shop.staff, "POST", path))[0]

    async def serve(self) -> None:
        """What the worker does with what came free."""
        await offer_what_is_free(self.house.shop)

    async def serve_returned(self) -> None:
        """What the worker does with tickets that were offered back."""
        bookings, stage = self.house.shop.product.services.bookings, self.house.shop.stage
        await bookings.returned_tickets.serve_date(stage.organizer_id, stage.occurrence_id)

    async def give_back(self, order_id: str, ticket_id: str) -> str:
        code, made = await self.house.to(order_id, f"/tickets/{ticket_id}/returns")
        if code == OK:
            self.backs.append((order_id, made["id"]))
        return code

    async def withdraw(self, number: int) -> str:
        order_id, back = self.backs[number]
        return (await self.house.to(order_id, f"/returns/{back}/withdraw"))[0]

    async def send_money(self, number: int) -> None:
        """What the worker does once the ticket is taken; twice is once."""
        returning = self.house.shop.product.services.bookings.returning
        for _ in range(2):
            await returning.send_money(self.house.organizer, UUID(self.backs[number][1]))

    async def standing(self) -> list[str]:
        """How each place stands, the number in line of who waits with it."""
        shop, ids = self.house.shop, [one.entry_id for one in self.places]
        async with shop.db.begin(self.house.organizer) as tx:
            places = await shop.product.services.events.line.places(tx, ids)
            rows = await tx.connection.exec_driver_sql(
                "SELECT id, outcome FROM bookings.waitlist_entries "
                "WHERE organizer_id = $1 AND id = ANY($2::uuid[])",
                (self.house.organizer, ids),
            )
            outcomes = {row.id: row.outcome for row in rows}
        shown = [(outcomes[one] or places[one].state, places[one].position) for one in ids]
        return [state if place is None else f"{state} {place}" for state, place in shown]

    async def has_taken(self, order_id: str) -> bool:
        """Whether others' tickets were taken over for the order."""
        async with self.house.shop.db.begin(self.house.organizer) as tx:
            rows = await tx.connection.exec_driver_sql(
                "SELECT count(*) FROM bookings.returns "
                "WHERE organizer_id = $1 AND taken_by_id = $2",
                (self.house.organizer, UUID(order_id)),
            )
            return bool(rows.scalar_one())

    async def returned(self) -> list[tuple[str, bool]]:
        """Of each returned ticket what was written, and whether somebody has units in its place."""
        async with self.house.shop.db.begin(self.house.organizer) as tx:
            values = (self.house.organizer, self.house.shop.stage.event_id)
            rows = await tx.connection.exec_driver_sql(_BACKS, values)
            return [(row.status, row.promised) for row in rows]
