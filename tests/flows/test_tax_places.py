"""Taxes that depend on where the buyer is and on whether they are a business."""

from typing import Any

import httpx2

from boxoffice.data.postgres import Database
from tests.support.market import BUYER, Market, accepted, check_sums, market_of, refused
from tests.support.product import Product, once

CASES: list[dict[str, Any]] = [
    {"country": "AT", "customer": "business", "reverse_charge": True},
    {"country": "AT", "rate": 20_000},
    {"country": "CH", "rate": 0},
]


async def taxed_market(market: Market, *, inclusive: bool = True) -> None:
    """The event's tax is 19 % at home and depends on the buyer abroad."""
    body = {"name": "VAT", "rate": 19_000, "inclusive": inclusive, "country": "DE", "cases": CASES}
    made = accepted(
        await market.manager.post(f"{market.api}/tax-rules", json=body, headers=once()), 201
    )
    assert [case["rate"] for case in made["cases"]] == [0, 20_000, 0]
    await market.rules(tax_rule_id=made["id"])


async def put(market: Market, order: dict[str, Any], **customer: str) -> httpx2.Response:
    path = f"{market.api}/orders/{order['id']}/customer"
    return await market.buyer.put(path, json=customer)


async def test_tax_rules_by_country_keep_an_inclusive_price_and_change_what_is_tax_in_it(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 11_900) as market:
        await taxed_market(market)
        order = await market.order(1)
        at_home = accepted(await put(market, order, country="DE"))
        abroad = accepted(await put(market, order, country="AT"))
        outside = accepted(await put(market, order, country="CH"))
    assert order["needs_customer"]
    parts = [(one["total"]["amount"], one["tax"]["amount"]) for one in (at_home, abroad, outside)]
    assert parts == [(11_900, 1900), (11_900, 1983), (11_900, 0)]
    assert abroad["customer"] == {"country": "AT", "vat_id": None}
    for one in (at_home, abroad, outside):
        check_sums(one)


async def test_a_business_abroad_pays_the_net_price_under_reverse_charge_which_is_flagged(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 11_900) as market:
        await taxed_market(market)
        await market.voucher(code="TENOFF", effect="amount", value=1190)
        order = await market.order(1)
        business = accepted(await put(market, order, country="AT", vat_id="atu 1234.5678"))
        path = f"{market.api}/orders/{order['id']}/vouchers"
        cheaper = accepted(await market.buyer.put(path, json={"codes": ["TENOFF"]}))
        refused(await put(market, order, country="AT", vat_id="DE12345678"), 422, "invalid")
    assert (business["total"]["amount"], business["tax"]["amount"]) == (10_000, 0)
    assert [(tax["rate"], tax["reverse_charge"]) for tax in business["taxes"]] == [(0, True)]
    assert business["customer"]["vat_id"] == "ATU12345678"
    assert cheaper["total"]["amount"] == 9000
    check_sums(cheaper)


async def test_an_exclusive_tax_comes_on_top_at_the_rate_of_the_buyers_country(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 10_000) as market:
        await taxed_market(market, inclusive=False)
        order = await market.order(1)
        totals = [
            accepted(await put(market, order, **customer))["total"]["amount"]
            for customer in (
                {"country": "FR"},
                {"country": "AT"},
                {"country": "AT", "vat_id": "ATU12345678"},
            )
        ]
    assert totals == [11_900, 12_000, 10_000]


async def test_nobody_pays_before_the_country_is_known_that_a_tax_depends_on(
    db: Database, paying_product: Product
) -> None:
    async with market_of(db, paying_product, 10_000) as market:
        await taxed_market(market)
        order = await market.order(1, buyer=BUYER)
        path = f"{market.api}/orders/{order['id']}/payments"
        pay = {"source": "practice_ok"}
        refused(await market.buyer.post(path, json=pay, headers=once()), 422, "customer_missing")
        accepted(await put(market, order, country="AT"))
        paid = await market.buyer.post(path, json=pay, headers=once())
        refused(await put(market, order, country="CH"), 409, "illegal_order_move")
    assert paid.is_success, paid.text


async def test_where_no_tax_depends_on_it_nobody_is_asked(db: Database, product: Product) -> None:
    async with market_of(db, product, 10_000) as market:
        await market.rules(tax_rule_id=await market.tax(19_000))
        order = await market.order(1)
    assert "needs_customer" not in order
