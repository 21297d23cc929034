"""What payments takes for granted of every provider: subclass it in the adapter's test module."""

import asyncio
from abc import abstractmethod
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.payments.providers.port import (
    CardProvider,
    ChargeOrder,
    Hint,
    HoldOrder,
    OutcomeUnknown,
    ProviderCharge,
    ProviderUnreached,
    RefundOrder,
    RefundRejected,
)
from boxoffice.services.payments.refusals import ForgedWebhook
from boxoffice.services.payments.rules import PaymentStatus
from tests.support.card_company import Webhook


class ProviderContract:
    """The adapter's module brings the provider, its cards, its webhooks, and a way to break it."""

    good: str
    refused: str
    slow: str
    uncapturable: str

    @pytest.fixture
    @abstractmethod
    async def provider(self) -> AsyncIterator[CardProvider]:
        """The adapter, speaking to its real other side."""
        raise NotImplementedError
        yield

    @abstractmethod
    async def webhooks_of(self, organizer_id: UUID, number: int) -> list[Webhook]:
        """The organizer's webhooks, once there are that many."""

    @abstractmethod
    async def unreachable(self) -> CardProvider:
        """The adapter, speaking to nobody."""

    @abstractmethod
    async def unanswering(self, organizer_id: UUID) -> tuple[CardProvider, str]:
        """The adapter with a card on which the charge is made and the answer does not come."""

    async def test_a_charge_is_what_was_ordered(self, provider: CardProvider) -> None:
        order = an_order(self.good)
        charge = await provider.charge(order)
        assert charge.status is PaymentStatus.SUCCEEDED
        assert charge.amount == order.amount
        assert charge.payment_id == order.payment_id
        assert charge.organizer_id == order.organizer_id
        assert charge.reference == order.reference

    async def test_a_refused_card_is_an_answer_with_a_reason(self, provider: CardProvider) -> None:
        charge = await provider.charge(an_order(self.refused))
        assert charge.status is PaymentStatus.FAILED
        assert charge.decline_code
        assert charge.message

    async def test_a_card_nobody_knows_is_an_answer_too(self, provider: CardProvider) -> None:
        charge = await provider.charge(an_order("no such card"))
        assert (charge.status, charge.id) == (PaymentStatus.FAILED, None)

    async def test_repeating_an_order_charges_once(self, provider: CardProvider) -> None:
        order = an_order(self.good)
        charges = await asyncio.gather(*(provider.charge(order) for _ in range(5)))
        assert len({charge.id for charge in charges}) == 1
        assert [one.id for one in await since_just_now(provider, order)] == [charges[0].id]

    async def test_a_charge_is_found_by_our_key_and_by_its_id(self, provider: CardProvider) -> None:
        order = an_order(self.good)
        assert await provider.find(order.organizer_id, order.payment_id) is None
        charge = await provider.charge(order)
        assert await provider.find(order.organizer_id, order.payment_id) == charge
        assert await provider.read(order.organizer_id, charge.id or "") == charge

    async def test_another_organizers_charge_is_not_found(self, provider: CardProvider) -> None:
        order = an_order(self.good)
        charge = await provider.charge(order)
        assert await provider.find(new_id(), order.payment_id) is None
        assert await provider.read(new_id(), charge.id or "") is None
        assert await provider.read(order.organizer_id, "no-such-charge") is None

    async def test_a_slow_charge_is_pending(self, provider: CardProvider) -> None:
        assert (await provider.charge(an_order(self.slow))).status is PaymentStatus.PENDING

    async def test_refunds_happen_once_and_never_exceed(self, provider: CardProvider) -> None:
        charge = await provider.charge(order := an_order(self.good))
        part = a_refund(order, charge, 1000)
        first, again = [await provider.refund(part) for _ in range(2)]
        assert first == again
        await provider.refund(a_refund(order, charge, order.amount.amount - 1000))
        with pytest.raises(RefundRejected):
            await provider.refund(a_refund(order, charge, 1))

    async def test_a_card_holds_money_until_it_is_captured_once(
        self, provider: CardProvider
    ) -> None:
        order = msgspec.structs.replace(an_order(self.good), capture=False)
        held = await provider.charge(order)
        assert held.status is PaymentStatus.AUTHORISED
        assert provider.holds_for
        assert held.authorised_until
        assert held.authorised_until <= datetime.now(UTC) + provider.holds_for
        hold = a_hold(order, held)
        with pytest.raises(RefundRejected):
            await provider.refund(a_refund(order, held, 1))
        taken, again = [await provider.capture(hold) for _ in range(2)]
        assert taken.status is again.status is PaymentStatus.SUCCEEDED
        assert (await provider.void(hold)).status is PaymentStatus.SUCCEEDED

    async def test_a_card_holds_nothing_once_it_is_let_go(self, provider: CardProvider) -> None:
        order = msgspec.structs.replace(an_order(self.good), capture=False)
        hold = a_hold(order, await provider.charge(order))
        let_go, again = [await provider.void(hold) for _ in range(2)]
        assert let_go.status is again.status is PaymentStatus.VOIDED
        assert (await provider.capture(hold)).status is PaymentStatus.VOIDED
        found = await provider.find(order.organizer_id, order.payment_id)
        assert found == let_go

    async def test_a_card_may_refuse_what_it_held(self, provider: CardProvider) -> None:
        order = msgspec.structs.replace(an_order(self.uncapturable), capture=False)
        held = await provider.charge(order)
        assert held.status is PaymentStatus.AUTHORISED
        refused = await provider.capture(a_hold(order, held))
        assert refused.status is PaymentStatus.FAILED
        assert refused.decline_code

    async def test_webhooks_lead_to_the_charge_and_to_the_refund(
        self, provider: CardProvider
    ) -> None:
        charge = await provider.charge(order := an_order(self.good))
        await provider.refund(refund := a_refund(order, charge, 1))
        hints = [
            provider.read_webhook(order.organizer_id, one.headers, one.body)
            for one in await self.webhooks_of(order.organizer_id, 2)
        ]
        assert {hint.charge_id for hint in hints} >= {charge.id}
        assert {hint.refund_id for hint in hints} >= {refund.refund_id}
        assert said(hints, charge) == {PaymentStatus.SUCCEEDED}

    async def test_only_genuine_webhooks_are_read(self, provider: CardProvider) -> None:
        await provider.charge(order := an_order(self.good))
        (webhook, *_) = await self.webhooks_of(order.organizer_id, 1)
        for organizer_id, headers, body in (
            (order.organizer_id, {}, webhook.body),
            (order.organizer_id, webhook.headers, webhook.body + b" "),
            (new_id(), webhook.headers, webhook.body),
        ):
            with pytest.raises(ForgedWebhook):
                provider.read_webhook(organizer_id, headers, body)

    async def test_a_provider_that_is_down_has_done_nothing(self) -> None:
        provider = await self.unreachable()
        with pytest.raises(ProviderUnreached):
            await provider.charge(an_order(self.good))
        with pytest.raises(ProviderUnreached):
            await provider.find(new_id(), new_id())
        await provider.close()

    async def test_without_an_answer_the_outcome_is_unknown_and_can_be_found(
        self, provider: CardProvider
    ) -> None:
        organizer_id = new_id()
        impatient, card = await self.unanswering(organizer_id)
        order = an_order(card, organizer_id=organizer_id)
        with pytest.raises(OutcomeUnknown):
            await impatient.charge(order)
        found = await provider.find(organizer_id, order.payment_id)
        assert found is not None
        assert found.amount == order.amount
        await impatient.close()

    def test_one_can_pay_with_it(self, provider: CardProvider) -> None:
        assert all(method.label for method in provider.methods())
        assert provider.methods()


