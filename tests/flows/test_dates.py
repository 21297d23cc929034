"""Buying for one of several dates."""

from uuid import UUID

import pytest

from boxoffice.data.postgres import Database, DatabaseSettings
from boxoffice.kernel.actors import SYSTEM
from boxoffice.kernel.ids import new_id
from boxoffice.services.events.api import Granted, NotOnSale, Stock, Want, WantedLine
from tests.flows.dates import Venue, clock, open_venue
from tests.support.elsewhere import elsewhere
from tests.support.product import Product

STOCK = Stock()


@pytest.fixture
async def venue(paying_product: Product) -> Venue:
    return await open_venue(paying_product)


async def test_an_order_is_for_the_date_that_was_chosen(venue: Venue) -> None:
    async with venue.product.visitor() as ada:
        order = await venue.bought(ada, 1, quantity=3)
        assert order["occurrence_id"] == venue.dates[1]
        assert await venue.claimed() == [0, 3]
        calendar = await ada.get(f"{venue.path}/orders/{order['id']}/calendar.ics")
        assert venue.dates[1] in calendar.text
        assert (await ada.get(f"{venue.path}/orders/{order['id']}/tickets.pdf")).status_code == 200


async def test_without_a_date_an_order_for_one_of_several_is_refused(venue: Venue) -> None:
    async with venue.product.visitor() as ada:
        answer = await venue.open(ada, None)
        assert (answer.status_code, answer.json()["code"]) == (422, "choose_occurrence")
        answer = await venue.open(ada, str(new_id()))
        assert (answer.status_code, answer.json()["code"]) == (409, "not_on_sale")


async def test_a_date_that_is_over_sells_nothing_while_the_next_one_does(venue: Venue) -> None:
    await venue.rows(
        "UPDATE events.occurrences SET starts_at = now() - interval '3 h', "
        "ends_at = now() - interval '1 min' WHERE organizer_id = $1 AND id = $2",
        UUID(venue.dates[0]),
    )
    async with venue.product.visitor() as ada:
        answer = await venue.open(ada, venue.dates[0])
        assert (answer.status_code, answer.json()["code"]) == (409, "not_on_sale")
        await venue.held(ada, 1)


async def test_a_date_that_was_just_added_can_be_ordered_for_everywhere(
    venue: Venue, product: Product
) -> None:
    """Another server process remembers the event without the date, for up to a second."""
    async with product.visitor() as early:
        await product.services.events.summary(venue.stage.organizer_id, venue.stage.event_id)
        body = {"starts_at": clock(40), "ends_at": clock(40, "21:00")}
        added = await venue.staff.post(f"{venue.event}/occurrences", json=body)
        date = added.json()["occurrences"][-1]["id"]
        answer = await venue.open(early, date)
        assert answer.status_code == 201, answer.text
        assert answer.json()["occurrence_id"] == date


async def test_sales_for_one_date_leave_the_quotas_of_others_unlocked(
    venue: Venue, db: Database
) -> None:
    organizer_id, kind = venue.stage.organizer_id, venue.stage.types[0]
    first, second = (UUID(one) for one in venue.dates)
    async with db.begin(organizer_id) as tx:
        await STOCK.lock_types(tx, [kind], [first])
        assert await elsewhere(_dates_locked(db, organizer_id, kind, second)) == {second}


async def _dates_locked(db: Database, organizer_id: UUID, kind: UUID, date: UUID) -> set[UUID]:
    async with db.begin(organizer_id) as tx:
        await tx.connection.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
        shelf = await STOCK.lock_types(tx, [kind], [date])
        return {one.occurrence_id for one in shelf.quotas.values()}


@pytest.mark.contrived(stock_holds=True)
async def test_no_sale_slips_in_while_its_date_is_cancelled(
    venue: Venue, database_urls: DatabaseSettings
) -> None:
    """Fails when cancelling does not lock the quotas: a sale that has read the date commits late.

    The sale holds its quota; the cancellation waits for it and then meets its order.
    """
    db, organizer_id = venue.product.services.db, venue.stage.organizer_id
    date = UUID(venue.dates[0])
    schedule = venue.product.services.events.schedule
    blocked: list[str] = []

    async def cancel() -> None:
        async with db.begin(organizer_id) as tx:
            await tx.connection.exec_driver_sql("SET LOCAL lock_timeout = '200ms'")
            await schedule.cancel(tx, SYSTEM, venue.stage.event_id, [date])

    async with db.begin(organizer_id) as sale:
        shelf = await STOCK.lock_types(sale, [venue.stage.types[0]], [date])
        try:
            await elsewhere(cancel())
        except Exception as error:  # noqa: BLE001  # what the driver says
            blocked.append(str(error))
        (granted,) = await STOCK.claim(sale, shelf, [_want(venue, date)])
        assert isinstance(granted, Granted)
    assert "lock timeout" in blocked[0]
    await venue.change("cancellations", occurrence_ids=[venue.dates[0]])
    async with db.begin(organizer_id) as tx:
        shelf = await STOCK.lock_types(tx, [venue.stage.types[0]], [date])
        (refusal,) = await STOCK.claim(tx, shelf, [_want(venue, date)])
        assert isinstance(refusal, NotOnSale)


def _want(venue: Venue, date: UUID) -> Want:
    return Want(
        holder=new_id(),
        event_id=venue.stage.event_id,
        occurrence_id=date,
        lines=(WantedLine(ticket_type_id=venue.stage.types[0], quantity=1),),
        expires_at=None,
    )
