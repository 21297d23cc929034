"""The clockwork: what no webhook tells is found all the same."""

from datetime import UTC, datetime, timedelta

from croniter import croniter

from boxoffice.kernel.ids import new_id
from boxoffice.services.payments.api import (
    PaymentStatus,
)
from boxoffice.services.payments.jobs import periodic
from tests.services.payments.till import (
    Till,
    all_came,
    slow_payment,
    statuses,
    written_down,
)


async def test_comparing_the_books_finds_what_no_webhook_told(till: Till) -> None:
    reference, payment = await slow_payment(till)
    lost = await till.charge(reference=(lost_reference := new_id()))
    await till.sql("DELETE FROM payments.payment_attempts WHERE payment_id = :id", id=lost.id)
    await till.sql("DELETE FROM payments.payments WHERE organizer_id = :o AND id = :id", id=lost.id)
    await all_came(till)
    await till.payments.books.compare()
    await till.payments.books.compare()
    assert (await till.now(reference, payment)).status is PaymentStatus.SUCCEEDED
    (found,) = await till.payments.of(till.organizer_id, lost_reference)
    assert (found.id, found.status) == (lost.id, PaymentStatus.SUCCEEDED)
    assert (await till.facts()).count("payment_succeeded") == 3


async def test_a_charge_of_another_amount_settles_nothing(till: Till) -> None:
    reference, payment = await slow_payment(till)
    await till.sql("UPDATE payments.payments SET amount = 1 WHERE organizer_id = :o")
    await all_came(till)
    await till.age(timedelta(minutes=5))
    await till.payments.books.settle_doubtful()
    assert (await till.now(reference, payment)).status is PaymentStatus.PENDING
    assert await till.facts() == []


async def test_what_we_never_asked_for_is_given_up_after_a_while(till: Till) -> None:
    """Our process died between writing the intent down and asking."""
    reference = new_id()
    payment_id = await written_down(till, reference)
    await till.age(timedelta(seconds=30))
    await till.payments.books.settle_doubtful()
    assert await statuses(till, reference) == ["created"]
    await till.age(timedelta(minutes=2))
    await till.payments.books.settle_doubtful()
    payment = await till.payments.payment(till.organizer_id, reference, payment_id)
    assert (payment.status, payment.decline_code) == (PaymentStatus.FAILED, "not_charged")
    assert (await till.charge(reference=reference)).status is PaymentStatus.SUCCEEDED


async def test_the_clockwork_runs_every_quarter_of_a_minute(till: Till) -> None:
    _, doubts, books = periodic(till.payments)
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert croniter(doubts.schedule, noon).get_next(datetime) == noon + timedelta(seconds=15)
    assert croniter(books.schedule, noon).get_next(datetime) == noon + timedelta(minutes=10)
    await doubts.run()
    await books.run()
