"""What orders cost, through the API: taxes, fees, discounts, and that what is seen is charged."""

import json
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from boxoffice.data.postgres import Database
from boxoffice.services.bookings.pricing import priced_without
from boxoffice.services.bookings.reading import read_order
from tests.support.market import BUYER, Market, accepted, check_sums, market_of, refused
from tests.support.product import Product

SERVICE_FEE = {"name": "Service fee", "fixed": 150, "percent": 5_000, "per": "ticket"}
GROUP = {"name": "Groups", "kind": "group", "count": 3, "percent": 10_000}


async def page(market: Market) -> dict[str, Any]:
    return accepted(await market.buyer.get(f"/api/v1/events/{market.stage.slug}/show"))


async def test_edge_case_8_price_seen_is_price_charged_while_the_hold_lives(
    db: Database, product: Product
) -> None:
    """Edge case 8, price edited mid-checkout: the hold keeps its listed price, whatever changes."""
    async with market_of(db, product, 2500) as market:
        order = await market.order(2)
        await market.price(9900)
        await market.rules(fees=[SERVICE_FEE], discounts=[GROUP | {"count": 1}])
        held = accepted(await market.buyer.get(f"{market.api}/orders/{order['id']}"))
        extended = accepted(await market.buyer.post(f"{market.api}/orders/{order['id']}/extend"))
    assert held["total"] == extended["total"] == {"amount": 5000, "currency": "EUR"}
    assert held["positions"] == order["positions"]


async def test_after_the_hold_a_changed_price_is_a_visible_diff_that_needs_consent(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2500, 1000) as market:
        order = await market.order(2, 1)
        await market.let_lapse(order)
        await market.price(3000)
        again = market.basket(2, 1, expected_total=order["total"]["amount"])
        again["items"][0]["expected_price"] = 5000
        again["items"][1]["expected_price"] = 1000
        answer = await market.buyer.post(f"{market.api}/orders", json=again)
        problem = refused(answer, 409, "price_changed")
        consented = await market.order(2, 1, expected_total=problem["new_total"])
    assert (problem["old_total"], problem["new_total"]) == (6000, 7000)
    assert [(line["old"], line["new"]) for line in problem["lines"]] == [(5000, 6000), (1000, 1000)]
    assert consented["total"]["amount"] == 7000


async def test_whoever_names_a_total_is_told_of_a_price_that_moved_by_the_difference(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2500) as market:
        body = market.basket(2, expected_total=5000)
        body["items"][0] |= {"price": 2500, "expected_price": 5000}
        await market.price(3000)
        answer = await market.buyer.post(f"{market.api}/orders", json=body)
    problem = refused(answer, 409, "price_changed")
    assert (problem["old_total"], problem["new_total"]) == (5000, 6000)


async def test_automatic_group_discount_and_three_for_two_use_each_line_once_in_a_defined_order(
    db: Database, product: Product
) -> None:
    three_for_two = {"name": "3 for 2", "kind": "n_for_m", "count": 3, "pay": 2}
    async with market_of(db, product, 2000, 5000) as market:
        await market.rules(discounts=[three_for_two | {"ticket_type_ids": [market.kind(0)]}, GROUP])
        order = await market.order(3, 3)
    check_sums(order)
    assert {one["name"]: one["amount"]["amount"] for one in order["reductions"]} == {
        "3 for 2": 2000, "Groups": 1500,
    }  # fmt: skip
    assert order["total"]["amount"] == 4000 + 13_500
    assert max(len(position["reductions"]) for position in order["positions"]) == 1


async def test_edge_case_13_cancelling_one_of_a_group_discounted_order_recomputes_the_rest(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000) as market:
        await market.rules(discounts=[GROUP], fees=[{"name": "Fee", "fixed": 100}])
        shown = await market.order(3)
        await market.rules()
        async with db.begin(market.stage.organizer_id) as tx:
            order = await read_order(tx, market.stage.organizer_id, UUID(shown["id"]))
    assert order.total.amount == 3 * 1800 + 100
    left = priced_without(order, [order.positions[0].id])
    assert left.total == 2 * 2000 + 100
    assert priced_without(order, []).total == order.total.amount


