"""What a card holds is taken or let go once, in its time, and by its own organizer."""

from uuid import UUID

from boxoffice.kernel.ids import new_id
from boxoffice.services.payments.api import PaymentStatus, PaymentView
from tests.services.payments.till import Till


async def held(till: Till, reference: UUID) -> PaymentView:
    payment = await till.hold(reference=reference)
    assert payment.status is PaymentStatus.AUTHORISED
    return payment


async def capture(till: Till, payment: PaymentView, *, organizer_id: UUID | None = None) -> bool:
    async with till.db.begin(organizer_id or till.organizer_id) as tx:
        return await till.payments.authorisations.capture(tx, payment.id)


async def let_go(till: Till, reference: UUID, *, organizer_id: UUID | None = None) -> list[UUID]:
    async with till.db.begin(organizer_id or till.organizer_id) as tx:
        return await till.payments.authorisations.let_go(tx, [reference])


async def test_what_another_organizers_card_holds_is_neither_taken_nor_let_go(till: Till) -> None:
    reference, other = new_id(), new_id()
    payment = await held(till, reference)
    assert await let_go(till, reference, organizer_id=other) == []
    assert not await capture(till, payment, organizer_id=other)
    assert await capture(till, payment)


async def test_what_a_card_holds_is_taken_once_and_not_after_it_was_let_go(till: Till) -> None:
    payment = await held(till, new_id())
    assert [await capture(till, payment) for _ in range(2)] == [True, False]
    reference = new_id()
    gone = await held(till, reference)
    assert await let_go(till, reference) == [gone.id]
    assert await let_go(till, reference) == []
    assert not await capture(till, gone)


async def test_what_a_card_no_longer_holds_is_not_taken(till: Till) -> None:
    payment = await held(till, new_id())
    async with till.db.begin(till.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE payments.payments SET authorised_until = clock_timestamp() "
            "WHERE organizer_id = $1 AND id = $2",
            (till.organizer_id, payment.id),
        )
    assert not await capture(till, payment)
