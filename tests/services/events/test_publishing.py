"""From a draft to a page that everybody can open, and back."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from tests.services.events.house import Team, accepted, refused
from tests.support.elsewhere import elsewhere

PUBLISHED = "events.event_published.v1"
CHANGED = "events.event_changed.v1"
UNPUBLISHED = "events.event_unpublished.v1"


def page(team: Team, event: dict[str, Any]) -> str:
    return f"/api/v1/events/{team.slug}/{event['slug']}"


async def test_a_published_event_has_a_page(team: Team, visitor: httpx2.AsyncClient) -> None:
    event = await team.published(
        description="Bring dancing shoes.", website="https://train.example"
    )
    shown = accepted(await visitor.get(page(team, event)))
    assert shown["status"] == "published"
    assert shown["title"] == "Night Train"
    assert shown["organizer"]["slug"] == team.slug
    assert shown["venue"]["name"] == "Kesselhaus"
    (offer,) = shown["offers"]
    assert offer["price"] == {"amount": 2500, "currency": "EUR"}
    assert offer["state"] == "on_sale"
    assert offer["available"] is None
    assert await team.facts() == [PUBLISHED]
    assert await team.listed() == ["night-train"]


async def test_a_draft_has_none(team: Team, visitor: httpx2.AsyncClient) -> None:
    event = await team.create()
    refused(await visitor.get(page(team, event)), 404, "not_found")
    refused(await visitor.get("/api/v1/events/nobody-here/night-train"), 404, "not_found")
    for slug in ("Night-Train", "x" * 500, "%ff", "-"):
        answer = await visitor.get(f"/api/v1/events/{team.slug}/{slug}")
        refused(answer, 404, "not_found")
    assert await team.listed() == []


async def test_an_event_that_was_taken_down_is_gone(
    team: Team, visitor: httpx2.AsyncClient
) -> None:
    event = await team.published()
    down = accepted(await team.post(event, "/unpublish"))
    assert down["status"] == "draft"
    refused(await visitor.get(page(team, event)), 410, "event_unpublished")
    assert await team.listed() == []
    up = accepted(await team.post(event, "/publish"))
    assert up["status"] == "published"
    assert accepted(await visitor.get(page(team, event)))["status"] == "published"
    assert await team.facts() == [PUBLISHED, UNPUBLISHED, PUBLISHED]


async def test_publishing_twice_publishes_once(team: Team) -> None:
    event = await team.create()
    answers = await asyncio.gather(*(team.post(event, "/publish") for _ in range(4)))
    assert {accepted(answer)["status"] for answer in answers} == {"published"}
    assert await team.facts() == [PUBLISHED]


@pytest.mark.parametrize(
    ("changes", "blockers"),
    [
        ({"venue": None}, {"place": "where"}),
        ({"venue": {"name": "Kesselhaus"}}, {"place": "where"}),
        ({"ticket": None}, {"tickets": "tickets"}),
        ({"ticket": {"name": "R", "price": 0, "quantity": 0}}, {"capacity": "tickets"}),
        ({"starts_at": "2020-01-01T19:00", "ends_at": "2020-01-01T20:00"}, {"dates": "when"}),
        ({"format": "online", "venue": None}, {"online_link": "where"}),
        ({"format": "hybrid", "venue": None}, {"place": "where", "online_link": "where"}),
    ],
)
async def test_the_checklist_names_each_blocker_with_a_link(
    team: Team, changes: dict[str, Any], blockers: dict[str, str]
) -> None:
    event = await team.create(**changes)
    checklist = accepted(await team.get(event, "/checklist"))
    missing = {
        item["code"]: item["link"]
        for item in checklist["items"]
        if item["blocks"] and not item["done"]
    }
    links = f"/organizer/{team.slug}/events/{event['id']}#"
    assert missing == {code: links + section for code, section in blockers.items()}
    assert not checklist["ready"]
    problem = refused(await team.post(event, "/publish"), 409, "not_ready")
    assert [item["code"] for item in problem["blockers"]] == list(blockers)
    assert all(item["text"] for item in problem["blockers"])
    assert await team.facts() == []


async def test_advice_does_not_block(team: Team) -> None:
    event = await team.create(summary="")
    checklist = accepted(await team.get(event, "/checklist"))
    assert checklist["ready"]
    advice = {item["code"]: item["done"] for item in checklist["items"] if not item["blocks"]}
    assert advice == {"description": False, "cover": False}


async def test_a_sale_that_has_ended_blocks(team: Team) -> None:
    event = await team.create()
    kind = event["ticket_types"][0]
    past = datetime.now(UTC) - timedelta(days=1)
    await team.patch(event, f"/ticket-types/{kind['id']}", sales_end=past.isoformat())
    problem = refused(await team.post(event, "/publish"), 409, "not_ready")
    assert [item["code"] for item in problem["blockers"]] == ["sale_window"]


async def test_a_published_event_keeps_its_place(team: Team) -> None:
    event = await team.published()
    broken = refused(await team.patch(event, venue=None), 409, "would_not_be_ready")
    assert broken["blockers"] == ["place"]
    online = await team.patch(
        event, venue=None, format="online", online_url="https://stream.example/x"
    )
    assert accepted(online)["venue"] is None


async def test_what_ticket_holders_join_by_is_not_on_the_page(
    team: Team, visitor: httpx2.AsyncClient
) -> None:
    secret = "https://stream.example/secret-room"
    event = await team.published(format="online", venue=None, online_url=secret)
    answer = await visitor.get(page(team, event))
    assert accepted(answer)["online_url_hint"] is True
    assert "secret-room" not in answer.text


async def test_a_change_shows_at_once_and_is_reported_once(
    team: Team, visitor: httpx2.AsyncClient
) -> None:
    event = await team.published()
    await visitor.get(page(team, event))
    accepted(await team.patch(event, title="Day Train"))
    accepted(await team.patch(event, title="Day Train"))
    assert accepted(await visitor.get(page(team, event)))["title"] == "Day Train"
    assert await team.facts() == [PUBLISHED, CHANGED]
    (listed,) = await team.house.rows(
        "SELECT title, slug FROM events.discovery WHERE organizer_id = $1", team.organizer_id
    )
    assert tuple(listed) == ("Day Train", "night-train")


async def test_an_event_that_is_over_says_so(team: Team, visitor: httpx2.AsyncClient) -> None:
    event = await team.published()
    await team.house.rows(
        "UPDATE events.occurrences SET starts_at = now() - interval '2 hours', "
        "ends_at = now() - interval '1 minute' WHERE event_id = $1",
        event["id"],
    )
    team.house.events._shown.forget(team.organizer_id, event["id"], event["slug"])
    shown = accepted(await visitor.get(page(team, event)))
    assert shown["status"] == "ended"
    assert [offer["state"] for offer in shown["offers"]] == ["ended"]
    assert accepted(await team.get(event))["status"] == "ended"


async def test_the_listing_and_the_event_commit_together(team: Team) -> None:
    """The listing cannot be written, so the event stays a draft."""
    event = await team.create()
    await team.house.rows(
        "INSERT INTO events.discovery (organizer_id, event_id, organizer_slug, organizer_name, "
        "slug, title, summary, category, starts_at, next_ends_at, ends_at, first_day, last_day, "
        "timezone, format, currency, is_free, words) "
        "SELECT organizer_id, id, '', '', slug, '', '', '', now(), now(), now(), "
        "now(), now(), '', '', 'EUR', true, '' FROM events.events WHERE id = $1",
        event["id"],
    )
    async with team.house.db.begin_as_platform("hold the row") as tx:
        await tx.connection.exec_driver_sql(
            "SELECT 1 FROM events.discovery WHERE event_id = $1 FOR UPDATE", (event["id"],)
        )
        publishing = elsewhere(team.post(event, "/publish"))
        await asyncio.sleep(0.3)
        assert accepted(await elsewhere(team.get(event)))["status"] == "draft"
    assert accepted(await publishing)["status"] == "published"
    (row,) = await team.house.rows(
        "SELECT title FROM events.discovery WHERE event_id = $1", event["id"]
    )
    assert row.title == "Night Train"