@pytest.mark.parametrize(
    ("rounding", "total", "tax"),
    [("line", 2997, 480), ("net_total", 2995, 478), ("net_total_stable_gross", 2997, 479)],
)
async def test_rounding_is_a_choice_per_event_and_the_lines_always_sum_up_to_the_total(
    db: Database, product: Product, rounding: str, total: int, tax: int
) -> None:
    async with market_of(db, product, 999) as market:
        await market.rules(rounding=rounding, tax_rule_id=await market.tax(19_000))
        order = await market.order(3)
    check_sums(order)
    assert (order["total"]["amount"], order["tax"]["amount"]) == (total, tax)


async def test_edge_case_23_a_gross_price_that_net_totals_cannot_reach_is_detected_and_told(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 3, 2500) as market:
        tax = await market.tax(19_000)
        told = await market.rules(rounding="net_total", tax_rule_id=tax)
        by_line = await market.rules(rounding="line", tax_rule_id=tax)
    assert told["prices"][0]["warning"] == (
        "EUR 0.03 has no net price with VAT 19 %; one ticket alone costs EUR 0.04."
    )
    assert told["prices"][0]["price"]["amount"] == 4
    assert told["prices"][1]["warning"] is None
    assert by_line["prices"][0]["warning"] is None


async def test_edge_case_23_a_fee_of_the_final_amount_is_that_share_with_the_tax_it_changes(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 999) as market:
        tax = await market.tax(19_000, inclusive=False)
        fee = {"name": "Card fee", "kind": "payment", "percent": 3_000, "of": "total"}
        await market.rules(rounding="net_total", tax_rule_id=tax, fees=[fee | {"tax_rule_id": tax}])
        order = await market.order(3)
    check_sums(order)
    (charged,) = order["fees"]
    net = charged["price"]["amount"] - charged["tax"]["amount"]
    assert (net, order["total"]["amount"]) == (111, 3699)
    assert net == round(order["total"]["amount"] * 0.03)


async def test_taxes_inclusive_and_exclusive_are_rules_by_country_and_product(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 11_900, 10_000, 500) as market:
        full, on_top = await market.tax(19_000), await market.tax(7_000, inclusive=False)
        await market.rules(
            tax_rule_id=full,
            type_taxes=[
                {"ticket_type_id": market.kind(1), "tax_rule_id": on_top},
                {"ticket_type_id": market.kind(2), "tax_rule_id": None},
            ],
        )
        order = await market.order(1, 1, 1)
        in_use = await market.manager.delete(f"{market.api}/tax-rules/{full}")
        await market.rules()
        gone = await market.manager.delete(f"{market.api}/tax-rules/{full}")
    check_sums(order)
    assert [position["price"]["amount"] for position in order["positions"]] == [11_900, 10_700, 500]
    assert {tax["name"]: tax["tax"]["amount"] for tax in order["taxes"]} == {
        "VAT 19 %": 1900, "VAT 7 %": 700,
    }  # fmt: skip
    refused(in_use, 409, "tax_rule_in_use")
    assert [one["rate"] for one in accepted(gone)["items"]] == [7_000]


async def test_fees_passed_on_are_in_the_all_in_price_from_the_first_screen(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000) as market:
        tax = await market.tax(19_000)
        await market.rules(tax_rule_id=tax, fees=[SERVICE_FEE | {"tax_rule_id": tax}])
        shown = (await page(market))["offers"][0]
        order = await market.order(1)
    assert shown["price"]["amount"] == 2250 == order["total"]["amount"]
    assert shown["list_price"]["amount"] == 2000
    assert [(fee["name"], fee["price"]["amount"]) for fee in shown["fees"]] == [
        ("Service fee", 250)
    ]
    assert shown["tax"]["amount"] == 319 + 40 == order["tax"]["amount"]


async def test_fees_absorbed_by_the_organizer_are_in_no_price_that_a_buyer_sees(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000) as market:
        await market.rules(fees=[SERVICE_FEE | {"payer": "organizer"}])
        shown = (await page(market))["offers"][0]
        order = await market.order(2)
    assert shown["price"]["amount"] == 2000
    assert (order["total"]["amount"], order["fees"]) == (4000, [])


async def test_a_fee_never_makes_a_free_order_cost_something(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 0) as market:
        await market.rules(fees=[SERVICE_FEE])
        order = await market.order(2, buyer=BUYER)
    assert (order["status"], order["total"]["amount"]) == ("confirmed", 0)


