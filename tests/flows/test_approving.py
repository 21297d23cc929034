"""E22 · Tickets that are applied for: apply, approve, pay; deny, withdraw, and the end of time."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2

from tests.support.product import once
from tests.support.shop import Shop, done, line, refused
from tests.support.staff import staff_of

ADA, BOB = "ada@example.org", "bob@example.org"
Json = dict[str, Any]


async def apply(
    shop: Shop, buyer: httpx2.AsyncClient, order: Json, message: str = ""
) -> httpx2.Response:
    path = f"{shop.orders}/{order['id']}/application"
    return await buyer.post(path, json={"message": message}, headers=once())


async def applied(
    shop: Shop, buyer: httpx2.AsyncClient, kind: Json, quantity: int = 1, email: str = ADA
) -> Json:
    order = done(await shop.buy(buyer, line(kind, quantity), email=email), 201)
    return done(await apply(shop, buyer, order, "Please"))


def waiting(shop: Shop) -> str:
    return shop.orders.replace("/orders", "/applications")


async def decide(
    shop: Shop, order: Json, verdict: str, message: str = "", **headers: str
) -> httpx2.Response:
    path = f"{waiting(shop)}/{order['id']}/{verdict}"
    return await shop.staff.post(path, json={"message": message}, headers=headers or once())


async def listed(shop: Shop, **asked: str) -> list[Json]:
    return done(await shop.staff.get(waiting(shop), params=asked))["items"]


async def state(shop: Shop, buyer: httpx2.AsyncClient, order: Json) -> tuple[str, str]:
    """Where the application and its order stand."""
    path = f"{shop.orders}/{order['id']}"
    application = done(await buyer.get(f"{path}/application"))
    return application["state"], done(await buyer.get(path))["status"]


async def tidy(shop: Shop) -> None:
    """What the clockwork does, once the due times of lapsed applications are long over."""
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE bookings.applications SET due_at = due_at - interval '1 year' "
            "WHERE organizer_id = $1 AND EXISTS (SELECT FROM bookings.orders o WHERE "
            "o.organizer_id = $1 AND o.id = applications.id AND o.hold_expires_at < now())",
            (shop.stage.organizer_id,),
        )
    await shop.product.services.bookings.expiry.mark_expired()


async def steps(shop: Shop, order: Json) -> list[str]:
    """What was told of the application, in order."""
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT payload->>'step' FROM data.outbox WHERE name = 'bookings.application_moved.v1' "
            "AND payload->>'order_id' = $1 ORDER BY id",
            (order["id"],),
        )
        return list(rows.scalars())


async def asking(shop: Shop, kind: Json) -> str:
    """A question that must be answered; its id."""
    asked = {
        "label": "Why you?",
        "kind": "short_text",
        "required": True,
        "ticket_type_ids": [kind["id"]],
    }
    made = done(await shop.staff.post(f"{shop.event}/questions", json=asked), 201)
    return made["questions"][0]["id"]


async def test_apply_approve_pay_with_questionnaire_and_scoring(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    kind = await shop.add("Residency", price=5000, quantity=3, needs_approval=True)
    question = await asking(shop, kind)
    order = done(await shop.buy(buyer, line(kind, 2), email=ADA), 201)
    assert (order["status"], order["needs_approval"]) == ("held", True)
    refused(await apply(shop, buyer, order), 422, "wrong_answers")
    pay = f"{shop.orders}/{order['id']}/payments"
    refused(await buyer.post(pay, json={"source": "practice_ok"}), 409, "approval_needed")
    answers = {"answers": [{"question_id": question, "value": "I paint"}]}
    done(await buyer.put(f"{shop.orders}/{order['id']}/answers", json=answers))
    sent = done(await apply(shop, buyer, order, "Let me in"))
    assert (sent["status"], sent["hold_expires_at"]) == ("awaiting_approval", sent["ends_at"])
    quota = await shop.quota("Residency")
    assert (quota["pending"], quota["free"]) == (2, 1)
    refused(await buyer.post(pay, json={"source": "practice_ok"}), 409, "illegal_order_move")
    await scores_decide_who_comes_first(shop, order, await applied_elsewhere(shop, kind, question))
    approved = done(await decide(shop, order, "approval", "Welcome"))
    assert (approved["status"], approved["token"]) == ("awaiting_payment", "")
    application = done(await buyer.get(f"{shop.orders}/{order['id']}/application"))
    assert (application["state"], application["answer"]) == ("approved", "Welcome")
    assert application["due_at"] == approved["hold_expires_at"]
    await what_was_sent_stands(shop, buyer, order, question)
    await paying_at_the_last_moment_gets_the_time_it_takes(shop, buyer, order)
    paid = done(await buyer.post(pay, json={"source": "practice_ok"}, headers=once()))["order"]
    assert (paid["status"], len(paid["tickets"])) == ("confirmed", 2)
    assert (await shop.quota("Residency"))["sold"] == 2
    assert await steps(shop, order) == ["sent", "approved"]


async def paying_at_the_last_moment_gets_the_time_it_takes(
    shop: Shop, buyer: httpx2.AsyncClient, order: Json
) -> None:
    """Days after the order was opened."""
    end = "clock_timestamp() + interval '1 minute'"
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        for change in (
            f"bookings.orders SET hold_expires_at = {end} WHERE organizer_id = $1 AND id = $2",
            "bookings.orders SET created_at = '2026-01-01Z' WHERE organizer_id = $1 AND id = $2",
            f"bookings.applications SET due_at = {end} WHERE organizer_id = $1 AND id = $2",
            f"events.claims SET expires_at = {end} WHERE organizer_id = $1 AND holder = $2",
        ):
            values = (shop.stage.organizer_id, UUID(order["id"]))
            await tx.connection.exec_driver_sql(f"UPDATE {change}", values)
    path = f"{shop.orders}/{order['id']}"
    refused(
        await buyer.post(f"{path}/payments", json={"source": "practice_declined"}),
        402,
        "card_declined",
    )
    left = datetime.fromisoformat(done(await buyer.get(path))["hold_expires_at"])
    assert left > datetime.now(UTC) + timedelta(minutes=4)


async def what_was_sent_stands(
    shop: Shop, buyer: httpx2.AsyncClient, order: Json, question: str
) -> None:
    """Neither the place nor the answers pass to anybody else; the same words may be sent again."""
    path = f"{shop.orders}/{order['id']}"
    same = {"email": ADA, "name": order["buyer"]["name"]}
    other = {"email": BOB, "name": "Bob"}
    done(await buyer.put(f"{path}/buyer", json=same))
    refused(await buyer.put(f"{path}/buyer", json=other), 409, "application_sent")
    for value, status in ("I paint", 200), ("I lied", 409):
        answers = {"answers": [{"question_id": question, "value": value}]}
        answer = await buyer.put(f"{path}/answers", json=answers)
        assert answer.status_code == status, answer.text
    assert answer.json()["code"] == "application_sent"
    assert done(await buyer.get(f"{path}/answers"))["editable"] is False
    done(await shop.staff.put(f"{path}/buyer", json=same | {"name": "Ada L."}))


async def scores_decide_who_comes_first(shop: Shop, best: Json, other: Json) -> None:
    path = f"{waiting(shop)}/{other['id']}/assessment"
    done(await shop.staff.put(path, json={"score": 3}))
    path = f"{waiting(shop)}/{best['id']}/assessment"
    scored = done(await shop.staff.put(path, json={"score": 9, "note": "Yes!"}))
    assert (scored["score"], scored["note"]) == (9, "Yes!")
    ids = [best["id"], other["id"]]
    assert [one["order_id"] for one in await listed(shop)] == ids
    page = done(await shop.staff.get(waiting(shop), params={"sort": "score", "limit": 1}))
    cursor = {"sort": "score", "cursor": page["next_cursor"]}
    first, (second,) = page["items"][0], await listed(shop, **cursor)
    assert [first["order_id"], second["order_id"]] == ids
    assert (first["message"], first["answers"][0]["shown"]) == ("Let me in", "I paint")
    assert first["tickets"] == [{"name": "Residency", "quantity": 2}]


async def applied_elsewhere(shop: Shop, kind: Json, question: str) -> Json:
    """Somebody else who applies, with their answer in the order's body."""
    async with shop.product.visitor() as bob:
        answers = [{"question_id": question, "value": "I sing"}]
        order = done(await shop.buy(bob, line(kind), email=BOB, answers=answers), 201)
        return done(await apply(shop, bob, order))


