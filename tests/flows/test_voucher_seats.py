"""Vouchers for seats, through the API: who gets them, who does not, and when they come back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest

from boxoffice.data.postgres import Database
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.bookings.confirming import ConfirmOrder
from boxoffice.services.events.rules.shelf import Want, WantedLine
from boxoffice.services.events.stock import Stock
from tests.support.market import Market, accepted, refused
from tests.support.product import Product, once
from tests.support.seated import labels, order, seat_id, seated_stage, taken, wish
from tests.support.staff import staff_of


@asynccontextmanager
async def hall(
    db: Database, product: Product, rows: list[str], **how: Any
) -> AsyncIterator[Market]:
    """Category A costs 20.00, as B does."""
    stage = await seated_stage(db, product, rows, price=2000, shared=50, **how)
    async with staff_of(product, stage, role="manager") as manager, product.visitor() as buyer:
        await buyer.get("/api/v1/me/orders")
        yield Market(product, stage, manager=manager, buyer=buyer)


async def buy(market: Market, *lines: dict[str, Any], code: str | None = None) -> httpx2.Response:
    body = order(market.stage, *lines, buyer=False)
    if code:
        body["voucher_codes"] = [code]
    return await market.buyer.post(f"{market.api}/orders", json=body)


def for_seats(market: Market, *ordinals: int, **terms: Any) -> dict[str, Any]:
    return {"effect": "none", "seats": [seat_id(market.stage, one) for one in ordinals], **terms}


async def gone(db: Database, market: Market) -> set[int]:
    """The ordinals of the seats that are claimed, each once."""
    seats = await taken(db, market.stage)
    assert set(seats.values()) <= {1}
    return {int(seat[-8:], 16) for seat in seats}


async def test_a_seat_bound_voucher_is_used_for_its_seats_only(
    db: Database, product: Product
) -> None:
    """B9, seat-bound: it takes something off its own seats, whoever else may buy them."""
    async with hall(db, product, ["......", "BBBBBB"]) as market:
        terms = {"effect": "amount", "value": 500, "max_uses": 9}
        made = await market.voucher(**for_seats(market, 0, 1, 6, code="LOGE", **terms))
        both = accepted(await buy(market, wish(market.stage, 1, 2), code="LOGE"), 201)
        other = await buy(market, wish(market.stage, 3), code="LOGE")
        quoted = await market.buyer.post(
            f"{market.api}/orders/quote",
            json=order(market.stage, wish(market.stage, 0, 4), buyer=False)
            | {"voucher_codes": ["loge"]},
        )
        accepted(await buy(market, wish(market.stage, 0)), 201)
        held = accepted(await buy(market, wish(market.stage, 5, kind=0)), 201)
        path = f"{market.api}/orders/{held['id']}/vouchers"
        late = await market.buyer.put(path, json={"codes": ["LOGE"]})
        (listed,) = await market.vouchers()
    assert made["seats"] == [seat_id(market.stage, one) for one in (0, 1, 6)]
    prices = {
        label: one["price"]["amount"]
        for label, one in zip(labels(both), both["positions"], strict=True)
    }
    assert prices == {"1-2": 1500, "1-3": 2000}
    refused(other, 409, "voucher_does_not_fit")
    assert accepted(quoted)["total"]["amount"] == 3500
    refused(late, 409, "voucher_does_not_fit")
    assert (listed["used"], listed["spent"], listed["set_aside"]) == (1, 500, 0)


async def test_a_voucher_that_reserves_seats_sets_those_very_seats_aside_and_gets_them_back(
    db: Database, product: Product
) -> None:
    async with hall(db, product, ["......"]) as market:
        stage = market.stage
        made = await market.voucher(**for_seats(market, 2, 3, code="CREW", on_stock="reserve"))
        assert (made["max_uses"], made["set_aside"]) == (2, 2)
        assert made["ticket_type_ids"] == [market.kind(0)]
        assert await gone(db, market) == {2, 3}
        answer = refused(await buy(market, wish(stage, 1, 2)), 409, "seat_taken")
        assert answer["seat_ids"] == [seat_id(stage, 2)]
        refused(await buy(market, wish(stage, best=3)), 409, "no_adjacent_seats")
        # Who leaves the seats open is given the voucher's; who names them and others gets both.
        ours = accepted(await buy(market, wish(stage, best=2), code="CREW"), 201)
        assert labels(ours) == ["1-3", "1-4"]
        refused(await buy(market, wish(stage, 2), code="CREW"), 409, "seats_held_by_you")
        await market.release(ours)
        assert await gone(db, market) == {2, 3}
        mixed = accepted(await buy(market, wish(stage, 1, 2), code="CREW"), 201)
        assert await gone(db, market) == {1, 2, 3}
        # Lapsed, the seat is the voucher's again before anybody else may take it.
        await market.let_lapse(mixed)
        refused(await buy(market, wish(stage, 1, 2)), 409, "seat_taken")
        refused(await buy(market, wish(stage, best=5)), 409, "sold_out")
        again = accepted(await buy(market, wish(stage, 2, 1, 3), code="CREW"), 201)
        assert labels(again) == ["1-3", "1-2", "1-4"]
        assert [one["used"] for one in await market.vouchers()] == [2]
        assert await gone(db, market) == {1, 2, 3}


async def test_the_map_shows_a_vouchers_seats_as_free_to_who_names_it_and_to_nobody_else(
    db: Database, product: Product
) -> None:
    async with hall(db, product, ["......"]) as market:
        stage = market.stage
        await market.voucher(**for_seats(market, 2, 3, code="CREW", on_stock="reserve"))
        await market.voucher(**for_seats(market, 4, code="BOUND"))
        later = str(datetime.now(UTC) + timedelta(days=1))
        await market.voucher(
            **for_seats(market, 5, code="LATER", on_stock="reserve", valid_from=later)
        )
        path = f"/api/v1/events/{stage.slug}/show/voucher-seats"

        async def of(code: str) -> list[str]:
            answer = await market.buyer.get(path, params={"code": code})
            assert answer.headers["cache-control"] == "no-store"
            return accepted(answer)["seat_ids"]

        assert await of("crew") == [seat_id(stage, 2), seat_id(stage, 3)]
        assert [await of(code) for code in ("BOUND", "LATER", "NOBODY")] == [[], [], []]
        held = accepted(await buy(market, wish(stage, 2), code="CREW"), 201)
        assert await of("CREW") == [seat_id(stage, 3)]
        await market.release(held)
        assert await of("CREW") == [seat_id(stage, 2), seat_id(stage, 3)]


async def test_seats_of_a_voucher_come_free_when_it_is_deleted_or_expires(
    db: Database, product: Product
) -> None:
    async with hall(db, product, ["......"]) as market:
        stage = market.stage
        made = await market.voucher(**for_seats(market, 0, 1, 2, code="CREW", on_stock="reserve"))
        used = accepted(await buy(market, wish(stage, 0), code="CREW"), 201)
        assert (await market.manager.delete(f"{market.event}/vouchers/{made['id']}")).is_success
        assert await gone(db, market) == {0}
        await market.release(used)
        accepted(await buy(market, wish(stage, 0, 1)), 201)
        made = await market.voucher(**for_seats(market, 3, 4, code="BAND", on_stock="reserve"))
        part = accepted(await buy(market, wish(stage, 4), code="BAND"), 201)
        path = f"{market.event}/vouchers/{made['id']}"
        more = await market.manager.patch(path, json={"max_uses": 3})
        assert more.json()["errors"][0]["pointer"] == "/max_uses"
        accepted(await market.manager.patch(path, json={"valid_until": "2020-01-01T00:00:00Z"}))
        accepted(await buy(market, wish(stage, 3)), 201)
        await market.release(part)
        accepted(await buy(market, wish(stage, 4)), 201)
        assert await gone(db, market) == {0, 1, 3, 4}


@pytest.mark.contrived
async def test_a_voucher_gives_a_cancelled_seat_and_one_to_late_money_as_it_gave_it_first(
    db: Database, product: Product
) -> None:
    confirmations = product.services.bookings.confirmations
    async with hall(db, product, ["...."]) as market:
        stage, organizer = market.stage, market.stage.organizer_id
        terms = for_seats(market, 0, 1, on_stock="reserve")
        terms |= {"code": "FREE", "effect": "percent", "value": 50_000}
        await market.voucher(**terms)
        body = order(stage, wish(stage, 0, 1)) | {"voucher_codes": ["FREE"]}
        late = accepted(await market.buyer.post(f"{market.api}/orders", json=body), 201)
        await market.let_lapse(late)
        refused(await buy(market, wish(stage, 0)), 409, "seat_taken")
        payment = ConfirmOrder(order_id=UUID(late["id"]), payment_id=new_id())
        confirmed = await confirmations.submit(organizer, payment)
        assert (confirmed.status, confirmed.total.amount) == ("confirmed", 2000)
        assert [one["set_aside"] for one in await market.vouchers()] == [0]
        first = next(one for one in late["positions"] if one["seat"]["id"] == seat_id(stage, 0))
        cancellation = {"position_ids": [first["id"]], "terms": "full"}
        cancellation |= {"expected_refund": 0, "expected_total": 1000}
        path = f"{market.api}/orders/{late['id']}/cancellations"
        accepted(await market.manager.post(path, json=cancellation))
        (voucher,) = await market.vouchers()
        assert (voucher["used"], voucher["set_aside"]) == (1, 1)
        assert await gone(db, market) == {0, 1}
        refused(await buy(market, wish(stage, 0)), 409, "seat_taken")
        accepted(await buy(market, wish(stage, 0), code="FREE"), 201)
        assert await gone(db, market) == {0, 1}


async def test_a_voucher_for_seats_says_what_is_wrong_with_it(
    db: Database, product: Product
) -> None:
    async with hall(db, product, ["....", "BBBB"]) as market:
        path = f"{market.event}/vouchers"

        async def errors(*ordinals: int, to: str = path, **terms: Any) -> set[tuple[str, str]]:
            body = for_seats(market, *ordinals, **terms)
            answer = await market.manager.post(to, json=body, headers=once())
            assert answer.status_code == 422, answer.text
            return {(one["pointer"], one["code"]) for one in answer.json().get("errors", [])} or {
                ("", answer.json()["code"])
            }

        assert await errors(99) == {("", "unknown_seat")}
        assert await errors(0, 0) == {("/seats", "twice")}
        assert await errors(0, 4, on_stock="reserve") == {("/seats", "choose_one")}
        assert await errors(0, ticket_type_ids=[market.kind(1)]) == {("/seats", "contradiction")}
        assert await errors(0, 1, on_stock="reserve", max_uses=5) == {
            ("/max_uses", "contradiction")
        }
        many = await errors(0, to=f"{path}/bulk", on_stock="reserve", count=2)
        assert many == {("/count", "contradiction")}
        sold = accepted(await buy(market, wish(market.stage, 0)), 201)
        body = for_seats(market, 0, 1, on_stock="reserve")
        refused(await market.manager.post(path, json=body, headers=once()), 409, "seat_taken")
        await market.release(sold)
        limited = for_seats(market, 0, 1, 2, code="DUO2", on_stock="reserve", max_per_order=2)
        accepted(await market.manager.post(path, json=limited, headers=once()), 201)
        three = await buy(market, wish(market.stage, 0, 1, 2), code="DUO2")
        refused(three, 409, "seat_taken")
        assert await gone(db, market) == {0, 1, 2}


@pytest.mark.contrived(stock_holds=True)
async def test_a_seat_is_set_aside_for_a_voucher_or_bought_by_a_rival_and_never_both(
    db: Database, crowd: Database, product: Product
) -> None:
    """Fails when FOR NO KEY UPDATE is taken out of `stock._LOCK_BY_TYPE`: both then read the seat
    as free and meet the unique index.
    """
    async with hall(db, product, ["." * 24]) as market:
        stage, stock = market.stage, Stock()

        async def rush(number: int, seat: int) -> int:
            """Some name a voucher, which may have been made by then and may have that seat."""
            wanted = Want(
                holder=new_id(),
                event_id=stage.event_id,
                occurrence_id=stage.occurrence_id,
                lines=(
                    WantedLine(
                        ticket_type_id=stage.types[0],
                        quantity=1,
                        seats=(UUID(seat_id(stage, seat)),),
                    ),
                ),
                expires_at=datetime.now(UTC) + timedelta(minutes=15),
                voucher_codes=(f"RUSH-{seat // 2}",) if number % 3 == 0 else (),
            )
            async with crowd.begin(stage.organizer_id) as tx:
                shelf = await stock.lock_types(tx, [stage.types[0]])
                await stock.lock_vouchers(tx, shelf, [wanted])
                (outcome,) = await stock.claim(tx, shelf, [wanted])
            return 0 if isinstance(outcome, Refusal) else 1

        async def set_aside(number: int) -> None:
            body = for_seats(
                market, 2 * number, 2 * number + 1, code=f"RUSH-{number}", on_stock="reserve"
            )
            made = await market.manager.post(f"{market.event}/vouchers", json=body, headers=once())
            assert made.status_code in {201, 409}, made.text

        sold = 0
        for start in range(0, 12, 4):  # on seats that nobody has yet
            _, bought = await asyncio.gather(
                asyncio.gather(*(set_aside(number) for number in range(start, start + 4))),
                asyncio.gather(*(rush(number, 2 * start + number % 8) for number in range(24))),
            )
            sold += sum(bought)
        aside = sum(one["set_aside"] for one in await market.vouchers())
        assert len(await gone(db, market)) == sold + aside
    assert sold
