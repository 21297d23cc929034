"""Categories, variations and the finer settings of ticket types, as organizers set them up."""

from typing import Any

import httpx2
import pytest

from boxoffice.kernel.ids import new_id
from tests.services.events.house import Team, accepted, refused, wrong_fields

TYPES, CATEGORIES = "/ticket-types", "/ticket-categories"
ELSEWHERE = str(new_id())


def only(event: dict[str, Any]) -> dict[str, Any]:
    return event["ticket_types"][0]


async def put(team: Team, event: dict[str, Any], path: str, *ids: str) -> httpx2.Response:
    return await team.browser.put(f"{team.path}/{event['id']}{path}", json={"ids": list(ids)})


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"pricing": "open", "suggested_price": 3999}, {"/suggested_price": "out_of_range"}),
        ({"pricing": "whatever"}, {"/pricing": "not_an_option"}),
        ({"category_id": ELSEWHERE}, {"/category_id": "unknown_category"}),
        ({"visibility": "hidden"}, {"/access_code": "missing"}),
        ({"visibility": "hidden", "access_code": "  "}, {"/access_code": "missing"}),
        ({"visibility": "hidden", "access_code": "two words"}, {"/access_code": "bad_code"}),
        ({"opens_after_id": ELSEWHERE}, {"/opens_after_id": "unknown_ticket_type"}),
        ({"max_per_person": 0}, {"/max_per_person": "out_of_range"}),
    ],
)
async def test_wrong_settings_are_refused(
    team: Team, changes: dict[str, Any], wrong: dict[str, str]
) -> None:
    event = await team.create()
    body = {"name": "Balcony", "price": 4000, "quantity": 20} | changes
    assert wrong_fields(await team.post(event, TYPES, body)).keys() == wrong.keys()
    changed = await team.patch(event, f"{TYPES}/{only(event)['id']}", price=4000, **changes)
    found = wrong_fields(changed)
    assert found.keys() == wrong.keys()
    assert len(accepted(await team.get(event))["ticket_types"]) == 1


async def test_settings_of_a_type_change_one_by_one(team: Team) -> None:
    event = await team.create()
    path = f"{TYPES}/{only(event)['id']}"
    named = accepted(await team.post(event, CATEGORIES, {"name": "Day tickets"}), 201)
    category = named["categories"][0]["id"]
    changed = accepted(
        await team.patch(
            event, path, pricing="open", suggested_price=3000, category_id=category,
            visibility="hidden", access_code=" VIP ", max_per_person=4,
        )
    )  # fmt: skip
    kind = only(changed)
    assert (kind["suggested_price"]["amount"], kind["access_code"]) == (3000, "VIP")
    assert (kind["category_id"], kind["max_per_person"]) == (category, 4)
    kind = only(accepted(await team.patch(event, path, pricing="fixed", visibility="public")))
    assert (kind["suggested_price"], kind["visibility"]) == (None, "public")


async def test_tiers_cannot_wait_for_each_other(team: Team) -> None:
    event = await team.create()
    first = only(event)["id"]
    body = {"name": "Second", "price": 1, "quantity": 5, "opens_after_id": first}
    second = accepted(await team.post(event, TYPES, body), 201)["ticket_types"][1]["id"]
    third = accepted(
        await team.post(event, TYPES, body | {"name": "Third", "opens_after_id": second}), 201
    )["ticket_types"][2]["id"]
    for kind, after in ((first, first), (first, second), (first, third), (second, third)):
        answer = await team.patch(event, f"{TYPES}/{kind}", opens_after_id=after)
        assert wrong_fields(answer) == {"/opens_after_id": "cycle"}
    refused(await team.delete(event, f"{TYPES}/{second}"), 409, "ticket_type_awaited")
    accepted(await team.patch(event, f"{TYPES}/{third}", opens_after_id=None))
    accepted(await team.delete(event, f"{TYPES}/{second}"))


async def test_another_events_type_and_category_are_unknown(team: Team) -> None:
    event, other = await team.create(), await team.create()
    made = accepted(await team.post(other, CATEGORIES, {"name": "Days"}), 201)
    path = f"{TYPES}/{only(event)['id']}"
    foreign = {"opens_after_id": only(other)["id"], "category_id": made["categories"][0]["id"]}
    assert wrong_fields(await team.patch(event, path, **foreign)) == {
        "/category_id": "unknown_category",
        "/opens_after_id": "unknown_ticket_type",
    }


