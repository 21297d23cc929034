"""Making events on one screen, and changing them."""

import asyncio
from datetime import datetime
from typing import Any

import pytest

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.permissions import Permission
from tests.services.events.house import House, Team, accepted, draft, refused, wrong_fields


def starts(event: dict[str, Any]) -> str:
    return event["occurrences"][0]["starts_at"]


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


async def test_nothing_but_title_and_times_is_needed(team: Team) -> None:
    bare = draft()
    for name in ("venue", "category", "summary", "ticket"):
        del bare[name]
    event = accepted(await team.browser.post(team.path, json=bare), 201)
    assert event["category"] == "other"
    assert event["venue"] is None
    assert event["ticket_types"] == event["quotas"] == []
    assert len(event["occurrences"]) == 1


async def test_the_same_title_gets_a_slug_of_its_own(team: Team, house: House) -> None:
    slugs = [(await team.create())["slug"] for _ in range(3)]
    assert slugs == ["night-train", "night-train-2", "night-train-3"]
    assert (await (await house.team()).create())["slug"] == "night-train"


async def test_the_same_title_at_the_same_moment_too(team: Team) -> None:
    events = await asyncio.gather(*(team.create() for _ in range(5)))
    assert len({event["slug"] for event in events}) == 5


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Café Łódź — 10 Jahre!", "cafe-lodz-10-jahre"),
        ("Щедрик", "shchedrik"),
        ("Αθήνα Jazz", "athina-jazz"),
        ("</script><b>", "script-b"),
        ("x" * 200, "x" * 80),
        ("ab " * 60, "-".join(["ab"] * 27)),
    ],
)
async def test_a_slug_is_ascii(team: Team, title: str, slug: str) -> None:
    event = await team.create(title=title)
    assert event["slug"] == slug
    assert event["title"] == " ".join(title.split())


@pytest.mark.parametrize("title", ["日本語カンファレンス", "!!!", "🎷🎷"])
async def test_a_title_that_ascii_cannot_write_still_gets_a_slug(team: Team, title: str) -> None:
    event = await team.create(title=title)
    assert event["slug"].startswith("event-")
    assert len(event["slug"]) > len("event-")


@pytest.mark.parametrize(
    ("zone", "wall_clock", "instant"),
    [
        ("Europe/Berlin", "2027-01-15T19:00", "2027-01-15T18:00:00Z"),
        ("Europe/Berlin", "2027-07-15T19:00", "2027-07-15T17:00:00Z"),
        # On 28 March 2027 clocks jump from 02:00 to 03:00: 02:30 becomes 03:30.
        ("Europe/Berlin", "2027-03-28T02:30", "2027-03-28T01:30:00Z"),
        # On 31 October 2027 the hour from 02:00 happens twice: the first one counts.
        ("Europe/Berlin", "2027-10-31T02:30", "2027-10-31T00:30:00Z"),
        ("America/New_York", "2027-11-07T01:30", "2027-11-07T05:30:00Z"),
        ("Australia/Lord_Howe", "2027-10-03T02:15", "2027-10-02T15:45:00Z"),
        ("Asia/Kathmandu", "2027-05-01T06:00", "2027-05-01T00:15:00Z"),
    ],
)
async def test_clock_times_mean_the_zone_of_the_event(
    team: Team, zone: str, wall_clock: str, instant: str
) -> None:
    event = await team.create(timezone=zone, starts_at=wall_clock, ends_at="2028-01-01T00:00")
    assert starts(event) == instant


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"title": "   "}, {"/title": "missing"}),
        ({"title": "\u202eeman"}, {}),
        ({"title": "x" * 201}, {"/title": "too_long"}),
        ({"timezone": "Berlin"}, {"/timezone": "unknown_timezone"}),
        ({"timezone": "localtime"}, {"/timezone": "unknown_timezone"}),
        ({"timezone": "../../etc/passwd"}, {"/timezone": "unknown_timezone"}),
        ({"starts_at": "2027-02-30T19:00"}, {"/starts_at": "bad_time"}),
        ({"starts_at": "2027-03-14T19:00Z"}, {"/starts_at": "bad_time"}),
        ({"starts_at": "2027-03-14"}, {"/starts_at": "bad_time"}),
        ({"starts_at": "0001-01-01T00:00"}, {"/starts_at": "bad_time"}),
        ({"ends_at": "2020-01-01T00:00"}, {"/ends_at": "end_before_start"}),
        ({"category": "Musik"}, {"/category": "not_an_option"}),
        ({"currency": "EURO"}, {"/currency": "unknown_currency"}),
        ({"format": "offline"}, {"/format": "not_an_option"}),
        ({"website": "javascript:alert(1)"}, {"/website": "bad_url"}),
        ({"website": "https://user:pw@example.org"}, {"/website": "bad_url"}),
        ({"online_url": "https://exa mple.org"}, {"/online_url": "bad_url"}),
        ({"venue": {"name": ""}}, {"/venue/name": "missing"}),
        ({"ticket": {"name": "R", "price": -1, "quantity": 1}}, {"/ticket/price": "out_of_range"}),
        ({"ticket": {"name": " ", "price": 1, "quantity": 1}}, {"/ticket/name": "missing"}),
        ({"ticket": {"name": "R", "price": 1.5, "quantity": 1}}, {"/ticket/price": "wrong_type"}),
        ({"colour": "red"}, {"/colour": "unknown_field"}),
        ({"title": "", "timezone": "", "website": "ftp://x"}, {
            "/title": "missing", "/timezone": "unknown_timezone", "/website": "bad_url"}),
    ],
)  # fmt: skip
async def test_each_wrong_field_is_named(
    team: Team, changes: dict[str, Any], wrong: dict[str, str]
) -> None:
    answer = await team.browser.post(team.path, json=draft(**changes))
    if wrong:
        assert wrong_fields(answer) == wrong
    else:
        assert accepted(answer, 201)["title"] == "eman"


