"""E22 · Cards that were given with applications, when something goes wrong or is asked twice."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest
from msgspec import structs

from boxoffice.services.payments import settling
from boxoffice.services.payments.api import PaymentStatus
from boxoffice.services.payments.providers.port import ChargeOrder, OutcomeUnknown, ProviderCharge
from boxoffice.services.payments.providers.practice import PracticeProvider
from tests.flows.dates import clock
from tests.flows.test_approving import ADA, decide, steps
from tests.flows.test_approving_by_card import HELD, Json, applied, apply, by_card, now, work
from tests.support.card_company import CardCompany, until
from tests.support.elsewhere import elsewhere
from tests.support.locks import so_many_wait
from tests.support.product import once
from tests.support.shop import Shop, done, line, refused

REUSED = "idempotency_key_reused"


async def test_a_card_of_which_we_had_lost_the_payment_is_let_go_once_nobody_wants_it(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    shop, organizer = paying_shop, paying_shop.stage.organizer_id
    await company.treat(organizer, slow_seconds=0.1)
    order = await applied(shop, buyer, await by_card(shop), "practice_slow")
    charge, payment = company.book(
        "SELECT id, idempotency_key FROM charges WHERE reference = ?", order["id"]
    )[0]
    provider = company.provider()
    seen = await provider.read(organizer, charge)
    await provider.close()
    assert seen is not None
    for table in ("payment_attempts WHERE payment_id", "payments WHERE id"):
        await sql(shop, f"DELETE FROM payments.{table} = $2 AND organizer_id = $1", UUID(payment))  # noqa: S608
    pondered = structs.replace(seen, status=PaymentStatus.PENDING, authorised_until=None)
    async with shop.db.begin(organizer) as tx:
        await settling.apply(tx, organizer, "practice", pondered)
    done(await buyer.post(f"{shop.orders}/{order['id']}/release", headers=once()))
    await until(lambda: company.book(HELD, order["id"]) == [("authorised", 0)])
    await doubt(shop, order)
    await work(shop)
    await work(shop)
    assert company.book(HELD, order["id"]) == [("voided", 0)]


async def sql(shop: Shop, statement: str, about: UUID) -> list[Any]:
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        found = await tx.connection.exec_driver_sql(statement, (shop.stage.organizer_id, about))
        return list(found.scalars()) if found.returns_rows else []


async def doubt(shop: Shop, order: Json) -> None:
    """The order's payments have waited for an answer for so long that the clockwork asks."""
    earlier = "UPDATE payments.payments SET created_at = created_at - interval '1 minute'"
    await sql(shop, f"{earlier} WHERE organizer_id = $1 AND reference = $2", UUID(order["id"]))


async def deaf(*_: Any) -> None:
    """What the provider says while it is down."""
    raise OutcomeUnknown("nobody answers")


