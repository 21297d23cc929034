"""Of two things that would wait for one ticket the later is refused, and says which comes first."""

from typing import Any

import httpx2
import pytest

from tests.flows.test_dearer_changes import asked, lapse
from tests.flows.test_returns import give_back, path_of
from tests.flows.test_staff_changes import bought, change, ticket
from tests.support.product import once
from tests.support.shop import Shop, done, line, refused
from tests.support.waiting import open_list

Json = dict[str, Any]
EVE = {"email": "eve@example.org"}


class House:
    """A buyer with two tickets for the back, of whom both could be given, given back, or moved to
    the front for more money.
    """

    def __init__(self, shop: Shop, buyer: httpx2.AsyncClient, order: Json, front: Json) -> None:
        self.shop, self.buyer, self.order, self.front = shop, buyer, order, front

    def path(self, number: int) -> str:
        return f"{self.shop.orders}/{self.order['id']}/tickets/{self.tickets[number]['id']}"

    @property
    def tickets(self) -> list[Json]:
        return self.order["tickets"]

    async def begin(self, what: str, number: int = 0) -> httpx2.Response:
        """Begin it with that ticket, counted from 0."""
        if what == "change":
            wish = ticket(self.order, number + 1, ticket_type_id=self.front["id"])
            return await change(self.shop, self.order, wish, because="Nearer")
        if what == "transfer":
            path = f"{self.path(number)}/transfers"
            return await self.buyer.post(path, json=EVE, headers=once())
        if what == "return":
            path = path_of(self.shop, self.order, number)
            return await self.buyer.post(path, headers=once())
        body = {"position_ids": [self.order["positions"][number]["id"]]}
        return await self.shop.staff.post(
            f"{self.shop.orders}/{self.order['id']}/splits/preview", json=body
        )

    async def options(self, number: int) -> Json:
        found = done(await self.buyer.get(f"{self.shop.orders}/{self.order['id']}/options"))
        return found["tickets"][number]


async def house(shop: Shop, buyer: httpx2.AsyncClient) -> House:
    allowed = {"allowed": True}
    changes = {"names": True, "variations": True, "add_ons": True}
    policy = {"transfer": allowed, "returns": allowed, "changes": changes}
    done(await shop.staff.put(f"{shop.event}/order-policy", json=policy))
    await open_list(shop)
    front, back = await shop.add("Front", price=5000), await shop.add("Back", price=3000)
    return House(shop, buyer, await bought(shop, buyer, line(back, 2)), front)


CODES = {"change": "change_waits", "transfer": "offer_stands", "return": "return_stands"}


@pytest.mark.parametrize("first", CODES)
async def test_of_two_things_that_wait_for_one_ticket_the_later_is_refused(
    paying_shop: Shop, buyer: httpx2.AsyncClient, first: str
) -> None:
    one = await house(paying_shop, buyer)
    begun = await one.begin(first)
    assert begun.status_code in {200, 201}, begun.text
    for later in ("change", "transfer", "return", "split"):
        refused(await one.begin(later), 409, CODES[first])
    shown = await one.options(0)
    if first == "change":
        assert (shown["give_on_until"], shown["return_until"]) == (None, None)
    else:
        assert (shown["variations_until"], shown["add_ons_until"]) == (None, None)
    # The other ticket is free for all of it, but for a second change of the order.
    for other in ("transfer", "return"):
        assert (await one.options(1))[f"{_OPTION[other]}_until"] is not None
    began = await one.begin("transfer", 1)
    assert began.status_code == 201, began.text


_OPTION = {"transfer": "give_on", "return": "return"}


async def test_what_nobody_pays_for_in_time_is_in_the_way_of_no_offer(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    one = await house(paying_shop, buyer)
    wish = ticket(one.order, 1, ticket_type_id=one.front["id"])
    waiting = await asked(paying_shop, one.order, wish)
    await lapse(paying_shop, waiting)
    made = await give_back(paying_shop, buyer, one.order)
    assert made["status"] == "offered"
