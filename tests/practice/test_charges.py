"""What a client of the practice card company can rely on."""

import asyncio
import time
from typing import Any

import httpx2
import pytest

from tests.practice.merchant import Merchant
from tests.support.card_company import CardCompany, until

STATUS = "SELECT status FROM charges WHERE merchant = ?"


async def test_a_good_card_is_charged_at_once(merchant: Merchant) -> None:
    made = (await merchant.charge(reference="r-1", metadata={"seat": "7"})).json()
    read = (await merchant.client.get(f"/v1/charges/{made['id']}")).json()
    assert read == made
    assert (made["status"], made["reference"], made["metadata"]) == (
        "succeeded",
        "r-1",
        {"seat": "7"},
    )


@pytest.mark.parametrize(
    ("source", "decline_code"),
    [("practice_declined", "card_declined"), ("practice_no_funds", "insufficient_funds")],
)
async def test_a_bad_card_is_refused_with_a_reason(
    merchant: Merchant, source: str, decline_code: str
) -> None:
    answer = await merchant.charge(source)
    error = answer.json()["error"]
    assert (answer.status_code, error["decline_code"]) == (402, decline_code)
    assert error["charge"]["status"] == "failed"


async def test_the_same_key_gives_the_same_answer_and_charges_once(
    merchant: Merchant, company: CardCompany
) -> None:
    answers = await asyncio.gather(*(merchant.charge(key="once") for _ in range(20)))
    assert len({answer.text for answer in answers}) == 1
    assert sum("idempotent-replayed" in answer.headers for answer in answers) == 19
    assert company.book("SELECT count(*) FROM charges WHERE merchant = ?", merchant) == [(1,)]


async def test_a_refusal_is_repeated_too(merchant: Merchant) -> None:
    first, second = [await merchant.charge("practice_declined", key="no") for _ in range(2)]
    assert (first.status_code, first.text) == (second.status_code, second.text)


async def test_the_same_key_with_another_body_is_an_error(merchant: Merchant) -> None:
    await merchant.charge(key="once")
    answer = await merchant.charge(key="once", amount=1)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "idempotency_mismatch")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"source": "gold_bar"}, 400, "unknown_source"),
        ({"amount": 0}, 400, "bad_body"),
        ({"amount": "12"}, 400, "bad_body"),
        ({"currency": "eur"}, 400, "bad_body"),
        ({"tip": 5}, 400, "bad_body"),
    ],
)
async def test_nonsense_is_refused_with_a_code(
    merchant: Merchant, changes: dict[str, Any], status: int, code: str
) -> None:
    answer = await merchant.charge(**changes)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


async def test_other_requests_that_cannot_be_met(merchant: Merchant) -> None:
    assert (await merchant.client.post("/v1/charges", json={})).status_code == 400
    assert (await merchant.client.post("/v1/charges", content=b"x" * 70_000)).status_code == 413
    assert (await merchant.client.get("/v1/charges/ch_unknown")).status_code == 404
    assert (await merchant.client.get("/v1/charges?limit=101")).status_code == 400
    assert (await merchant.client.get("/v1/elsewhere")).status_code == 404
    assert (await merchant.client.delete("/v1/charges")).status_code == 404


async def test_without_the_key_nothing_is_told(company: CardCompany) -> None:
    async with httpx2.AsyncClient(base_url=company.url) as stranger:
        assert (await stranger.get("/v1/charges")).status_code == 401
        headers = {"authorization": "Bearer guess"}
        assert (await stranger.get("/v1/charges", headers=headers)).status_code == 401
        assert (await stranger.get("/healthz")).status_code == 200


@pytest.mark.parametrize(
    ("source", "end"), [("practice_slow", "succeeded"), ("practice_slow_declined", "failed")]
)
async def test_a_slow_card_settles_after_a_while(
    merchant: Merchant, company: CardCompany, source: str, end: str
) -> None:
    await company.treat(merchant, slow_seconds=0.2)
    made = (await merchant.charge(source)).json()
    assert made["status"] == "processing"
    await until(lambda: company.book(STATUS, merchant) == [(end,)])
    assert (await merchant.client.get(f"/v1/charges/{made['id']}")).json()["status"] == end


async def test_a_late_answer_has_done_its_work(merchant: Merchant, company: CardCompany) -> None:
    await company.treat(merchant, late_seconds=2)
    late = asyncio.create_task(merchant.charge("practice_timeout", key="late"))
    await until(lambda: company.book(STATUS, merchant) == [("succeeded",)])
    again = await merchant.charge("practice_timeout", key="late")
    assert not late.done()
    assert (await late).text == again.text


async def test_pages_go_through_all_charges_newest_first(merchant: Merchant) -> None:
    made = [(await merchant.charge(reference=str(n))).json()["id"] for n in range(7)]
    await merchant.charge(merchant="another")
    seen: list[str] = []
    parameters = {"merchant": merchant.name, "limit": "3"}
    while True:
        page = (await merchant.client.get("/v1/charges", params=parameters)).json()
        seen += [one["id"] for one in page["data"]]
        if not page["has_more"]:
            break
        parameters["starting_after"] = seen[-1]
    assert seen == made[::-1]
    by_reference = (
        await merchant.client.get(f"/v1/charges?reference=4&merchant={merchant}")
    ).json()["data"]
    assert [one["id"] for one in by_reference] == [made[4]]
    later = {"created_from": str(int(time.time()) + 60)}
    assert (await merchant.client.get("/v1/charges", params=later)).json()["data"] == []


async def test_money_goes_back_once_per_key_and_never_more_than_came(
    merchant: Merchant,
) -> None:
    charge_id = (await merchant.charge()).json()["id"]
    first, again = [await merchant.refund(charge_id, key="r", amount=1000) for _ in range(2)]
    assert first.json() == again.json()
    assert (await merchant.refund(charge_id, amount=201)).status_code == 409
    assert (await merchant.refund(charge_id)).json()["amount"] == 200
    assert (await merchant.refund(charge_id)).status_code == 409
    now = (await merchant.client.get(f"/v1/charges/{charge_id}")).json()
    assert now["amount_refunded"] == 1200


async def test_money_that_never_came_does_not_go_back(merchant: Merchant) -> None:
    refused = (await merchant.charge("practice_declined")).json()["error"]["charge"]["id"]
    assert (await merchant.refund(refused)).status_code == 409
    assert (await merchant.refund("ch_unknown")).status_code == 404
