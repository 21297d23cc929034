"""Webhooks from somebody else, or about something else."""

import time
from collections.abc import Sequence
from typing import Any, cast

import httpx2
import pytest
from litestar import Litestar, Response, Router
from litestar.di import Provide

from boxoffice.data.postgres import Database
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import NotFound, Refusal
from boxoffice.services.payments.api import (
    PaymentStatus,
)
from boxoffice.services.payments.providers.practice import PracticeProvider
from boxoffice.services.payments.refusals import ForgedWebhook
from boxoffice.services.payments.routes.webhooks import receive_webhook
from tests.services.payments.post import OTHER_SECRET, event, signed
from tests.services.payments.till import Till, slow_payment
from tests.support.card_company import KEY, SECRET, PostBox, Webhook


async def test_a_forged_webhook_is_refused_and_leaves_nothing(
    till: Till, post_box: PostBox
) -> None:
    reference, payment = await slow_payment(till)
    webhooks = await post_box.arrived(till.organizer_id, 2)
    real = webhooks[-1]
    now = int(time.time())
    forgeries = [
        Webhook({}, real.body),
        Webhook(real.headers, real.body.replace(b"processing", b"succeeded") + b" "),
        signed(real.body, secret=OTHER_SECRET),
        signed(real.body, timestamp=now - 301),
        signed(real.body, timestamp=now + 301),
        signed(real.body, event="evt_another"),
        signed(b"[]"),
        Webhook(real.headers | {"webhook-signature": "v1,?? v2,AAAA v1"}, real.body),
        Webhook(real.headers | {"webhook-timestamp": "soon"}, real.body),
    ]
    for forgery in forgeries:
        with pytest.raises(ForgedWebhook):
            await till.receive(forgery)
    assert (await till.now(reference, payment)).status is PaymentStatus.PENDING
    assert await till.effects() == []


async def test_a_webhook_of_another_organizer_is_refused(
    till: Till, post_box: PostBox, db: Database
) -> None:
    await till.charge()
    (webhook,) = await post_box.arrived(till.organizer_id, 1)
    neighbour = await Till.open(db, till.company, till.provider)
    with pytest.raises(ForgedWebhook):
        await neighbour.receive(webhook)
    with pytest.raises(NotFound):
        await till.payments.webhooks.receive(
            till.organizer_id, "stripe", webhook.headers, webhook.body
        )


async def test_while_a_secret_is_rotated_both_are_believed(till: Till) -> None:
    body = event(till, "charge.sneezed", {"id": "x", "object": "sneeze"})
    provider = PracticeProvider("http://x", key=KEY, webhook_secrets=[OTHER_SECRET, SECRET])
    for secret in (OTHER_SECRET, SECRET):
        webhook = signed(body, secret=secret)
        hint = provider.read_webhook(till.organizer_id, webhook.headers, webhook.body)
        assert hint.kind == "charge.sneezed"
    await provider.close()


@pytest.mark.parametrize(
    "about",
    [
        {"id": "x", "object": "sneeze"},
        {"id": "ch_unknown", "object": "charge", "status": "succeeded"},
        {"id": "re_unknown", "object": "refund", "idempotency_key": str(new_id())},
    ],
)
async def test_what_we_do_not_know_is_taken_note_of(till: Till, about: dict[str, str]) -> None:
    webhook = signed(event(till, "thing.happened", about))
    await till.receive(webhook)
    await till.receive(webhook)
    assert await till.effects() == ["ignored"]


async def test_a_charge_made_at_the_companys_own_desk_is_none_of_ours(
    till: Till, post_box: PostBox
) -> None:
    async with till.company.client() as client:
        body = {
            "merchant": str(till.organizer_id),
            "amount": 1,
            "currency": "EUR",
            "source": "practice_ok",
        }
        await client.post("/v1/charges", json=body, headers={"idempotency-key": "desk"})
    for webhook in await post_box.arrived(till.organizer_id, 1):
        await till.receive(webhook)
    assert await till.effects() == ["ignored"]
    assert await till.facts() == []


async def test_webhooks_of_an_organizer_we_do_not_have_are_let_go(
    till: Till, post_box: PostBox, db: Database
) -> None:
    stranger = Till(db, till.company, till.provider)
    async with till.company.client() as client:
        body = {
            "merchant": str(stranger.organizer_id),
            "amount": 1,
            "currency": "EUR",
            "source": "practice_ok",
            "reference": str(new_id()),
        }
        await client.post("/v1/charges", json=body, headers={"idempotency-key": str(new_id())})
    (webhook,) = await post_box.arrived(stranger.organizer_id, 1)
    await stranger.receive(webhook)
    await till.payments.books.compare()
    assert await stranger.effects() == []


async def test_the_route_takes_what_is_signed(till: Till, post_box: PostBox) -> None:
    reference, payment = await slow_payment(till)
    webhooks = await post_box.arrived(till.organizer_id, 2)
    application = Litestar(
        [Router("/api/v1", route_handlers=[receive_webhook])],
        dependencies={"payments": Provide(lambda: till.payments, sync_to_thread=False)},
        exception_handlers={Refusal: _refused},
    )
    path = f"/api/v1/payments/webhooks/practice/{till.organizer_id}"
    transport = httpx2.ASGITransport(app=cast("Any", application))
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        answers = await send(client, path, [*webhooks, Webhook({}, b"{}")])
    assert answers == [200, 200, 400]
    assert (await till.now(reference, payment)).status is PaymentStatus.SUCCEEDED


async def send(client: httpx2.AsyncClient, path: str, webhooks: Sequence[Webhook]) -> list[int]:
    return [
        (await client.post(path, content=one.body, headers=one.headers)).status_code
        for one in webhooks
    ]


def _refused(_: object, error: Exception) -> Response[str]:
    return Response(str(error), status_code=400)
