"""Numbered seats, from the map to the ticket, through the API."""

import asyncio
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx2
import pypdf
import pytest

from boxoffice.data.postgres import Database, DatabaseSettings
from tests.flows.test_paid_purchase import lapse, money_arrives, order_id
from tests.support.product import Product, once, running_product, settings_for
from tests.support.seated import labels, order, orders_path, seat_id, seated_stage, taken, wish
from tests.support.stage import Stage


async def buy(
    buyer: httpx2.AsyncClient, stage: Stage, *lines: dict[str, Any], known: bool = True
) -> httpx2.Response:
    return await buyer.post(orders_path(stage), json=order(stage, *lines, buyer=known))


def refusal(answer: httpx2.Response, status: int, code: str) -> dict[str, Any]:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    return answer.json()


def granted(answer: httpx2.Response) -> dict[str, Any]:
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_n_parallel_buyers_for_k_seats_each_seat_sold_once_the_others_refused(
    db: Database, product: Product, database_urls: DatabaseSettings, redis_url: str, tmp_path: Path
) -> None:
    """B2 for seats. Fails when FOR NO KEY UPDATE is taken out of `stock._LOCK_BY_TYPE`: rivals then
    read the same free seats and meet the unique index, the last wall, which halves their batches.
    """
    stage = await seated_stage(db, product, ["." * 20, "." * 20], shared=60)
    settings = settings_for(database_urls, redis_url=redis_url, data=tmp_path)
    async with running_product(settings) as one, running_product(settings) as two:

        async def rush(number: int) -> int:
            seats = [number * 7 % 40, (number * 7 + 1) % 40]
            async with (one, two)[number % 2].visitor() as buyer:
                return (await buy(buyer, stage, wish(stage, *seats))).status_code

        async with asyncio.timeout(120):
            answers = Counter(await asyncio.gather(*(rush(n) for n in range(300))))
        halved = [each.services.bookings.openings.halved for each in (one, two)]
    assert halved == [0, 0]
    assert set(answers) == {201, 409}
    sold = await taken(db, stage)
    assert len(sold) == 2 * answers[201]
    assert set(sold.values()) == {1}


async def test_parallel_parties_for_the_best_seats_never_share_one(
    db: Database, product: Product
) -> None:
    stage = await seated_stage(db, product, ["." * 12, "." * 12])

    async def rush(number: int) -> httpx2.Response:
        async with product.visitor() as buyer:
            return await buy(buyer, stage, wish(stage, best=1 + number % 4))

    answers = await asyncio.gather(*(rush(number) for number in range(30)))
    sold = [label for one in answers if one.status_code == 201 for label in labels(one.json())]
    assert len(sold) == len(set(sold)) == len(await taken(db, stage))
    assert {one.json()["code"] for one in answers if one.status_code != 201} <= {
        "sold_out", "no_adjacent_seats",
    }  # fmt: skip


async def test_seat_hold_vs_booking_the_claim_is_the_check_and_a_refusal_says_which_are_gone(
    db: Database, product: Product
) -> None:
    """Edge case 25: nobody validates first and books then; rivals meet at the claim."""
    stage = await seated_stage(db, product, ["......"])
    async with product.visitor() as ada, product.visitor() as bob:
        first = granted(await buy(ada, stage, wish(stage, 1, 2), known=False))
        gone = refusal(await buy(bob, stage, wish(stage, 0, 1, 2)), 409, "seat_taken")
        assert gone["seat_ids"] == [seat_id(stage, 1), seat_id(stage, 2)]
        assert gone["seats"] == ["Hall, row 1, seat 2", "Hall, row 1, seat 3"]
        assert first["status"] == "held"
        await ada.post(f"{orders_path(stage)}/{first['id']}/release")
        assert labels(granted(await buy(bob, stage, wish(stage, 0, 1, 2)))) == ["1-1", "1-2", "1-3"]


