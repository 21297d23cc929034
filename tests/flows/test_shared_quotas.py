"""Quotas that types share, what became of their units, and capacities cut below what is sold."""

import httpx2

from boxoffice.data.postgres import Database
from tests.support.product import Product, once
from tests.support.shop import Shop, done, line, open_shop, refused

# E8, E9 · Shared quotas and their breakdown


async def test_a_type_may_count_against_several_quotas_and_all_must_fit(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    hall = (await shop.managed())["quotas"][0]
    front = await shop.add("Front", quota_ids=[hall["id"]])
    limit = {"name": "Front rows", "capacity": 3, "ticket_type_ids": [front["id"]]}
    done(await shop.staff.post(f"{shop.event}/quotas", json=limit), 201)
    done(await shop.buy(ada, line(front, 2)), 201)
    assert refused(await shop.buy(ada, line(front, 2)), 409, "sold_out")["left"] == 1
    assert (await shop.quota("Front rows"))["free"] == 1
    assert (await shop.quota(hall["name"]))["free"] == 998


async def test_the_breakdown_of_a_quota_sums_to_its_capacity(
    db: Database, paying_product: Product
) -> None:
    async with open_shop(paying_product, db) as shop, paying_product.visitor() as ada:
        kind = await shop.add("Regular", price=2500, quantity=40, max_per_order=40)
        path = shop.orders
        paid = done(await shop.buy(ada, line(kind, 1), email="ada@example.org"), 201)
        done(await pay(ada, f"{path}/{paid['id']}", "practice_ok"))
        trying = done(await shop.buy(ada, line(kind, 2), email="ada@example.org"), 201)
        await pay(ada, f"{path}/{trying['id']}", "practice_declined")
        done(await shop.buy(ada, line(kind, 3)), 201)
        lapsed = done(await shop.buy(ada, line(kind, 8)), 201)
        await shop.lapse(lapsed)
        quota = await shop.quota("Regular")
        for claim, units in (("voucher", 4), ("offer", 5), ("block", 6)):
            await shop.reserve(quota, units, kind=claim)
        parts = await breakdown(shop)
        assert parts == {
            "sold": 1, "pending": 2, "held": 3, "vouchers": 4, "waitlist": 5, "blocked": 6,
            "free": 19, "capacity": 40, "overbooked_by": 0,
        }  # fmt: skip
        await shop.staff.patch(f"{shop.event}/quotas/{quota['id']}", json={"capacity": 15})
        parts = await breakdown(shop)
        assert (parts["free"], parts["capacity"], parts["overbooked_by"]) == (0, 15, 6)
        assert sum(parts[name] for name in PARTS) == 15 + 6


PARTS = ("sold", "pending", "held", "vouchers", "waitlist", "blocked", "free")


async def breakdown(shop: Shop) -> dict[str, int]:
    quota = await shop.quota("Regular")
    return {name: quota[name] for name in (*PARTS, "capacity", "overbooked_by")}


async def pay(buyer: httpx2.AsyncClient, path: str, source: str) -> httpx2.Response:
    return await buyer.post(f"{path}/payments", json={"source": source}, headers=once())


# E19 · Lowering capacity under sold


async def test_edge_case_11_a_quota_cut_below_sold_is_flagged_and_blocks_no_other_type(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    front, back = await shop.add("Front", quantity=10), await shop.add("Back", quantity=10)
    sold = [done(await shop.buy(ada, line(front, 4)), 201) for _ in range(2)]
    quota = await shop.quota("Front")
    await shop.staff.patch(f"{shop.event}/quotas/{quota['id']}", json={"capacity": 5})
    quota = await shop.quota("Front")
    assert (quota["overbooked_by"], quota["free"]) == (3, 0)
    refused(await shop.buy(ada, line(front)), 409, "sold_out")
    done(await shop.buy(ada, line(back)), 201)
    done(await ada.post(f"{shop.orders}/{sold[0]['id']}/release"))
    quota = await shop.quota("Front")
    assert (quota["overbooked_by"], quota["free"]) == (0, 1)
    done(await shop.buy(ada, line(front)), 201)
    refused(await shop.buy(ada, line(front)), 409, "sold_out")
