"""B19 · Pre-registration before the on-sale, which gives a personal purchase window."""

import httpx2

from boxoffice.data.postgres import Database
from tests.flows.test_changing import allow, other
from tests.flows.test_own_changes import change
from tests.support.cancelling import expecting
from tests.support.presales import (
    DAY,
    HOUR,
    at,
    close_presale,
    draw_due,
    drawn,
    end_windows,
    later_type,
    open_presale,
    open_windows,
    register,
    registered,
    registration_of,
    terms,
)
from tests.support.product import Product
from tests.support.shop import Json, Shop, done, line, named, refused
from tests.support.staff import staff_of
from tests.support.stage import set_stage

ADA, BOB, EVE = "ada@example.org", "bob@example.org", "eve@example.org"


async def test_pre_registration_before_the_on_sale_gives_a_personal_purchase_window(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await later_type(shop, price=2500)
    await open_presale(shop)
    page = done(await ada.get(shop.page))["presale"]
    assert (page["state"], page["max_tickets"]) == ("open", 4)
    first = await registered(shop, ada, ADA, quantity=2)
    assert await first.state() == "registered"
    refused(await shop.buy(ada, line(kind)), 409, "not_on_sale")
    await close_presale(shop)
    await draw_due(shop)
    early = (await first.look())["early_access"]
    assert (early["state"], early["left"]) == ("to_come", 2)
    refused(await first.buy(line(kind)), 409, "early_access_closed")
    await open_windows(shop)
    order = done(await first.buy(line(kind)), 201)
    assert (order["status"], order["total"]["amount"], order["reductions"]) == ("held", 2500, [])
    early = (await first.look())["early_access"]
    assert (early["state"], early["left"]) == ("open", 1)
    refused(await first.buy(line(kind, 2)), 409, "early_access_used_up")
    done(await first.buy(line(kind)), 201)
    assert (await first.look())["early_access"]["state"] == "used_up"
    refused(await shop.buy(ada, line(kind)), 409, "not_on_sale")


async def test_a_hold_that_ends_and_a_cancelled_order_give_the_right_back_while_the_window_lives(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await later_type(shop)
    await open_presale(shop)
    winner = await registered(shop, ada, ADA, quantity=2)
    await drawn(shop)
    held = done(await winner.buy(line(kind, 2)), 201)
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE events.voucher_uses SET expires_at = clock_timestamp() WHERE organizer_id = $1",
            (shop.stage.organizer_id,),
        )
    await shop.lapse(held)
    assert (await winner.look())["early_access"]["left"] == 2
    bought = done(await winner.buy(line(kind, 2), email=ADA), 201)
    assert bought["status"] == "confirmed"
    counts = done(await shop.staff.get(f"{shop.event}/presale/registrations"))["counts"]
    assert (counts["drawn_units"], counts["bought"]) == (2, 2)
    refused(await winner.buy(line(kind)), 409, "early_access_used_up")
    path = f"{shop.orders}/{bought['id']}/cancellations"
    one = {"position_ids": [bought["positions"][0]["id"]], "terms": "full"}
    preview = done(await shop.staff.post(f"{path}/preview", json=one))
    done(await shop.staff.post(path, json=one | expecting(preview)))
    assert (await winner.look())["early_access"]["left"] == 1
    done(await winner.buy(line(kind)), 201)
    await end_windows(shop)
    refused(await winner.buy(line(kind)), 409, "early_access_closed")


async def test_early_access_is_for_its_own_ticket_types_only_and_never_oversells(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await later_type(shop, "Floor", quantity=1)
    other = await later_type(shop, "Balcony")
    now = await shop.add("Standing")
    await open_presale(shop, ticket_type_ids=[kind["id"]])
    winner = await registered(shop, ada, ADA, quantity=2)
    await drawn(shop)
    refused(await winner.buy(line(other)), 409, "not_on_sale")
    refused(await winner.buy(line(kind), line(other)), 409, "not_on_sale")
    code = await winner.code()
    twice: Json = {"voucher_codes": [code, code.lower()]}
    refused(await shop.buy(ada, line(kind, 2), **twice), 422, "voucher_twice")
    refused(await winner.buy(line(kind, 2)), 409, "sold_out")
    done(await winner.buy(line(kind), line(now, 3)), 201)
    assert (await winner.look())["early_access"]["left"] == 1


async def test_when_the_public_sale_begins_the_registered_become_ordinary_buyers(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await later_type(shop)
    await open_presale(shop)
    winner = await registered(shop, ada, ADA)
    await drawn(shop)
    await end_windows(shop)
    await shop.change(kind, sales_start=at(-HOUR))
    done(await winner.buy(line(kind, 3)), 201)
    assert (await winner.look())["early_access"]["left"] == 1


async def test_early_access_goes_together_with_a_voucher_and_stays_when_vouchers_change(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await later_type(shop, price=1000)
    await open_presale(shop)
    winner = await registered(shop, ada, ADA, quantity=2)
    half = {"code": "HALF", "effect": "percent", "value": 50_000, "max_uses": 5}
    done(await shop.staff.post(f"{shop.event}/vouchers", json=half), 201)
    await drawn(shop)
    codes = [await winner.code(), "half"]
    order = done(await shop.buy(ada, line(kind, 2), voucher_codes=codes), 201)
    assert order["total"]["amount"] == 1000
    path = f"{shop.orders}/{order['id']}/vouchers"
    changed = done(await ada.put(path, json={"codes": []}))
    assert changed["total"]["amount"] == 2000
    refused(await winner.buy(line(kind)), 409, "early_access_used_up")
    listed = done(await shop.staff.get(f"{shop.event}/vouchers"))["items"]
    assert [one["code"] for one in listed] == ["HALF"]


async def test_one_registration_for_each_address_whose_newest_answer_counts_until_it_is_confirmed(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    await open_presale(shop)
    first = done(await register(shop, ada, ADA, quantity=2), 202)
    again = done(await register(shop, ada, "  ADA@Example.org ", quantity=3), 202)
    assert first == again
    one = await registration_of(shop, ada, ADA)
    assert ((await one.look())["quantity"], await one.state()) == (3, "unconfirmed")
    done(await one.do("confirm"))
    done(await register(shop, ada, ADA, quantity=1, name="Somebody else"), 202)
    shown = await one.look()
    assert (shown["quantity"], shown["name"], shown["state"]) == (3, "Ada", "registered")
    listed = done(await shop.staff.get(f"{shop.event}/presale/registrations"))
    assert listed["counts"]["registered"] == 1
    assert (await ada.get(one.path[:-1] + ("A" if one.path[-1] != "A" else "B"))).status_code == 404
    refused(await register(shop, ada, BOB, quantity=5), 422, "invalid")
    refused(await register(shop, ada, "nobody"), 422, "invalid")


async def test_who_has_not_confirmed_or_has_withdrawn_takes_no_part(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    await later_type(shop)
    await open_presale(shop)
    done(await register(shop, ada, BOB), 202)
    unconfirmed = await registration_of(shop, ada, BOB)
    gone = await registered(shop, ada, EVE)
    assert done(await gone.do("withdraw"))["state"] == "withdrawn"
    assert done(await gone.do("withdraw"))["state"] == "withdrawn"
    back = await registered(shop, ada, EVE)
    winner = await registered(shop, ada, ADA)
    await close_presale(shop)
    refused(await register(shop, ada, "late@example.org"), 409, "presale_not_open")
    await draw_due(shop)
    states = [await one.state() for one in (unconfirmed, gone, back, winner)]
    assert states == ["unconfirmed", "withdrawn", "won", "won"]
    refused(await unconfirmed.do("confirm"), 409, "presale_not_open")
    refused(await gone.do("confirm"), 409, "registration_over")


async def test_who_withdraws_with_early_access_can_buy_early_no_more_and_keeps_their_orders(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await later_type(shop)
    await open_presale(shop)
    winner = await registered(shop, ada, ADA, quantity=2)
    await drawn(shop)
    code = await winner.code()
    done(await winner.buy(line(kind), email=ADA), 201)
    assert done(await winner.do("withdraw"))["early_access"] is None
    refused(await shop.buy(ada, line(kind), voucher_codes=[code]), 409, "not_on_sale")
    assert (await shop.quota("Regular"))["sold"] == 1


async def test_places_are_given_in_order_of_registration_or_drawn_by_a_seed_that_is_kept(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    await later_type(shop)
    event = await open_presale(shop, total_tickets=4)
    assert (event["presale"]["state"], event["presale"]["seed"]) == ("open", None)
    people = [await registered(shop, ada, email, quantity=2) for email in (ADA, BOB, EVE)]
    await draw_due(shop)
    assert [await one.state() for one in people] == ["registered"] * 3
    done(await shop.staff.post(f"{shop.event}/presale/draw"))
    assert [await one.state() for one in people] == ["won", "won", "lost"]
    settled = (await shop.managed())["presale"]
    assert (settled["state"], len(settled["seed"])) == ("drawn", 32)
    done(await shop.staff.post(f"{shop.event}/presale/draw"))
    await draw_due(shop)
    assert (await shop.managed())["presale"] == settled
    page = done(await shop.staff.get(f"{shop.event}/presale/registrations?limit=2"))
    assert [one["state"] for one in page["registrations"]["items"]] == ["won", "won"]
    assert page["counts"] == {
        "registered": 3, "confirmed": 3, "units": 6, "drawn": 2, "drawn_units": 4, "bought": 0,
    }  # fmt: skip
    assert page["registrations"]["has_more"]
    refused(await shop.staff.put(f"{shop.event}/presale", json=terms()), 409, "presale_drawn")


async def test_the_team_removes_somebody_with_their_early_access(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await later_type(shop)
    await open_presale(shop)
    winner = await registered(shop, ada, ADA)
    await drawn(shop)
    code = await winner.code()
    path = f"{shop.event}/presale/registrations/{winner.id}/remove"
    assert done(await shop.staff.post(path))["state"] == "removed"
    assert done(await shop.staff.post(path))["state"] == "removed"
    refused(await shop.buy(ada, line(kind), voucher_codes=[code]), 409, "not_on_sale")
    refused(await winner.do("withdraw"), 409, "registration_over")


async def test_terms_that_cannot_be_meant_are_refused_with_every_field_that_is_wrong(
    shop: Shop,
) -> None:
    kind = await later_type(shop)
    early = await shop.add("Now")
    wrong = terms(
        closes_at=at(-DAY),
        window_starts_at=at(-2 * DAY),
        total_tickets=1,
        ticket_type_ids=[kind["id"], str(shop.stage.event_id)],
    )
    answer = refused(await shop.staff.put(f"{shop.event}/presale", json=wrong), 422, "invalid")
    assert {one["pointer"]: one["code"] for one in answer["errors"]} == {
        "/closes_at": "end_before_start",
        "/window_starts_at": "end_before_start",
        "/total_tickets": "contradiction",
        "/ticket_type_ids": "unknown_ticket_type",
    }
    refused(await shop.staff.post(f"{shop.event}/presale/draw"), 404, "no_presale")
    event = await open_presale(shop, opens_at=at(HOUR), ticket_type_ids=[kind["id"], early["id"]])
    assert event["presale"]["on_sale_already"] == [early["id"]]
    refused(await shop.staff.post(f"{shop.event}/presale/draw"), 409, "presale_too_soon")


async def test_early_access_is_taken_back_as_long_as_nobody_has_registered(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    await open_presale(shop)
    assert done(await shop.staff.delete(f"{shop.event}/presale"))["presale"] is None
    refused(await register(shop, ada, ADA), 404, "no_presale")
    await open_presale(shop)
    await registered(shop, ada, ADA)
    refused(await shop.staff.delete(f"{shop.event}/presale"), 409, "presale_in_use")


async def test_a_cancelled_event_takes_no_registrations_and_draws_nothing(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    await open_presale(shop)
    one = await registered(shop, ada, ADA)
    done(await shop.staff.post(f"{shop.event}/unpublish"))
    refused(await register(shop, ada, BOB), 409, "presale_not_open")
    await close_presale(shop)
    await draw_due(shop)
    shown = await one.look()
    assert (shown["state"], shown["presale"]) == ("registered", "closed")


async def test_a_copy_of_the_event_opens_its_presale_as_much_later_and_with_nobody_in_it(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await later_type(shop)
    event = await open_presale(shop, ticket_type_ids=[kind["id"]])
    await registered(shop, ada, ADA, quantity=2)
    await drawn(shop)
    start = event["occurrences"][0]["starts_at"]
    year = int(start[:4]) + 1
    body = {"starts_at": f"{year}{start[4:16]}"}
    copy = done(await shop.staff.post(f"{shop.event}/duplicate", json=body), 201)
    presale, was = copy["presale"], event["presale"]
    assert presale["ticket_type_ids"] == [named(copy["ticket_types"], "Regular")["id"]]
    assert presale["opens_at"][:4] == str(int(was["opens_at"][:4]) + 1)
    assert (presale["drawn_at"], presale["state"]) == (None, "not_yet")
    path = f"/api/v1/organizers/{shop.stage.slug}/events/{copy['id']}"
    listed: Json = done(await shop.staff.get(f"{path}/presale/registrations"))
    assert listed["registrations"]["items"] == []


async def test_nobody_reaches_another_organizers_registrations(
    shop: Shop, ada: httpx2.AsyncClient, product: Product, db: Database
) -> None:
    await open_presale(shop)
    one = await registered(shop, ada, ADA)
    other = await set_stage(db, capacities=[1])
    async with staff_of(product, other, role="owner") as stranger:
        for method, path in (
            ("PUT", f"{shop.event}/presale"),
            ("GET", f"{shop.event}/presale/registrations"),
            ("POST", f"{shop.event}/presale/draw"),
            ("POST", f"{shop.event}/presale/registrations/{one.id}/remove"),
        ):
            body = terms() if method == "PUT" else None
            assert (await stranger.request(method, path, json=body)).status_code == 404
            own = path.replace(shop.stage.slug, other.slug)
            assert (await stranger.request(method, own, json=body)).status_code == 404
    elsewhere = one.path.replace(f"/{shop.stage.slug}.", f"/{other.slug}.")
    assert (await ada.get(elsewhere)).status_code == 404
    assert await one.state() == "registered"


async def test_a_pass_for_all_types_opens_no_hidden_type_also_to_who_knows_its_code(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    await later_type(shop)
    members = await later_type(shop, "Members", visibility="hidden", access_code="FRIENDS")
    await open_presale(shop)
    winner = await registered(shop, ada, ADA)
    await drawn(shop)
    refused(await winner.buy(line(members), access_code="FRIENDS"), 409, "not_on_sale")


async def test_who_asked_for_more_than_one_may_have_by_the_draw_gets_so_many(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    await later_type(shop)
    await open_presale(shop, max_tickets=4)
    winner = await registered(shop, ada, ADA, quantity=4)
    await open_presale(shop, max_tickets=2, total_tickets=2)
    await drawn(shop)
    shown = await winner.look()
    assert (shown["state"], shown["quantity"], shown["early_access"]["left"]) == ("won", 2, 2)


async def test_a_total_lowered_below_what_was_asked_for_leaves_out_who_does_not_fit_any_more(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    await later_type(shop)
    await open_presale(shop, total_tickets=6)
    people = [await registered(shop, ada, email, quantity=2) for email in (ADA, BOB, EVE)]
    await open_presale(shop, total_tickets=4)
    await drawn(shop)
    assert [await one.state() for one in people] == ["won", "won", "lost"]


async def test_who_was_let_in_early_may_exchange_the_ticket_before_the_sale_begins(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await later_type(shop)
    small, large = await shop.vary(kind, "Small"), await shop.vary(kind, "Large")
    await open_presale(shop)
    winner = await registered(shop, ada, ADA)
    await drawn(shop)
    await allow(shop, variations=True)
    order = done(await winner.buy(line(kind, 1, small), email=ADA), 201)
    (choices,) = (await ada.get(f"{shop.orders}/{order['id']}/change-choices")).json()
    assert [one["name"] for one in choices["variations"]] == ["Large"]
    changed = done(await change(shop, ada, order, variations=[other(order, large)]))["order"]
    assert changed["tickets"][0]["variation_name"] == "Large"
    assert (await winner.look())["early_access"]["left"] == 0
