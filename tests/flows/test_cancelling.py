"""Cancelling tickets through the API: previews, policies, discounts, money, the door."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID, uuid4

import pytest

from boxoffice.data.postgres import Database, DatabaseSettings
from tests.support.cancelling import (
    amounts,
    bought,
    cancel,
    check_figures,
    expecting,
    policy,
    preview,
    try_to_cancel,
    wanted,
)
from tests.support.market import Market, accepted, check_sums, market_of, refused
from tests.support.product import Product, once, running_product, settings_for

GROUP = {"name": "Groups", "kind": "group", "count": 3, "percent": 10_000}
# The stage begins in thirty days; where time must pass, the policy moves, not the clock.
BEGINS_IN = 30 * 24
FEE = {"name": "Service fee", "fixed": 150, "percent": 5_000, "per": "ticket"}


async def order_now(market: Market, order: dict[str, Any]) -> dict[str, Any]:
    return accepted(await market.buyer.get(f"{market.api}/orders/{order['id']}"))


async def went_back(market: Market, order: dict[str, Any]) -> int:
    """What of the order's money has gone back or is promised to, in minor units."""
    payments = market.product.services.payments
    async with market.product.services.db.begin(market.stage.organizer_id) as tx:
        standing = await payments.standing(tx, market.stage.organizer_id, UUID(order["id"]))
    return standing.refunded.amount if standing else 0


async def scan(market: Market, ticket: dict[str, Any]) -> dict[str, Any]:
    body = {
        "nonce": str(uuid4()),
        "code": ticket["code"],
        "event_id": str(market.stage.event_id),
        "gate": "North",
    }
    return accepted(await market.manager.post(f"{market.api}/scans", json=body))


async def test_the_buyer_cancels_by_policy_until_a_deadline_for_a_fee_and_sees_the_refund_before(
    db: Database, paying_product: Product
) -> None:
    early = {"hours_before": BEGINS_IN - 1, "percent": 10_000, "fixed": 100}
    then = {"hours_before": BEGINS_IN - 2, "percent": 50_000}
    over = {"hours_before": BEGINS_IN + 1}
    async with market_of(db, paying_product, 2000) as market:
        order = await bought(market, 2)
        refused(await preview(market, order), 409, "cancellation_not_allowed")
        await policy(market, schedule=[then, early])
        shown = accepted(await preview(market, order))
        await policy(market, schedule=[over, then])
        later = accepted(await preview(market, order))
        body = wanted(order, ()) | expecting(shown)
        path = f"{market.api}/orders/{order['id']}/cancellations"
        changed = await market.buyer.post(path, json=body, headers=once())
        await policy(market, schedule=[over])
        refused(await preview(market, order), 409, "cancellation_too_late")
        await policy(market, schedule=[over, then])
        done = await cancel(market, order)
        money = await went_back(market, order)
        standing = await market.standing()
    assert amounts(shown) == {
        "old_total": 4000, "new_total": 600, "fee": 600, "refund": 3400, "refund_tax": 0,
    }  # fmt: skip
    assert shown["until"] is not None
    check_figures(shown)
    assert later["refund"]["amount"] == 2000
    problem = refused(changed, 409, "cancellation_changed")
    assert (problem["refund"], problem["new_total"]) == (2000, 2000)
    assert done["order"]["status"] == "cancelled"
    assert [fee["kind"] for fee in done["order"]["fees"]] == ["cancellation"]
    check_sums(done["order"])
    assert money == 2000
    assert standing == (0, 100, 0)


