"""Tickets that staff cancel into blocks, through the API."""

from typing import Any
from uuid import UUID

import httpx2

from tests.support.product import once
from tests.support.shop import Json, Shop, done

BLOCK = {"reason": "Broken seat"}


def chosen(order: Json, numbers: tuple[int, ...]) -> Json:
    """The positions with these numbers; without any, all that are left."""
    ids = [one["id"] for one in order["positions"] if one["number"] in numbers]
    return {"position_ids": ids} if numbers else {}


async def looked_at(
    shop: Shop, order: Json, *numbers: int, by: httpx2.AsyncClient | None = None, **more: Any
) -> httpx2.Response:
    body = chosen(order, numbers) | {"block": BLOCK} | more
    path = f"{shop.orders}/{order['id']}/cancellations/preview"
    return await (by or shop.staff).post(path, json=body)


async def voided(
    shop: Shop,
    order: Json,
    *numbers: int,
    key: dict[str, str] | None = None,
    because: str = "",
    **more: Any,
) -> httpx2.Response:
    """By staff as the preview says, or what the preview refused."""
    shown = await looked_at(shop, order, *numbers, **more)
    if shown.status_code != 200:
        return shown
    expected = {
        "expected_refund": shown.json()["refund"]["amount"],
        "expected_total": shown.json()["new_total"]["amount"],
    }
    body = chosen(order, numbers) | {"block": BLOCK} | more | expected | {"because": because}
    path = f"{shop.orders}/{order['id']}/cancellations"
    return await shop.staff.post(path, json=body, headers=key or once())


async def blocks(shop: Shop) -> list[Json]:
    answer = await shop.staff.get(f"{shop.event}/blocks")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def release(shop: Shop, block: Json) -> None:
    done(await shop.staff.delete(f"{shop.event}/blocks/{block['id']}"))


async def expire(shop: Shop, block: Json) -> None:
    """Move the block's end into the past: of the block, its claims and its uses of vouchers."""
    values = (shop.stage.organizer_id, UUID(block["id"]))
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        for table, column in (
            ("blocks", "id"), ("claims", "holder"), ("voucher_uses", "holder"),
        ):  # fmt: skip
            await tx.connection.exec_driver_sql(
                f"UPDATE events.{table} SET expires_at = clock_timestamp() - interval '1 second' "  # noqa: S608  # our own names
                f"WHERE organizer_id = $1 AND {column} = $2",
                values,
            )
