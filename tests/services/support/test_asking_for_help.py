"""The buyer's side of a conversation."""

import asyncio
from collections import Counter

import pytest

from boxoffice.services.support import rules
from tests.services.support.desk import Buyer, Desk, accepted, refused
from tests.support.product import once


async def test_a_buyer_asks_for_help_with_an_order_and_finds_the_conversation_again(
    desk: Desk,
) -> None:
    buyer = await desk.buyer()
    opened = accepted(await buyer.ask("No PDF came.\nI looked in the spam folder, too."))
    assert opened["subject"] == "No PDF came."
    assert opened["status"] == "open"
    assert opened["order_code"] == buyer.order["code"]
    assert (opened["buyer_name"], opened["buyer_email"]) == ("Ada Lovelace", "ada@example.org")
    assert [(m["author"], m["author_name"]) for m in opened["messages"]] == [
        ("buyer", "Ada Lovelace")
    ]
    assert await buyer.conversations() == [opened]


async def test_a_guest_with_the_order_link_writes_from_another_browser(desk: Desk) -> None:
    buyer = await desk.buyer()
    opened = accepted(await buyer.ask())
    phone = Buyer(desk, desk.product.visitor(), buyer.order)
    refused(await phone.reply(opened), 404, "order_not_found")
    phone.browser.headers["order-token"] = buyer.order["token"]
    assert len(accepted(await phone.reply(opened))["messages"]) == 2


async def test_a_stranger_finds_nothing(desk: Desk) -> None:
    buyer, other = await desk.buyer(), await desk.buyer()
    opened = accepted(await buyer.ask())
    stranger = Buyer(desk, other.browser, buyer.order)
    stranger.browser.headers["order-token"] = other.order["token"]
    refused(await stranger.ask(), 404, "order_not_found")
    refused(await stranger.reply(opened), 404, "order_not_found")
    refused(await stranger.browser.get(stranger.path), 404, "order_not_found")
    assert len((await buyer.conversations())[0]["messages"]) == 1


async def test_a_conversation_is_found_under_its_own_order_only(desk: Desk) -> None:
    buyer, other = await desk.buyer(), await desk.buyer()
    opened = accepted(await other.ask())
    refused(await buyer.reply(opened), 404, "not_found")
    assert await buyer.conversations() == []


async def test_nobody_of_the_team_speaks_in_a_buyers_name(desk: Desk) -> None:
    buyer = await desk.buyer()
    opened = accepted(await buyer.ask())
    owner = Buyer(desk, await desk.member("owner"), buyer.order)
    refused(await owner.ask(), 404, "order_not_found")
    refused(await owner.reply(opened), 404, "order_not_found")
    assert await owner.conversations() == [opened]


async def test_an_order_without_a_name_is_asked_for_one_first(desk: Desk) -> None:
    anonymous = await desk.buyer(known=False)
    refused(await anonymous.ask(), 409, "buyer_unknown")


async def test_the_same_key_opens_one_conversation(desk: Desk) -> None:
    buyer, key = await desk.buyer(), once()
    body = {"message": "Once."}
    answers = await asyncio.gather(
        *(buyer.browser.post(buyer.path, json=body, headers=key) for _ in range(5))
    )
    assert {accepted(answer)["id"] for answer in answers} == {
        one["id"] for one in await buyer.conversations()
    }
    assert len(await desk.facts()) == 1


@pytest.mark.parametrize("message", ["", " \n ", "\x07", "x" * 5_001])
async def test_a_message_that_says_nothing_or_too_much_is_refused(desk: Desk, message: str) -> None:
    buyer = await desk.buyer()
    problem = refused(await buyer.ask(message), 422, "invalid")
    assert [error["pointer"] for error in problem["errors"]] == ["/message"]


async def test_a_message_keeps_its_words_whatever_they_look_like(desk: Desk) -> None:
    buyer = await desk.buyer()
    typed = "</script><b>{{7*7}}</b>\r\n%s ' OR 1=1 --\x07 שלום 👋🏽"
    kept = accepted(await buyer.ask(typed))["messages"][0]["body"]
    assert kept == "</script><b>{{7*7}}</b>\n%s ' OR 1=1 -- שלום 👋🏽"


async def test_a_reply_reopens_what_was_resolved(desk: Desk) -> None:
    buyer, support = await desk.buyer(), await desk.member()
    opened = accepted(await buyer.ask())
    url = f"{desk.path}/conversations/{opened['id']}"
    accepted(await support.patch(url, json={"status": "resolved"}), 200)
    assert accepted(await buyer.reply(opened))["status"] == "open"


async def test_of_many_messages_at_once_only_the_pace_of_an_hour_goes_through(desk: Desk) -> None:
    buyer = await desk.buyer()
    opened = accepted(await buyer.ask())
    tries = [buyer.reply(opened) if number % 3 else buyer.ask() for number in range(30)]
    answers = await asyncio.gather(*tries)
    assert Counter(answer.status_code for answer in answers) == {201: rules.PACE - 1, 429: 11}
    refusal = next(answer for answer in answers if answer.status_code == 429)
    assert refused(refusal, 429, "too_many_messages")
    assert 3_500 < int(refusal.headers["retry-after"]) <= 3_600
    await desk.rows(
        "UPDATE support.messages SET sent_at = sent_at - interval '1 hour' WHERE organizer_id = $1"
    )
    accepted(await buyer.reply(opened))


async def test_one_order_can_be_discussed_in_so_many_conversations(desk: Desk) -> None:
    buyer = await desk.buyer()
    for _ in range(rules.CONVERSATIONS_PER_ORDER):
        accepted(await buyer.ask())
    await desk.rows(
        "UPDATE support.messages SET sent_at = sent_at - interval '1 hour' WHERE organizer_id = $1"
    )
    refused(await buyer.ask(), 409, "too_many_conversations")
    assert len(await buyer.conversations()) == rules.CONVERSATIONS_PER_ORDER


async def test_a_full_conversation_takes_no_more(desk: Desk) -> None:
    buyer = await desk.buyer()
    opened = accepted(await buyer.ask())
    await desk.rows(
        "UPDATE support.conversations SET message_count = $2 WHERE organizer_id = $1",
        rules.MESSAGES_PER_CONVERSATION,
    )
    refused(await buyer.reply(opened), 409, "conversation_full")


async def test_what_is_reported_names_ids_only(desk: Desk) -> None:
    buyer, support = await desk.buyer(), await desk.member()
    opened = accepted(await buyer.ask())
    replied = accepted(await buyer.reply(opened))
    url = f"{desk.path}/conversations/{opened['id']}/messages"
    answered = accepted(await support.post(url, json={"message": "Here."}, headers=once()))
    ids = [message["id"] for message in answered["messages"]]
    assert [message["id"] for message in replied["messages"]] == ids[:2]
    here = {"organizer_id": str(desk.stage.organizer_id), "conversation_id": opened["id"]}
    assert [tuple(fact) for fact in await desk.facts()] == [
        ("support.conversation_opened.v1", here | {"message_id": ids[0]}),
        ("support.message_posted.v1", here | {"message_id": ids[1], "author": "buyer"}),
        ("support.message_posted.v1", here | {"message_id": ids[2], "author": "organizer"}),
    ]