async def test_the_buyer_cancels_one_ticket_of_an_order_and_keeps_the_rest(
    db: Database, paying_product: Product
) -> None:
    async with market_of(db, paying_product, 2000, 3000) as market:
        await policy(market)
        order = await bought(market, 2, 1)
        done = await cancel(market, order, 3)
        now = await order_now(market, order)
        told = await market.buyer.get(f"{market.api}/orders/{order['id']}/cancellations")
        history: list[dict[str, Any]] = told.json()
        again = await market.buyer.post(
            f"{market.api}/orders/{order['id']}/cancellations/preview",
            json=wanted(order, (3,)),
        )
        stranger = market.product.visitor()
        hidden = await preview(market, order, 1, by=stranger)
        await stranger.aclose()
        standing = await market.standing()
        money = await went_back(market, order)
    assert done["order"] == now | {"server_time": done["order"]["server_time"],
                                   "refund_status": done["order"]["refund_status"]}  # fmt: skip
    assert (now["status"], now["total"]["amount"], money) == ("confirmed", 4000, 3000)
    assert [one["number"] for one in now["positions"]] == [1, 2]
    assert [one["number"] for one in now["cancelled_positions"]] == [3]
    assert len(now["tickets"]) == 2
    assert [(one["by"], one["refund"]["amount"]) for one in history] == [("buyer", 3000)]
    refused(again, 409, "already_cancelled")
    assert hidden.status_code == 404
    assert standing == (2, 100, 2)


async def test_staff_cancel_one_ticket_or_the_whole_order_on_terms_of_their_own(
    db: Database, paying_product: Product
) -> None:
    async with market_of(db, paying_product, 2000) as market:
        order = await bought(market, 3)
        one = await cancel(market, order, 1, by=market.manager, because="Broke a leg")
        none = await cancel(market, order, 2, by=market.manager, terms="nothing")
        forbidden = await preview(market, order, 3, terms="full")
        rest = await cancel(market, order, 3, by=market.manager, terms="full")
        gone = await try_to_cancel(market, order, by=market.manager)
    assert one["cancellation"]["because"] == "Broke a leg"
    assert [amounts(done["cancellation"])["refund"] for done in (one, none, rest)] == [
        2000, 0, 2000,
    ]  # fmt: skip
    assert forbidden.status_code == 404
    assert rest["order"]["status"] == "cancelled"
    assert rest["order"]["total"]["amount"] == 2000
    check_sums(rest["order"])
    refused(gone, 409, "already_cancelled")


@pytest.mark.parametrize(
    ("discounts", "refund"), [("keep", 1800), ("charge", 5400 - 4000), ("forbid", None)]
)
async def test_edge_case_13_the_rest_of_a_group_discounted_order_by_policy(
    db: Database, paying_product: Product, discounts: str, refund: int | None
) -> None:
    """Keep the discount, charge the difference, or forbid."""
    async with market_of(db, paying_product, 2000) as market:
        await market.rules(discounts=[GROUP])
        await policy(market, discounts=discounts)
        order = await bought(market, 3)
        shown = await preview(market, order, 2)
        if refund is None:
            refused(shown, 409, "discount_lost")
            whole = await cancel(market, order)
            assert whole["cancellation"]["refund"]["amount"] == 5400
            return
        check_figures(accepted(shown))
        done = await cancel(market, order, 2)
        money = await went_back(market, order)
    assert done["cancellation"]["refund"]["amount"] == money == refund
    prices = {one["price"]["amount"] for one in done["order"]["positions"]}
    assert prices == ({1800} if discounts == "keep" else {2000})
    new = [one["new_price"]["amount"] for one in shown.json()["repriced"]]
    assert new == ([] if discounts == "keep" else [2000, 2000])
    check_sums(done["order"])


async def test_what_remains_never_costs_more_than_all_did(
    db: Database, paying_product: Product
) -> None:
    async with market_of(db, paying_product, 2000) as market:
        await market.rules(discounts=[GROUP | {"percent": 50_000}])
        await policy(market)
        order = await bought(market, 3)
        refused(await preview(market, order, 1), 409, "remaining_costs_more")
        kept = await cancel(market, order, 1, by=market.manager, discounts="keep")
    assert kept["cancellation"]["refund"]["amount"] == 1000


