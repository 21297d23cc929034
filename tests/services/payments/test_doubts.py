"""Answers that come late or never, and calls whose process died."""

import asyncio
from datetime import timedelta

import pytest

from boxoffice.data.idempotency import KeyInUse
from boxoffice.kernel.ids import new_id
from boxoffice.services.payments.api import (
    PaymentStatus,
    PaymentUnderWay,
)
from tests.services.payments.till import (
    PRICE,
    Till,
    all_came,
    once,
    outcomes_of_asking,
    statuses,
    written_down,
)
from tests.support.card_company import until


async def test_an_answer_that_comes_too_late_is_looked_up(till: Till) -> None:
    await till.company.treat(till.organizer_id, late_seconds=3)
    payment = await till.charge("practice_timeout")
    assert payment.status is PaymentStatus.SUCCEEDED
    assert till.charged() == [("succeeded", 4200, 0)]
    assert await outcomes_of_asking(till) == ["unknown"]


async def test_a_company_that_dies_while_it_charges_leaves_a_doubt_that_is_settled(
    own_till: Till,
) -> None:
    reference = new_id()
    await own_till.company.treat(own_till.organizer_id, late_seconds=60)
    paying = asyncio.create_task(own_till.charge("practice_timeout", reference=reference))
    await until(lambda: own_till.charged() != [])
    own_till.company.kill()
    payment = await paying
    assert payment.status is PaymentStatus.PENDING
    await own_till.payments.books.settle_doubtful()
    assert (await own_till.now(reference, payment)).status is PaymentStatus.PENDING

    await own_till.company.start()
    await own_till.age(timedelta(seconds=30))
    await own_till.payments.books.settle_doubtful()
    assert (await own_till.now(reference, payment)).status is PaymentStatus.SUCCEEDED
    assert own_till.charged() == [("succeeded", 4200, 0)]
    assert await own_till.facts() == ["payment_succeeded"]


async def test_a_company_that_is_down_charges_nothing_and_the_next_try_works(
    own_till: Till,
) -> None:
    reference = new_id()
    own_till.company.kill()
    payment = await own_till.charge(reference=reference)
    assert (payment.status, payment.decline_code) == (
        PaymentStatus.FAILED,
        "provider_unreached",
    )
    assert await outcomes_of_asking(own_till) == ["unreached"]
    await own_till.company.start()
    assert (await own_till.charge(reference=reference)).status is PaymentStatus.SUCCEEDED
    assert own_till.charged() == [("succeeded", 4200, 0)]


async def test_a_kept_connection_that_was_cut_is_no_doubt(own_till: Till) -> None:
    await own_till.charge()
    own_till.company.kill()
    await own_till.company.start()
    assert (await own_till.charge()).status is PaymentStatus.SUCCEEDED


async def test_repeating_the_key_of_a_call_that_died_settles_it(till: Till) -> None:
    reference, key = new_id(), once("of the dead")
    await written_down(till, reference, key="visitor:1\nof the dead")
    with pytest.raises(KeyInUse):
        await till.charge(reference=reference, once=key)
    await till.age(timedelta(minutes=3))
    payment = await till.charge(reference=reference, once=key)
    assert (payment.status, payment.decline_code) == (PaymentStatus.FAILED, "not_charged")


async def test_repeating_the_key_of_a_call_that_died_before_it_asked_charges_once(
    till: Till,
) -> None:
    reference, key = new_id(), once("of the dead")
    payment_id = await written_down(till, reference, key="visitor:1\nof the dead")
    await till.age(timedelta(seconds=30))
    payments = await asyncio.gather(*(till.charge(reference=reference, once=key) for _ in range(3)))
    assert {(one.id, one.status) for one in payments} == {(payment_id, PaymentStatus.SUCCEEDED)}
    assert till.charged() == [("succeeded", 4200, 0)]
    assert await till.facts() == ["payment_succeeded"]


async def test_a_slow_payment_blocks_another_only_for_a_while(till: Till) -> None:
    """And when both succeed after all, the overpayment shows and can be given back."""
    reference = new_id()
    await till.company.treat(till.organizer_id, slow_seconds=0.5)
    slow = await till.charge("practice_slow", reference=reference)
    assert slow.status is PaymentStatus.PENDING
    with pytest.raises(PaymentUnderWay):
        await till.charge(reference=reference)
    await till.age(timedelta(minutes=11))
    second = await till.charge(reference=reference)
    assert second.status is PaymentStatus.SUCCEEDED
    await all_came(till)
    await till.payments.books.settle_doubtful()
    assert await statuses(till, reference) == ["succeeded", "succeeded"]
    assert await till.facts() == ["payment_succeeded", "payment_succeeded"]
    async with till.db.begin(till.organizer_id) as tx:
        standing = await till.payments.standing(tx, till.organizer_id, reference)
    assert standing is not None
    assert standing.kept.amount == 2 * PRICE.amount
    (refund,) = await till.refund(reference, payment_id=slow.id)
    assert refund.payment_id == slow.id
    assert await statuses(till, reference) == ["refunded", "succeeded"]
