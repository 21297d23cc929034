"""Giving money back: once per key, never more than came, and sooner or later."""

import asyncio
from datetime import timedelta

import pytest

from boxoffice.data.idempotency import KeyReused
from boxoffice.kernel.ids import new_id
from boxoffice.services.payments.api import (
    PaymentStatus,
    RefundStatus,
    TooMuchToRefund,
)
from boxoffice.services.payments.refusals import NothingToRefund
from tests.services.payments.till import PRICE, Till


async def test_a_refund_with_one_key_happens_once(till: Till) -> None:
    reference = new_id()
    payment = await till.charge(reference=reference)
    first = await till.refund(reference, key="late money")
    again = await till.refund(reference, key="late money")
    assert first == again
    assert [(one.status, one.amount) for one in first] == [(RefundStatus.SUCCEEDED, PRICE)]
    assert till.charged() == [("succeeded", 4200, 4200)]
    assert (await till.now(reference, payment)).status is PaymentStatus.REFUNDED
    assert await till.facts() == ["payment_succeeded", "refund_succeeded"]


async def test_ten_refunds_at_once_with_one_key_happen_once(till: Till) -> None:
    reference = new_id()
    await till.charge(reference=reference)
    outcomes = await asyncio.gather(*(till.refund(reference, 1000, key="r") for _ in range(10)))
    assert len({refund.id for refunds in outcomes for refund in refunds}) == 1
    assert till.charged() == [("succeeded", 4200, 1000)]
    assert await till.facts() == ["payment_succeeded", "refund_succeeded"]


async def test_refunds_at_once_never_give_back_more_than_came(till: Till) -> None:
    reference = new_id()
    await till.charge(reference=reference)
    outcomes = await asyncio.gather(
        *(till.refund(reference, 1000) for _ in range(10)), return_exceptions=True
    )
    assert sum(isinstance(one, TooMuchToRefund) for one in outcomes) == 6
    assert till.charged() == [("succeeded", 4200, 4000)]


async def test_a_payment_given_back_in_part_is_not_refunded_yet(till: Till) -> None:
    reference = new_id()
    payment = await till.charge(reference=reference)
    await till.refund(reference, 4000)
    assert (await till.now(reference, payment)).status is PaymentStatus.SUCCEEDED
    await till.refund(reference, 200)
    assert (await till.now(reference, payment)).status is PaymentStatus.REFUNDED


async def test_what_never_came_cannot_go_back(till: Till) -> None:
    reference = new_id()
    await till.charge("practice_declined", reference=reference)
    with pytest.raises(TooMuchToRefund):
        await till.refund(reference, 1)
    with pytest.raises(TooMuchToRefund):
        await till.refund(new_id(), 1)
    with pytest.raises(NothingToRefund):
        await till.refund(reference, 0)


async def test_the_same_key_for_another_amount_is_refused(till: Till) -> None:
    reference = new_id()
    await till.charge(reference=reference)
    await till.refund(reference, 100, key="r")
    with pytest.raises(KeyReused):
        await till.refund(reference, 200, key="r")


async def test_an_order_given_back_entirely_can_be_paid_again(till: Till) -> None:
    reference = new_id()
    await till.charge(reference=reference)
    await till.refund(reference)
    assert (await till.charge(reference=reference)).status is PaymentStatus.SUCCEEDED


async def test_a_refund_that_gets_no_answer_is_asked_for_until_it_does(own_till: Till) -> None:
    reference = new_id()
    await own_till.charge(reference=reference)
    own_till.company.kill()
    (refund,) = await own_till.refund(reference, 700, key="r")
    assert refund.status is RefundStatus.CREATED
    with pytest.raises(TooMuchToRefund):
        await own_till.refund(reference, 3600)

    await own_till.company.start()
    await own_till.age(timedelta(minutes=1))
    await own_till.payments.books.settle_doubtful()
    (settled,) = await own_till.refund(reference, 700, key="r")
    assert (settled.id, settled.status) == (refund.id, RefundStatus.SUCCEEDED)
    assert own_till.charged() == [("succeeded", 4200, 700)]


async def test_a_refund_the_company_rejects_frees_what_it_promised(till: Till) -> None:
    """Somebody gave the money back at the company's own desk."""
    reference = new_id()
    await till.charge(reference=reference)
    await behind_our_back(till)
    (refund,) = await till.refund(reference, key="r")
    assert refund.status is RefundStatus.FAILED
    rows = await till.sql("SELECT refunded FROM payments.payments WHERE organizer_id = :o")
    assert [tuple(row) for row in rows] == [(0,)]
    assert await till.facts() == ["payment_succeeded"]


async def behind_our_back(till: Till) -> None:
    ((charge_id,),) = till.company.book(
        "SELECT id FROM charges WHERE merchant = ?", till.organizer_id
    )
    async with till.company.client() as client:
        headers = {"idempotency-key": str(new_id())}
        answer = await client.post("/v1/refunds", json={"charge": charge_id}, headers=headers)
        assert answer.status_code == 201