async def test_while_the_card_may_still_be_charged_the_tickets_stay_and_nobody_is_reminded(
    paying_shop: Shop,
    buyer: httpx2.AsyncClient,
    company: CardCompany,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With one hour to pay: it begins when the card has turned out to give nothing."""
    shop = paying_shop
    order = await applied(shop, buyer, await by_card(shop, pay_hours=1), "practice_uncapturable")
    with monkeypatch.context() as dead:
        dead.setattr(PracticeProvider, "capture", deaf)
        dead.setattr(PracticeProvider, "find", deaf)
        approved = done(await decide(shop, order, "approval"))
    assert (approved["status"], approved["payment_status"]) == ("awaiting_payment", "pending")
    assert approved["hold_expires_at"] == order["card_hold"]["until"]
    soon = "UPDATE bookings.applications SET due_at = clock_timestamp() + interval '1 minute'"
    was = "decided_at = clock_timestamp() - interval '1 day'"
    await sql(shop, f"{soon}, {was} WHERE organizer_id = $1 AND id = $2", UUID(order["id"]))
    await shop.product.services.bookings.reminding.remind()
    assert await steps(shop, order) == ["sent", "charged"]
    await work(shop)
    await work(shop)
    assert await steps(shop, order) == ["sent", "charged", "uncharged"]
    read = done(await buyer.get(f"{shop.orders}/{order['id']}"))
    left = datetime.fromisoformat(read["hold_expires_at"]) - datetime.now(UTC)
    assert timedelta(minutes=50) < left <= timedelta(hours=1)
    about = done(await buyer.get(f"{shop.orders}/{order['id']}/application"))
    assert about["due_at"] == read["hold_expires_at"]
    pay = f"{shop.orders}/{order['id']}/payments"
    paid = done(await buyer.post(pay, json={"source": "practice_ok"}, headers=once()))
    assert paid["order"]["status"] == "confirmed"


async def test_a_refused_request_neither_changes_what_was_sent_nor_keeps_the_order_waiting(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    shop = paying_shop
    await company.treat(shop.stage.organizer_id, slow_seconds=0.1)
    kind = await by_card(shop)
    order = done(await shop.buy(buyer, line(kind), email=ADA), 201)
    key = once()
    refused(await apply(shop, buyer, order, "practice_declined", **key), 402, "card_declined")
    refused(await apply(shop, buyer, order, "practice_ok", **key), 422, "idempotency_key_reused")
    assert await now(shop, buyer, order) == ("held", "failed")
    done(await apply(shop, buyer, order, "practice_slow"))
    path = f"{shop.orders}/{order['id']}/application"
    other = {"message": "Another", "source": "practice_ok"}
    refused(await buyer.post(path, json=other, headers=once()), 409, "payment_under_way")
    await until(lambda: company.book(HELD, order["id"])[-1] == ("authorised", 0))
    await doubt(shop, order)
    await work(shop)
    assert await now(shop, buyer, order) == ("awaiting_approval", "authorised")
    assert done(await buyer.get(path))["message"] == "Please"


async def test_an_application_that_is_sent_again_is_answered_alike_whatever_was_decided(
    paying_shop: Shop,
    buyer: httpx2.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = paying_shop
    kind = await by_card(shop)
    for source in ("practice_ok", "practice_uncapturable"):
        order, key = done(await shop.buy(buyer, line(kind), email=ADA), 201), once()
        done(await apply(shop, buyer, order, source, **key))
        with monkeypatch.context() as dead:
            dead.setattr(PracticeProvider, "capture", deaf)
            dead.setattr(PracticeProvider, "find", deaf)
            done(await decide(shop, order, "approval"))
        again = done(await apply(shop, buyer, order, source, **key))
        assert (again["status"], again["payment_status"]) == ("awaiting_payment", "pending")
        await work(shop)
        await work(shop)
        again = done(await apply(shop, buyer, order, source, **key))
        assert again["payment_status"] == ("paid" if source == "practice_ok" else "failed")
    refused(await apply(shop, buyer, order, source), 409, "no_approval_needed")


async def test_an_application_that_needed_no_card_is_answered_alike_when_it_is_sent_again(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    shop = paying_shop
    kind = await shop.add("Residency", price=5000, needs_approval=True)
    order, key = done(await shop.buy(buyer, line(kind), email=ADA), 201), once()
    sent = done(await apply(shop, buyer, order, **key))
    assert (sent["status"], sent["payment_status"]) == ("awaiting_approval", "none")
    for verdict in ("", "approval"):
        if verdict:
            done(await decide(shop, order, verdict))
        assert done(await apply(shop, buyer, order, **key)) == sent
        refused(await apply(shop, buyer, order, "practice_slow", **key), 422, REUSED)
    assert company.book(HELD, order["id"]) == []


async def test_a_card_that_was_refused_is_refused_again_and_nothing_is_sent_behind_it(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    """Though no card is wanted any more, or what it held is not what is due."""
    shop = paying_shop
    kind = await by_card(shop)
    order, key = done(await shop.buy(buyer, line(kind), email=ADA), 201), once()
    refused(await apply(shop, buyer, order, "practice_declined", **key), 402, "card_declined")
    done(await shop.staff.put(f"{shop.event}/order-policy", json={"approval": {"card": False}}))
    refused(await apply(shop, buyer, order, "practice_declined", **key), 402, "card_declined")
    assert (await now(shop, buyer, order), await steps(shop, order)) == (("held", "failed"), [])
    await by_card_again(shop)
    await company.treat(shop.stage.organizer_id, slow_seconds=0.1)
    order, key = done(await shop.buy(buyer, line(kind), email=ADA), 201), once()
    done(await apply(shop, buyer, order, "practice_slow", **key))
    await until(lambda: company.book(HELD, order["id"]) == [("authorised", 0)])
    total = "UPDATE bookings.orders SET total_amount = total_amount + $3"
    for more in (1, -1):
        async with shop.db.begin(shop.stage.organizer_id) as tx:
            await tx.connection.exec_driver_sql(
                f"{total} WHERE organizer_id = $1 AND id = $2",
                (shop.stage.organizer_id, UUID(order["id"]), more),
            )
        if more == 1:
            await doubt(shop, order)
            await work(shop)
        refused(await apply(shop, buyer, order, "practice_slow", **key), 409, "paid_amiss")
        assert await now(shop, buyer, order) == ("held", "failed")
    assert company.book(HELD, order["id"]) == [("voided", 0)]


async def test_a_card_holds_on_while_its_date_moves_and_lets_go_when_that_is_cancelled(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    """However late the date is, it is decided before the card lets go of the money."""
    shop = paying_shop
    kind = await by_card(shop)
    orders = approved, waiting = [await applied(shop, buyer, kind) for _ in range(2)]
    hour = timedelta(hours=1)
    for days, by_hold in ((1, False), (60, True)):
        await changed(shop, "postponements", starts_at=clock(days))
        for order in orders:
            about = done(await buyer.get(f"{shop.orders}/{order['id']}/application"))
            due, until = [
                datetime.fromisoformat(one) for one in (about["due_at"], about["card"]["until"])
            ]
            assert (due == until - hour) is by_hold
            assert due <= until - hour
            assert await now(shop, buyer, order) == ("awaiting_approval", "authorised")
    assert done(await decide(shop, approved, "approval"))["status"] == "confirmed"
    await changed(shop, "cancellations", refund="full")
    await work(shop)
    refunds = "SELECT status, amount_captured, amount_refunded FROM charges WHERE reference = ?"
    assert company.book(refunds, approved["id"]) == [("succeeded", 5000, 5000)]
    assert company.book(refunds, waiting["id"]) == [("voided", 0, 0)]
    assert (await now(shop, buyer, approved))[0] == "cancelled"
    assert await now(shop, buyer, waiting) == ("rejected", "released")


async def changed(shop: Shop, how: str, **body: Any) -> None:
    """Staff cancel or postpone, and a worker has dealt with it."""
    made = done(await shop.staff.post(f"{shop.event}/{how}", json=body, headers=once()), 202)
    work = shop.product.services.bookings.change_work
    await work.run(shop.stage.organizer_id, UUID(made["id"]))


async def by_card_again(shop: Shop) -> None:
    done(await shop.staff.put(f"{shop.event}/order-policy", json={"approval": {"card": True}}))


async def test_of_several_applications_for_one_order_at_once_the_one_taken_keeps_its_own_words(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    """All have begun before any is written down: no payment can be while the test holds on."""
    shop = paying_shop
    kind, words = await by_card(shop), [f"Words {number}" for number in range(4)]

    async def send(order: Json, message: str) -> httpx2.Response:
        path = f"{shop.orders}/{order['id']}/application"
        body = {"message": message, "source": "practice_ok"}
        return await buyer.post(path, json=body, headers=once())

    async def meet(order: Json) -> list[httpx2.Response]:
        async with shop.db.begin(shop.stage.organizer_id) as tx:
            lock = "LOCK TABLE payments.payments IN SHARE ROW EXCLUSIVE MODE"
            await tx.connection.exec_driver_sql(lock)
            sending = [elsewhere(send(order, one)) for one in words]
            await so_many_wait(tx, len(words))
        return await asyncio.gather(*sending)

    for _ in range(3):
        order = done(await shop.buy(buyer, line(kind), email=ADA), 201)
        answers = dict(zip(words, await meet(order), strict=True))
        (taken,) = [one for one, answer in answers.items() if answer.status_code == 200]
        application = await buyer.get(f"{shop.orders}/{order['id']}/application")
        assert done(application)["message"] == taken


async def test_an_application_that_is_sent_again_while_its_card_is_asked_is_told_to_wait(
    paying_shop: Shop, buyer: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, told = paying_shop, list[httpx2.Response]()
    order, key = done(await shop.buy(buyer, line(await by_card(shop)), email=ADA), 201), once()
    charge = PracticeProvider.charge

    async def asked(provider: PracticeProvider, wanted: ChargeOrder) -> ProviderCharge:
        told.append(await elsewhere(apply(shop, buyer, order, **key)))
        return await charge(provider, wanted)

    monkeypatch.setattr(PracticeProvider, "charge", asked)
    assert done(await apply(shop, buyer, order, **key))["status"] == "awaiting_approval"
    (again,) = told
    refused(again, 409, "idempotency_key_in_use")
