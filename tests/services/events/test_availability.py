"""What can be bought, as buyers' pages poll it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest

from boxoffice.kernel.ids import new_id
from tests.services.events.house import Team, accepted, refused


async def states(team: Team, event: dict[str, Any], visitor: httpx2.AsyncClient) -> list[str]:
    answer = await visitor.get(path(team, event))
    return [offer["state"] for offer in accepted(answer)["offers"]]


def path(team: Team, event: dict[str, Any]) -> str:
    return f"/api/v1/events/{team.slug}/{event['slug']}/availability"


def forget(team: Team, event: dict[str, Any]) -> None:
    """What a second of waiting does."""
    team.house.events._shown.forget(team.organizer_id, event["id"], event["slug"])


async def test_it_says_few_and_how_many_then_sold_out(
    team: Team, visitor: httpx2.AsyncClient
) -> None:
    event = await team.published(ticket={"name": "R", "price": 0, "quantity": 12})
    assert await states(team, event, visitor) == ["on_sale"]
    await team.claim(event, 9)
    forget(team, event)
    (offer,) = accepted(await visitor.get(path(team, event)))["offers"]
    assert (offer["state"], offer["available"]) == ("few", 3)
    await team.claim(event, 3)
    forget(team, event)
    (offer,) = accepted(await visitor.get(path(team, event)))["offers"]
    assert (offer["state"], offer["available"]) == ("sold_out", None)


async def test_lapsed_holds_are_free_again(team: Team, visitor: httpx2.AsyncClient) -> None:
    event = await team.published(ticket={"name": "R", "price": 0, "quantity": 1})
    await team.claim(event, 1, expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert await states(team, event, visitor) == ["few"]


async def test_it_is_answered_from_memory_for_a_second(
    team: Team, visitor: httpx2.AsyncClient
) -> None:
    event = await team.published(ticket={"name": "R", "price": 0, "quantity": 1})
    assert await states(team, event, visitor) == ["few"]
    await team.claim(event, 1)
    assert await states(team, event, visitor) == ["few"]
    forget(team, event)
    assert await states(team, event, visitor) == ["sold_out"]


async def test_the_etag_changes_only_with_what_it_says(
    team: Team, visitor: httpx2.AsyncClient
) -> None:
    event = await team.published()
    first = await visitor.get(path(team, event))
    unchanged = {"if-none-match": first.headers["etag"]}
    forget(team, event)
    again = await visitor.get(path(team, event), headers=unchanged)
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    await team.claim(event, 95)
    forget(team, event)
    changed = await visitor.get(path(team, event), headers=unchanged)
    assert accepted(changed)["offers"][0]["available"] == 5
    assert changed.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"sales_start": timedelta(days=1)}, "not_yet"),
        ({"sales_end": timedelta(seconds=-1)}, "ended"),
        ({"sales_start": timedelta(days=-2), "sales_end": timedelta(days=1)}, "on_sale"),
    ],
)
async def test_the_sale_window_counts(
    team: Team, visitor: httpx2.AsyncClient, changes: dict[str, timedelta], state: str
) -> None:
    event = await team.published()
    kind = event["ticket_types"][0]["id"]
    times = {name: (datetime.now(UTC) + ahead).isoformat() for name, ahead in changes.items()}
    accepted(await team.patch(event, f"/ticket-types/{kind}", **times))
    assert await states(team, event, visitor) == [state]


async def test_a_type_off_sale_is_not_shown(team: Team, visitor: httpx2.AsyncClient) -> None:
    event = await team.published()
    kind = event["ticket_types"][0]["id"]
    await team.patch(event, f"/ticket-types/{kind}", on_sale=False)
    assert await states(team, event, visitor) == []
    page = accepted(await visitor.get(path(team, event).removesuffix("/availability")))
    assert page["offers"] == []


async def test_the_tightest_of_several_quotas_counts(
    team: Team, visitor: httpx2.AsyncClient
) -> None:
    event = await team.published()
    kind = event["ticket_types"][0]["id"]
    limit = {"name": "Tight", "capacity": 4, "ticket_type_ids": [kind]}
    await team.post(event, "/quotas", limit)
    (offer,) = accepted(await visitor.get(path(team, event)))["offers"]
    assert (offer["state"], offer["available"]) == ("few", 4)


async def test_a_date_of_another_event_is_unknown(team: Team, visitor: httpx2.AsyncClient) -> None:
    event = await team.published()
    own = {"occurrence_id": event["occurrences"][0]["id"]}
    assert accepted(await visitor.get(path(team, event), params=own))
    other = {"occurrence_id": str(new_id())}
    refused(await visitor.get(path(team, event), params=other), 404, "not_found")
    bad = await visitor.get(path(team, event), params={"occurrence_id": "x"})
    assert bad.status_code in {400, 422}


async def test_many_events_are_summed_up_as_each_alone_and_unknown_ones_left_out(
    team: Team,
) -> None:
    events = [await team.published(title=title) for title in ("One", "Two", "Three")]
    ids = [UUID(event["id"]) for event in events]
    dates = [UUID(event["occurrences"][0]["id"]) for event in events]
    one_alone = await team.house.events.summary(team.organizer_id, ids[0])
    wanted = {ids[0]: {dates[0]}, ids[1]: {dates[1]}, ids[2]: set[UUID](), new_id(): set[UUID]()}
    found = await team.house.events.summaries(team.organizer_id, wanted)
    assert found == {one: await team.house.events.summary(team.organizer_id, one) for one in ids}
    assert found[ids[0]] == one_alone
    assert await team.house.events.summaries(new_id(), wanted) == {}


async def test_events_are_read_anew_where_one_lacks_a_date(team: Team) -> None:
    events = [await team.published(title=title) for title in ("One", "Two")]
    ids = [UUID(event["id"]) for event in events]
    await team.house.events.summaries(team.organizer_id, dict.fromkeys(ids, ()))
    async with team.house.db.begin(team.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE events.events SET title = 'New' WHERE organizer_id = $1 AND id = $2",
            (team.organizer_id, ids[0]),
        )
    found = await team.house.events.summaries(team.organizer_id, {ids[0]: {new_id()}, ids[1]: ()})
    assert [found[one].title for one in ids] == ["New", "Two"]
