"""Taking money: whatever is asked at once, a card is charged once."""

import asyncio
from collections.abc import Callable

import pytest

from boxoffice.data.idempotency import IdempotencyKey, KeyInUse, KeyReused
from boxoffice.data.postgres import Database
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.payments.api import (
    AlreadyPaid,
    NoPaymentMethods,
    NothingToPay,
    Payments,
    PaymentSettings,
    PaymentStatus,
    PaymentUnderWay,
    PaymentView,
    UnknownProvider,
    provider_for,
)
from tests.services.payments.till import (
    KEYRING,
    PRICE,
    Till,
    once,
)
from tests.support.charging import charge


async def test_a_good_card_pays(till: Till) -> None:
    reference = new_id()
    payment = await till.charge(reference=reference)
    assert (payment.status, payment.amount) == (PaymentStatus.SUCCEEDED, PRICE)
    assert await till.payments.of(till.organizer_id, reference) == [payment]
    assert till.charged() == [("succeeded", 4200, 0)]
    assert await till.facts() == ["payment_succeeded"]


async def test_a_declined_card_says_why_and_another_card_pays(till: Till) -> None:
    reference = new_id()
    declined = await till.charge("practice_no_funds", reference=reference)
    assert (declined.status, declined.decline_code) == (
        PaymentStatus.FAILED,
        "insufficient_funds",
    )
    paid = await till.charge("practice_ok", reference=reference)
    assert paid.status is PaymentStatus.SUCCEEDED
    assert await till.payments.of(till.organizer_id, reference) == [declined, paid]
    assert await till.facts() == ["payment_failed", "payment_succeeded"]


async def test_a_card_nobody_knows_is_declined(till: Till) -> None:
    payment = await till.charge("gold_bar")
    assert (payment.status, payment.decline_code) == (PaymentStatus.FAILED, "unknown_source")
    assert till.charged() == []


async def test_paying_twice_is_refused(till: Till) -> None:
    reference = new_id()
    await till.charge(reference=reference)
    with pytest.raises(AlreadyPaid):
        await till.charge(reference=reference)
    assert len(till.charged()) == 1


async def test_nothing_is_not_charged(till: Till) -> None:
    with pytest.raises(NothingToPay):
        await till.charge(amount=Money.zero("EUR"))


async def test_amounts_go_through_in_minor_units_of_any_currency(till: Till) -> None:
    for amount in (Money(amount=500, currency="JPY"), Money(amount=1234, currency="KWD")):
        assert (await till.charge(amount=amount)).amount == amount
    assert [amount for _, amount, _ in till.charged()] == [500, 1234]


async def test_the_same_key_gives_the_same_payment(till: Till) -> None:
    reference, key = new_id(), once()
    first = await till.charge("practice_declined", reference=reference, once=key)
    assert not key.replayed
    again = await till.charge("practice_declined", reference=reference, once=key)
    assert again == first
    assert key.replayed
    assert len(till.charged()) == 1


async def test_the_same_key_for_another_request_is_refused(till: Till) -> None:
    await till.charge(once=once("k"))
    with pytest.raises(KeyReused):
        await till.charge(once=once("k", fingerprint=b"another request"))


async def test_twenty_calls_with_one_key_charge_once(till: Till, crowd: Database) -> None:
    outcomes = await at_once(till, crowd, lambda _: once("one key"))
    views = [one for one in outcomes if isinstance(one, PaymentView)]
    assert len({view.id for view in views}) == 1
    assert all(isinstance(one, PaymentView | KeyInUse) for one in outcomes)
    assert till.charged() == [("succeeded", 4200, 0)]
    assert await till.facts() == ["payment_succeeded"]


async def test_twenty_calls_for_one_order_charge_once(till: Till, crowd: Database) -> None:
    outcomes = await at_once(till, crowd, lambda n: once(f"key {n}"))
    assert sum(isinstance(one, PaymentView) for one in outcomes) == 1
    assert sum(isinstance(one, PaymentUnderWay | AlreadyPaid) for one in outcomes) == 19
    assert till.charged() == [("succeeded", 4200, 0)]


async def at_once(
    till: Till, crowd: Database, key: Callable[[int], IdempotencyKey]
) -> list[object]:
    """Twenty charges for one reference, from a pool wide enough that they truly meet."""
    payments, reference = Payments(crowd, till.provider, KEYRING), new_id()
    outcomes = await asyncio.gather(
        *(
            charge(
                payments,
                crowd,
                till.organizer_id,
                reference=reference,
                amount=PRICE,
                source="practice_ok",
                once=key(number),
            )
            for number in range(20)
        ),
        return_exceptions=True,
    )
    return list(outcomes)


async def test_payments_of_others_are_not_found(till: Till, db: Database) -> None:
    reference = new_id()
    payment = await till.charge(reference=reference)
    stranger = await Till.open(db, till.company, till.provider)
    with pytest.raises(NotFound):
        await stranger.payments.payment(stranger.organizer_id, reference, payment.id)
    with pytest.raises(NotFound):
        await till.payments.payment(till.organizer_id, new_id(), payment.id)
    assert await stranger.payments.of(stranger.organizer_id, reference) == []


async def test_without_a_provider_only_free_orders_can_be_made(db: Database) -> None:
    payments = Payments(db, provider_for(PaymentSettings()), KEYRING)
    assert payments.methods() == []
    with pytest.raises(NoPaymentMethods):
        await charge(
            payments,
            db,
            new_id(),
            reference=new_id(),
            amount=PRICE,
            source="practice_ok",
            once=None,
        )
    await payments.books.settle_doubtful()
    await payments.books.compare()
    await payments.close()


def test_a_provider_that_cannot_be_had_is_a_sentence() -> None:
    with pytest.raises(UnknownProvider, match="barter"):
        provider_for(PaymentSettings(providers=("barter",)))
    with pytest.raises(UnknownProvider, match="BOXOFFICE_PRACTICE_URL"):
        provider_for(PaymentSettings(providers=("practice",)))