@pytest.mark.parametrize("keep_fees", [False, True])
async def test_edge_case_14_a_partial_refund_has_its_part_of_tax_and_fees_to_the_last_minor_unit(
    db: Database, paying_product: Product, keep_fees: bool
) -> None:
    async with market_of(db, paying_product, 999, 1001) as market:
        tax = await market.tax(19_000)
        await market.rules(tax_rule_id=tax, rounding="net_total", fees=[FEE | {"tax_rule_id": tax}])
        await policy(market, keep_fees=keep_fees, schedule=[{"hours_before": 0, "percent": 33_333}])
        order = await bought(market, 3, 2)
        totals, before = 0, order
        for number in (1, 5, 2, 4, 3):
            shown = accepted(await preview(market, order, number))
            check_figures(shown)
            done = await cancel(market, order, number)
            now = done["order"]
            check_sums(now)
            told = amounts(done["cancellation"])
            assert told["refund"] == before["total"]["amount"] - now["total"]["amount"]
            assert told["refund_tax"] == before["tax"]["amount"] - now["tax"]["amount"]
            (line,) = done["cancellation"]["lines"]
            assert 0 <= line["tax"]["amount"] <= line["refund"]["amount"]
            totals += told["refund"]
            before = now
        money = await went_back(market, order)
    assert now["status"] == "cancelled"
    assert money == totals == order["total"]["amount"] - now["total"]["amount"]
    kinds = {fee["kind"] for fee in now["fees"]}
    assert kinds == ({"cancellation", "service"} if keep_fees else {"cancellation"})


async def test_edge_case_18_scanned_tickets_are_refused_to_the_buyer_and_not_to_staff(
    db: Database, paying_product: Product
) -> None:
    async with market_of(db, paying_product, 2000) as market:
        await policy(market)
        order = await bought(market, 2)
        first, second = order["tickets"]
        assert (await scan(market, first))["verdict"] == "admitted"
        refused(await preview(market, order), 409, "ticket_used")
        refused(await preview(market, order, 1), 409, "ticket_used")
        await cancel(market, order, 2)
        told = await scan(market, second)
        by_staff = await cancel(market, order, 1, by=market.manager)
        money = await went_back(market, order)
    assert (told["verdict"], told["reason"]) == ("refused", "cancelled")
    assert "cancelled" in told["message"]
    assert by_staff["order"]["status"] == "cancelled"
    assert money == 4000


async def test_a_cancelled_ticket_is_not_in_the_files_and_the_rest_still_enters(
    db: Database, paying_product: Product
) -> None:
    async with market_of(db, paying_product, 2000) as market:
        await policy(market)
        order = await bought(market, 2)
        await cancel(market, order, 1)
        path = f"{market.api}/orders/{order['id']}"
        qr = await market.buyer.get(f"{path}/tickets/{order['tickets'][0]['id']}/qr.svg")
        told = await scan(market, order["tickets"][1])
    assert qr.status_code == 404
    assert told["verdict"] == "admitted"


async def test_cancelling_gives_vouchers_and_what_they_set_aside_back_exactly_once(
    db: Database, paying_product: Product
) -> None:
    async with market_of(db, paying_product, 2000, capacity=5) as market:
        await policy(market)
        await market.voucher(
            code="CREW", effect="amount", value=500, max_uses=3, max_per_order=2,
            on_stock="reserve", ticket_type_ids=[market.kind(0)],
        )  # fmt: skip
        order = await bought(market, 3, voucher_codes=["CREW"])
        assert await market.standing() == (4, 5, 4)
        cheap = next(one for one in order["positions"] if one["price"]["amount"] == 1500)
        dear = next(one for one in order["positions"] if one["price"]["amount"] == 2000)
        await cancel(market, order, cheap["number"])
        (voucher,) = await market.vouchers()
        assert (voucher["used"], voucher["spent"], voucher["set_aside"]) == (1, 500, 2)
        assert await market.standing() == (4, 5, 4)
        await cancel(market, order, dear["number"])
        assert await market.standing() == (3, 5, 3)
        done = await cancel(market, order)
        (voucher,) = await market.vouchers()
        assert (voucher["used"], voucher["spent"], voucher["set_aside"]) == (0, 0, 3)
        assert await market.standing() == (3, 5, 3)
    assert done["order"]["total"]["amount"] == 0


