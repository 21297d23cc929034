"""One payment's money for several references: each gives back its own, exactly."""

import asyncio
from uuid import UUID

import pytest

from boxoffice.kernel.actors import SYSTEM
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.payments.api import (
    PartView,
    Paying,
    PaymentStatus,
    RefundStatus,
    TooMuchToRefund,
    TooMuchToShare,
)
from boxoffice.services.payments.gift_cards.bodies import CardValueBody, GiftCardBody
from tests.services.payments.till import PRICE, Till
from tests.support.card_company import PostBox
from tests.support.charging import charge


def euros(amount: int) -> Money:
    return Money(amount=amount, currency="EUR")


async def share(till: Till, payment_id: UUID, shares: dict[UUID, int]) -> dict[UUID, PartView]:
    async with till.db.begin(till.organizer_id) as tx:
        wanted = {reference: euros(amount) for reference, amount in shares.items()}
        return await till.payments.share(tx, payment_id, wanted)


async def pass_on(
    till: Till, reference: UUID, to: UUID, amount: int, payment_id: UUID | None
) -> list[PartView]:
    async with till.db.begin(till.organizer_id) as tx:
        return await till.payments.pass_on(
            tx, reference=reference, to=to, amount=euros(amount), payment_id=payment_id
        )


async def kept(till: Till, *references: UUID) -> list[int]:
    """What came less what was promised back; the sum of all is what the company's book says."""
    async with till.db.begin(till.organizer_id) as tx:
        stood = await till.payments.standings(tx, till.organizer_id, references)
        singly = [
            await till.payments.standing(tx, till.organizer_id, reference)
            for reference in references
        ]
    assert [stood.get(reference) for reference in references] == singly
    amounts = [one.kept.amount if one else 0 for one in singly]
    book = [amount - back for status, amount, back in till.charged() if status == "succeeded"]
    assert sum(amounts) == sum(book)
    return amounts


async def test_one_charge_pays_for_several_and_goes_back_from_each(till: Till) -> None:
    basket, hall, club = new_id(), new_id(), new_id()
    payment = await till.charge(reference=basket)
    parts = await share(till, payment.id, {hall: 3000, club: 1200})
    assert [parts[one].amount.amount for one in (hall, club)] == [3000, 1200]
    assert await kept(till, basket, hall, club) == [0, 3000, 1200]
    with pytest.raises(TooMuchToRefund):
        await till.refund(basket, 1)
    (refund,) = await till.refund(hall, 3000)
    assert (refund.payment_id, refund.status) == (parts[hall].id, RefundStatus.SUCCEEDED)
    assert await kept(till, basket, hall, club) == [0, 0, 1200]
    (part,) = await till.payments.of(till.organizer_id, hall)
    assert part.status is PaymentStatus.REFUNDED
    with pytest.raises(TooMuchToRefund):
        await till.refund(hall, 1)
    await till.refund(club, 1200)
    assert till.charged() == [("succeeded", 4200, 4200)]
    assert await kept(till, basket, hall, club) == [0, 0, 0]


async def test_a_part_is_shared_on_and_knows_the_charge(till: Till) -> None:
    first, second, third = new_id(), new_id(), new_id()
    payment = await till.charge(reference=first)
    (part,) = await pass_on(till, first, second, 2000, payment.id)
    (further,) = await pass_on(till, second, third, 500, part.id)
    assert (part.taken_from, further.taken_from) == (payment.id, part.id)
    assert await kept(till, first, second, third) == [2200, 1500, 500]
    for reference, amount in ((third, 500), (second, 1500), (first, 2200)):
        await till.refund(reference, amount)
    assert till.charged() == [("succeeded", 4200, 4200)]
    rows = await till.sql("SELECT part_of, charge_id FROM payments.payments WHERE organizer_id=:o")
    assert [row.part_of for row in rows] == [None, payment.id, payment.id]
    assert len({row.charge_id for row in rows}) == 1


async def test_no_more_is_shared_than_is_here(till: Till) -> None:
    reference, other = new_id(), new_id()
    payment = await till.charge(reference=reference)
    await till.refund(reference, 200)
    for wanted in (4001, 0, -1):
        with pytest.raises(TooMuchToShare):
            await share(till, payment.id, {other: wanted})
    async with till.db.begin(till.organizer_id) as tx:
        with pytest.raises(TooMuchToShare):
            await till.payments.share(tx, payment.id, {other: Money(amount=1, currency="USD")})
    with pytest.raises(NotFound):
        await share(till, new_id(), {other: 1})
    declined = await till.charge("practice_declined", reference=other)
    with pytest.raises(TooMuchToShare):
        await share(till, declined.id, {reference: 1})
    assert [
        part.amount.amount for part in await pass_on(till, reference, other, 9999, payment.id)
    ] == [4000]
    # All that stayed with it has gone back.
    assert (await till.now(reference, payment)).status is PaymentStatus.REFUNDED
    assert await kept(till, reference, other) == [0, 4000]


