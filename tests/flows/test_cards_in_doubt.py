"""E22 · Cards that were given with applications, when something goes wrong or is asked twice."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest
from msgspec import structs

from boxoffice.services.payments import settling
from boxoffice.services.payments.api import PaymentStatus
from boxoffice.services.payments.providers.port import OutcomeUnknown
from boxoffice.services.payments.providers.practice import PracticeProvider
from tests.flows.test_approving import ADA, decide, steps
from tests.flows.test_approving_by_card import HELD, Json, applied, apply, by_card, now, work
from tests.support.card_company import CardCompany, until
from tests.support.product import once
from tests.support.shop import Shop, done, line, refused


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
