"""A request that is sent again is answered as it was, whatever became of its order meanwhile."""

import httpx2

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