async def test_several_types_and_seats_in_one_cart_all_or_nothing(
    db: Database, product: Product
) -> None:
    """B6 for seats."""
    stage = await seated_stage(db, product, ["....", "BBBB"], shared=6)
    async with product.visitor() as ada, product.visitor() as bob:
        granted(await buy(ada, stage, wish(stage, 4, kind=1)))
        gone = refusal(
            await buy(bob, stage, wish(stage, 0, 1), wish(stage, 4, 5, kind=1)), 409, "seat_taken"
        )
        assert gone["seat_ids"] == [seat_id(stage, 4)]
        assert len(await taken(db, stage)) == 1
        both = granted(await buy(bob, stage, wish(stage, 0, 1), wish(stage, 5, 6, kind=1)))
        assert labels(both) == ["1-1", "1-2", "2-2", "2-3"]
        hall_is_full = await buy(bob, stage, wish(stage, 2, 3))
        refusal(hall_is_full, 409, "sold_out")
        granted(await buy(bob, stage, wish(stage, 2)))
    assert len(await taken(db, stage)) == 6


async def test_an_expired_seat_is_free_at_that_instant_without_a_job(
    db: Database, product: Product
) -> None:
    """B4 for seats."""
    stage = await seated_stage(db, product, ["...."])
    async with product.visitor() as ada, product.visitor() as bob, product.visitor() as eve:
        held = granted(await buy(ada, stage, wish(stage, 0, 1), known=False))
        refusal(await buy(bob, stage, wish(stage, 1)), 409, "seat_taken")
        await lapse(db, stage, held)
        assert labels(granted(await buy(bob, stage, wish(stage, 1)))) == ["1-2"]
        assert labels(granted(await buy(eve, stage, wish(stage, best=2)))) == ["1-3", "1-4"]
    assert len(await taken(db, stage)) == 3


async def test_my_own_hold_never_shows_as_sold_out_to_me(db: Database, product: Product) -> None:
    """B3 for seats: what I hold is told as mine, with the order to go on with."""
    stage = await seated_stage(db, product, ["...."])
    async with product.visitor() as ada, product.visitor() as bob:
        held = granted(await buy(ada, stage, wish(stage, 0, 1), known=False))
        mine = refusal(await buy(ada, stage, wish(stage, 1)), 409, "seats_held_by_you")
        assert mine["order_id"] == held["id"]
        refusal(await buy(bob, stage, wish(stage, 1)), 409, "seat_taken")


async def test_best_available_says_when_no_adjacent_block_exists_and_splits_only_if_asked(
    db: Database, product: Product
) -> None:
    """E17."""
    stage = await seated_stage(db, product, ["...", "..."])
    async with product.visitor() as ada:
        none = refusal(await buy(ada, stage, wish(stage, best=4)), 409, "no_adjacent_seats")
        assert none["longest"] == 3
        assert labels(granted(await buy(ada, stage, wish(stage, best=4, may_split=True)))) == [
            "1-1", "1-2", "2-1", "2-2",
        ]  # fmt: skip
        left = refusal(await buy(ada, stage, wish(stage, best=3)), 409, "sold_out")
        assert left["left"] == 2


async def test_best_available_protects_the_accessible_pool(db: Database, product: Product) -> None:
    """E17."""
    stage = await seated_stage(db, product, ["ac.."])
    async with product.visitor() as ada:
        granted(await buy(ada, stage, wish(stage, best=2)))
        refusal(await buy(ada, stage, wish(stage, best=1)), 409, "sold_out")
        assert labels(granted(await buy(ada, stage, wish(stage, best=2, accessible=1)))) == [
            "1-1", "1-2",
        ]  # fmt: skip
        refusal(
            await buy(ada, stage, wish(stage, best=1, accessible=1)), 409, "no_accessible_seats"
        )


async def test_a_quantity_alone_gets_the_best_seats(db: Database, product: Product) -> None:
    stage = await seated_stage(db, product, ["......"])
    async with product.visitor() as ada:
        line = {"ticket_type_id": str(stage.types[0]), "quantity": 2}
        assert labels(granted(await buy(ada, stage, line))) == ["1-3", "1-4"]


async def test_what_contradicts_itself_about_seats_is_refused_with_its_place(
    db: Database, product: Product
) -> None:
    stage = await seated_stage(db, product, ["....", "B"])
    async with product.visitor() as ada:
        short = await buy(ada, stage, wish(stage, 0, 1) | {"quantity": 3})
        assert [error["pointer"] for error in short.json()["errors"]] == ["/items/0/seats"]
        twice = await buy(ada, stage, wish(stage, 0, 0))
        refusal(twice, 422, "seat_twice")
        refusal(await buy(ada, stage, wish(stage, 0), wish(stage, 0)), 422, "seat_twice")
        refusal(await buy(ada, stage, wish(stage, 99)), 422, "unknown_seat")
        refusal(await buy(ada, stage, wish(stage, 4)), 422, "seat_of_another_type")
    assert await taken(db, stage) == {}


