"""Webhooks that come twice, late and out of order."""

import asyncio
import itertools
from typing import Any

import pytest

from boxoffice.kernel.ids import new_id
from boxoffice.services.payments.api import (
    PaymentStatus,
)
from boxoffice.services.payments.refusals import ProviderDown
from tests.services.payments.till import (
    Till,
    slow_payment,
)
from tests.support.card_company import PostBox


async def test_a_webhook_settles_a_slow_payment(till: Till, post_box: PostBox) -> None:
    reference, payment = await slow_payment(till)
    for webhook in await post_box.arrived(till.organizer_id, 2):
        await till.receive(webhook)
    assert (await till.now(reference, payment)).status is PaymentStatus.SUCCEEDED
    assert await till.facts() == ["payment_succeeded"]
    assert sorted(await till.effects()) == ["applied", "no_news"]


async def test_a_slow_card_can_be_declined_in_the_end(till: Till, post_box: PostBox) -> None:
    reference, payment = await slow_payment(till, "practice_slow_declined")
    for webhook in await post_box.arrived(till.organizer_id, 2):
        await till.receive(webhook)
    now = await till.now(reference, payment)
    assert (now.status, now.decline_code) == (PaymentStatus.FAILED, "card_declined")
    assert now.message
    assert await till.facts() == ["payment_failed"]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_in_whatever_order_and_number_they_come_the_end_is_the_same(
    till: Till, post_box: PostBox, order: tuple[int, ...]
) -> None:
    reference, payment = await slow_payment(till)
    await post_box.arrived(till.organizer_id, 2)
    await till.payments.books.compare()
    await till.refund(reference, 1200, key="r")
    webhooks = await post_box.arrived(till.organizer_id, 3)
    for number in (*order, *order):
        await till.receive(webhooks[number])
    assert (await till.now(reference, payment)).status is PaymentStatus.SUCCEEDED
    assert await till.facts() == ["payment_succeeded", "refund_succeeded"]
    assert len(await till.effects()) == 3


async def test_edge_case_4_the_company_duplicates_delays_and_reorders_its_webhooks(
    till: Till, post_box: PostBox
) -> None:
    post_box.forward[str(till.organizer_id)] = till.receive
    behaviour: dict[str, Any] = {"duplicates": 4, "delay_seconds": 0.1, "reordered": True}
    await till.company.treat(till.organizer_id, slow_seconds=0.2, **behaviour)
    reference = new_id()
    payment = await till.charge("practice_slow", reference=reference)
    await post_box.arrived(till.organizer_id, 10)
    assert (await till.now(reference, payment)).status is PaymentStatus.SUCCEEDED
    assert await till.facts() == ["payment_succeeded"]


@pytest.mark.parametrize("ends", ["succeeded", "voided"])
async def test_edge_case_4_webhooks_about_a_hold_may_come_reordered_and_twice(
    till: Till, post_box: PostBox, ends: str
) -> None:
    await till.company.treat(till.organizer_id, slow_seconds=0.1)
    reference = new_id()
    held = await till.hold("practice_slow", reference=reference)
    assert held.status is PaymentStatus.PENDING
    for webhook in [*reversed(await post_box.arrived(till.organizer_id, 2))] * 2:
        await till.receive(webhook)
    assert (await till.now(reference, held)).status is PaymentStatus.AUTHORISED
    authorisations = till.payments.authorisations
    async with till.db.begin(till.organizer_id) as tx:
        if ends == "voided":
            assert await authorisations.let_go(tx, [reference]) == [held.id]
        else:
            assert await authorisations.capture(tx, held.id)
    await authorisations.carry_out(till.organizer_id, held.id)
    webhooks = await post_box.arrived(till.organizer_id, 3)
    for number in (2, 0, 1, 1, 0, 2):
        await till.receive(webhooks[number])
    assert (await till.now(reference, held)).status == ends
    assert await till.facts() == ["payment_authorised", "hold_decided", f"payment_{ends}"]


async def test_twenty_copies_at_once_have_one_effect(till: Till, post_box: PostBox) -> None:
    await slow_payment(till)
    webhooks = await post_box.arrived(till.organizer_id, 2)
    await asyncio.gather(*(till.receive(one) for one in webhooks * 10))
    assert await till.facts() == ["payment_succeeded"]
    assert len(await till.effects()) == 2


async def test_a_webhook_before_our_own_record_settles_it_once(
    till: Till, post_box: PostBox
) -> None:
    """The answer to the charge is still on its way when the webhook has been here."""
    post_box.forward[str(till.organizer_id)] = till.receive
    await till.company.treat(till.organizer_id, late_seconds=0.6)
    payment = await till.charge("practice_timeout")
    assert payment.status is PaymentStatus.SUCCEEDED
    assert await till.effects() == ["applied"]
    assert await till.facts() == ["payment_succeeded"]


async def test_money_that_comes_after_we_gave_up_is_still_money(
    till: Till, post_box: PostBox
) -> None:
    reference, payment = await slow_payment(till)
    webhooks = await post_box.arrived(till.organizer_id, 2)
    await till.sql(
        "UPDATE payments.payments SET status = 'failed', live = false WHERE organizer_id = :o"
    )
    for webhook in webhooks:
        await till.receive(webhook)
    assert (await till.now(reference, payment)).status is PaymentStatus.SUCCEEDED
    assert await till.facts() == ["payment_succeeded"]


async def test_a_payment_we_lost_is_made_again_from_its_webhook(
    till: Till, post_box: PostBox
) -> None:
    reference, payment = new_id(), None
    payment = await till.charge(reference=reference)
    (webhook,) = await post_box.arrived(till.organizer_id, 1)
    await forget(till)
    await till.receive(webhook)
    (found,) = await till.payments.of(till.organizer_id, reference)
    assert (found.id, found.status) == (payment.id, PaymentStatus.SUCCEEDED)


async def test_while_the_company_cannot_be_asked_it_is_told_to_come_again(
    own_till: Till, post_box: PostBox
) -> None:
    await slow_payment(own_till)
    webhooks = await post_box.arrived(own_till.organizer_id, 2)
    own_till.company.kill()
    with pytest.raises(ProviderDown):
        await own_till.receive(webhooks[-1])
    assert await own_till.effects() == []
    await own_till.company.start()
    await own_till.receive(webhooks[-1])
    assert await own_till.facts() == ["payment_succeeded"]


async def forget(till: Till) -> None:
    """The database was restored to a moment before this organizer's payments."""
    for table in ("payment_attempts", "refunds", "payments"):
        await till.sql(f"DELETE FROM payments.{table} WHERE organizer_id = :o")  # noqa: S608
