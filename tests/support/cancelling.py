"""Orders that are cancelled, through the API."""

from typing import Any

import httpx2

from tests.support.market import BUYER, Market, accepted
from tests.support.product import once

Json = dict[str, Any]


async def policy(market: Market, **cancellation: Any) -> None:
    """Buyers may cancel until the start for nothing, but for what is said."""
    body = {"cancellation": {"allowed": True, "schedule": [{"hours_before": 0}]} | cancellation}
    accepted(await market.manager.put(f"{market.event}/order-policy", json=body))


async def bought(market: Market, *units: int, **more: Any) -> Json:
    """An order, confirmed; paid by card unless it is free."""
    order = await market.order(*units, **({"buyer": BUYER} | more))
    if order["status"] == "confirmed":
        return order
    path = f"{market.api}/orders/{order['id']}/payments"
    paid = await market.buyer.post(path, json={"source": "practice_ok"}, headers=once())
    return accepted(paid)["order"]


async def preview(
    market: Market, order: Json, *numbers: int, by: httpx2.AsyncClient | None = None, **more: Any
) -> httpx2.Response:
    """Of the positions with these numbers, or all."""
    path = f"{market.api}/orders/{order['id']}/cancellations/preview"
    return await (by or market.buyer).post(path, json=wanted(order, numbers) | more)


async def cancel(
    market: Market, order: Json, *numbers: int, by: httpx2.AsyncClient | None = None, **more: Any
) -> Json:
    """As the preview says."""
    return accepted(await try_to_cancel(market, order, *numbers, by=by, **more))


async def try_to_cancel(
    market: Market, order: Json, *numbers: int, by: httpx2.AsyncClient | None = None, **more: Any
) -> httpx2.Response:
    asked = {name: value for name, value in more.items() if name != "because"}
    shown = await preview(market, order, *numbers, by=by, **asked)
    if shown.status_code != 200:
        return shown
    body = wanted(order, numbers) | expecting(shown.json()) | more
    path = f"{market.api}/orders/{order['id']}/cancellations"
    return await (by or market.buyer).post(path, json=body, headers=once())


def expecting(shown: Json) -> Json:
    return {
        "expected_refund": shown["refund"]["amount"],
        "expected_total": shown["new_total"]["amount"],
    }


def wanted(order: Json, numbers: tuple[int, ...]) -> Json:
    if not numbers:
        return {}
    by_number = {one["number"]: one["id"] for one in order["positions"]}
    return {"position_ids": [by_number[number] for number in numbers]}


def amounts(shown: Json) -> dict[str, int]:
    """The amounts of a preview or a cancellation."""
    names = ("old_total", "new_total", "fee", "refund", "refund_tax")
    return {name: shown[name]["amount"] for name in names}


def check_figures(shown: Json) -> None:
    """A preview's parts add up, in minor units."""
    fees = shown["fees_refund"]
    assert (
        sum(one["refund"]["amount"] for one in shown["lines"]) + fees["amount"]
        == (shown["refund"]["amount"])
    )
    assert shown["old_total"]["amount"] - shown["new_total"]["amount"] == shown["refund"]["amount"]
