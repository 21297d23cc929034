"""Other vouchers on an order that is held."""

import asyncio
from typing import Any

import httpx2

from boxoffice.data.postgres import Database
from tests.support.market import BUYER, Market, accepted, check_sums, market_of, refused
from tests.support.product import Product


async def used(market: Market) -> list[tuple[int, int, int]]:
    """Of each voucher, newest first: tickets, amount spent, and what it sets aside."""
    return [(one["used"], one["spent"], one["set_aside"]) for one in await market.vouchers()]


async def put(market: Market, order: dict[str, Any], *codes: str) -> httpx2.Response:
    path = f"{market.api}/orders/{order['id']}/vouchers"
    return await market.buyer.put(path, json={"codes": codes})


async def test_a_held_order_takes_other_vouchers_and_keeps_its_list_prices(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000, capacity=2) as market:
        await market.rules(
            tax_rule_id=await market.tax(19_000), fees=[{"name": "Fee", "fixed": 100}]
        )
        await market.voucher(code="HALF", value=50_000, max_uses=2)
        await market.voucher(code="ONCE", effect="percent", value=100_000)
        order = await market.order(2, voucher_codes=["HALF"])
        await market.price(9900)
        both = accepted(await put(market, order, "once", "half"))
        refused(await put(market, order, "HALF", "NOWHERE"), 422, "unknown_voucher")
        numbers = await used(market)
        without = accepted(await put(market, order))
        path = f"{market.api}/orders/{order['id']}/extend"
        assert accepted(await market.buyer.post(path))["status"] == "held"
        assert await used(market) == [(0, 0, 0), (0, 0, 0)]
        assert (await market.standing())[0] == 2
    assert order["total"]["amount"] == 2100
    check_sums(both)
    assert both["total"]["amount"] == 0 + 1000 + 100
    assert numbers == [(1, 2000, 0), (1, 1000, 0)]
    assert without["total"]["amount"] == 4100
    assert without["reductions"] == []


async def test_an_order_that_its_voucher_made_free_is_confirmed_without_paying(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000) as market:
        await market.voucher(code="GUEST", effect="percent", value=100_000)
        order = await market.order(1, buyer=BUYER)
        free = accepted(await put(market, order, "GUEST"))
        path = f"{market.api}/orders/{order['id']}"
        confirmed = accepted(await market.buyer.post(f"{path}/confirm"))
        refused(await put(market, order), 409, "illegal_order_move")
    assert free["total"]["amount"] == 0
    assert (confirmed["status"], len(confirmed["tickets"])) == ("confirmed", 1)


async def test_a_voucher_that_sets_tickets_aside_is_entered_before_tickets_are_held(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000) as market:
        await market.voucher(
            code="CREW", effect="none", on_stock="reserve", ticket_type_ids=[market.kind(0)]
        )
        order = await market.order(1)
        refused(await put(market, order, "CREW"), 409, "voucher_too_late")
        await market.let_lapse(order)
        refused(await put(market, order), 410, "hold_expired")


async def test_tickets_that_a_voucher_let_in_beyond_the_capacity_stay_with_that_voucher(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000, capacity=1) as market:
        await market.order(1)
        await market.voucher(code="GUEST", effect="none", on_stock="bypass")
        await market.voucher(code="HALF", value=50_000, max_uses=5)
        order = await market.order(1, voucher_codes=["GUEST"])
        refused(await put(market, order), 409, "voucher_holds_tickets")
        refused(await put(market, order, "HALF"), 409, "voucher_holds_tickets")
        accepted(await put(market, order, "GUEST"))
        assert await used(market) == [(0, 0, 0), (1, 0, 0)]
        assert await market.standing() == (2, 2, 2)


async def test_orders_that_exchange_their_vouchers_crosswise_never_wait_for_each_other_in_a_circle(
    db: Database, product: Product
) -> None:
    """Each order stands in a quota of its own, so that only the order of locks keeps them apart."""
    kinds = 6
    async with market_of(db, product, *[1000] * kinds, share_quota=False) as market:
        for code in ("LEFT", "RIGHT"):
            await market.voucher(code=code, effect="amount", value=100, max_uses=kinds)
        orders = [
            await market.order(*[0] * kind, 1, voucher_codes=[("LEFT", "RIGHT")[kind % 2]])
            for kind in range(kinds)
        ]
        for turn in range(1, 9):
            codes = [("LEFT", "RIGHT")[(kind + turn) % 2] for kind in range(kinds)]
            answers = await asyncio.gather(
                *(put(market, order, code) for order, code in zip(orders, codes, strict=True))
            )
            assert [answer.status_code for answer in answers] == [200] * kinds
        numbers = await used(market)
    assert numbers == [(kinds // 2, 100 * kinds // 2, 0)] * 2
