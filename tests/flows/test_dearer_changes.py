"""B12, B13 · A change that costs more: held, paid, and carried out exactly once, or let go."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx2

from boxoffice.kernel.money import Money
from boxoffice.services.payments.api import PaymentView
from tests.flows.test_staff_changes import (
    bought,
    change,
    changes,
    counts,
    look,
    scan,
    ticket,
)
from tests.support.charging import charge
from tests.support.product import once
from tests.support.shop import Shop, done, line, refused

Json = dict[str, Any]


async def asked(shop: Shop, order: Json, *tickets: Json, **more: Any) -> Json:
    """The change as it waits for its payment."""
    return done(await change(shop, order, *tickets, **more))["awaiting"]


def own(shop: Shop, order: Json, waiting: Json) -> str:
    return f"{shop.orders}/{order['id']}/changes/{waiting['id']}"


async def pay(buyer: httpx2.AsyncClient, path: str, source: str = "practice_ok") -> httpx2.Response:
    return await buyer.post(f"{path}/payments", json={"source": source}, headers=once())


async def lapse(shop: Shop, waiting: Json) -> None:
    """Move the change's end into the past, in its row and in its claims."""
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        run, which = tx.connection.exec_driver_sql, (shop.stage.organizer_id, UUID(waiting["id"]))
        await run(
            "UPDATE bookings.order_changes SET expires_at = clock_timestamp() "
            "- interval '2 minutes' WHERE organizer_id = $1 AND id = $2",
            which,
        )
        await run(
            "UPDATE events.claims SET expires_at = clock_timestamp() - interval '2 minutes' "
            "WHERE organizer_id = $1 AND holder = $2",
            which,
        )


async def charged(shop: Shop, order: Json, waiting: Json) -> PaymentView:
    """The money for a change has come; nobody has acted on it yet."""
    return await charge(
        shop.product.services.payments,
        shop.db,
        shop.stage.organizer_id,
        reference=UUID(order["id"]),
        purpose=UUID(waiting["id"]),
        amount=Money(**waiting["due"]),
        source="practice_ok",
        once=None,
    )


async def came(shop: Shop, order: Json, waiting: Json, payment: PaymentView) -> None:
    """What the fact of the payment does, however often it is delivered."""
    await shop.product.services.bookings.changing.payments.succeeded(
        shop.stage.organizer_id, UUID(order["id"]), UUID(waiting["id"]), payment.id
    )


async def money(shop: Shop, order: Json) -> tuple[int, int]:
    """What has come for the order and its changes, and what of it was promised back."""
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        found = await tx.connection.exec_driver_sql(
            "SELECT coalesce(sum(captured), 0)::int, coalesce(sum(refunded), 0)::int "
            "FROM payments.payments WHERE organizer_id = $1 AND reference = $2",
            (shop.stage.organizer_id, UUID(order["id"])),
        )
        return tuple[int, int](found.one())


async def state(buyer: httpx2.AsyncClient, shop: Shop, order: Json) -> tuple[int, str]:
    now = done(await buyer.get(f"{shop.orders}/{order['id']}"))
    return now["total"]["amount"], now["tickets"][0]["ticket_type_name"]


