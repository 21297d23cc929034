"""A line of the audit log means a change: a request sent again without a key writes none."""

import httpx2
from sqlalchemy import text

from boxoffice.services.events.rules.seats.plans import exported
from tests.flows.test_extras import bind, group
from tests.services.events.pictures import picture
from tests.support.halls import plan_of
from tests.support.shop import Json, Shop, done, line, named


async def lines(shop: Shop) -> int:
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        rows = await tx.connection.execute(
            text("SELECT count(*) FROM data.audit_log WHERE organizer_id = :organizer"),
            {"organizer": shop.stage.organizer_id},
        )
        return rows.scalar_one()


async def told_once(shop: Shop, method: str, path: str, body: Json) -> None:
    """The first request is told of, the same once more is not."""
    before = await lines(shop)
    first = await shop.staff.request(method, path, json=body)
    assert first.status_code == 200, (path, first.text)
    told = await lines(shop)
    assert told > before, path
    again = await shop.staff.request(method, path, json=body)
    assert again.status_code == 200, (path, again.text)
    assert await lines(shop) == told, path


async def test_an_audit_line_means_a_change_of_the_event(shop: Shop) -> None:
    day = await shop.add("Day")
    shirt = await shop.add("Shirt", visibility="add_on")
    organizer = f"/api/v1/organizers/{shop.stage.slug}"
    voucher = done(
        await shop.staff.post(f"{shop.event}/vouchers", json={"effect": "percent", "value": 1000}),
        201,
    )
    tax = done(
        await shop.staff.post(
            f"{organizer}/tax-rules", json={"name": "VAT", "rate": 1900, "inclusive": True}
        ),
        201,
    )
    card = done(
        await shop.staff.post(
            f"{organizer}/gift-cards", json={"value": {"amount": 500, "currency": "EUR"}}
        ),
        201,
    )["card"]
    quota = named((await shop.managed())["quotas"], "Day")
    wanted: list[tuple[str, str, Json]] = [
        ("PATCH", shop.event, {"max_per_person": 3}),
        ("PATCH", f"{shop.event}/ticket-types/{day['id']}", {"price": 700}),
        ("PATCH", f"{shop.event}/quotas/{quota['id']}", {"capacity": 7}),
        ("PATCH", f"{shop.event}/vouchers/{voucher['id']}", {"note": "Press"}),
        ("PATCH", f"{shop.event}/waitlist-settings", {"is_open": True}),
        ("PATCH", f"{organizer}/tax-rules/{tax['id']}", {"rate": 700}),
        ("PATCH", f"{organizer}/gift-cards/{card['id']}", {"note": "Won"}),
        (
            "PUT",
            f"{shop.event}/order-policy",
            {"cancellation": {"allowed": True, "schedule": [{"hours_before": 0}]}},
        ),
        ("PUT", f"{shop.event}/prices", {"fees": [{"name": "Fee", "fixed": 50, "per": "ticket"}]}),
        (
            "PUT",
            f"{shop.event}/ticket-types/{day['id']}/extras",
            {"add_on_groups": [group("Shop", shirt)]},
        ),
    ]
    for method, path, body in wanted:
        await told_once(shop, method, path, body)
    path, files = f"{shop.event}/cover", {"image": ("cover.jpg", picture(), "image/jpeg")}
    done(await shop.staff.put(path, files=files))
    told = await lines(shop)
    done(await shop.staff.put(path, files=files))
    assert await lines(shop) == told
    done(await shop.staff.delete(path))
    told = await lines(shop)
    done(await shop.staff.delete(path))
    assert await lines(shop) == told
    await bind(shop, day)
    assert await lines(shop) == told + 1


async def test_an_audit_line_means_a_change_of_the_order(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Day")
    asked = {"label": "Diet?", "kind": "short_text"}
    question = done(await shop.staff.post(f"{shop.event}/questions", json=asked), 201)
    order = done(await shop.buy(ada, line(kind), email="ada@example.org"), 201)
    path = f"{shop.orders}/{order['id']}"
    position = order["positions"][0]["id"]
    answer = {"question_id": question["questions"][0]["id"], "value": "None"}
    for part, body in (
        ("contact", {"email": "bob@example.org", "name": "Bob"}),
        (f"positions/{position}/attendee", {"name": "Eve"}),
        ("answers", {"answers": [answer]}),
    ):
        await told_once(shop, "PUT", f"{path}/{part}", body)


async def test_a_series_moved_to_the_time_that_it_has_writes_no_audit_line(shop: Shop) -> None:
    rule = {
        "rule": "FREQ=WEEKLY;COUNT=4",
        "starts_at": "2027-06-07T19:00",
        "ends_at": "2027-06-07T21:00",
    }
    made = done(await shop.staff.post(f"{shop.event}/series", json=rule), 201)
    ids = [one["id"] for one in made["occurrences"] if one["starts_at"].startswith("2027-06")]
    first, path = ids[1], f"{shop.event}/occurrences/{ids[1]}"
    for scope, time in (("this", "20:00"), ("future", "20:30"), ("all", "18:00")):
        await told_once(shop, "PATCH", path, {"starts_at": f"2027-06-14T{time}", "scope": scope})
    other = f"{shop.event}/occurrences/{ids[2]}"
    await told_once(shop, "PATCH", other, {"starts_at": "2027-06-21T18:15", "scope": "this"})
    told = await lines(shop)
    done(await shop.staff.patch(path, json={"scope": "all"}))
    assert await lines(shop) == told
    together = {"scope": "future", "include_drifted": True}
    await told_once(shop, "PATCH", path, together)
    series = await shop.staff.get(f"{shop.event}/series")
    assert [one["coming"] for one in series.json()] == [1, 3]
    assert first in [one["id"] for one in (await shop.managed())["occurrences"]]


async def test_the_same_seat_map_attached_again_writes_no_audit_line(shop: Shop) -> None:
    kind = await shop.add("Stalls", quantity=5)
    floor = await shop.add("Floor", quantity=5)
    plan = exported(plan_of(["...."]))
    standing = {"position": {"x": 0, "y": 0}, "standing": {"category": "B", "capacity": 9}}
    plan["zones"][0]["areas"] = [standing]
    maps = f"/api/v1/organizers/{shop.stage.slug}/seat-maps"
    seat_map = done(await shop.staff.post(maps, json={"plan": plan}), 201)
    body: Json = {
        "seat_map_id": seat_map["id"],
        "categories": {"A": kind["id"], "B": floor["id"]},
    }
    await told_once(shop, "PUT", f"{shop.event}/seating", body)
    quota = await shop.quota("Floor")
    done(await shop.staff.patch(f"{shop.event}/quotas/{quota['id']}", json={"capacity": 7}))
    await told_once(shop, "PUT", f"{shop.event}/seating", body)
    assert (await shop.quota("Floor"))["capacity"] == 9
    body["categories"] = {"A": floor["id"], "B": kind["id"]}
    await told_once(shop, "PUT", f"{shop.event}/seating", body)