async def test_a_free_order_that_is_approved_is_confirmed_and_one_that_needs_none_as_ever(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Members", quantity=5, needs_approval=True)
    order = done(await shop.buy(ada, line(kind), email=ADA), 201)
    confirm = f"{shop.orders}/{order['id']}/confirm"
    refused(await ada.post(confirm), 409, "approval_needed")
    key = once()
    path = f"{shop.orders}/{order['id']}/application"
    sent = done(await ada.post(path, json={}, headers=key))
    assert done(await ada.post(path, json={}, headers=key)) == sent
    refused(await ada.post(confirm), 409, "illegal_order_move")
    again = once()
    approved = done(await decide(shop, order, "approval", **again))
    assert done(await decide(shop, order, "approval", **again)) == approved
    assert (approved["status"], len(approved["tickets"])) == ("confirmed", 1)
    refused(await decide(shop, order, "denial"), 410, "application_over")
    assert await state(shop, ada, order) == ("approved", "confirmed")
    plain = done(await shop.buy(ada, line(await shop.add("Plain")), email=ADA), 201)
    assert (plain["status"], "needs_approval" in plain) == ("confirmed", False)
    refused(await ada.get(f"{shop.orders}/{plain['id']}/application"), 404, "application_not_found")
    held = done(await shop.buy(ada, line(await shop.add("Dear", price=100)), email=ADA), 201)
    refused(await apply(shop, ada, held), 409, "no_approval_needed")


async def test_a_denied_or_withdrawn_application_gives_its_tickets_back_once(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Few", price=1000, quantity=2, needs_approval=True)
    order = await applied(shop, ada, kind, 2)
    async with shop.product.visitor() as bob:
        refused(await shop.buy(bob, line(kind), email=BOB), 409, "sold_out")
        denied = done(await decide(shop, order, "denial", "Next year perhaps"))
        assert denied["status"] == "rejected"
        theirs = await applied(shop, bob, kind, 2, BOB)
        release = f"{shop.orders}/{theirs['id']}/release"
        key = once()
        let_go = done(await bob.post(release, headers=key))
        assert done(await bob.post(release, headers=key)) == let_go
        assert await state(shop, bob, theirs) == ("withdrawn", "cancelled")
    application = done(await ada.get(f"{shop.orders}/{order['id']}/application"))
    assert (application["state"], application["answer"]) == ("denied", "Next year perhaps")
    refused(await ada.post(f"{shop.orders}/{order['id']}/release"), 409, "illegal_order_move")
    quota = await shop.quota("Few")
    assert (quota["claimed"], quota["free"]) == (0, 2)
    assert [one["order_id"] for one in await listed(shop, status="denied")] == [order["id"]]
    assert [one["order_id"] for one in await listed(shop, status="withdrawn")] == [theirs["id"]]
    assert await listed(shop) == []


async def test_what_nobody_decides_about_or_pays_in_time_is_free_at_that_instant(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Last", price=1000, quantity=1, needs_approval=True)
    terms = {"approval": {"decide_hours": 1, "pay_hours": 2}}
    done(await shop.staff.put(f"{shop.event}/order-policy", json=terms))
    order = await applied(shop, ada, kind)
    assert order["hold_expires_at"] < order["starts_at"]
    await shop.lapse(order)
    assert await state(shop, ada, order) == ("lapsed", "expired")
    refused(await decide(shop, order, "approval"), 410, "application_over")
    async with shop.product.visitor() as bob:
        theirs = await applied(shop, bob, kind, 1, BOB)
        done(await decide(shop, theirs, "approval"))
        assert await listed(shop, status="lapsed") != []
        await shop.lapse(theirs)
        mine = await applied(shop, ada, kind)
        await tidy(shop)
        await tidy(shop)
        assert await state(shop, bob, theirs) == ("approved", "expired")
    assert await steps(shop, order) == ["sent", "lapsed"]
    assert await steps(shop, theirs) == ["sent", "approved", "unpaid"]
    assert await steps(shop, mine) == ["sent"]
    assert (await shop.quota("Last"))["claimed"] == 1


async def due_in(shop: Shop, order: Json, *, hours: float) -> None:
    """The payment is due by then, and the order was accepted three days before that."""
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE bookings.applications SET due_at = clock_timestamp() + $2::interval, "
            "decided_at = clock_timestamp() + $2::interval - interval '3 days' "
            "WHERE organizer_id = $1 AND id = $3",
            (shop.stage.organizer_id, timedelta(hours=hours), UUID(order["id"])),
        )


async def test_who_is_accepted_and_has_not_paid_is_reminded_once_before_the_time_to_pay_is_over(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    kind = await shop.add("Residency", price=5000, quantity=5, needs_approval=True)
    late, paid, waits = [await applied(shop, buyer, kind) for _ in range(3)]
    for order in (late, paid):
        done(await decide(shop, order, "approval"))
    pay = f"{shop.orders}/{paid['id']}/payments"
    done(await buyer.post(pay, json={"source": "practice_ok"}, headers=once()))
    remind = shop.product.services.bookings.reminding.remind
    for order in (late, paid):
        await due_in(shop, order, hours=25)
    await remind()
    assert await steps(shop, late) == ["sent", "approved"]
    for order in (late, paid):
        await due_in(shop, order, hours=23)
    await asyncio.gather(remind(), remind())
    await remind()
    assert await steps(shop, late) == ["sent", "approved", "reminded"]
    assert await steps(shop, paid) == ["sent", "approved"]
    assert await steps(shop, waits) == ["sent"]


async def test_what_waits_for_approval_counts_against_the_limit_per_person(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("One each", price=1000, max_per_person=1, needs_approval=True)
    order = await applied(shop, ada, kind)
    refused(await shop.buy(ada, line(kind), email=ADA), 409, "person_limit")
    done(await decide(shop, order, "denial"))
    done(await shop.buy(ada, line(kind), email=ADA), 201)


async def test_only_who_may_change_orders_decides_and_strangers_learn_nothing(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    order = await applied(shop, ada, await shop.add("Asked", needs_approval=True))
    path = f"{waiting(shop)}/{order['id']}/approval"
    async with staff_of(shop.product, shop.stage, role="door") as scanner:
        assert (await scanner.post(path, json={})).status_code == 403
        assert (await scanner.get(waiting(shop))).status_code == 403
    async with shop.product.visitor() as stranger:
        assert (await stranger.get(f"{shop.orders}/{order['id']}/application")).status_code == 404
        assert (await stranger.post(path, json={})).status_code == 401
    assert (await ada.post(path, json={})).status_code == 401


async def test_of_an_approval_a_denial_and_a_withdrawal_at_once_one_wins_and_no_unit_is_lost(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Rush", quantity=12, needs_approval=True)

    async def fight() -> tuple[str, list[int]]:
        order = await applied(shop, ada, kind, 2)
        path = f"{shop.orders}/{order['id']}"
        answers = await asyncio.gather(
            *(decide(shop, order, verdict) for verdict in ["approval", "denial"] * 3),
            *(ada.post(f"{path}/release", headers=once()) for _ in range(2)),
        )
        status = done(await ada.get(path))["status"]
        return status, sorted(answer.status_code for answer in answers)

    fights = [await fight() for _ in range(6)]
    assert all(codes[0] == 200 and set(codes[1:]) <= {409, 410} for _, codes in fights), fights
    kept = sum(status == "confirmed" for status, _ in fights)
    quota = await shop.quota("Rush")
    assert (quota["sold"], quota["claimed"], quota["free"]) == (2 * kept, 2 * kept, 12 - 2 * kept)
