"""E22 · Approve after authorisation: a card holds an application's money until it is decided."""

import asyncio
from typing import Any
from uuid import UUID

import httpx2
import pytest
from msgspec import convert

from boxoffice.services.bookings.api import ApplicationView, OrderView
from boxoffice.services.bookings.facts import ApplicationMoved
from boxoffice.services.bookings.rules import ApplicationStep
from boxoffice.services.notifications.application_mails import buyers_words
from boxoffice.services.payments.providers.port import HoldOrder, OutcomeUnknown, ProviderCharge
from boxoffice.services.payments.providers.practice import PracticeProvider
from tests.flows.test_approving import ADA, BOB, decide, listed, state, steps
from tests.flows.test_split_orders import cut
from tests.support.card_company import CardCompany, until
from tests.support.product import once
from tests.support.shop import Shop, done, line, refused

Json = dict[str, Any]
AUDITED = """
SELECT changes->>'card' FROM data.audit_log
WHERE organizer_id = $1 AND subject = 'order:' || $2::text AND action = 'order.approved'
"""
CHARGING = """
SELECT charges->'hold'->>'charging' FROM bookings.orders
WHERE organizer_id = $1 AND id::text = $2
"""
DUE_LESS = """
UPDATE bookings.orders SET charges = jsonb_set(charges, '{hold,amount,amount}', '4000')
WHERE organizer_id = $1 AND id::text = $2 RETURNING 1
"""
HELD = "SELECT status, amount_captured FROM charges WHERE reference = ? ORDER BY seq"


async def by_card(shop: Shop, **terms: Any) -> Json:
    """A ticket type that is applied for with a card."""
    policy = {"approval": {"card": True} | terms}
    done(await shop.staff.put(f"{shop.event}/order-policy", json=policy))
    return await shop.add("Residency", price=5000, quantity=30, needs_approval=True)


async def apply(
    shop: Shop,
    buyer: httpx2.AsyncClient,
    order: Json,
    source: str | None = "practice_ok",
    **headers: str,
) -> httpx2.Response:
    body = {"message": "Please"} | ({"source": source} if source else {})
    path = f"{shop.orders}/{order['id']}/application"
    return await buyer.post(path, json=body, headers=headers or once())


async def applied(
    shop: Shop, buyer: httpx2.AsyncClient, kind: Json, source: str = "practice_ok"
) -> Json:
    order = done(await shop.buy(buyer, line(kind), email=ADA), 201)
    return done(await apply(shop, buyer, order, source))


async def now(shop: Shop, buyer: httpx2.AsyncClient, order: Json) -> tuple[str, str]:
    """Where the order and its money stand."""
    read = done(await buyer.get(f"{shop.orders}/{order['id']}"))
    return read["status"], read["payment_status"]


async def work(shop: Shop) -> None:
    """What the clockwork of payments does, and what bookings hears of it."""
    services = shop.product.services
    await services.payments.books.settle_doubtful()
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        found = await tx.connection.exec_driver_sql(
            "SELECT name, payload FROM data.outbox WHERE organizer_id = $1 "
            "AND name LIKE 'payments.payment_%' ORDER BY id",
            (shop.stage.organizer_id,),
        )
        told = [(row.name, row.payload) for row in found]
    for name, payload in told:
        about = (shop.stage.organizer_id, *(UUID(payload[k]) for k in ("reference", "payment_id")))
        if "authorised" in name:
            await services.bookings.cards.authorised(*about)
        elif "succeeded" in name:
            await services.bookings.checkout.payment_succeeded(*about)
        else:
            await services.bookings.cards.nothing_came(*about)