async def test_what_came_apart_is_not_shared_before_it_is_taken_in(till: Till) -> None:
    reference, other = new_id(), new_id()
    payment = await charge(
        till.payments,
        till.db,
        till.organizer_id,
        reference=reference,
        purpose=new_id(),
        amount=PRICE,
        source="practice_ok",
        once=None,
    )
    with pytest.raises(TooMuchToShare):
        await share(till, payment.id, {other: 1})
    assert await pass_on(till, reference, other, 1, payment.id) == []


async def test_a_gift_cards_payment_is_shared_and_each_part_goes_back_to_the_card(
    till: Till,
) -> None:
    reference, other = new_id(), new_id()
    cards = till.payments.gift_cards
    body = GiftCardBody(value=CardValueBody(amount=5000, currency="EUR"))
    card = await cards.staff.issue(SYSTEM, till.organizer_id, body, once=None)
    async with till.db.begin(till.organizer_id) as tx:
        paying = Paying(reference=reference, total=PRICE)
        await cards.spending.add(tx, paying, card.code)
        await cards.spending.settle(tx, [reference])
    (part,) = await pass_on(till, reference, other, 1200, None)
    assert part.gift_card_id == card.card.id
    await till.refund(other, 200)
    await till.refund(reference, 3000)
    note = "for the rest"
    await till.payments.refund_as_gift_card(
        till.organizer_id, reference=other, amount=euros(1000), key="credit", note=note
    )
    shown = await cards.staff.get(till.organizer_id, card.card.id)
    assert [entry.amount.amount for entry in shown.entries] == [3000, 200, -4200, 5000]
    owed = await cards.staff.outstanding(till.organizer_id)
    assert [(one.amount.amount, one.cards) for one in owed] == [(5000, 2)]


async def test_another_organizers_payment_is_not_shared(till: Till) -> None:
    payment = await till.charge()
    stranger = await Till.open(till.db, till.company, till.provider)
    with pytest.raises(NotFound):
        await share(stranger, payment.id, {new_id(): 1})


async def test_money_that_came_twice_is_not_passed_on(till: Till) -> None:
    reference, other = new_id(), new_id()
    twice = await till.charge(reference=reference)
    await till.sql("UPDATE payments.payments SET live = false WHERE organizer_id = :o")
    payment = await till.charge(reference=reference)
    parts = await pass_on(till, reference, other, 9999, payment.id)
    assert [part.taken_from for part in parts] == [payment.id]
    await till.refund(reference, PRICE.amount, payment_id=twice.id)
    assert await kept(till, reference, other) == [0, 4200]


async def test_a_webhook_about_a_shared_charge_is_no_news(till: Till, post_box: PostBox) -> None:
    reference, other = new_id(), new_id()
    payment = await till.charge(reference=reference)
    await share(till, payment.id, {other: 1000})
    await till.payments.books.compare()
    await till.refund(other, 400)
    for webhook in await post_box.arrived(till.organizer_id, 2):
        await till.receive(webhook)
    assert await till.effects() == ["no_news", "no_news"]
    assert await kept(till, reference, other) == [3200, 600]


async def test_refunds_and_shares_at_once_never_spend_the_same_money(till: Till) -> None:
    """Fails without the payments' locks: what one moves on, another gives back."""
    reference, others = new_id(), [new_id() for _ in range(10)]
    payment = await till.charge(reference=reference)
    shared = [share(till, payment.id, {other: 700}) for other in others]
    given = [till.refund(reference, 600) for _ in range(10)]
    both = [one for pair in zip(shared, given, strict=True) for one in pair]
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    refusals = [one for one in outcomes if isinstance(one, BaseException)]
    assert all(isinstance(one, TooMuchToShare | TooMuchToRefund) for one in refusals)
    stay = await kept(till, reference, *others)
    back = sum(amount for _, _, amount in till.charged())
    assert sum(stay) + back == PRICE.amount
    assert stay[0] < 600
    for other, amount in zip(others, stay[1:], strict=True):
        if amount:
            await till.refund(other, amount)
    assert sum(await kept(till, reference, *others)) == stay[0]
