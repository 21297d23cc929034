"""A second import follows the file and respects what was entered by hand."""

from typing import Any

from tests.services.events.house import Team, accepted
from tests.world.importing import as_json, conference, day, imported, local, run

FILE = "careful.json"


async def test_what_changed_in_the_file_changes(team: Team) -> None:
    await run(team, (FILE, as_json(conference())))
    moved = conference(city="Amsterdam", country="Netherlands", endDate=day(93))
    report = await run(team, (FILE, as_json(moved)))
    assert (report.created, report.updated, report.unchanged) == (0, 1, 0)
    (event,) = await imported(team)
    assert event["venue"]["city"] == "Amsterdam"
    assert event["timezone"] == "Europe/Amsterdam"
    assert local(event, "ends_at") == f"{day(93)}T18:00"
    assert event["slug"] == "careful-software"


async def test_what_was_entered_by_hand_stays(team: Team) -> None:
    await run(team, (FILE, as_json(conference(city=None, country=None))))
    (event,) = await imported(team)
    venue = {"name": "Kesselhaus", "address": None, "city": "Berlin", "country": "Germany"}
    ours: dict[str, Any] = {"summary": "Ours.", "venue": venue, "category": "workshop"}
    accepted(await team.patch(event, "", **ours))
    same = await run(team, (FILE, as_json(conference(city=None, country=None))))
    assert same.unchanged == 1
    report = await run(team, (FILE, as_json(conference(city=None, country=None, locales="DE"))))
    assert report.updated == 1
    (after,) = await imported(team)
    assert after["summary"] == "Ours."
    assert after["venue"] == venue
    assert "Languages: DE" in after["description"]


async def test_a_venue_named_by_hand_outlives_a_file_that_only_knows_the_city(team: Team) -> None:
    await run(team, (FILE, as_json(conference())))
    (event,) = await imported(team)
    venue = {"name": "Kesselhaus", "address": None, "city": "Berlin", "country": "Germany"}
    accepted(await team.patch(event, venue=venue))
    await run(team, (FILE, as_json(conference(locales="DE"))))
    (after,) = await imported(team)
    assert after["venue"] == venue


async def test_tickets_are_given_once(team: Team) -> None:
    await run(team, (FILE, as_json(conference())))
    (event,) = await imported(team)
    assert event["ticket_types"] == []
    await run(team, (FILE, as_json(conference())), tickets=30)
    await run(team, (FILE, as_json(conference())), tickets=99)
    (event,) = await imported(team)
    (kind,), (quota,) = event["ticket_types"], event["quotas"]
    assert (kind["price"]["amount"], quota["capacity"]) == (0, 30)


async def test_what_was_taken_down_stays_down(team: Team) -> None:
    await run(team, (FILE, as_json(conference())), tickets=5, then="publish")
    (event,) = await imported(team)
    assert event["status"] == "published"
    accepted(await team.post(event, "/unpublish"))
    report = await run(team, (FILE, as_json(conference())), tickets=5, then="publish")
    assert report.published == 0
    (event,) = await imported(team)
    assert event["status"] == "draft"


async def test_a_published_event_is_shown_as_the_file_now_says(team: Team) -> None:
    await run(team, (FILE, as_json(conference())), tickets=5, then="publish")
    await run(team, (FILE, as_json(conference(city="Hamburg"))))
    rows = await team.house.rows(
        "SELECT city FROM events.discovery WHERE organizer_id = $1", team.organizer_id
    )
    assert [row.city for row in rows] == ["Hamburg"]
    assert await team.facts() == ["events.event_published.v1", "events.event_changed.v1"]


async def test_what_is_not_ready_stays_a_draft_and_the_reason_is_counted(team: Team) -> None:
    entries = [
        conference(name="Past", startDate=day(-9), endDate=day(-8)),
        conference(name="Nowhere", city=None, country=None),
        conference(name="Ready"),
    ]
    report = await run(team, (FILE, as_json(*entries)), tickets=5, then="publish")
    assert report.published == 1
    assert dict(report.drafts) == {"dates": 1, "place": 1}
    assert {event["title"]: event["status"] for event in await imported(team)} == {
        "Ready": "published", "Nowhere": "draft", "Past": "draft"}  # fmt: skip


async def test_a_calendars_own_name_for_an_event_survives_a_new_date(team: Team) -> None:
    def calendar(start: str) -> bytes:
        return (
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:careful@example\r\n"
            f"SUMMARY:Careful Software\r\nDTSTART:{start}T100000Z\r\nLOCATION:Berlin\r\n"
            "END:VEVENT\r\nEND:VCALENDAR\r\n"
        ).encode()

    await run(team, ("a.ics", calendar("20990105")))
    report = await run(team, ("a.ics", calendar("20990219")))
    assert report.updated == 1
    (event,) = await imported(team)
    assert local(event).startswith("2099-02-19")


async def test_the_same_conference_is_recognised_in_another_format(team: Team) -> None:
    await run(team, (FILE, as_json(conference(startDate="2099-01-05", endDate="2099-01-06"))))
    table = "title,start,end,city,country\ncareful SOFTWARE!,2099-01-05,2099-01-06,Berlin,Germany\n"
    report = await run(team, ("table.csv", table.encode()))
    assert (report.created, report.updated) == (0, 1)
    assert len(await imported(team)) == 1


async def test_other_organizers_events_are_not_touched(team: Team) -> None:
    other = await team.house.team()
    await run(team, (FILE, as_json(conference())))
    report = await run(other, (FILE, as_json(conference(city="Hamburg"))))
    assert report.created == 1
    (event,) = await imported(team)
    assert event["venue"]["city"] == "Berlin"
