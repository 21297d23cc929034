"""Answers for everybody: made once while they are current, and never those for one person."""

from typing import Any

from boxoffice.gateway.shared_answers import MOST_ANSWERS
from tests.gateway.edge import API, Edge

POLLED = f"{API}/polled"


async def test_what_is_current_is_made_once_for_all_who_ask(edge: Edge) -> None:
    first = await edge.client().get(POLLED)
    again = await edge.client(address="203.0.113.9").get(POLLED)
    assert (first.status_code, again.status_code, edge.ledger.effects) == (200, 200, 1)
    assert again.text == first.text == "open "
    told = {"content-type", "etag", "cache-control", "content-length", "x-content-type-options"}
    assert {name: again.headers[name] for name in told} == {
        name: first.headers[name] for name in told
    }
    assert again.headers["x-request-id"] != first.headers["x-request-id"]


async def test_a_change_is_told_at_once(edge: Edge) -> None:
    await edge.client().get(POLLED)
    edge.ledger.said = "sold out"
    assert (await edge.client().get(POLLED)).text == "sold out "
    assert edge.ledger.effects == 2


async def test_whoever_has_it_is_told_so_without_it(edge: Edge) -> None:
    known = (await edge.client().get(POLLED)).headers["etag"]
    same = await edge.client().get(POLLED, headers={"If-None-Match": known})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", known)
    old = await edge.client().get(POLLED, headers={"If-None-Match": '"older"'})
    assert (old.status_code, edge.ledger.effects) == (200, 1)


async def test_another_query_is_another_answer_and_a_head_has_no_body(edge: Edge) -> None:
    await edge.client().get(POLLED)
    assert (await edge.client().get(f"{POLLED}?word=hi")).text == "open hi"
    head = await edge.client().head(POLLED)
    assert (head.content, head.headers["content-length"]) == (b"", "5")
    assert edge.ledger.effects == 2


async def test_who_shows_a_token_or_comes_from_elsewhere_is_asked_as_ever(edge: Edge) -> None:
    await edge.client().get(POLLED)
    wrong = await edge.client().get(POLLED, headers={"Authorization": "Bearer nonsense"})
    assert wrong.status_code == 401
    elsewhere = await edge.client().get(POLLED, headers={"Origin": "https://else.example"})
    assert (elsewhere.status_code, edge.ledger.effects) == (200, 2)


async def test_an_answer_with_a_cookie_is_for_one_person(edge: Edge) -> None:
    for _ in range(2):
        answer = await edge.client().get(f"{POLLED}?word=cookie")
        assert "seen" in answer.headers["set-cookie"]
    assert edge.ledger.effects == 2


async def test_only_so_many_are_kept(edge: Edge) -> None:
    async with edge.client() as client:
        for number in range(MOST_ANSWERS + 1):
            await client.get(f"{POLLED}?word={number}")
        assert edge.ledger.effects == MOST_ANSWERS + 1
        await client.get(f"{POLLED}?word={MOST_ANSWERS}")
        assert edge.ledger.effects == MOST_ANSWERS + 1
        await client.get(f"{POLLED}?word=0")
        assert edge.ledger.effects == MOST_ANSWERS + 2


async def test_what_is_not_current_any_more_is_let_go_with_the_next_answer(edge: Edge) -> None:
    """It holds on to all that it was made of, and junk is never asked for again."""
    front: Any = edge.app.asgi_handler
    shared = front._shared
    for number in range(5):
        await edge.client().get(f"{POLLED}?word={number}")
    assert len(shared) == 5
    edge.ledger.said = "sold out"
    await edge.client().get(f"{POLLED}?word=new")
    assert len(shared) == 1
