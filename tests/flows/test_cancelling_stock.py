"""What a cancelled ticket gives back besides money: its seat, and its place in a person's limit."""

import httpx2

from boxoffice.data.postgres import Database
from tests.support.product import Product
from tests.support.seated import order, orders_path, seat_id, seated_stage, wish
from tests.support.shop import Shop, done, line, refused
from tests.support.staff import staff_of

ADA = "ada@example.org"


async def test_a_cancelled_seat_can_be_bought_again_and_its_neighbour_not(
    db: Database, product: Product
) -> None:
    stage = await seated_stage(db, product, ["AAAA"], shared=4)
    path = orders_path(stage)
    async with product.visitor() as buyer, staff_of(product, stage, role="manager") as staff:
        made = done(await buyer.post(path, json=order(stage, wish(stage, 0, 1))), 201)
        first = next(one for one in made["positions"] if one["seat"]["id"] == seat_id(stage, 0))
        body = {
            "position_ids": [first["id"]],
            "terms": "full",
            "expected_refund": 0,
            "expected_total": 0,
        }
        cancelled = done(await staff.post(f"{path}/{made['id']}/cancellations", json=body))
        taken = await buyer.post(path, json=order(stage, wish(stage, 1)))
        again = done(await buyer.post(path, json=order(stage, wish(stage, 0))), 201)
        done(await buyer.post(path, json=order(stage, wish(stage, 2, 3))), 201)
        async with db.begin(stage.organizer_id) as tx:
            counted = await tx.connection.exec_driver_sql(
                "SELECT q.claimed, (SELECT sum(units) FROM events.claims c WHERE "
                "c.organizer_id = q.organizer_id AND c.quota_id = q.id AND released_at IS NULL) "
                "FROM events.quotas q WHERE q.organizer_id = $1 AND q.claimed > 0",
                (stage.organizer_id,),
            )
            counts = [tuple(row) for row in counted]
    assert len(cancelled["order"]["tickets"]) == 1
    assert taken.status_code == 409
    assert again["status"] == "confirmed"
    assert counts == [(4, 4), (4, 4)]


async def test_a_cancelled_ticket_counts_no_more_against_its_buyers_limit(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", max_per_person=2)
    made = done(await shop.buy(ada, line(kind, 2), email=ADA), 201)
    refused(await shop.buy(ada, line(kind), email=ADA), 409, "person_limit")
    body = {
        "position_ids": [made["positions"][0]["id"]],
        "terms": "full",
        "expected_refund": 0,
        "expected_total": 0,
    }
    done(await shop.staff.post(f"{shop.orders}/{made['id']}/cancellations", json=body))
    done(await shop.buy(ada, line(kind), email=ADA), 201)
    refused(await shop.buy(ada, line(kind), email=ADA), 409, "person_limit")
