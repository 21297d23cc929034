"""A request that is sent again is answered as it was, whatever became of its order meanwhile."""

from collections.abc import Awaitable
from uuid import UUID

import httpx2
import pytest

from boxoffice.data.idempotency import IdempotencyKey, KeyInUse
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.bookings.opening import OpenOrder
from boxoffice.services.bookings.rules import OrderStatus
from boxoffice.services.events.api import SoldOut, WantedLine
from tests.support.product import once
from tests.support.shop import Shop, done, line

BUYER = {"email": "ada@example.org", "name": "Ada Lovelace"}


async def test_a_repeated_request_is_answered_as_before_though_the_hold_has_ended(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    kind = await shop.add("Regular", price=1500)
    order = done(await shop.buy(buyer, line(kind)), 201)
    path, slow = f"{shop.orders}/{order['id']}", {"source": "practice_slow"}
    naming, extending, paying = once(), once(), once()
    named = done(await buyer.put(f"{path}/buyer", json=BUYER, headers=naming))
    extended = done(await buyer.post(f"{path}/extend", headers=extending))
    paid = done(await buyer.post(f"{path}/payments", json=slow, headers=paying))
    await shop.lapse(order)
    assert done(await buyer.put(f"{path}/buyer", json=BUYER, headers=naming)) == named
    assert done(await buyer.post(f"{path}/extend", headers=extending)) == extended
    again = done(await buyer.post(f"{path}/payments", json=slow, headers=paying))
    assert again["payment"]["id"] == paid["payment"]["id"]
    fresh = await buyer.post(f"{path}/payments", json=slow, headers=once())
    assert fresh.json()["code"] == "hold_expired"


async def test_who_was_refused_is_not_given_the_ticket_by_an_earlier_try_under_the_same_key(
    shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    """The first try was under way, say in a server that waited, when the second was refused; then
    whoever had the last ticket let it go.
    """
    kind = await shop.add("Last", quantity=1)
    rival = done(await shop.buy(buyer, line(kind)), 201)

    def asked() -> OpenOrder:
        return OpenOrder(
            event_id=shop.stage.event_id, occurrence_id=None, buyer=None, buyer_id=visitor,
            lines=(WantedLine(ticket_type_id=UUID(kind["id"]), quantity=1),), locale="en",
            once=IdempotencyKey(scope="visitor:1", key="one", fingerprint=b"a ticket"),
        )  # fmt: skip

    visitor = new_id()
    settle = shop.product.services.bookings.openings.submit
    first, between, last = asked(), asked(), asked()
    assert await refusal_of(settle(shop.stage.organizer_id, last)) is SoldOut
    # That an earlier one is refused as well takes nothing back.
    assert await refusal_of(settle(shop.stage.organizer_id, first)) is KeyInUse
    done(await buyer.post(f"{shop.orders}/{rival['id']}/release"))
    assert await refusal_of(settle(shop.stage.organizer_id, between)) is KeyInUse
    third = await settle(shop.stage.organizer_id, asked())
    assert third.status is OrderStatus.HELD
    again = await settle(shop.stage.organizer_id, asked())
    assert again.id == third.id


async def refusal_of(answer: Awaitable[object]) -> type[Refusal]:
    with pytest.raises(Refusal) as refused:
        await answer
    return type(refused.value)
