"""Buying with a card, through the API and a real practice card company."""

import asyncio
from typing import Any
from uuid import UUID

import httpx2
import pytest

from boxoffice.data.postgres import Database
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.confirming import ConfirmOrder, PaidTwice
from boxoffice.services.events.stock import Stock
from boxoffice.services.payments.api import PaymentView
from tests.support.card_company import CardCompany, until
from tests.support.charging import charge
from tests.support.elsewhere import elsewhere
from tests.support.product import Product, once, order_of
from tests.support.stage import Stage, set_stage

CHARGES = "SELECT status FROM charges WHERE reference = ? ORDER BY seq"


async def held(buyer: httpx2.AsyncClient, stage: Stage, **more: Any) -> tuple[str, dict[str, Any]]:
    """A held order: its path and what it says."""
    orders = f"/api/v1/organizers/{stage.slug}/orders"
    answer = await buyer.post(orders, json=order_of(stage, **more))
    assert answer.status_code == 201, answer.text
    return f"{orders}/{answer.json()['id']}", answer.json()


async def test_a_card_that_works_confirms_the_order(db: Database, paying_product: Product) -> None:
    stage = await set_stage(db, capacities=[5], price=2500)
    async with paying_product.visitor() as ada:
        path, order = await held(ada, stage, quantity=2)
        assert order["status"] == "held"
        assert order["total"] == {"amount": 5000, "currency": "EUR"}
        methods = (await ada.get(f"{path}/payment-methods")).json()
        assert [method["provider"] for method in methods] == ["practice"]
        paid = await ada.post(f"{path}/payments", json={"source": "practice_ok"}, headers=once())
    assert paid.status_code == 200, paid.text
    assert paid.json()["payment"]["status"] == "succeeded"
    assert paid.json()["order"]["status"] == "confirmed"
    assert paid.json()["order"]["payment_status"] == "paid"
    assert len(paid.json()["order"]["tickets"]) == 2


async def test_more_time_and_paying_do_not_wait_for_others_who_buy_the_same(
    db: Database, paying_product: Product
) -> None:
    stage = await set_stage(db, capacities=[5], price=2500)
    async with paying_product.visitor() as ada:
        path, _ = await held(ada, stage)
        async with db.begin(stage.organizer_id) as tx, asyncio.timeout(3):
            await Stock().lock_types(tx, stage.types)
            more = await elsewhere(ada.post(f"{path}/extend", headers=once()))
            declined = await elsewhere(
                ada.post(f"{path}/payments", json={"source": "practice_declined"}, headers=once())
            )
    assert more.status_code == 200, more.text
    assert declined.status_code == 402, declined.text


async def test_a_declined_card_leaves_the_hold_and_another_card_pays(
    db: Database, paying_product: Product
) -> None:
    stage = await set_stage(db, capacities=[1], price=2500)
    async with paying_product.visitor() as ada:
        path, _ = await held(ada, stage)
        declined = await ada.post(
            f"{path}/payments", json={"source": "practice_declined"}, headers=once()
        )
        assert declined.status_code == 402
        assert declined.json()["code"] == "card_declined"
        assert declined.json()["decline_code"]
        after = (await ada.get(path)).json()
        assert (after["status"], after["payment_status"]) == ("awaiting_payment", "failed")
        paid = await ada.post(f"{path}/payments", json={"source": "practice_ok"}, headers=once())
    assert paid.json()["order"]["status"] == "confirmed"


async def test_a_refused_payment_leaves_nothing_behind_and_the_order_is_paid_at_once(
    db: Database, paying_product: Product
) -> None:
    """A gift card would be refused while a payment is under way."""
    stage, key = await set_stage(db, capacities=[2], price=2500), once()
    async with paying_product.visitor() as ada:
        path, order = await held(ada, stage)
        pay = f"{path}/payments"
        declined = await ada.post(pay, json={"source": "practice_declined"}, headers=key)
        assert declined.status_code == 402
        reused = await ada.post(pay, json={"source": "practice_ok"}, headers=key)
        assert (reused.status_code, reused.json()["code"]) == (422, "idempotency_key_reused")
        after = (await ada.get(path)).json()
        assert (after["payment_status"], after["hold_expires_at"]) == (
            "failed",
            order["hold_expires_at"],
        )
        other, _ = await held(ada, stage)
        reused = await ada.post(f"{other}/payments", json={"source": "practice_ok"}, headers=key)
        assert reused.json()["code"] == "idempotency_key_reused"
        after = (await ada.get(other)).json()
        assert (after["status"], after["payment_status"]) == ("held", "none")
        paid = await ada.post(pay, json={"source": "practice_ok"}, headers=once())
    assert paid.json()["order"]["status"] == "confirmed"


