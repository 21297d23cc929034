"""Saying who buys, many at once: each is decided as if they had come one after the other."""

import asyncio
from contextvars import copy_context
from uuid import UUID

import httpx2
import pytest

from boxoffice.data.idempotency import IdempotencyKey, KeyReused
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.refusals import Busy, Refusal
from boxoffice.services.bookings.naming import NameBuyer, Naming
from boxoffice.services.bookings.reading import lock_orders
from boxoffice.services.bookings.rules import IllegalMove, OrderNotFound
from boxoffice.services.bookings.views import BuyerView, OrderView
from boxoffice.services.events.api import PersonLimitReached, Stock
from tests.flows.test_questions import ask
from tests.support.locks import somebody_waits_for
from tests.support.product import once
from tests.support.shop import Shop, done, line, refused

ADA = "ada@example.org"
Order = dict[str, str]


async def settled(
    shop: Shop, *named: tuple[Order, str], keys: list[IdempotencyKey] | None = None
) -> list[OrderView | Refusal]:
    """What they are told whose commands share a flush."""
    holds = shop.product.services.bookings.holds
    commands = [
        NameBuyer(
            actor=Actor(order_token=order["token"]), order_id=UUID(order["id"]),
            buyer=BuyerView(email=f"{who}@example.org", name="A"), once=key,
        )
        for (order, who), key in zip(named, keys or [None] * len(named), strict=True)
    ]  # fmt: skip
    naming = Naming(shop.db, Stock(), holds._door, holds._composer)
    return list(await naming.settle(shop.stage.organizer_id, commands))


def kinds(outcomes: list[OrderView | Refusal]) -> list[type[object]]:
    return [type(one) for one in outcomes]


async def test_who_takes_too_many_does_not_hurt_a_neighbour_in_the_flush(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    other = await shop.add("Other", max_per_person=3)
    third = await shop.add("Third", max_per_person=1)
    done(await shop.buy(ada, line(third), email="w@example.org"), 201)
    good = done(await shop.buy(ada, line(other, 2)), 201)
    bad = done(await shop.buy(ada, line(other, 2), line(third)), 201)
    outcomes = await settled(shop, (good, "w"), (bad, "w"))
    assert kinds(outcomes) == [OrderView, PersonLimitReached]


async def test_an_order_counts_for_its_person_while_it_may_not_go_to_another(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", max_per_person=1)
    first, second, third = [done(await shop.buy(ada, line(kind)), 201) for _ in range(3)]
    assert kinds(await settled(shop, (first, "x"), (second, "y"))) == [OrderView] * 2
    outcomes = await settled(shop, (first, "y"), (third, "x"))
    assert kinds(outcomes) == [PersonLimitReached] * 2


async def test_names_for_one_order_follow_each_other_and_too_many_are_asked_to_come_back(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    order = done(await shop.buy(ada, line(await shop.add("Regular"))), 201)
    outcomes = await settled(shop, *((order, f"n{number}") for number in range(20)))
    emails = [one.buyer.email for one in outcomes if isinstance(one, OrderView) and one.buyer]
    assert emails == [f"n{number}@example.org" for number in range(16)]
    assert kinds(outcomes[16:]) == [Busy] * 4
    assert done(await ada.get(f"{shop.orders}/{order['id']}"))["buyer"]["email"] == emails[-1]


@pytest.mark.contrived
async def test_who_says_who_buys_waits_for_whoever_has_the_order(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    order = done(await shop.buy(ada, line(await shop.add("Regular"))), 201)
    outside = copy_context()
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        await lock_orders(tx, shop.stage.organizer_id, [UUID(order["id"])])
        naming = asyncio.create_task(settled(shop, (order, "late")), context=outside)
        await somebody_waits_for(tx)
        await tx.connection.exec_driver_sql(
            "UPDATE bookings.orders SET status = 'cancelled' WHERE organizer_id = $1 AND id = $2",
            (shop.stage.organizer_id, UUID(order["id"])),
        )
    assert kinds(await naming) == [IllegalMove]


async def test_a_key_opens_no_order_whose_link_was_revoked(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    order = done(await shop.buy(ada, line(await shop.add("Regular"))), 201)
    path, body = f"{shop.orders}/{order['id']}/buyer", {"email": ADA, "name": "Ada"}
    key, bearer = once(), {"order-token": order["token"]}
    async with shop.product.visitor() as friend:
        done(await friend.put(path, json=body, headers=bearer | key))
        again = await friend.put(path, json=body, headers=bearer | key)
        assert (again.status_code, again.headers["idempotency-replayed"]) == (200, "true")
        refused(await friend.put(path, json=body, headers=key), 404, OrderNotFound.code)
        async with shop.db.begin(shop.stage.organizer_id) as tx:
            await tx.connection.exec_driver_sql(
                "UPDATE bookings.orders SET link_version = link_version + 1 "
                "WHERE organizer_id = $1 AND id = $2",
                (shop.stage.organizer_id, UUID(order["id"])),
            )
        refused(await friend.put(path, json=body, headers=bearer | key), 404, OrderNotFound.code)


async def test_in_one_flush_a_key_is_good_for_one_request(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    order = done(await shop.buy(ada, line(await shop.add("Regular"))), 201)
    keys = [
        IdempotencyKey(scope=order["id"], key="one", fingerprint=body)
        for body in (b"ada", b"ada", b"bob")
    ]
    first, again, other = await settled(
        shop, (order, "ada"), (order, "ada"), (order, "bob"), keys=keys
    )
    assert first == again
    assert kinds([first, other]) == [OrderView, KeyReused]


async def test_a_refusal_is_nobodys_replay(shop: Shop, ada: httpx2.AsyncClient) -> None:
    kind = await shop.add("Regular", max_per_person=1)
    done(await shop.buy(ada, line(kind), email="q@example.org"), 201)
    order = done(await shop.buy(ada, line(kind)), 201)
    path, key = f"{shop.orders}/{order['id']}/buyer", once()
    body = {"email": "q@example.org", "name": "A"}
    answers = await asyncio.gather(*(ada.put(path, json=body, headers=key) for _ in range(3)))
    for answer in answers:
        refused(answer, 409, PersonLimitReached.code)
        assert "idempotency-replayed" not in answer.headers


async def test_a_hold_that_has_ended_is_told_so_before_what_it_must_answer(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    await ask(shop, "Terms", "consent", required=True)
    order = done(await shop.buy(ada, line(await shop.add("Regular")), email=ADA), 201)
    path = f"{shop.orders}/{order['id']}/confirm"
    refused(await ada.post(path), 422, "wrong_answers")
    await shop.lapse(order)
    refused(await ada.post(path), 410, "hold_expired")