async def test_approve_after_authorisation_takes_the_money_when_the_organizer_says_yes(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    shop = paying_shop
    kind = await by_card(shop)
    order = done(await shop.buy(buyer, line(kind), email=ADA), 201)
    methods = await buyer.get(f"{shop.orders}/{order['id']}/payment-methods")
    assert [one["holds"] for one in methods.json()] == [True]
    refused(await apply(shop, buyer, order, None), 422, "card_needed")
    refused(await apply(shop, buyer, order, "practice_declined"), 402, "card_declined")
    assert await now(shop, buyer, order) == ("held", "failed")
    key = once()
    sent = done(await apply(shop, buyer, order, **key))
    again = done(await apply(shop, buyer, order, **key))
    assert again["status"] == sent["status"] == "awaiting_approval"
    assert (sent["payment_status"], sent["card_hold"]["amount"]["amount"]) == ("authorised", 5000)
    assert sent["hold_expires_at"] < sent["card_hold"]["until"]
    assert company.book(HELD, order["id"]) == [("failed", 0), ("authorised", 0)]
    (row,) = await listed(shop)
    assert (row["payment_status"], row["card"]) == ("authorised", sent["card_hold"])
    key = once()
    approved = done(await decide(shop, order, "approval", "Welcome", **key))
    assert (approved["status"], approved["payment_status"]) == ("confirmed", "paid")
    assert done(await decide(shop, order, "approval", "Welcome", **key))["id"] == order["id"]
    await work(shop)
    assert company.book(HELD, order["id"]) == [("failed", 0), ("succeeded", 5000)]
    assert await state(shop, buyer, order) == ("approved", "confirmed")
    assert await steps(shop, order) == ["sent", "charged"]
    said = {step: await mailed(shop, buyer, order, step) for step in ("sent", "charged")}
    assert "Your card holds EUR 50.00 until then" in said["sent"]
    assert "the EUR 50.00 that your card holds are being taken" in said["charged"]
    assert await in_database(shop, AUDITED, order) == ["capture asked for"]
    assert await in_database(shop, CHARGING, order) == ["false"]


async def in_database(shop: Shop, statement: str, order: Json) -> list[Any]:
    """The first column of what the statement finds about the order."""
    about = (shop.stage.organizer_id, order["id"])
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        found = await tx.connection.exec_driver_sql(statement, about)
        return list(found.scalars())


async def mailed(shop: Shop, buyer: httpx2.AsyncClient, order: Json, step: str) -> str:
    """What the mail about the step says."""
    path = f"{shop.orders}/{order['id']}"
    read, about = [done(await buyer.get(one)) for one in (path, f"{path}/application")]
    fact = ApplicationMoved(
        organizer_id=shop.stage.organizer_id,
        order_id=UUID(order["id"]),
        step=ApplicationStep(step),
    )
    _, text, _ = buyers_words(convert(read, OrderView), convert(about, ApplicationView), fact)
    return text


async def test_a_card_is_let_go_when_the_application_is_denied_withdrawn_lapses_or_is_cancelled(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    shop = paying_shop
    kind = await by_card(shop)
    denied, withdrawn, lapsed, ended, gone = [await applied(shop, buyer, kind) for _ in range(5)]
    assert done(await decide(shop, denied, "denial"))["payment_status"] == "released"
    done(await buyer.post(f"{shop.orders}/{withdrawn['id']}/release", headers=once()))
    await shop.lapse(lapsed)
    await shop.product.services.bookings.expiry.mark(shop.stage.organizer_id, [UUID(lapsed["id"])])
    body = {"terms": "full", "expected_refund": 0, "expected_total": 0}
    cancel = f"{shop.orders}/{ended['id']}/cancellations"
    done(await shop.staff.post(cancel, json=body, headers=once()))
    made = await shop.staff.post(f"{shop.event}/cancellations", json={"refund": "full"})
    change = UUID(done(made, made.status_code)["id"])
    await shop.product.services.bookings.change_work.run(shop.stage.organizer_id, change)
    await work(shop)
    await work(shop)
    assert "Your card was not charged" in await mailed(shop, buyer, denied, "denied")
    assert "Your card was not charged" in await mailed(shop, buyer, gone, "cancelled")
    for order, status in [
        (denied, "rejected"),
        (withdrawn, "cancelled"),
        (lapsed, "expired"),
        (ended, "cancelled"),
        (gone, "rejected"),
    ]:
        assert company.book(HELD, order["id"]) == [("voided", 0)]
        assert await now(shop, buyer, order) == (status, "released")


async def test_a_card_that_gives_nothing_leaves_the_approved_applicant_time_to_pay_otherwise(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    shop = paying_shop
    kind = await by_card(shop)
    refuses = await applied(shop, buyer, kind, "practice_uncapturable")
    await company.treat(shop.stage.organizer_id, hold_seconds=0)
    lapsed = await applied(shop, buyer, kind)
    for order in (refuses, lapsed):
        approved = done(await decide(shop, order, "approval"))
        assert (approved["status"], approved["payment_status"]) == ("awaiting_payment", "failed")
        await work(shop)
        assert await steps(shop, order) == [
            "sent",
            *(["charged"] if order is refuses else []),
            "uncharged",
        ]
        pay = f"{shop.orders}/{order['id']}/payments"
        paid = done(await buyer.post(pay, json={"source": "practice_ok"}, headers=once()))
        assert paid["order"]["status"] == "confirmed"
        await work(shop)
        assert await now(shop, buyer, order) == ("confirmed", "paid")
    assert company.book(HELD, refuses["id"]) == [("failed", 0), ("succeeded", 5000)]
    assert company.book(HELD, lapsed["id"]) == [("voided", 0), ("succeeded", 5000)]


async def test_a_slow_card_becomes_an_application_when_it_holds_the_money_and_never_too_late(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    shop = paying_shop
    await company.treat(shop.stage.organizer_id, slow_seconds=0.1)
    kind = await by_card(shop)
    in_time, too_late = [await applied(shop, buyer, kind, "practice_slow") for _ in range(2)]
    assert (in_time["status"], in_time["payment_status"]) == ("held", "pending")
    refused(await apply(shop, buyer, in_time), 409, "payment_under_way")
    done(await buyer.post(f"{shop.orders}/{too_late['id']}/release", headers=once()))
    await until(lambda: company.book(HELD, too_late["id"]) == [("authorised", 0)])
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE payments.payments SET created_at = created_at - interval '1 minute' "
            "WHERE organizer_id = $1",
            (shop.stage.organizer_id,),
        )
    await work(shop)
    await work(shop)
    assert await now(shop, buyer, in_time) == ("awaiting_approval", "authorised")
    assert await now(shop, buyer, too_late) == ("cancelled", "released")
    assert company.book(HELD, too_late["id"]) == [("voided", 0)]


async def test_a_gift_card_pays_a_part_and_the_card_holds_the_rest(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    shop = paying_shop
    kind = await by_card(shop)
    path = f"/api/v1/organizers/{shop.stage.slug}/gift-cards"
    codes = [
        done(
            await shop.staff.post(path, json={"value": {"amount": amount, "currency": "EUR"}}), 201
        )["code"]
        for amount in (2000, 2000, 5000)
    ]
    kept, denied, free = [done(await shop.buy(buyer, line(kind), email=ADA), 201) for _ in range(3)]
    for order, code in zip((kept, denied, free), codes, strict=True):
        gift = f"{shop.orders}/{order['id']}/gift-cards"
        done(await buyer.post(gift, json={"code": code}, headers=once()))
        source = None if order is free else "practice_ok"
        assert done(await apply(shop, buyer, order, source))["status"] == "awaiting_approval"
    assert done(await decide(shop, kept, "approval"))["status"] == "confirmed"
    assert done(await decide(shop, free, "approval"))["payment_status"] == "paid"
    gone = done(await decide(shop, denied, "denial"))
    assert gone["card_hold"]["amount"]["amount"] == 3000
    assert "holds the EUR 30.00 no longer" in await mailed(shop, buyer, denied, "denied")
    assert company.book(HELD, kept["id"]) == [("succeeded", 3000)]
    assert company.book(HELD, denied["id"]) == [("voided", 0)]
    assert company.book(HELD, free["id"]) == []
    cards = done(await shop.staff.get(path))["items"]
    assert sorted(one["balance"]["amount"] for one in cards) == [0, 0, 2000]


async def test_the_answer_about_a_capture_may_be_lost_and_the_money_comes_once(
    paying_shop: Shop,
    buyer: httpx2.AsyncClient,
    company: CardCompany,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = paying_shop
    order = await applied(shop, buyer, await by_card(shop))
    capture = PracticeProvider.capture

    async def lost(provider: PracticeProvider, asked: HoldOrder) -> ProviderCharge:
        await capture(provider, asked)
        raise OutcomeUnknown("the line went dead")

    async def deaf(provider: PracticeProvider, *_: UUID) -> None:
        raise OutcomeUnknown("and stays so")

    with monkeypatch.context() as dead:
        dead.setattr(PracticeProvider, "capture", lost)
        dead.setattr(PracticeProvider, "find", deaf)
        approved = done(await decide(shop, order, "approval"))
        assert (approved["status"], approved["payment_status"]) == ("awaiting_payment", "pending")
        pay = f"{shop.orders}/{order['id']}/payments"
        refused(await buyer.post(pay, json={"source": "practice_ok"}), 409, "payment_under_way")
        for way, body in [
            ("cancellations", {"expected_refund": 0, "expected_total": 0}),
            ("release", None),
        ]:
            asked = f"{shop.orders}/{order['id']}/{way}"
            refused(await buyer.post(asked, json=body, headers=once()), 409, "payment_under_way")
    await work(shop)
    await work(shop)
    assert await now(shop, buyer, order) == ("confirmed", "paid")
    assert company.book(HELD, order["id"]) == [("succeeded", 5000)]


async def test_a_card_that_holds_another_amount_than_is_due_is_not_charged(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    shop = paying_shop
    order = await applied(shop, buyer, await by_card(shop))
    assert await in_database(shop, DUE_LESS, order) == [1]
    approved = done(await decide(shop, order, "approval"))
    assert (approved["status"], approved["payment_status"]) == ("awaiting_payment", "failed")
    assert company.book(HELD, order["id"]) == [("voided", 0)]
    assert await steps(shop, order) == ["sent", "uncharged"]


async def test_a_date_cancelled_while_a_card_is_charged_does_not_say_that_nothing_was_paid(
    paying_shop: Shop,
    buyer: httpx2.AsyncClient,
    company: CardCompany,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = paying_shop
    order = await applied(shop, buyer, await by_card(shop))

    async def deaf(provider: PracticeProvider, *_: Any) -> None:
        raise OutcomeUnknown("the line is dead")

    for verb in ("capture", "find"):
        monkeypatch.setattr(PracticeProvider, verb, deaf)
    done(await decide(shop, order, "approval"))
    made = await shop.staff.post(f"{shop.event}/cancellations", json={"refund": "full"})
    change = UUID(done(made, made.status_code)["id"])
    await shop.product.services.bookings.change_work.run(shop.stage.organizer_id, change)
    said = await mailed(shop, buyer, order, "cancelled")
    assert "You have paid nothing" not in said
    assert "if the EUR 50.00 that it held have been taken already, you get all of it back" in said


async def test_a_ticket_split_off_an_order_that_a_card_paid_for_says_nothing_of_that_hold(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    shop = paying_shop
    kind = await by_card(shop)
    order = done(await shop.buy(buyer, line(kind, 2), email=ADA), 201)
    done(await apply(shop, buyer, order))
    done(await decide(shop, order, "approval"))
    made = await cut(shop.staff, shop.orders, order, 2)
    assert made["order"]["card_hold"]["amount"]["amount"] == 10_000
    assert "card_hold" not in made["new_order"]


async def test_of_two_approvals_a_denial_and_a_withdrawal_at_once_one_wins_and_the_book_agrees(
    paying_shop: Shop, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    shop = paying_shop
    kind = await by_card(shop)

    async def fight() -> None:
        order = await applied(shop, buyer, kind)
        release = f"{shop.orders}/{order['id']}/release"
        answers = await asyncio.gather(
            *(decide(shop, order, verdict) for verdict in ("approval", "approval", "denial")),
            buyer.post(release, headers=once()),
        )
        assert sum(one.status_code == 200 for one in answers) == 1, answers
        await work(shop)
        status, money = await now(shop, buyer, order)
        ended = [("succeeded", 5000)] if status == "confirmed" else [("voided", 0)]
        assert company.book(HELD, order["id"]) == ended
        assert money == ("paid" if status == "confirmed" else "released")

    for _ in range(4):
        await fight()


async def test_applications_never_take_longer_than_cards_hold_and_policies_say_so(
    paying_shop: Shop, shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    terms = {"approval": {"card": True, "decide_hours": 168}}
    answer = await paying_shop.staff.put(f"{paying_shop.event}/order-policy", json=terms)
    assert refused(answer, 422, "invalid")["errors"][0]["code"] == "outlasts_card_hold"
    limits = f"/api/v1/organizers/{paying_shop.stage.slug}/card-holds"
    assert done(await paying_shop.staff.get(limits)) == {"longest_hours": 167}
    assert (await shop.staff.get(limits)).status_code == 404
    answer = await shop.staff.put(f"{shop.event}/order-policy", json={"approval": {"card": True}})
    assert refused(answer, 422, "invalid")["errors"][0]["code"] == "cannot_hold"
    kind = await by_card(paying_shop)
    async with paying_shop.product.visitor() as bob:
        order = done(await paying_shop.buy(buyer, line(kind), email=BOB), 201)
        assert (await apply(paying_shop, bob, order)).status_code == 404
    free = await paying_shop.add("Free", needs_approval=True)
    order = done(await paying_shop.buy(buyer, line(free), email=ADA), 201)
    sent = done(await apply(paying_shop, buyer, order, None))
    assert (sent["payment_status"], "card_hold" in sent) == ("none", False)