@pytest.mark.parametrize(
    ("currency", "price", "total", "tax"),
    [("JPY", 1250, 2590, 235), ("EUR", 1250, 2590, 235), ("KWD", 12_345, 25_579, 2325)],
)
async def test_edge_case_22_currencies_of_zero_two_and_three_decimals_are_correct_end_to_end(
    db: Database, product: Product, currency: str, price: int, total: int, tax: int
) -> None:
    """A percentage fee is rounded once; amounts are minor units of the order's one currency."""
    async with market_of(db, product, price, currency=currency) as market:
        rule = await market.tax(10_000)
        fee = {"name": "Fee", "percent": 3_600, "tax_rule_id": rule}
        await market.rules(tax_rule_id=rule, rounding="net_total_stable_gross", fees=[fee])
        order = await market.order(2)
    check_sums(order)
    assert order["total"] == {"amount": total, "currency": currency}
    assert order["tax"]["amount"] == tax


async def test_a_quote_costs_what_the_order_then_costs_and_holds_nothing(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000, 5000) as market:
        voucher = await market.voucher(effect="percent", value=50_000, max_uses=5)
        await market.rules(
            tax_rule_id=await market.tax(19_000), discounts=[GROUP], fees=[SERVICE_FEE]
        )
        more = {"voucher_codes": [voucher["code"]]}
        quote = accepted(await market.quote(3, 2, **more))
        untouched = (await market.standing())[0], (await market.vouchers())[0]["used"]
        order = await market.order(3, 2, expected_total=quote["total"]["amount"], **more)
        wrong = await market.quote(1, voucher_codes=["NO-SUCH-CODE"])
    assert untouched == (0, 0)
    for name in ("total", "net", "tax", "fees", "taxes", "reductions"):
        assert quote[name] == order[name], name
    assert (
        sum(line["price"]["amount"] for line in quote["lines"])
        + sum(fee["price"]["amount"] for fee in quote["fees"])
        == quote["total"]["amount"]
    )
    refused(wrong, 422, "unknown_voucher")


async def test_whoever_sets_wrong_rules_is_told_every_mistake(
    db: Database, product: Product
) -> None:
    nowhere = str(UUID(int=7))
    async with market_of(db, product, 2000) as market:
        answer = await market.manager.put(
            f"{market.event}/prices",
            json={
                "tax_rule_id": nowhere,
                "fees": [{"name": "Nothing"}],
                "discounts": [
                    {"name": "4 for 4", "kind": "n_for_m", "count": 4, "pay": 4},
                    {"name": "Both", "count": 2, "percent": 1, "amount": 1},
                    {"name": "One date", "kind": "dates", "count": 1, "amount": 1},
                    {"name": "Others", "count": 2, "amount": 1, "ticket_type_ids": [nowhere]},
                ],
            },
        )
    assert answer.status_code == 422
    assert {error["pointer"]: error["code"] for error in answer.json()["errors"]} == {
        "/tax_rule_id": "unknown_tax_rule",
        "/fees/0/fixed": "missing",
        "/discounts/0/pay": "out_of_range",
        "/discounts/1/percent": "contradiction",
        "/discounts/2/count": "out_of_range",
        "/discounts/3/ticket_type_ids": "unknown_ticket_type",
    }


async def test_a_changed_tax_changes_what_everybody_sees_but_no_order(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 10_000) as market:
        tax = await market.tax(7_000, inclusive=False)
        await market.rules(tax_rule_id=tax)
        order = await market.order(1)
        assert (await page(market))["offers"][0]["price"]["amount"] == 10_700
        changed = await market.manager.patch(f"{market.api}/tax-rules/{tax}", json={"rate": 19_000})
        shown = (await page(market))["offers"][0]["price"]["amount"]
        held = accepted(await market.buyer.get(f"{market.api}/orders/{order['id']}"))
    assert accepted(changed)["rate"] == 19_000
    assert shown == 11_900
    assert held["total"]["amount"] == 10_700
    assert json.dumps(held["taxes"]) == json.dumps(order["taxes"])


async def statements_of(market: Market, *units: int, **more: Any) -> int:
    """How many statements opening this order takes; what is known anyway is read before."""
    await market.order(*units)
    engine: Any = market.product.services.db.engine.sync_engine
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        await market.order(*units, **more)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


async def test_an_order_takes_no_further_statement_for_rules_and_two_for_vouchers(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 2000) as market:
        plain = await statements_of(market, 2)
        await market.rules(tax_rule_id=await market.tax(19_000), fees=[SERVICE_FEE])
        ruled = await statements_of(market, 2)
        await market.voucher(code="HALF", value=50_000, max_uses=9)
        with_voucher = await statements_of(market, 2, voucher_codes=["HALF"])
    assert plain == ruled == with_voucher - 2
