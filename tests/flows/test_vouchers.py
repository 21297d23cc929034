"""Vouchers through the API: what they take off, how often, and what they do to the stock."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from boxoffice.data.postgres import Database, DatabaseSettings
from boxoffice.kernel.ids import new_id
from boxoffice.services.bookings.confirming import ConfirmOrder, TooLate
from tests.support.market import BUYER, Market, accepted, check_sums, market_of, refused
from tests.support.product import Product, running_product, settings_for


async def used(market: Market) -> list[tuple[int, int, int]]:
    """Of each voucher, newest first: tickets, amount spent, and what it sets aside."""
    return [(one["used"], one["spent"], one["set_aside"]) for one in await market.vouchers()]


@pytest.mark.parametrize(
    ("effect", "value", "total"),
    [("percent", 25_000, 3000), ("amount", 300, 3400), ("price", 500, 1000), ("none", 0, 4000)],
)
async def test_a_voucher_takes_a_percentage_or_a_fixed_amount_off_or_sets_the_price(
    db: Database, product: Product, effect: str, value: int, total: int
) -> None:
    async with market_of(db, product, 2000) as market:
        made = await market.voucher(effect=effect, value=value, code="Früh-bird", max_uses=5)
        order = await market.order(2, voucher_codes=["frühBIRD "])
    check_sums(order)
    assert made["code"] == order["reductions"][0]["name"] == "Früh-bird"
    assert order["reductions"][0]["amount"]["amount"] == 4000 - total
    assert order["total"]["amount"] == total


async def test_a_voucher_is_limited_by_money_budget_max_uses_and_max_per_order(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000) as market:
        await market.voucher(
            code="BUDGET", effect="percent", value=100_000, budget=5000, max_uses=9
        )
        await market.voucher(code="THRICE", effect="amount", value=500, max_uses=3, max_per_order=2)
        first = await market.order(2, voucher_codes=["BUDGET"])
        second = await market.order(2, voucher_codes=["BUDGET"])
        spent = await market.open(1, voucher_codes=["BUDGET"])
        thrice = [await market.order(3, voucher_codes=["THRICE"]) for _ in range(2)]
        used_up = await market.open(1, voucher_codes=["THRICE"])
        numbers = await used(market)
    assert [first["total"]["amount"], second["total"]["amount"]] == [0, 3000]
    refused(spent, 409, "voucher_used_up")
    assert [order["total"]["amount"] for order in thrice] == [5000, 5500]
    refused(used_up, 409, "voucher_used_up")
    assert numbers == [(3, 1500, 0), (3, 5000, 0)]


async def test_a_lapsed_hold_gives_its_voucher_use_back_at_that_instant(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000) as market:
        await market.voucher(code="TWICE", effect="amount", value=500, max_uses=2)
        await market.voucher(
            code="BUDGET", effect="percent", value=100_000, budget=3000, max_uses=9
        )
        for code in ("TWICE", "BUDGET"):
            await market.let_lapse(await market.order(1, voucher_codes=[code]))
        quotes = [
            accepted(await market.quote(2, voucher_codes=[code])) for code in ("TWICE", "BUDGET")
        ]
        twice = await market.order(2, voucher_codes=["TWICE"])
        budget = await market.order(2, voucher_codes=["BUDGET"])
        numbers = await used(market)
    assert [one["total"]["amount"] for one in quotes] == [3000, 1000]
    assert [one["total"]["amount"] for one in (twice, budget)] == [3000, 1000]
    assert numbers == [(2, 3000, 0), (2, 1000, 0)]


async def test_a_voucher_is_limited_to_a_time_window_and_to_ticket_types(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000, 3000) as market:
        terms = {"effect": "amount", "value": 500, "max_uses": 5}
        await market.voucher(code="LATER", valid_from="2099-01-01T00:00:00Z", **terms)
        await market.voucher(code="GONE", valid_until="2020-01-01T00:00:00Z", **terms)
        await market.voucher(code="SECOND", ticket_type_ids=[market.kind(1)], **terms)
        refused(await market.open(1, voucher_codes=["LATER"]), 409, "voucher_not_valid")
        refused(await market.open(1, voucher_codes=["GONE"]), 409, "voucher_not_valid")
        refused(await market.open(1, voucher_codes=["SECOND"]), 409, "voucher_does_not_fit")
        refused(await market.open(1, voucher_codes=["second", "SEC-OND"]), 422, "voucher_twice")
        refused(await market.open(1, voucher_codes=["NOWHERE"]), 422, "unknown_voucher")
        order = await market.order(1, 1, voucher_codes=["SECOND"])
    assert [position["price"]["amount"] for position in order["positions"]] == [2000, 2500]


async def test_an_order_that_a_voucher_makes_free_is_confirmed_at_once(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000) as market:
        await market.voucher(code="GUEST", effect="percent", value=100_000)
        order = await market.order(1, voucher_codes=["GUEST"], buyer=BUYER)
    assert (order["status"], order["total"]["amount"], len(order["tickets"])) == ("confirmed", 0, 1)


async def test_codes_are_unguessable_by_default_and_made_in_bulk_all_or_none(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000) as market:
        path = f"{market.event}/vouchers/bulk"
        body: dict[str, Any] = {
            "count": 200,
            "prefix": "press",
            "effect": "percent",
            "value": 50_000,
        }
        made = accepted(await market.manager.post(path, json=body), 201)["items"]
        own = await market.voucher(effect="none")
        taken = await market.manager.post(
            f"{market.event}/vouchers", json={"code": own["code"].lower(), "effect": "none"}
        )
        wrong = await market.manager.post(
            path, json=body | {"value": 100_001, "on_stock": "reserve"}
        )
        found = accepted(await market.manager.get(f"{market.event}/vouchers?q=PRESS&limit=100"))
    codes = {voucher["code"] for voucher in made}
    assert len(codes) == 200
    assert all(
        code.startswith("press-") and len(code) == len("press-XXXX-XXXX-XXXX") for code in codes
    )
    refused(taken, 409, "voucher_code_taken")
    assert wrong.status_code == 422
    assert len(found["items"]) == 100
    assert found["has_more"]


async def test_a_voucher_reserves_quota_gives_it_to_the_order_and_gets_it_back_when_that_lapses(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000, capacity=3) as market:
        await market.voucher(
            code="CREW", effect="none", max_uses=2, on_stock="reserve",
            ticket_type_ids=[market.kind(0)],
        )  # fmt: skip
        assert await market.standing() == (2, 3, 2)
        refused(await market.open(2), 409, "sold_out")
        order = await market.order(2, voucher_codes=["CREW"])
        assert await used(market) == [(2, 0, 0)]
        assert await market.standing() == (2, 3, 2)
        refused(await market.open(1, voucher_codes=["CREW"]), 409, "voucher_used_up")
        await market.let_lapse(order)
        assert await used(market) == [(0, 0, 0)]
        again = await market.order(2, voucher_codes=["CREW"])
        await market.release(again)
        assert await used(market) == [(0, 0, 2)]
        await market.order(1)
        refused(await market.open(1), 409, "sold_out")
        await market.order(2, voucher_codes=["CREW"])
        assert await market.standing() == (3, 3, 3)


async def test_a_voucher_bypasses_a_full_quota_and_leaves_it_overbooked_by_what_it_let_in(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000, capacity=1) as market:
        await market.voucher(code="GUESTS", effect="none", max_uses=2, on_stock="bypass")
        public = await market.order(1)
        order = await market.order(2, voucher_codes=["GUESTS"])
        refused(await market.open(1, voucher_codes=["GUESTS"]), 409, "voucher_used_up")
        assert await market.standing() == (3, 3, 3)
        await market.release(public)
        assert await market.standing() == (2, 2, 2)
        refused(await market.open(1), 409, "sold_out")
        await market.release(order)
        assert await market.standing() == (0, 1, 0)
        await market.order(1)


async def test_edge_case_12_deleting_a_voucher_that_reserved_quota_releases_its_claims_exactly(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000, capacity=5) as market:
        made = await market.voucher(
            code="CREW", effect="none", max_uses=4, on_stock="reserve",
            ticket_type_ids=[market.kind(0)],
        )  # fmt: skip
        order = await market.order(1, voucher_codes=["CREW"])
        path = f"{market.event}/vouchers/{made['id']}"
        assert (await market.manager.delete(path)).status_code == 204
        assert await market.standing() == (1, 5, 1)
        refused(await market.open(1, voucher_codes=["CREW"]), 422, "unknown_voucher")
        assert (await market.manager.delete(path)).status_code == 404
        await market.order(4)
        refused(await market.open(1), 409, "sold_out")
        await market.let_lapse(order)
        await market.order(1)
        assert await market.standing() == (5, 5, 5)


async def test_what_a_voucher_sets_aside_follows_its_uses_and_ends_with_its_window(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000, capacity=5) as market:
        made = await market.voucher(
            code="CREW", effect="none", max_uses=2, on_stock="reserve",
            ticket_type_ids=[market.kind(0)],
        )  # fmt: skip
        path = f"{market.event}/vouchers/{made['id']}"
        held = await market.order(1, voucher_codes=["CREW"])
        grown = accepted(await market.manager.patch(path, json={"max_uses": 5}))
        assert (grown["set_aside"], (await market.standing())[0]) == (4, 5)
        refused(
            await market.manager.patch(path, json={"max_uses": 6}), 409, "not_enough_to_reserve"
        )
        fewer = await market.manager.patch(path, json={"max_uses": 0})
        assert fewer.status_code in {400, 422}
        shrunk = accepted(await market.manager.patch(path, json={"max_uses": 1}))
        assert (shrunk["set_aside"], (await market.standing())[0]) == (0, 1)
        accepted(await market.manager.patch(path, json={"valid_until": "2020-01-01T00:00:00Z"}))
        await market.release(held)
        await market.order(5)


@pytest.mark.contrived
async def test_late_money_takes_the_voucher_again_or_goes_back(
    db: Database, product: Product
) -> None:
    """Whose use somebody else has taken meanwhile is not confirmed at its price."""
    confirmations = product.services.bookings.confirmations
    async with market_of(db, product, 2000, capacity=9) as market:
        organizer = market.stage.organizer_id
        await market.voucher(code="ONCE", effect="amount", value=500)
        late = await market.order(1, voucher_codes=["ONCE"], buyer=BUYER)
        await market.let_lapse(late)
        rival = await market.order(1, voucher_codes=["ONCE"])
        payment = ConfirmOrder(order_id=UUID(late["id"]), payment_id=new_id())
        with pytest.raises(TooLate):
            await confirmations.submit(organizer, payment)
        await market.let_lapse(rival)
        third = await market.order(1, voucher_codes=["ONCE"], buyer=BUYER)
        await market.let_lapse(third)
        await market.release(await market.order(1, voucher_codes=["ONCE"]))
        payment = ConfirmOrder(order_id=UUID(third["id"]), payment_id=new_id())
        confirmed = await confirmations.submit(organizer, payment)
        numbers = await used(market)
    assert (confirmed.status, confirmed.total.amount) == ("confirmed", 1500)
    assert numbers == [(1, 500, 0)]


async def test_a_voucher_with_k_uses_and_n_buyers_of_two_processes_is_used_exactly_k_times(
    db: Database, database_urls: DatabaseSettings, redis_url: str, tmp_path_factory: Any,
    product: Product,
) -> None:  # fmt: skip
    """Two processes, each with a coalescer of its own, and a quota for each type."""
    uses, buyers = 20, 120
    settings = settings_for(database_urls, redis_url=redis_url, data=tmp_path_factory.mktemp("two"))
    async with (
        market_of(db, product, *[1000] * 8, share_quota=False) as market,
        running_product(settings) as other,
    ):
        await market.voucher(code="RUSH", effect="amount", value=400, max_uses=uses)
        products = [product, other]

        async def buy(number: int) -> int:
            body = market.basket(*[0] * (number % 8), 1, voucher_codes=["RUSH"])
            async with products[number % 2].visitor() as buyer:
                return (await buyer.post(f"{market.api}/orders", json=body)).status_code

        answers = Counter(await asyncio.gather(*(buy(number) for number in range(buyers))))
        numbers = await used(market)
        halved = other.services.bookings.openings.halved
    assert answers == {201: uses, 409: buyers - uses}
    assert numbers == [(uses, uses * 400, 0)]
    assert halved == 0
