"""Finding events, over all organizers."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.pages import encode_cursor
from tests.services.events.house import Team, accepted, refused, wrong_fields


class Town:
    """A made-up town, so that its searches find only what the test put there."""

    def __init__(self, team: Team, visitor: httpx2.AsyncClient) -> None:
        self.team = team
        self.visitor = visitor
        self.name = f"Springfield {new_id().hex[-10:]}"

    async def stage(self, title: str, *, in_days: int = 30, **changes: Any) -> dict[str, Any]:
        day = (datetime.now(UTC) + timedelta(days=in_days)).date()
        venue = {"name": "Kesselhaus", "city": self.name, "country": "Germany"}
        times = {"starts_at": f"{day}T19:00", "ends_at": f"{day}T22:00"}
        return await self.team.published(**{"title": title, "venue": venue, **times, **changes})

    async def search(self, **filters: Any) -> dict[str, Any]:
        params = {"city": self.name, **filters}
        return accepted(await self.visitor.get("/api/v1/events", params=params))

    async def titles(self, **filters: Any) -> list[str]:
        return [card["title"] for card in (await self.search(**filters))["items"]]


@pytest.fixture
async def town(team: Team, visitor: httpx2.AsyncClient) -> AsyncIterator[Town]:
    yield Town(team, visitor)
    await visitor.aclose()


async def test_a_card_has_what_a_list_shows(town: Town) -> None:
    await town.stage("Night Train")
    (card,) = (await town.search())["items"]
    assert card["organizer_slug"] == town.team.slug
    assert card["organizer_name"] == "Kulturhaus"
    assert (card["venue_name"], card["city"], card["country"]) == (
        "Kesselhaus", town.name, "Germany")  # fmt: skip
    assert card["price_from"] == {"amount": 2500, "currency": "EUR"}
    assert card["is_free"] is False
    assert card["availability"] == "available"
    assert card["cover"] is None


@pytest.mark.parametrize(
    "query",
    ["café", "CAFE", "caf", "lodz jazz", "jazz łódź", "Kesselhaus", "kulturhaus", "soul", "music"],
)
async def test_words_are_found_without_case_accents_and_endings(town: Town, query: str) -> None:
    await town.stage("Café Łódź: Jazz!", summary="Two hours of soul.")
    assert await town.titles(q=query) == ["Café Łódź: Jazz!"]


@pytest.mark.parametrize("query", ["opera", "jazz opera", "azz", "zzaj"])
async def test_every_word_must_occur(town: Town, query: str) -> None:
    await town.stage("Jazz")
    assert await town.titles(q=query) == []


@pytest.mark.parametrize(
    "query", ["'", "\\", "a & b | !c", "':*", "(((", "<->", "%", "\x01", "日本", "; DROP TABLE x"]
)
async def test_no_query_breaks_the_search(town: Town, query: str) -> None:
    await town.stage("Jazz")
    assert isinstance(await town.titles(q=query), list)


async def test_a_query_of_nothing_but_signs_filters_nothing(town: Town) -> None:
    await town.stage("Jazz")
    assert await town.titles(q="!!!") == ["Jazz"]


async def test_the_soonest_come_first_in_pages(town: Town) -> None:
    for days in (30, 10, 20, 20):
        await town.stage(f"In {days}", in_days=days)
    found: list[str] = []
    cursor = None
    while True:
        page = await town.search(limit=2, **({"cursor": cursor} if cursor else {}))
        found += [card["title"] for card in page["items"]]
        assert page["total"] == 4
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break
    assert found == ["In 10", "In 20", "In 20", "In 30"]
    assert cursor is None


async def test_filters_combine(town: Town) -> None:
    await town.stage("Concert", ticket={"name": "R", "price": 0, "quantity": 5})
    await town.stage("Play", category="theatre")
    assert await town.titles(category="theatre") == ["Play"]
    assert await town.titles(free=True) == ["Concert"]
    assert await town.titles(free=False) == ["Play"]
    assert await town.titles(free=True, category="theatre") == []
    assert sorted(await town.titles(country="germany")) == ["Concert", "Play"]
    assert await town.titles(country="France") == []
    assert sorted(await town.titles(organizer=town.team.slug)) == ["Concert", "Play"]
    assert await town.titles(organizer="somebody-else") == []
    assert sorted(await town.titles(city=town.name.upper())) == ["Concert", "Play"]


async def test_days_are_those_at_the_event(town: Town) -> None:
    await town.stage(
        "Late in Tokyo",
        timezone="Asia/Tokyo",
        starts_at="2027-05-02T01:00",
        ends_at="2027-05-03T00:00",
    )
    assert await town.titles(date_from="2027-05-02", date_to="2027-05-02") == ["Late in Tokyo"]
    assert await town.titles(date_from="2027-05-03") == []
    assert await town.titles(date_to="2027-05-01") == []


async def test_several_days_are_found_by_each_of_them(town: Town) -> None:
    await town.stage("Festival", starts_at="2027-05-01T12:00", ends_at="2027-05-04T02:00")
    for day in range(1, 5):
        on = f"2027-05-0{day}"
        assert await town.titles(date_from=on, date_to=on) == ["Festival"]


async def test_facets_count_without_their_own_filter(town: Town) -> None:
    for title in ("One", "Two"):
        await town.stage(title)
    await town.stage("Three", category="theatre")
    found = await town.search(category="theatre")
    assert found["total"] == 1
    assert found["categories"] == [{"value": "music", "count": 2}, {"value": "theatre", "count": 1}]
    assert {"value": town.name, "count": 1} in found["cities"]


async def test_sold_out_stays_listed_and_says_so(town: Town) -> None:
    event = await town.stage("Full", ticket={"name": "R", "price": 900, "quantity": 2})
    await town.team.claim(event, 2)
    town.team.house.events._shown.forget(town.team.organizer_id, event["id"], event["slug"])
    (card,) = (await town.search())["items"]
    assert card["availability"] == "sold_out"
    assert card["price_from"] is None


async def test_before_the_sale_nothing_is_on_sale(town: Town) -> None:
    event = await town.stage("Soon")
    begins = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    kind = event["ticket_types"][0]["id"]
    await town.team.patch(event, f"/ticket-types/{kind}", sales_start=begins)
    (card,) = (await town.search())["items"]
    assert card["availability"] == "not_on_sale"


async def test_what_is_over_is_not_listed(town: Town) -> None:
    event = await town.stage("Yesterday")
    await town.team.house.rows(
        "UPDATE events.discovery SET ends_at = now() - interval '1 second' WHERE event_id = $1",
        event["id"],
    )
    town.team.house.events._shown.forget(town.team.organizer_id, event["id"], event["slug"])
    assert await town.titles() == []


async def test_changes_reach_the_listing(town: Town) -> None:
    event = await town.stage("Jazz")
    elsewhere = {"name": "Lido", "city": f"New {town.name}", "country": "France"}
    accepted(await town.team.patch(event, title="Opera", venue=elsewhere, category="arts"))
    assert await town.titles() == []
    (card,) = (await town.search(city=f"New {town.name}", q="opera"))["items"]
    assert (card["category"], card["country"]) == ("arts", "France")
    kind = event["ticket_types"][0]["id"]
    accepted(await town.team.patch(event, f"/ticket-types/{kind}", price=0))
    (card,) = (await town.search(city=f"New {town.name}"))["items"]
    assert card["is_free"] is True
    assert card["price_from"]["amount"] == 0


async def test_a_wrong_filter_is_refused(town: Town) -> None:
    async def ask(**filters: Any) -> httpx2.Response:
        return await town.visitor.get("/api/v1/events", params=filters)

    refused(await ask(limit=101), 422, "bad_limit")
    refused(await ask(cursor="bm90IG91cnM"), 422, "bad_cursor")
    without_zone = encode_cursor((datetime(2027, 1, 1), new_id()))  # noqa: DTZ001  # that is the point
    refused(await ask(cursor=without_zone), 422, "bad_cursor")
    for name in ("q", "city", "country", "category", "organizer"):
        refused(await ask(**{name: "a\x00b"}), 400, "malformed_request")
    assert wrong_fields(await ask(q="x" * 201)) == {"?q": "too_long"}
    backwards = await ask(date_from="2027-05-02", date_to="2027-05-01")
    assert wrong_fields(backwards) == {"?date_to": "end_before_start"}
    assert (await ask(date_from="tomorrow")).status_code in {400, 422}
    assert (await ask(free="perhaps")).status_code in {400, 422}