async def test_a_double_click_pays_once(db: Database, paying_product: Product) -> None:
    stage = await set_stage(db, capacities=[1], price=2500)
    headers = once()
    async with paying_product.visitor() as ada:
        path, order = await held(ada, stage)
        answers = await asyncio.gather(
            *(
                ada.post(f"{path}/payments", json={"source": "practice_ok"}, headers=headers)
                for _ in range(4)
            )
        )
        again = await ada.post(f"{path}/payments", json={"source": "practice_ok"}, headers=headers)
    assert {answer.status_code for answer in answers} <= {200, 409, 429}
    assert again.json()["order"]["status"] == "confirmed"
    payments = await paying_product.services.payments.of(stage.organizer_id, order_id(order))
    assert [payment.status for payment in payments] == ["succeeded"]


async def test_paying_twice_is_refused(db: Database, paying_product: Product) -> None:
    stage = await set_stage(db, capacities=[1], price=2500)
    async with paying_product.visitor() as ada:
        path, _ = await held(ada, stage)
        await ada.post(f"{path}/payments", json={"source": "practice_ok"}, headers=once())
        twice = await ada.post(f"{path}/payments", json={"source": "practice_ok"}, headers=once())
    assert twice.status_code == 409
    assert twice.json()["code"] == "already_paid"


async def test_a_paid_order_cannot_be_confirmed_for_free(
    db: Database, paying_product: Product
) -> None:
    stage = await set_stage(db, capacities=[1], price=2500)
    async with paying_product.visitor() as ada:
        path, _ = await held(ada, stage)
        refused = await ada.post(f"{path}/confirm")
    assert (refused.status_code, refused.json()["code"]) == (409, "payment_needed")


async def test_a_lapsed_hold_cannot_be_paid(db: Database, paying_product: Product) -> None:
    stage = await set_stage(db, capacities=[1], price=2500)
    async with paying_product.visitor() as ada:
        path, order = await held(ada, stage)
        await lapse(db, stage, order)
        refused = await ada.post(f"{path}/payments", json={"source": "practice_ok"}, headers=once())
        shown = (await ada.get(path)).json()
    assert (refused.status_code, refused.json()["code"]) == (410, "hold_expired")
    assert shown["status"] == "expired"


async def test_edge_case_1_late_money_goes_back_when_the_stock_is_gone(
    db: Database, paying_product: Product
) -> None:
    stage = await set_stage(db, capacities=[2], price=2500)
    async with paying_product.visitor() as ada, paying_product.visitor() as bob:
        path, order = await held(ada, stage)
        await lapse(db, stage, order)
        await held(bob, stage, quantity=1)
        await held(bob, stage, quantity=1)
        await money_arrives(paying_product, stage, order)
        taken = (await ada.get(path)).json()
    assert taken["status"] == "expired"
    (payment,) = await paying_product.services.payments.of(stage.organizer_id, order_id(order))
    assert payment.status == "refunded"


async def test_money_on_its_way_back_does_not_confirm_when_stock_is_free_again(
    db: Database, paying_product: Product
) -> None:
    stage = await set_stage(db, capacities=[1], price=2500)
    async with paying_product.visitor() as ada, paying_product.visitor() as bob:
        path, order = await held(ada, stage)
        await lapse(db, stage, order)
        rival, _ = await held(bob, stage)
        payment = await money_arrives(paying_product, stage, order)
        await bob.post(f"{rival}/release")
        await paying_product.services.bookings.checkout.payment_succeeded(
            stage.organizer_id, order_id(order), payment.id
        )
        assert (await ada.get(f"{path}/payments/{payment.id}")).status_code == 200
        shown = (await ada.get(path)).json()
    assert shown["status"] == "expired"
    assert shown["payment_status"] in ("paid", "refunded")
    paid = await paying_product.services.payments.of(stage.organizer_id, order_id(order))
    assert [one.status for one in paid] == ["refunded"]


async def test_late_money_over_shared_quotas_claims_each_unit_once(
    db: Database, paying_product: Product
) -> None:
    """A rival releases the lapsed claim of one quota only; the other one's still stands."""
    stage = await set_stage(db, capacities=[1, 5], shares=[[0, 1], [0]], price=2500)
    async with paying_product.visitor() as ada, paying_product.visitor() as bob:
        path, order = await held(ada, stage)
        await lapse(db, stage, order)
        rival, _ = await held(bob, stage, kind=1)
        await bob.post(f"{rival}/release")
        await money_arrives(paying_product, stage, order)
        assert (await ada.get(path)).json()["status"] == "confirmed"
    async with db.begin(stage.organizer_id) as tx:
        claimed = await tx.connection.exec_driver_sql(
            "SELECT claimed FROM events.quotas WHERE organizer_id = $1", (stage.organizer_id,)
        )
        assert [row.claimed for row in claimed] == [1, 1]


