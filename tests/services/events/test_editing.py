"""Making events on one screen, and changing them."""

from datetime import datetime

from tests.services.events.house import House, Team, accepted


async def test_one_screen_makes_an_event_with_date_ticket_type_and_quota(team: Team) -> None:
    event = await team.create()
    assert event["status"] == "draft"
    assert event["slug"] == "night-train"
    assert event["public_path"] == f"/e/{team.slug}/night-train"
    (kind,), (quota,), (date,) = event["ticket_types"], event["quotas"], event["occurrences"]
    assert kind["price"] == {"amount": 2500, "currency": "EUR"}
    assert kind["quota_ids"] == [quota["id"]]
    assert quota["capacity"] == quota["free"] == 100
    assert quota["ticket_type_ids"] == [kind["id"]]
    assert datetime.fromisoformat(date["starts_at"]) < datetime.fromisoformat(date["ends_at"])
    assert accepted(await team.get(event)) == event


async def test_the_same_title_gets_a_slug_of_its_own(team: Team, house: House) -> None:
    slugs = [(await team.create())["slug"] for _ in range(3)]
    assert slugs == ["night-train", "night-train-2", "night-train-3"]
    assert (await (await house.team()).create())["slug"] == "night-train"
