"""What dates of a series and duplicates of events take along: everything that is sold and how."""

from typing import Any
from uuid import UUID

from tests.services.events.dates.calendar_of_dates import at, quotas_of, weekly
from tests.services.events.house import Team, accepted
from tests.services.events.test_seat_maps import attached, imported

ROWS = ["AAAA", "BB"]
Event = dict[str, Any]


async def well_stocked(team: Team, event: Event) -> Event:
    """The event with a heading, variations, tiers, limits, prices and vouchers."""
    kind = event["ticket_types"][0]["id"]
    event = accepted(await team.post(event, "/ticket-categories", {"name": "Floor"}), 201)
    heading = event["categories"][0]["id"]
    for body in ({"name": "Small", "quantity": 30}, {"name": "Large", "price": 3000}):
        event = accepted(await team.post(event, f"/ticket-types/{kind}/variations", body), 201)
    later = {"name": "Late", "price": 3500, "quantity": 20, "opens_after_id": kind}
    event = accepted(await team.post(event, "/ticket-types", later), 201)
    event = accepted(
        await team.patch(event, f"/ticket-types/{kind}", category_id=heading, max_per_person=4)
    )
    discount = {"name": "Ten", "count": 10, "percent": 10_000, "ticket_type_ids": [kind]}
    fee = {"name": "Service", "fixed": 100, "per": "ticket"}
    prices = {"fees": [fee], "discounts": [discount]}
    url = f"{team.path}/{event['id']}/prices"
    accepted(await team.browser.put(url, json=prices))
    voucher = {"effect": "percent", "value": 20_000, "ticket_type_ids": [kind]}
    for more in (
        {"code": "FRIENDS", "max_uses": 50, "valid_until": f"{at(9)}:00Z"},
        {"code": "ONLY-YOU", "max_uses": 1},
        {"code": "KEPT", "max_uses": 5, "on_stock": "reserve"},
    ):
        accepted(await team.post(event, "/vouchers", voucher | more), 201)
    return event


async def test_a_duplicate_sells_what_its_original_sells_at_the_same_prices(team: Team) -> None:
    event = await team.create(starts_at=at(10), ends_at=at(10, "21:00"), timezone="UTC")
    event = await well_stocked(team, event)
    copy = accepted(await team.post(event, "/duplicate", {"starts_at": at(40)}), 201)

    (heading,) = copy["categories"]
    first, late = copy["ticket_types"]
    assert heading["id"] != event["categories"][0]["id"]
    assert (first["category_id"], first["max_per_person"]) == (heading["id"], 4)
    assert late["opens_after_id"] == first["id"]
    assert [(one["name"], one["price"]) for one in first["variations"]] == [
        ("Small", None),
        ("Large", {"amount": 3000, "currency": "EUR"}),
    ]
    (small,) = [one for one in copy["quotas"] if one["variation_ids"]]
    assert (small["capacity"], small["free"]) == (30, 30)
    assert small["variation_ids"] == [first["variations"][0]["id"]]
    assert {one["claimed"] for one in copy["quotas"]} == {0}

    prices = accepted(await team.get(copy, "/prices"))
    assert [one["name"] for one in prices["fees"]] == ["Service"]
    assert [one["ticket_type_ids"] for one in prices["discounts"]] == [[first["id"]]]
    vouchers = accepted(await team.get(copy, "/vouchers"))["items"]
    assert [(one["code"], one["used"]) for one in vouchers] == [("FRIENDS", 0)]
    assert vouchers[0]["ticket_type_ids"] == [first["id"]]
    assert vouchers[0]["valid_until"][:16] == at(39)


