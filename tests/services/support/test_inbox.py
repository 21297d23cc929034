"""The organizer's side of a conversation."""

from typing import Any

import httpx2
import pytest

from boxoffice.kernel.ids import new_id
from tests.services.support.desk import Desk, accepted, open_desk, refused
from tests.support.product import Product, once


async def listed(member: httpx2.AsyncClient, desk: Desk, **query: Any) -> dict[str, Any]:
    return accepted(await member.get(f"{desk.path}/conversations", params=query), 200)


async def answer(
    member: httpx2.AsyncClient, desk: Desk, conversation: dict[str, Any], message: str = "Sorry!"
) -> httpx2.Response:
    url = f"{desk.path}/conversations/{conversation['id']}/messages"
    return await member.post(url, json={"message": message}, headers=once())


async def test_the_inbox_shows_who_waits_for_whom(desk: Desk) -> None:
    buyer, support = await desk.buyer(), await desk.member()
    opened = accepted(await buyer.ask("The PDF\n\nis  empty."))
    (row,) = (await listed(support, desk))["items"]
    assert row["waiting_for"] == "organizer"
    assert row["preview"] == "The PDF is empty."
    assert (row["order_code"], row["buyer_name"]) == (buyer.order["code"], "Ada Lovelace")

    answered = accepted(await answer(support, desk, opened, "A new one is attached."))
    assert answered["status"] == "pending"
    assert [(m["author"], m["author_name"]) for m in answered["messages"]] == [
        ("buyer", "Ada Lovelace"),
        ("organizer", "Stage"),
    ]
    assert await buyer.conversations() == [answered]
    (row,) = (await listed(support, desk))["items"]
    assert (row["waiting_for"], row["preview"]) == ("buyer", "A new one is attached.")


async def test_a_resolved_conversation_waits_for_nobody(desk: Desk) -> None:
    buyer, support = await desk.buyer(), await desk.member()
    opened = accepted(await buyer.ask())
    url = f"{desk.path}/conversations/{opened['id']}"
    assert (
        accepted(await support.patch(url, json={"status": "resolved"}), 200)["status"] == "resolved"
    )
    assert accepted(await support.get(url), 200)["status"] == "resolved"
    assert (await listed(support, desk, status="open"))["items"] == []
    (row,) = (await listed(support, desk, status="resolved"))["items"]
    assert row["waiting_for"] == "nobody"
    accepted(await support.patch(url, json={"status": "resolved"}), 200)
    deeds = await desk.rows(
        "SELECT changes FROM data.audit_log WHERE organizer_id = $1 AND action = $2",
        "conversation.changed",
    )
    assert [deed.changes for deed in deeds] == [{"status": ["open", "resolved"]}]


async def test_pages_show_every_conversation_once_the_newest_first(desk: Desk) -> None:
    buyer, support = await desk.buyer(), await desk.member()
    asked = [accepted(await buyer.ask(f"Question {number}"))["id"] for number in range(5)]
    pages = [await listed(support, desk, limit=2)]
    while pages[-1]["has_more"]:
        pages.append(await listed(support, desk, limit=2, cursor=pages[-1]["next_cursor"]))
    shown = [row["id"] for page in pages for row in page["items"]]
    assert [len(page["items"]) for page in pages] == [2, 2, 1]
    assert shown == asked[::-1]


@pytest.mark.parametrize(
    "query", [{"cursor": "nonsense"}, {"limit": 0}, {"limit": 101}, {"status": "closed"}]
)
async def test_a_strange_query_is_refused(desk: Desk, query: dict[str, Any]) -> None:
    support = await desk.member()
    refusal = await support.get(f"{desk.path}/conversations", params=query)
    assert refusal.status_code in {400, 422}, refusal.text


async def test_only_members_who_give_support_come_in(desk: Desk, product: Product) -> None:
    opened = accepted(await (await desk.buyer()).ask())
    elsewhere = await open_desk(product)
    stranger = await elsewhere.member("owner")
    door, visitor = await desk.member("door"), product.visitor()
    for url in (f"{desk.path}/conversations", f"{desk.path}/conversations/{opened['id']}"):
        assert (await visitor.get(url)).status_code == 401
        refused(await stranger.get(url), 404, "not_found")
        refused(await door.get(url), 403, "forbidden")
    assert (await answer(door, desk, opened)).status_code == 403
    assert (await answer(stranger, desk, opened)).status_code == 404


async def test_another_organizers_conversation_is_not_found_by_its_id(
    desk: Desk, product: Product
) -> None:
    opened = accepted(await (await desk.buyer()).ask())
    elsewhere = await open_desk(product)
    owner = await elsewhere.member("owner")
    refused(await answer(owner, elsewhere, opened), 404, "not_found")
    url = f"{elsewhere.path}/conversations/{opened['id']}"
    refused(await owner.get(url), 404, "not_found")
    refused(await owner.patch(url, json={"status": "resolved"}), 404, "not_found")


async def test_an_unknown_conversation_is_not_found(desk: Desk) -> None:
    support = await desk.member()
    refused(await support.get(f"{desk.path}/conversations/{new_id()}"), 404, "not_found")


async def test_the_same_key_answers_once(desk: Desk) -> None:
    opened = accepted(await (await desk.buyer()).ask())
    support, key = await desk.member(), once()
    url = f"{desk.path}/conversations/{opened['id']}/messages"
    first = await support.post(url, json={"message": "Once."}, headers=key)
    again = await support.post(url, json={"message": "Once."}, headers=key)
    assert accepted(again) == accepted(first)
    assert len(accepted(again)["messages"]) == 2