async def test_a_second_payment_for_a_confirmed_order_goes_back(
    db: Database, paying_product: Product
) -> None:
    stage = await set_stage(db, capacities=[1], price=2500)
    bookings, payments = paying_product.services.bookings, paying_product.services.payments
    async with paying_product.visitor() as ada:
        path, order = await held(ada, stage)
        await ada.post(f"{path}/payments", json={"source": "practice_ok"}, headers=once())
        with pytest.raises(PaidTwice):
            await bookings.confirmations.submit(
                stage.organizer_id,
                ConfirmOrder(order_id=order_id(order), payment_id=new_id()),
            )
        (first,) = await payments.of(stage.organizer_id, order_id(order))
        await bookings.checkout.payment_succeeded(stage.organizer_id, order_id(order), first.id)
        shown = (await ada.get(path)).json()
    assert (shown["status"], shown["payment_status"]) == ("confirmed", "paid")


async def test_a_confirmed_order_is_not_charged_again_while_another_payment_is_pondered(
    db: Database, paying_product: Product, company: CardCompany
) -> None:
    """Each payment has made way for the next one, and then the first brings its money."""
    stage = await set_stage(db, capacities=[1], price=2500)
    services, slow = paying_product.services, {"source": "practice_slow"}
    async with paying_product.visitor() as ada:
        path, order = await held(ada, stage)
        for seconds in (0.1, 60):
            await company.treat(stage.organizer_id, slow_seconds=seconds)
            begun = await ada.post(f"{path}/payments", json=slow, headers=once())
            assert begun.json()["payment"]["status"] == "pending"
            await make_way(db, stage, order)
        await until(lambda: ("succeeded",) in company.book(CHARGES, order["id"]))
        await services.payments.books.settle_doubtful()
        first, _ = await services.payments.of(stage.organizer_id, order_id(order))
        await services.bookings.checkout.payment_succeeded(
            stage.organizer_id, order_id(order), first.id
        )
        assert (await ada.get(path)).json()["status"] == "confirmed"
        again = await ada.post(f"{path}/payments", json={"source": "practice_ok"}, headers=once())
    assert (again.status_code, again.json()["code"]) == (409, "illegal_order_move")
    assert company.book(CHARGES, order["id"]) == [("succeeded",), ("processing",)]


async def make_way(db: Database, stage: Stage, order: dict[str, Any]) -> None:
    """The order's payments are so old that another may begin."""
    async with db.begin(stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE payments.payments SET created_at = created_at - interval '11 minutes' "
            "WHERE organizer_id = $1 AND reference = $2",
            (stage.organizer_id, order_id(order)),
        )


async def test_edge_case_1_late_money_confirms_when_the_stock_still_stands(
    db: Database, paying_product: Product
) -> None:
    stage = await set_stage(db, capacities=[1], price=2500)
    async with paying_product.visitor() as ada:
        path, order = await held(ada, stage)
        await lapse(db, stage, order)
        await money_arrives(paying_product, stage, order)
        late = (await ada.get(path)).json()
    assert (late["status"], late["payment_status"]) == ("confirmed", "paid")
    assert len(late["tickets"]) == 1


def order_id(order: dict[str, Any]) -> UUID:
    return UUID(order["id"])


async def lapse(db: Database, stage: Stage, order: dict[str, Any]) -> None:
    """Move the hold's end into the past: in the order and in its claims."""
    async with db.begin(stage.organizer_id) as tx:
        for table, column in (
            ("bookings.orders", "hold_expires_at"),
            ("events.claims", "expires_at"),
        ):
            key = "id" if table == "bookings.orders" else "holder"
            sql = (
                f"UPDATE {table} SET {column} = clock_timestamp() - interval '1 second' "  # noqa: S608  # our own names
                f"WHERE organizer_id = $1 AND {key} = $2"
            )
            await tx.connection.exec_driver_sql(sql, (stage.organizer_id, order_id(order)))


async def money_arrives(product: Product, stage: Stage, order: dict[str, Any]) -> PaymentView:
    """Charge past the checkout, as when its process died, and let the listener hear of it."""
    bookings, payments = product.services.bookings, product.services.payments
    payment = await charge(
        payments,
        product.services.db,
        stage.organizer_id,
        reference=order_id(order),
        amount=Money(**order["total"]),
        source="practice_ok",
        once=None,
    )
    await bookings.checkout.payment_succeeded(stage.organizer_id, order_id(order), payment.id)
    return payment