def an_order(source: str, *, organizer_id: UUID | None = None) -> ChargeOrder:
    return ChargeOrder(
        organizer_id=organizer_id or new_id(),
        payment_id=new_id(),
        reference=new_id(),
        amount=Money(amount=4200, currency="EUR"),
        source=source,
    )


def a_hold(order: ChargeOrder, charge: ProviderCharge) -> HoldOrder:
    return HoldOrder(
        organizer_id=order.organizer_id,
        payment_id=order.payment_id,
        charge_id=charge.id or "",
    )


def a_refund(order: ChargeOrder, charge: ProviderCharge, amount: int) -> RefundOrder:
    return RefundOrder(
        organizer_id=order.organizer_id,
        refund_id=new_id(),
        charge_id=charge.id or "",
        amount=Money(amount=amount, currency=order.amount.currency),
    )


async def since_just_now(provider: CardProvider, order: ChargeOrder) -> list[ProviderCharge]:
    moment = datetime.now(UTC) - timedelta(minutes=1)
    return [
        charge
        async for charge in provider.charges_since(moment)
        if charge.payment_id == order.payment_id
    ]


def said(hints: list[Hint], charge: ProviderCharge) -> set[PaymentStatus | None]:
    return {hint.says for hint in hints if hint.charge_id == charge.id}
