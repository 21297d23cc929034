"""E12 · Per-person limit across orders and types, not only per order."""

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest

from boxoffice.data.postgres import Database, DatabaseSettings
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.confirm_requests import ConfirmRequests
from boxoffice.services.bookings.confirming import Confirming, ConfirmOrder, TooLate
from boxoffice.services.bookings.naming import NameBuyer, Naming
from boxoffice.services.bookings.returns.taking import Taking
from boxoffice.services.bookings.tender import Tender
from boxoffice.services.bookings.views import BuyerView
from boxoffice.services.events.api import PersonLimitReached, Stock
from tests.support.charging import charge
from tests.support.product import Product, once, running_product, settings_for
from tests.support.shop import Shop, done, line, open_shop, refused

ADA = "ada@example.org"


async def test_the_limit_per_person_counts_across_orders_and_browsers(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", max_per_person=3)
    done(await shop.buy(ada, line(kind, 2), email=ADA), 201)
    async with shop.product.visitor() as other:
        problem = refused(await shop.buy(other, line(kind, 2), email=" ADA@Example.org"), 409, CODE)
        assert problem["max_per_person"] == 3
        done(await shop.buy(other, line(kind, 1), email=ADA), 201)
        refused(await shop.buy(other, line(kind, 1), email=ADA), 409, CODE)
        done(await shop.buy(other, line(kind, 3), email="bob@example.org"), 201)


CODE = "person_limit"


async def test_the_limit_per_person_counts_across_the_types_of_an_event(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    day, night = await shop.add("Day"), await shop.add("Night")
    await shop.limit(3)
    done(await shop.buy(ada, line(day, 2), email=ADA), 201)
    refused(await shop.buy(ada, line(night, 2), email=ADA), 409, CODE)
    refused(await shop.buy(ada, line(day), line(night), email=ADA), 409, CODE)
    done(await shop.buy(ada, line(night), email=ADA), 201)
    await shop.limit(None)
    done(await shop.buy(ada, line(night, 5), email=ADA), 201)


@pytest.mark.parametrize(("of_type", "of_event"), [(1, 3), (3, 1)])
async def test_edge_case_10_of_a_limit_per_type_and_one_per_event_the_stricter_wins(
    shop: Shop, ada: httpx2.AsyncClient, of_type: int, of_event: int
) -> None:
    kind = await shop.add("Regular", max_per_person=of_type)
    await shop.limit(of_event)
    refused(await shop.buy(ada, line(kind, 2), email=ADA), 409, CODE)
    done(await shop.buy(ada, line(kind, 1), email=ADA), 201)
    refused(await shop.buy(ada, line(kind, 1), email=ADA), 409, CODE)


async def test_edge_case_24_an_own_hold_that_ended_or_was_let_go_never_counts_against_its_owner(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", price=100, max_per_person=2)
    held = done(await shop.buy(ada, line(kind, 2), email=ADA), 201)
    refused(await shop.buy(ada, line(kind, 1), email=ADA), 409, CODE)
    await shop.lapse(held)
    again = done(await shop.buy(ada, line(kind, 2), email=ADA), 201)
    refused(await shop.buy(ada, line(kind, 1), email=ADA), 409, CODE)
    done(await ada.post(f"{shop.orders}/{again['id']}/release"))
    done(await shop.buy(ada, line(kind, 2), email=ADA), 201)


async def test_an_order_held_without_a_buyer_is_checked_when_the_buyer_is_named(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", max_per_person=2)
    done(await shop.buy(ada, line(kind, 2), email=ADA), 201)
    held = done(await shop.buy(ada, line(kind, 1)), 201)
    path = f"{shop.orders}/{held['id']}"
    body = {"email": ADA, "name": "Ada"}
    refused(await ada.put(f"{path}/buyer", json=body), 409, CODE)
    assert done(await ada.get(path))["buyer"] is None
    bob = body | {"email": "bob@example.org"}
    done(await ada.put(f"{path}/buyer", json=bob))
    done(await ada.put(f"{path}/buyer", json=bob | {"name": "Robert"}))
    assert done(await ada.post(f"{path}/confirm"))["status"] == "confirmed"


async def test_a_limit_is_asked_again_at_confirmation(shop: Shop, ada: httpx2.AsyncClient) -> None:
    kind = await shop.add("Regular", max_per_person=2)
    held = done(await shop.buy(ada, line(kind, 2)), 201)
    path = f"{shop.orders}/{held['id']}"
    done(await ada.put(f"{path}/buyer", json={"email": ADA, "name": "Ada"}))
    await shop.change(kind, max_per_person=1)
    refused(await ada.post(f"{path}/confirm"), 409, CODE)
    await shop.change(kind, max_per_person=2)
    done(await ada.post(f"{path}/confirm"))
    assert done(await ada.post(f"{path}/confirm"))["status"] == "confirmed"


async def test_a_limit_is_asked_again_before_money_moves(
    db: Database, paying_product: Product
) -> None:
    async with open_shop(paying_product, db) as shop, paying_product.visitor() as ada:
        kind = await shop.add("Regular", price=2500, max_per_person=2)
        held = done(await shop.buy(ada, line(kind, 2), email=ADA), 201)
        await shop.change(kind, max_per_person=1)
        path = f"{shop.orders}/{held['id']}"
        refused(await pay(ada, path), 409, CODE)
        await shop.change(kind, max_per_person=None)
        done(await pay(ada, path))


async def test_late_money_gives_nobody_more_than_one_person_may_have(
    db: Database, paying_product: Product
) -> None:
    async with open_shop(paying_product, db) as shop, paying_product.visitor() as ada:
        kind = await shop.add("Regular", price=2500, max_per_person=1)
        late = done(await shop.buy(ada, line(kind), email=ADA), 201)
        await shop.lapse(late)
        other = done(await shop.buy(ada, line(kind), email=ADA), 201)
        await money_arrives(shop, late)
        shown = done(await ada.get(f"{shop.orders}/{late['id']}"))
        assert (shown["status"], shown["tickets"]) == ("expired", [])
        assert shown["payment_status"] in {"paid", "refunded"}
        assert (await shop.quota("Regular"))["claimed"] == 1
        done(await pay(ada, f"{shop.orders}/{other['id']}"))


async def test_edge_case_24_late_money_claims_a_variation_again_from_both_its_quotas(
    db: Database, paying_product: Product
) -> None:
    async with open_shop(paying_product, db) as shop, paying_product.visitor() as ada:
        shirt = await shop.add("Shirt", price=2500, quantity=1)
        small = await shop.vary(shirt, "S", quantity=1)
        late = done(await shop.buy(ada, line(shirt, 1, small), email=ADA), 201)
        await shop.lapse(late)
        other = done(await shop.buy(ada, line(shirt, 1, small)), 201)
        done(await ada.post(f"{shop.orders}/{other['id']}/release"))
        await money_arrives(shop, late)
        shown = done(await ada.get(f"{shop.orders}/{late['id']}"))
        assert (shown["status"], len(shown["tickets"])) == ("confirmed", 1)
        for name in ("Shirt", "Shirt: S"):
            quota = await shop.quota(name)
            assert (quota["sold"], quota["free"]) == (1, 0)


async def test_late_money_for_the_only_order_of_a_person_still_confirms_it(
    db: Database, paying_product: Product
) -> None:
    async with open_shop(paying_product, db) as shop, paying_product.visitor() as ada:
        kind = await shop.add("Regular", price=2500, max_per_person=1)
        late = done(await shop.buy(ada, line(kind), email=ADA), 201)
        await shop.lapse(late)
        await money_arrives(shop, late)
        assert done(await ada.get(f"{shop.orders}/{late['id']}"))["status"] == "confirmed"
        refused(await shop.buy(ada, line(kind), email=ADA), 409, CODE)


async def test_one_person_in_two_processes_at_once_gets_no_more_than_the_limit(
    db: Database, database_urls: DatabaseSettings, redis_url: str, tmp_path: Path
) -> None:
    """Fails when `persons.lock` is taken out: the types share no quota, so nothing else waits."""
    settings = settings_for(database_urls, redis_url=redis_url, data=tmp_path)
    async with (
        running_product(settings) as one,
        running_product(settings) as two,
        open_shop(one, db) as shop,
        one.visitor() as here,
        two.visitor() as there,
    ):
        day, night = await shop.add("Day"), await shop.add("Night")
        await shop.limit(1)
        for number in range(24):
            email = f"person-{number}@example.org"
            answers = await asyncio.gather(
                shop.buy(here, line(day), email=email), shop.buy(there, line(night), email=email)
            )
            assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_two_orders_named_for_one_person_at_once_are_counted_together(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    """By one server process as by two. Fails when `_lock_persons` is taken out of `Naming`."""
    kind = await shop.add("Regular", max_per_person=1)
    holds = shop.product.services.bookings.holds
    naming = Naming(shop.db, Stock(), holds._door, holds._composer)
    for number in range(8):
        held = [done(await shop.buy(ada, line(kind)), 201) for _ in range(4)]
        body = {"email": f"person-{number}@example.org", "name": "Ada"}
        paths = [f"{shop.orders}/{order['id']}/buyer" for order in held[:2]]
        answers = await asyncio.gather(*(ada.put(path, json=body) for path in paths))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        commands = [
            NameBuyer(
                actor=Actor(order_token=order["token"]), order_id=UUID(order["id"]),
                buyer=BuyerView(email=f"two-{number}@example.org", name="Ada"), once=None,
            )
            for order in held[2:]
        ]  # fmt: skip
        batches = await asyncio.gather(
            *(naming.settle(shop.stage.organizer_id, [command]) for command in commands)
        )
        refused = [isinstance(outcome, PersonLimitReached) for [outcome] in batches]
        assert sorted(refused) == [False, True]


@pytest.mark.contrived
async def test_late_money_for_two_orders_at_once_is_counted_together(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    """Fails when `persons.lock_buyers` is taken out of `Confirming`."""
    day, night = await shop.add("Day", price=100), await shop.add("Night", price=100)
    await shop.limit(1)
    for number in range(8):
        late = []
        for kind in (day, night):
            order = done(await shop.buy(ada, line(kind), email=f"p{number}@example.org"), 201)
            await shop.lapse(order)
            late.append(ConfirmOrder(order_id=UUID(order["id"]), payment_id=new_id()))
        services = shop.product.services
        taking = Taking(services.events.returned, services.payments)
        tender = Tender(services.payments.gift_cards.spending, services.payments.authorisations)
        bookings = services.bookings
        confirming = Confirming(
            db=shop.db, stock=Stock(), composer=bookings._composer, taking=taking, tender=tender,
            requests=ConfirmRequests(bookings._door, bookings.answering),
        )  # fmt: skip
        answers = await asyncio.gather(
            *(confirming.settle(shop.stage.organizer_id, [command]) for command in late)
        )
        outcomes = [answer for batch in answers for answer in batch]
        assert sorted(isinstance(one, TooLate) for one in outcomes) == [False, True]


async def pay(buyer: httpx2.AsyncClient, path: str) -> httpx2.Response:
    return await buyer.post(f"{path}/payments", json={"source": "practice_ok"}, headers=once())


async def money_arrives(shop: Shop, order: dict[str, Any]) -> None:
    """Charge past the checkout, as when its process died, and let the listener hear of it."""
    services, order_id = shop.product.services, UUID(order["id"])
    payment = await charge(
        services.payments,
        shop.db,
        shop.stage.organizer_id,
        reference=order_id,
        amount=Money(**order["total"]),
        source="practice_ok",
        once=None,
    )
    await services.bookings.checkout.payment_succeeded(
        shop.stage.organizer_id, order_id, payment.id
    )