async def test_a_duplicate_asks_what_its_original_asks(team: Team) -> None:
    event = await team.create(starts_at=at(10), ends_at=at(10, "21:00"), timezone="UTC")
    kind = event["ticket_types"][0]["id"]
    asks = {"label": "Do you bring a dog?", "kind": "yes_no", "ticket_type_ids": [kind]}
    (asked,) = accepted(await team.post(event, "/questions", asks), 201)["questions"]
    then = {
        "label": "Its name?",
        "kind": "short_text",
        "ticket_type_ids": [kind],
        "condition": {"question_id": asked["id"], "any_of": [True]},
    }
    accepted(await team.post(event, "/questions", then), 201)
    copy = accepted(await team.post(event, "/duplicate", {"starts_at": at(40)}), 201)
    dog, name = await team.house.rows(
        "SELECT id, ticket_type_ids, depends_on_id FROM events.questions "
        "WHERE event_id = $1 ORDER BY position",
        UUID(copy["id"]),
    )
    assert str(dog.id) != asked["id"]
    assert [str(one) for one in dog.ticket_type_ids] == [copy["ticket_types"][0]["id"]]
    assert (dog.depends_on_id, name.depends_on_id) == (None, dog.id)


async def test_each_date_of_a_series_has_variations_and_quotas_of_its_own(team: Team) -> None:
    event = await team.create(starts_at=at(10), ends_at=at(10, "21:00"), timezone="UTC")
    event = await well_stocked(team, event)
    body = {"rule": "FREQ=WEEKLY;COUNT=3", "starts_at": at(10), "ends_at": at(10, "21:00")}
    event = accepted(await team.post(event, "/series", body), 201)
    assert quotas_of(event, 1) == quotas_of(event, 2)
    assert [(name, size) for name, size, _ in quotas_of(event, 1)] == [
        ("Late", 20),
        ("Regular", 100),
        ("Regular: Small", 30),
    ]
    small = [one for one in event["quotas"] if one["variation_ids"]]
    assert len({one["occurrence_id"] for one in small}) == len(small) == 3


async def test_a_variation_that_comes_later_counts_on_every_date(team: Team) -> None:
    event = await weekly(team, count=3)
    kind = event["ticket_types"][0]["id"]
    path = f"/ticket-types/{kind}/variations"
    event = accepted(await team.post(event, path, {"name": "Small", "quantity": 30}), 201)
    small = [one for one in event["quotas"] if one["variation_ids"]]
    assert len({one["occurrence_id"] for one in small}) == 3
    assert len({one["kin"] for one in small}) == 1


async def test_each_date_of_a_series_has_the_first_ones_seats_to_sell(team: Team) -> None:
    event = await team.create(starts_at=at(10), ends_at=at(10, "21:00"), timezone="UTC")
    second = {"name": "Second", "price": 1500, "quantity": 3}
    event = accepted(await team.post(event, "/ticket-types", second), 201)
    event = await attached(team, event, await imported(team, ROWS))
    body = {"rule": "FREQ=WEEKLY;COUNT=3", "starts_at": at(10), "ends_at": at(10, "21:00")}
    event = accepted(await team.post(event, "/series", body), 201)
    assert [quotas_of(event, number) for number in range(3)] == [
        [("Regular", 4, 4), ("Second", 2, 2)]
    ] * 3
    halls = (await team.get(event, "/seating")).json()
    assert len({one["occurrence_id"] for one in halls}) == 3
    assert {one["seat_map_id"] for one in halls} == {halls[0]["seat_map_id"]}
    assert all(one["seated"] for one in event["quotas"])


async def test_a_duplicate_uses_the_same_seat_map(team: Team) -> None:
    event = await team.create(starts_at=at(10), ends_at=at(10, "21:00"), timezone="UTC")
    second = {"name": "Second", "price": 1500, "quantity": 3}
    event = accepted(await team.post(event, "/ticket-types", second), 201)
    event = await attached(team, event, await imported(team, ROWS))
    copy = accepted(await team.post(event, "/duplicate", {"starts_at": at(40)}), 201)
    (hall,) = (await team.get(copy, "/seating")).json()
    assert hall["occurrence_id"] == copy["occurrences"][0]["id"]
    sold_as = {one["name"]: one["ticket_type_id"] for one in hall["categories"]}
    assert list(sold_as.values()) == [one["id"] for one in copy["ticket_types"]]
    assert all(one["seated"] for one in copy["quotas"])
