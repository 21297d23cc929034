"""The practice card company, over HTTP. An organizer is a merchant there; our ids are the keys."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from boxoffice.services.payments.providers import practice_wire as wire
from boxoffice.services.payments.providers.calls import Answer, Caller
from boxoffice.services.payments.providers.port import (
    ChargeOrder,
    Hint,
    HoldOrder,
    OutcomeUnknown,
    ProviderCharge,
    ProviderUnreached,
    RefundOrder,
    RefundRejected,
)
from boxoffice.services.payments.providers.signatures import verify
from boxoffice.services.payments.refusals import ForgedWebhook
from boxoffice.services.payments.rules import PaymentStatus
from boxoffice.services.payments.views import PaymentMethodView, PracticeSource

_SECONDS = 10.0
_PAGE = 100
_CARDS = [
    PracticeSource(source="practice_ok", label="A card that works"),
    PracticeSource(source="practice_declined", label="A card that is declined"),
    PracticeSource(source="practice_no_funds", label="A card without money"),
    PracticeSource(source="practice_slow", label="A card that takes a few seconds"),
    PracticeSource(
        source="practice_uncapturable", label="A card that holds the money and then keeps it"
    ),
]


class PracticeProvider:
    """A `CardProvider`. `seconds` is how long it waits for an answer."""

    name = "practice"
    holds_for: timedelta | None = timedelta(days=7)

    def __init__(
        self, url: str, *, key: str, webhook_secrets: Sequence[str], seconds: float = _SECONDS
    ) -> None:
        self._caller = Caller(url, key=key, seconds=seconds)
        self._secrets = webhook_secrets

    def methods(self) -> list[PaymentMethodView]:
        return [
            PaymentMethodView(
                provider="practice", label="Practice card", sources=_CARDS, holds=True
            )
        ]

    async def charge(self, order: ChargeOrder) -> ProviderCharge:
        body = wire.charge_request(order)
        answer = await self._caller.post("/v1/charges", body, key=str(order.payment_id))
        match answer.status:
            case 201:
                return wire.decode(answer.body, wire.Charge).seen()
            case 402:
                return wire.refused(answer.body).seen()
            case 400:
                return _turned_down(order, wire.decode(answer.body, wire.Failure))
            case _:
                raise OutcomeUnknown(_said(answer))

    async def capture(self, order: HoldOrder) -> ProviderCharge:
        return await self._end_hold(order, "capture")

    async def void(self, order: HoldOrder) -> ProviderCharge:
        return await self._end_hold(order, "void")

    async def _end_hold(self, order: HoldOrder, verb: str) -> ProviderCharge:
        path, key = f"/v1/charges/{order.charge_id}/{verb}", f"{verb}:{order.payment_id}"
        answer = await self._caller.post(path, b"", key=key)
        if answer.status == 201:
            return wire.decode(answer.body, wire.Charge).seen()
        if answer.status not in {402, 409}:
            raise OutcomeUnknown(_said(answer))
        seen = await self.read(order.organizer_id, order.charge_id)
        if seen is None:
            raise OutcomeUnknown("a charge that was there and is not")
        return seen

    async def find(self, organizer_id: UUID, payment_id: UUID) -> ProviderCharge | None:
        answer = await self._caller.get(
            "/v1/charges", merchant=str(organizer_id), idempotency_key=str(payment_id)
        )
        page = wire.decode(_ok(answer), wire.Charges)
        return page.data[0].seen() if page.data else None

    async def read(self, organizer_id: UUID, charge_id: str) -> ProviderCharge | None:
        answer = await self._caller.get(f"/v1/charges/{charge_id}")
        if answer.status == 404:
            return None
        charge = wire.decode(_ok(answer), wire.Charge).seen()
        return charge if charge.organizer_id == organizer_id else None

    async def charges_since(self, moment: datetime) -> AsyncIterator[ProviderCharge]:
        asked = {"created_from": str(int(moment.timestamp())), "limit": str(_PAGE)}
        while True:
            page = wire.decode(_ok(await self._caller.get("/v1/charges", **asked)), wire.Charges)
            for charge in page.data:
                yield charge.seen()
            if not page.has_more:
                return
            asked["starting_after"] = page.data[-1].id

    async def refund(self, order: RefundOrder) -> str:
        body = msgspec.json.encode({"charge": order.charge_id, "amount": order.amount.amount})
        answer = await self._caller.post("/v1/refunds", body, key=str(order.refund_id))
        if answer.status == 201:
            return wire.decode(answer.body, wire.Refund).id
        if answer.status in {400, 404, 409, 422}:
            raise RefundRejected(_said(answer))
        raise OutcomeUnknown(_said(answer))

    def read_webhook(self, organizer_id: UUID, headers: Mapping[str, str], body: bytes) -> Hint:
        event_id = verify(headers, body, secrets=self._secrets)
        try:
            event = msgspec.json.decode(body, type=wire.Event)
        except msgspec.DecodeError as error:
            raise ForgedWebhook("Signed, but not an event as we know them.") from error
        if event.merchant != str(organizer_id) or event.id != event_id:
            raise ForgedWebhook("Signed, but about another merchant or event than it says.")
        return event.hint()

    async def close(self) -> None:
        await self._caller.close()


def _ok(answer: Answer) -> bytes:
    if answer.status != 200:
        raise ProviderUnreached(_said(answer))
    return answer.body


def _said(answer: Answer) -> str:
    return f"{answer.status}: {answer.body[:300].decode(errors='replace')}"


def _turned_down(order: ChargeOrder, failure: wire.Failure) -> ProviderCharge:
    return ProviderCharge(
        id=None,
        status=PaymentStatus.FAILED,
        amount=order.amount,
        organizer_id=order.organizer_id,
        payment_id=order.payment_id,
        reference=order.reference,
        purpose=order.purpose,
        decline_code=failure.error.code,
        message=failure.error.message,
    )