async def test_categories_are_made_renamed_ordered_and_deleted(team: Team) -> None:
    event = await team.create()
    for name in ("Days", "Weekend"):
        made = accepted(await team.post(event, CATEGORIES, {"name": name}), 201)
    days, weekend = (one["id"] for one in made["categories"])
    path = f"{TYPES}/{only(event)['id']}"
    accepted(await team.patch(event, path, category_id=days))
    assert wrong_fields(await team.post(event, CATEGORIES, {"name": " "})) == {"/name": "missing"}
    renamed = accepted(await team.patch(event, f"{CATEGORIES}/{days}", name="Single days"))
    assert [one["name"] for one in renamed["categories"]] == ["Single days", "Weekend"]
    turned = accepted(await put(team, event, f"{CATEGORIES}/order", weekend, days))
    assert [one["name"] for one in turned["categories"]] == ["Weekend", "Single days"]
    left = accepted(await team.delete(event, f"{CATEGORIES}/{days}"))
    assert [one["name"] for one in left["categories"]] == ["Weekend"]
    assert only(left)["category_id"] is None
    refused(await team.delete(event, f"{CATEGORIES}/{days}"), 404, "not_found")


async def test_an_order_names_each_of_them_once(team: Team) -> None:
    event = await team.create()
    mine = only(event)["id"]
    for ids in ([], [mine, mine], [ELSEWHERE], [mine, ELSEWHERE]):
        answer = await put(team, event, f"{TYPES}/order", *ids)
        assert wrong_fields(answer) == {"/ids": "not_all"}
    accepted(await put(team, event, f"{TYPES}/order", mine))
    answer = await put(team, event, f"{TYPES}/{ELSEWHERE}/variations/order")
    refused(answer, 404, "not_found")


async def test_variations_are_made_changed_ordered_and_deleted(team: Team) -> None:
    event = await team.create()
    path = f"{TYPES}/{only(event)['id']}/variations"
    for body in ({"name": "S", "quantity": 5}, {"name": "M", "price": 2800}):
        made = accepted(await team.post(event, path, body), 201)
    small, medium = only(made)["variations"]
    quota = next(one for one in made["quotas"] if one["name"] == "Regular: S")
    assert (small["price"], medium["price"]["amount"]) == (None, 2800)
    assert (small["quota_ids"], quota["variation_ids"]) == ([quota["id"]], [small["id"]])
    assert accepted(await team.browser.get(team.path))["items"][0]["capacity"] == 100
    assert wrong_fields(await team.post(event, path, {"name": ""})) == {"/name": "missing"}
    changed = accepted(
        await team.patch(event, f"{path}/{small['id']}", name="Small", price=10, on_sale=False)
    )
    now = only(changed)["variations"][0]
    assert (now["name"], now["price"]["amount"], now["on_sale"]) == ("Small", 10, False)
    turned = accepted(await put(team, event, f"{path}/order", medium["id"], small["id"]))
    assert [one["name"] for one in only(turned)["variations"]] == ["M", "Small"]
    left = accepted(await team.delete(event, f"{path}/{small['id']}"))
    assert [one["name"] for one in only(left)["variations"]] == ["M"]
    assert [one["name"] for one in left["quotas"]] == ["Regular"]
    refused(await team.delete(event, f"{path}/{small['id']}"), 404, "not_found")


async def test_a_variation_counts_no_quota_twice(team: Team) -> None:
    event = await team.create()
    hall = event["quotas"][0]["id"]
    path = f"{TYPES}/{only(event)['id']}/variations"
    for ids, code in (([hall], "counted_twice"), ([ELSEWHERE], "unknown_quota")):
        body = {"name": "S", "quota_ids": ids}
        assert wrong_fields(await team.post(event, path, body)) == {"/quota_ids": code}
    made = accepted(await team.post(event, path, {"name": "S"}), 201)
    small = only(made)["variations"][0]["id"]
    limit = {"name": "All S", "capacity": 3, "variation_ids": [small]}
    both = limit | {"ticket_type_ids": [only(event)["id"]]}
    assert wrong_fields(await team.post(event, "/quotas", both)) == {
        "/variation_ids": "counted_twice"
    }
    unknown = limit | {"variation_ids": [ELSEWHERE]}
    assert wrong_fields(await team.post(event, "/quotas", unknown)) == {
        "/variation_ids": "unknown_variation"
    }
    made = accepted(await team.post(event, "/quotas", limit), 201)
    assert only(made)["variations"][0]["quota_ids"] == [made["quotas"][1]["id"]]


async def test_how_many_one_person_may_have_is_a_setting_of_the_event(team: Team) -> None:
    event = await team.published()
    changed = accepted(await team.patch(event, max_per_person=6))
    assert changed["max_per_person"] == 6
    page = await team.house.client().get(f"/api/v1/events/{team.slug}/{event['slug']}")
    assert accepted(page)["max_per_person"] == 6
    assert wrong_fields(await team.patch(event, max_per_person=0)).keys() == {"/max_per_person"}
    assert accepted(await team.patch(event, max_per_person=None))["max_per_person"] is None


async def test_codes_are_asked_for_no_more_often_than_anything_is_written(team: Team) -> None:
    event = await team.published()
    path = f"/api/v1/events/{team.slug}/{event['slug']}/hidden-offers"
    answer = await team.house.client().get(path, params={"code": "guess"})
    refused(answer, 404, "unknown_access_code")
    assert answer.headers["ratelimit-policy"].startswith('"write')