async def test_text_stays_text(team: Team) -> None:
    said = "First.\r\n\r\n<script>alert(1)</script>\u0007 **bold**  \n"
    event = await team.create(title="  </script><b>  Sale </b> ", description=said)
    assert event["title"] == "</script><b> Sale </b>"
    assert event["description"] == "First.\n\n<script>alert(1)</script> **bold**"


async def test_the_same_key_makes_one_event(team: Team) -> None:
    key = {"idempotency-key": str(new_id())}
    body = draft()
    answers = await asyncio.gather(
        *(team.browser.post(team.path, json=body, headers=key) for _ in range(3))
    )
    assert {accepted(answer, 201)["id"] for answer in answers} == {answers[0].json()["id"]}
    other = await team.browser.post(team.path, json=draft(title="Other"), headers=key)
    refused(other, 422, "idempotency_key_reused")


async def test_only_what_is_named_changes(team: Team) -> None:
    event = await team.create()
    changed = accepted(await team.patch(event, title="Day Train", summary=""))
    assert changed == event | {"title": "Day Train", "summary": ""}
    assert accepted(await team.patch(changed)) == changed


async def test_a_new_zone_keeps_the_clock_time(team: Team) -> None:
    event = await team.create(starts_at="2027-06-01T19:00", ends_at="2027-06-01T22:00")
    moved = accepted(await team.patch(event, timezone="America/New_York"))
    assert starts(event) == "2027-06-01T17:00:00Z"
    assert starts(moved) == "2027-06-01T23:00:00Z"


async def test_moving_the_start_past_the_end_is_refused(team: Team) -> None:
    event = await team.create(starts_at="2027-06-01T19:00", ends_at="2027-06-01T22:00")
    late = await team.patch(event, starts_at="2027-06-01T23:00")
    assert wrong_fields(late) == {"/ends_at": "end_before_start"}
    both = await team.patch(event, starts_at="2027-06-01T23:00", ends_at="2027-06-02T01:00")
    assert starts(accepted(both)) == "2027-06-01T21:00:00Z"


async def test_an_hour_that_happens_twice_survives_other_changes(team: Team) -> None:
    event = await team.create(starts_at="2027-10-31T01:00", ends_at="2027-10-31T02:30")
    await team.house.rows(
        "UPDATE events.occurrences SET ends_at = '2027-10-31T01:30Z' WHERE event_id = $1",
        event["id"],
    )
    changed = accepted(await team.patch(event, title="Clock change"))
    assert changed["occurrences"][0]["ends_at"] == "2027-10-31T01:30:00Z"


async def test_a_venue_is_replaced_and_removed(team: Team) -> None:
    event = await team.create()
    other = {"name": "Lido", "address": "Cuvrystr. 7", "city": "Berlin", "country": "Germany"}
    assert accepted(await team.patch(event, venue=other))["venue"] == other
    assert accepted(await team.patch(event, venue=None))["venue"] is None


async def test_changes_are_audited(team: Team) -> None:
    event = await team.create()
    await team.patch(event, title="Day Train")
    await team.patch(event, title="Day Train")
    deeds = await team.house.rows(
        "SELECT action, changes::text FROM data.audit_log WHERE subject = $1 ORDER BY id",
        f"event:{event['id']}",
    )
    assert [tuple(deed) for deed in deeds] == [
        ("event.created", "{}"),
        ("event.changed", '{"fields": ["title"]}'),
    ]


async def test_strangers_find_nothing_and_readers_change_nothing(house: House, team: Team) -> None:
    event = await team.create()
    stranger = await house.team()
    path = f"{team.path}/{event['id']}"
    refused(await house.client().get(path), 401, "not_authenticated")
    assert (await stranger.browser.get(path)).status_code == 404
    assert (await stranger.browser.patch(path, json={"title": "Mine"})).status_code == 404
    refused(await stranger.get(event), 404, "not_found")
    reader = house.sign_in(team.organizer_id, team.slug, frozenset({Permission.EVENTS_READ}))
    assert accepted(await reader.get(path)) == event
    refused(await reader.patch(path, json={"title": "Mine"}), 403, "forbidden")


async def test_the_list_shows_the_latest_date_first_in_pages(team: Team) -> None:
    for month in (3, 1, 2):
        await team.create(
            title=f"Month {month}",
            starts_at=f"2027-0{month}-01T19:00",
            ends_at=f"2027-0{month}-01T20:00",
        )
    first = accepted(await team.browser.get(team.path, params={"limit": 2}))
    rest = accepted(
        await team.browser.get(team.path, params={"limit": 2, "cursor": first["next_cursor"]})
    )
    titles = [row["title"] for row in first["items"] + rest["items"]]
    assert titles == ["Month 3", "Month 2", "Month 1"]
    assert first["has_more"]
    assert not rest["has_more"]
    assert first["items"][0]["capacity"] == 100
    assert first["items"][0]["city"] == "Berlin"
    refused(await team.browser.get(team.path, params={"cursor": "x"}), 422, "bad_cursor")
    refused(await team.browser.get(team.path, params={"limit": 0}), 422, "bad_limit")