async def test_a_dearer_change_is_held_until_its_difference_is_paid_and_then_carried_out(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    front, back = (
        await shop.add("Front", price=5000, quantity=1),
        await shop.add("Back", price=3000),
    )
    order = await bought(shop, buyer, line(back))
    swap = ticket(order, 1, ticket_type_id=front["id"])
    waiting = await asked(shop, order, swap)
    assert (waiting["status"], waiting["due"]["amount"]) == ("awaiting_payment", 2000)
    assert await state(buyer, shop, order) == (3000, "Back")
    assert await counts(shop) == [(1, 1), (1, 1)]
    refused(await shop.buy(buyer, line(front)), 409, "sold_out")
    refused(await change(shop, order, ticket(order, 1, price=1), because="No"), 409, "change_waits")
    path = own(shop, order, waiting)
    refused(await pay(buyer, path, "practice_declined"), 402, "card_declined")
    key, body = once(), {"source": "practice_ok"}
    paid = done(await buyer.post(f"{path}/payments", json=body, headers=key))
    assert (paid["change"]["status"], paid["change"]["settled"]) == ("done", "paid")
    again = done(await buyer.post(f"{path}/payments", json=body, headers=key))
    assert again["payment"] == paid["payment"]
    assert await state(buyer, shop, order) == (5000, "Front")
    assert await money(shop, order) == (5000, 0)
    assert await counts(shop) == [(1, 1)]
    assert await scan(shop, order["tickets"][0]["code"]) == "changed"
    assert await scan(shop, paid["order"]["tickets"][0]["code"]) == "ok"
    refused(await pay(buyer, path), 409, "already_paid")
    read = await buyer.get(f"{path}/payments/{paid['payment']['id']}")
    assert done(read)["change"]["status"] == "done"
    assert [one["status"] for one in (await buyer.get(path.rsplit("/", 1)[0])).json()] == ["done"]


async def test_a_free_ticket_becomes_one_that_is_paid_and_the_order_is_not_charged_as_a_whole(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    free, dear = await shop.add("Free"), await shop.add("Dear", price=700)
    order = await bought(shop, buyer, line(free))
    waiting = await asked(shop, order, ticket(order, 1, ticket_type_id=dear["id"]))
    done(await pay(buyer, own(shop, order, waiting)))
    assert await state(buyer, shop, order) == (700, "Dear")
    now = done(await buyer.get(f"{shop.orders}/{order['id']}"))
    assert now["payment_status"] == "paid"
    whole = await buyer.post(
        f"{shop.orders}/{order['id']}/payments", json={"source": "practice_ok"}, headers=once()
    )
    refused(whole, 409, "illegal_order_move")
    assert await money(shop, order) == (700, 0)


async def test_nobody_pays_and_what_was_held_is_free_and_the_order_stays(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    front, back = (
        await shop.add("Front", price=5000, quantity=1),
        await shop.add("Back", price=3000),
    )
    order = await bought(shop, buyer, line(back))
    swap = ticket(order, 1, ticket_type_id=front["id"])
    waiting = await asked(shop, order, swap)
    await lapse(shop, waiting)
    path = own(shop, order, waiting)
    assert refused(await pay(buyer, path), 409, "change_over")["state"] == "expired"
    await shop.product.services.bookings.changing.expiry.mark_expired()
    assert await counts(shop) == [(1, 1)]
    other = await asked(shop, order, swap)
    gone = done(await buyer.delete(own(shop, order, other)))
    assert gone["status"] == "withdrawn"
    assert done(await buyer.delete(own(shop, order, other))) == gone
    assert await counts(shop) == [(1, 1)]
    assert await state(buyer, shop, order) == (3000, "Back")
    third = await asked(shop, order, swap)
    await lapse(shop, third)
    # What nobody paid for in time is in nobody's way.
    assert (await asked(shop, order, swap))["status"] == "awaiting_payment"


async def test_money_after_the_deadline_claims_again_where_there_is_room(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    front, back = (
        await shop.add("Front", price=5000, quantity=1),
        await shop.add("Back", price=3000),
    )
    order = await bought(shop, buyer, line(back))
    waiting = await asked(shop, order, ticket(order, 1, ticket_type_id=front["id"]))
    payment = await charged(shop, order, waiting)
    await lapse(shop, waiting)
    await shop.product.services.bookings.changing.expiry.mark_expired()
    for _ in range(2):
        await came(shop, order, waiting, payment)
    assert await state(buyer, shop, order) == (5000, "Front")
    assert await counts(shop) == [(1, 1)]
    assert await money(shop, order) == (5000, 0)


async def test_money_after_the_deadline_goes_back_where_there_is_no_room_and_the_buyer_is_told(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    front, back = (
        await shop.add("Front", price=5000, quantity=1),
        await shop.add("Back", price=3000),
    )
    order = await bought(shop, buyer, line(back))
    waiting = await asked(shop, order, ticket(order, 1, ticket_type_id=front["id"]))
    payment = await charged(shop, order, waiting)
    await lapse(shop, waiting)
    done(await shop.buy(buyer, line(front)), 201)
    for _ in range(2):
        await came(shop, order, waiting, payment)
    assert await state(buyer, shop, order) == (3000, "Back")
    assert await money(shop, order) == (5000, 2000)
    (row,) = (await buyer.get(f"{shop.orders}/{order['id']}/changes")).json()
    assert row["status"] == "refused"
    told = await facts(shop, "bookings.change_moved.v1")
    assert [one["status"] for one in told] == ["awaiting_payment", "refused"]
    refused(await pay(buyer, own(shop, order, waiting)), 409, "change_over")


async def facts(shop: Shop, name: str) -> list[Json]:
    """What was told of this organizer, oldest first."""
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT payload FROM data.outbox WHERE name = $1 "
            "AND payload ->> 'organizer_id' = $2 ORDER BY id",
            (name, str(shop.stage.organizer_id)),
        )
        return [row.payload for row in rows]


async def test_what_cannot_be_made_any_more_is_not_charged_and_its_money_goes_back(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    front, back = await shop.add("Front", price=5000), await shop.add("Back", price=3000)
    order = await bought(shop, buyer, line(back))
    waiting = await asked(shop, order, ticket(order, 1, ticket_type_id=front["id"]))
    assert await scan(shop, order["tickets"][0]["code"]) == "ok"
    refused(await pay(buyer, own(shop, order, waiting)), 409, "change_not_allowed")
    assert await money(shop, order) == (3000, 0)
    await came(shop, order, waiting, await charged(shop, order, waiting))
    assert await money(shop, order) == (5000, 2000)
    assert await counts(shop) == [(1, 1)]


async def test_staff_record_the_difference_as_paid_outside_or_waive_it_with_a_reason(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    front, back = await shop.add("Front", price=5000), await shop.add("Back", price=3000)
    order = await bought(shop, buyer, line(back, 2))
    swap = ticket(order, 1, ticket_type_id=front["id"])
    refused(await change(shop, order, swap, settle="outside"), 422, "invalid")
    made = done(await change(shop, order, swap, settle="outside", because="Cash, receipt 12"))
    assert (made["awaiting"], made["order"]["total"]["amount"]) == (None, 8000)
    (row,) = (await buyer.get(f"{shop.orders}/{order['id']}/changes")).json()
    assert (row["status"], row["settled"], row["due"]["amount"]) == ("done", "outside", 2000)
    second = ticket(order, 2, ticket_type_id=front["id"])
    body = {"tickets": [second], "settle": "waive"}
    path = changes(shop, order)
    shown = done(await shop.staff.post(f"{path}/preview", json=body))
    assert (shown["more"]["amount"], shown["new_total"]["amount"]) == (0, 8000)
    body |= {"expected_total": 8000, "because": "Our mistake"}
    waived = done(await shop.staff.post(path, json=body, headers=once()))
    assert [one["ticket_type_name"] for one in waived["order"]["positions"]] == ["Front", "Front"]
    assert await money(shop, order) == (6000, 0)
    assert await counts(shop) == [(2, 2)]


async def test_two_confirm_one_change_while_its_time_ends_and_it_happens_once(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    front, back = (
        await shop.add("Front", price=5000, quantity=4),
        await shop.add("Back", price=3000),
    )
    orders = [await bought(shop, buyer, line(back)) for _ in range(4)]
    waiting = [await asked(shop, one, ticket(one, 1, ticket_type_id=front["id"])) for one in orders]
    paid = [await charged(shop, *pair) for pair in zip(orders, waiting, strict=True)]
    for one in waiting:
        await lapse(shop, one)
    bookings = shop.product.services.bookings
    await asyncio.gather(
        *(came(shop, *three) for three in zip(orders, waiting, paid, strict=True)),
        bookings.changing.expiry.mark_expired(),
        *(came(shop, *three) for three in zip(orders, waiting, paid, strict=True)),
        bookings.changing.expiry.mark_expired(),
    )
    assert [await state(buyer, shop, one) for one in orders] == [(5000, "Front")] * 4
    assert await counts(shop) == [(4, 4)]
    assert [await money(shop, one) for one in orders] == [(5000, 0)] * 4
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        versions = await tx.connection.exec_driver_sql(
            "SELECT array_agg(code_version) FROM bookings.tickets WHERE organizer_id = $1",
            (shop.stage.organizer_id,),
        )
        assert versions.scalar() == [2] * 4


async def test_a_unit_that_is_kept_and_wanted_is_held_once_in_a_full_quota(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    kind = await shop.add("Hoodie", price=2000, quantity=1)
    small, large = await shop.vary(kind, "S", price=2000), await shop.vary(kind, "L", price=2500)
    order = await bought(shop, buyer, line(kind, 1, small))
    waiting = await asked(shop, order, ticket(order, 1, variation_id=large["id"]))
    assert await counts(shop) == [(1, 1)]
    done(await pay(buyer, own(shop, order, waiting)))
    assert await counts(shop) == [(1, 1)]
    assert await state(buyer, shop, order) == (2500, "Hoodie")


async def test_a_change_of_another_order_or_organizer_is_not_found(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    front, back = await shop.add("Front", price=5000), await shop.add("Back", price=3000)
    order, mine = [await bought(shop, buyer, line(back)) for _ in range(2)]
    waiting = await asked(shop, order, ticket(order, 1, ticket_type_id=front["id"]))
    refused(await pay(buyer, own(shop, mine, waiting)), 404, "change_not_found")
    refused(await buyer.delete(own(shop, mine, waiting)), 404, "change_not_found")
    refused(await pay(buyer, own(shop, order, {"id": str(uuid4())})), 404, "change_not_found")
    async with shop.product.visitor() as stranger:
        for path in (own(shop, order, waiting), own(shop, order, waiting) + "/payments"):
            answer = await stranger.request(
                "POST" if path.endswith("payments") else "DELETE",
                path,
                json={"source": "practice_ok"} if path.endswith("payments") else None,
            )
            refused(answer, 404, "order_not_found")
    assert (await look(shop, order, ticket(order, 1, price=1))).status_code == 200