async def test_edge_case_15_a_provider_that_is_down_delays_the_money_and_never_the_cancellation(
    db: Database, paying_product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with market_of(db, paying_product, 2000) as market:
        await policy(market)
        order = await bought(market, 2)

        async def down(*_: Any) -> None:
            raise ConnectionError("nobody answers")

        payments = market.product.services.payments
        with monkeypatch.context() as patch:
            patch.setattr(payments, "finish_refunds", down)
            done = await cancel(market, order)
        assert done["order"]["status"] == "cancelled"
        assert await went_back(market, order) == 4000
        assert done["order"]["refund_status"] == "pending"


async def test_a_repeated_cancellation_is_answered_once_and_told_once(
    db: Database, paying_product: Product
) -> None:
    async with market_of(db, paying_product, 2000) as market:
        await policy(market)
        order = await bought(market, 2)
        shown = accepted(await preview(market, order, 1))
        body, key = wanted(order, (1,)) | expecting(shown), once()
        path = f"{market.api}/orders/{order['id']}/cancellations"
        first = await market.buyer.post(path, json=body, headers=key)
        second = await market.buyer.post(path, json=body, headers=key)
        assert accepted(first)["cancellation"] == accepted(second)["cancellation"]
        async with db.begin(market.stage.organizer_id) as tx:
            told = await tx.connection.exec_driver_sql(
                "SELECT count(*) FROM data.outbox WHERE organizer_id = $1 AND name = $2",
                (market.stage.organizer_id, "bookings.tickets_cancelled.v1"),
            )
            assert told.scalar_one() == 1
        assert await went_back(market, order) == 2000


async def test_capacity_of_fifty_cancellations_at_once_returns_exactly_once(
    db: Database, database_urls: DatabaseSettings, redis_url: str, tmp_path_factory: Any,
    product: Product,
) -> None:  # fmt: skip
    """Two processes; every ticket is cancelled by four who do not know of each other."""
    settings = settings_for(database_urls, redis_url=redis_url, data=tmp_path_factory.mktemp("two"))
    async with market_of(db, product, 0, capacity=60) as market, running_product(settings) as other:
        await policy(market)
        orders = [await bought(market, 5) for _ in range(10)]
        kept = await bought(market, 3)
        assert await market.standing() == (53, 60, 53)
        token = {order["id"]: {"order-token": order["token"]} for order in orders}

        async def attempt(number: int, order: dict[str, Any], position: str) -> int:
            body = {"position_ids": [position], "expected_refund": 0, "expected_total": 0}
            async with (product, other)[number % 2].visitor() as someone:
                path = f"{market.api}/orders/{order['id']}/cancellations"
                status = 429  # too many at once: what a busy server tells to come back
                while status == 429:
                    answer = await someone.post(path, json=body, headers=token[order["id"]])
                    status = answer.status_code
                return status

        answers = Counter(
            await asyncio.gather(
                *(
                    attempt(number, order, one["id"])
                    for order in orders
                    for one in order["positions"]
                    for number in range(4)
                )
            )
        )
        standing = await market.standing()
        accepted(await market.open(57), 201)
        refused(await market.open(1), 409, "sold_out")
        left = await order_now(market, kept)
    assert answers == {200: 50, 409: 150}
    assert standing == (3, 60, 3)
    assert len(left["tickets"]) == 3


async def test_of_a_scan_and_a_cancellation_at_once_one_wins(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 0) as market:
        await policy(market)
        order = await bought(market, 20)
        shown = {one["number"]: one for one in order["tickets"]}

        async def let_go(number: int) -> int:
            return (await try_to_cancel(market, order, number)).status_code

        scans, cancels = await asyncio.gather(
            asyncio.gather(*(scan(market, shown[number]) for number in shown)),
            asyncio.gather(*(let_go(number) for number in shown)),
        )
        now = await order_now(market, order)
    for told, code in zip(scans, cancels, strict=True):
        assert (told["verdict"] == "admitted") == (code == 409), (told, code)
    assert len(now["tickets"]) == sum(told["verdict"] == "admitted" for told in scans)