async def test_ticket_pdf_and_order_say_section_row_and_seat(
    db: Database, product: Product
) -> None:
    stage = await seated_stage(db, product, ["...."])
    async with product.visitor() as ada:
        bought = granted(await buy(ada, stage, wish(stage, 1, 2)))
        path = f"{orders_path(stage)}/{bought['id']}"
        again = (await ada.get(path)).json()
        pdf = await ada.get(f"{path}/tickets.pdf")
    seat = {"section": "Hall", "row": "1", "number": "2", "label": "Hall, row 1, seat 2"}
    for shown in (bought, again):
        assert shown["positions"][0]["seat"] == {"id": seat_id(stage, 1), **seat}
        assert shown["tickets"][0]["seat"] == {"id": seat_id(stage, 1), **seat}
    assert "Hall, row 1, seat 2" in _text(pdf.content)
    assert "Hall, row 1, seat 3" in _text(pdf.content)


async def test_seat_claims_count_in_every_quota_of_their_type(
    db: Database, product: Product
) -> None:
    """B5 for seats: what is let go comes back exactly once, at every level."""
    stage = await seated_stage(db, product, ["....", "BB"], shared=4)
    async with product.visitor() as ada:
        held = granted(await buy(ada, stage, wish(stage, 0, 1, 2), known=False))
        refusal(await buy(ada, stage, wish(stage, best=2, kind=1)), 409, "sold_out")
        for _ in range(2):
            await ada.post(f"{orders_path(stage)}/{held['id']}/release")
        granted(await buy(ada, stage, wish(stage, best=2, kind=1)))
    assert len(await taken(db, stage)) == 2


@pytest.mark.contrived
async def test_late_money_claims_the_very_same_seats(db: Database, paying_product: Product) -> None:
    stage = await seated_stage(db, paying_product, ["...."], price=2500)
    async with paying_product.visitor() as ada, paying_product.visitor() as bob:
        held = granted(await buy(ada, stage, wish(stage, 1, 2), known=False))
        await lapse(db, stage, held)
        rival = granted(await buy(bob, stage, wish(stage, 2), known=False))
        await bob.post(f"{orders_path(stage)}/{rival['id']}/release")
        await money_arrives(paying_product, stage, held)
        late = (await ada.get(f"{orders_path(stage)}/{held['id']}")).json()
    assert late["status"] == "confirmed"
    assert labels(late) == ["1-2", "1-3"]
    assert await taken(db, stage) == {seat_id(stage, 1): 1, seat_id(stage, 2): 1}


async def test_late_money_goes_back_when_one_of_the_seats_is_gone(
    db: Database, paying_product: Product
) -> None:
    stage = await seated_stage(db, paying_product, ["...."], price=2500)
    async with paying_product.visitor() as ada, paying_product.visitor() as bob:
        held = granted(await buy(ada, stage, wish(stage, 1, 2), known=False))
        await lapse(db, stage, held)
        granted(await buy(bob, stage, wish(stage, 2), known=False))
        await money_arrives(paying_product, stage, held)
        late = (await ada.get(f"{orders_path(stage)}/{held['id']}")).json()
    assert late["status"] == "expired"
    (payment,) = await paying_product.services.payments.of(stage.organizer_id, order_id(held))
    assert payment.status == "refunded"
    assert await taken(db, stage) == {seat_id(stage, 2): 1}


async def test_the_same_key_again_holds_the_same_seats(db: Database, product: Product) -> None:
    stage = await seated_stage(db, product, ["...."])
    headers = once()
    async with product.visitor() as ada:
        body = order(stage, wish(stage, best=2))
        first = await ada.post(orders_path(stage), json=body, headers=headers)
        again = await ada.post(orders_path(stage), json=body, headers=headers)
    assert first.json()["positions"] == again.json()["positions"]
    assert len(await taken(db, stage)) == 2


def _text(pdf: bytes) -> str:
    reader = pypdf.PdfReader(BytesIO(pdf))
    return "\n".join(page.extract_text() for page in reader.pages)
