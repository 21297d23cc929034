"""What arrives at a merchant's door, and how it is signed."""

import json
import time
from typing import Any

from boxoffice.services.payments.providers.signatures import verify
from tests.practice.merchant import Merchant
from tests.support.card_company import SECRET, CardCompany, PostBox, Webhook, until

WAITING = "SELECT 1 FROM deliveries WHERE merchant = ?"


def kinds(webhooks: list[Webhook]) -> list[str]:
    return [json.loads(webhook.body)["type"] for webhook in webhooks]


async def test_each_event_is_delivered_signed(merchant: Merchant, post_box: PostBox) -> None:
    made = (await merchant.charge()).json()
    (webhook,) = await post_box.arrived(merchant, 1)
    event: dict[str, Any] = json.loads(webhook.body)
    assert (event["type"], event["object"]) == ("charge.succeeded", made)
    assert verify(webhook.headers, webhook.body, secrets=[SECRET]) == event["id"]


async def test_webhooks_can_come_several_times(
    merchant: Merchant, post_box: PostBox, company: CardCompany
) -> None:
    await company.treat(merchant, duplicates=3)
    await merchant.charge()
    arrived = await post_box.arrived(merchant, 4)
    assert len({webhook.headers["webhook-id"] for webhook in arrived}) == 1


async def test_webhooks_can_overtake_each_other(
    merchant: Merchant, post_box: PostBox, company: CardCompany
) -> None:
    await company.treat(merchant, reordered=True, slow_seconds=0.2)
    await merchant.charge("practice_slow")
    assert kinds(await post_box.arrived(merchant, 2)) == ["charge.succeeded", "charge.processing"]


async def test_webhooks_can_be_late(
    merchant: Merchant, post_box: PostBox, company: CardCompany
) -> None:
    await company.treat(merchant, delay_seconds=0.6)
    began = time.monotonic()
    charge_id = (await merchant.charge()).json()["id"]
    await merchant.refund(charge_id)
    arrived = kinds(await post_box.arrived(merchant, 2))
    assert time.monotonic() - began >= 0.6
    assert sorted(arrived) == ["charge.succeeded", "refund.succeeded"]


async def test_a_webhook_is_sent_until_it_is_received(
    merchant: Merchant, post_box: PostBox, company: CardCompany
) -> None:
    tries: list[Webhook] = []

    async def busy_once(webhook: Webhook) -> None:
        tries.append(webhook)
        if len(tries) == 1:
            raise RuntimeError("busy")

    post_box.forward[merchant.name] = busy_once
    await merchant.charge()
    await post_box.arrived(merchant, 1)
    assert tries[0].body == tries[1].body
    await until(lambda: company.book(WAITING, merchant) == [])
