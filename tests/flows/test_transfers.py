"""B16 · Tickets given on: link, new code, custody, and that one of many rivals wins."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from boxoffice.data.postgres import Database
from tests.support.cancelling import bought, try_to_cancel
from tests.support.market import Market, accepted, market_of, refused
from tests.support.product import Product, once

EVE = "eve@example.org"
Json = dict[str, Any]


def ticket_path(market: Market, order: Json, number: int = 1) -> str:
    ticket = next(one for one in order["tickets"] if one["number"] == number)
    return f"{market.api}/orders/{order['id']}/tickets/{ticket['id']}"


async def offer(market: Market, order: Json, number: int = 1, email: str = EVE) -> Json:
    path = f"{ticket_path(market, order, number)}/transfers"
    made = await market.buyer.post(path, json={"email": email, "message": "Have fun"})
    return accepted(made, 201)


async def link(market: Market, made: Json) -> str:
    """The path of the link that only the mail tells."""
    bookings = market.product.services.bookings
    news = await bookings.transfer(market.stage.organizer_id, made["id"])
    assert news is not None
    return f"/api/v1/ticket-transfers/{news.token}"


async def take(market: Market, path: str, name: str = "Eve Adams") -> Json:
    async with market.product.visitor() as eve:
        return accepted(await eve.post(f"{path}/accept", json={"name": name}))


async def scan(market: Market, code: str) -> Json:
    body = {
        "nonce": str(uuid4()),
        "code": code,
        "event_id": str(market.stage.event_id),
        "gate": "North",
    }
    return accepted(await market.manager.post(f"{market.api}/scans", json=body))


async def order_now(market: Market, order: Json) -> Json:
    return accepted(await market.buyer.get(f"{market.api}/orders/{order['id']}"))


async def policy(market: Market, **terms: Any) -> None:
    body = {"transfer": terms, "cancellation": {"allowed": True}}
    accepted(await market.manager.put(f"{market.event}/order-policy", json=body))


async def test_a_ticket_is_transferred_to_a_person_who_accepts_by_link_with_a_code_of_their_own(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 0) as market:
        order = await bought(market, 2)
        old = order["tickets"][0]["code"]
        made = await offer(market, order)
        path = await link(market, made)
        shown = accepted(await market.product.visitor().get(path))
        assert (shown["status"], shown["ticket"], shown["from_name"]) == (
            "offered", None, "Ada Lovelace",
        )  # fmt: skip
        assert (await market.buyer.get(f"{path}/qr.svg")).status_code == 404
        taken = await take(market, path)
        again = await take(market, path, "Somebody Else")
        now = await order_now(market, order)
        qr = await market.buyer.get(f"{path}/qr.svg")
        pdf = await market.buyer.get(f"{path}/ticket.pdf")
        own_qr = await market.buyer.get(f"{ticket_path(market, order)}/qr.svg")
        old_scan, new_scan = await scan(market, old), await scan(market, taken["ticket"]["code"])
    assert taken["ticket"]["code"] not in {"", old}
    assert again["ticket"] == taken["ticket"]
    assert again["to_name"] == "Eve Adams"
    given, kept = now["tickets"]
    assert (given["code"], given["given_on"], given["attendee_name"]) == ("", True, "Eve Adams")
    assert kept["code"] == order["tickets"][1]["code"]
    assert own_qr.status_code == 404
    assert (qr.status_code, pdf.content[:5]) == (200, b"%PDF-")
    assert (old_scan["verdict"], old_scan["reason"]) == ("refused", "given_on")
    assert new_scan["verdict"] == "admitted"


async def test_edge_case_28_the_old_code_of_a_ticket_that_was_given_on_is_refused_with_its_reason(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 0) as market:
        order = await bought(market, 1)
        first = await take(market, await link(market, await offer(market, order)))
        told = await scan(market, order["tickets"][0]["code"])
        good = await scan(market, first["ticket"]["code"])
    assert told["message"] == "This ticket was given to somebody else; only their code is good."
    assert good["attendee_name"] == "Eve Adams"


async def test_the_chain_of_custody_is_kept_and_shown_to_the_organizer(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 0) as market:
        order = await bought(market, 1)
        eves = await link(market, await offer(market, order))
        await take(market, eves)
        async with market.product.visitor() as eve:
            body = {"email": "mallory@example.org"}
            passed = accepted(await eve.post(f"{eves}/offer", json=body))
            mallorys = await link(market, passed["offer"])
            last = await take(market, mallorys, "Mallory")
            after = accepted(await eve.get(eves))
            again = await eve.post(f"{eves}/offer", json=body)
        by_buyer = await market.buyer.post(
            f"{ticket_path(market, order)}/transfers", json={"email": EVE}
        )
        path = f"{market.api}/orders/{order['id']}/transfers"
        chain: list[Json] = (await market.manager.get(path)).json()
        own: list[Json] = (await market.buyer.get(path)).json()
    assert [(one["from_name"], one["to_name"], one["status"]) for one in chain] == [
        ("Ada Lovelace", "Eve Adams", "accepted"), ("Eve Adams", "Mallory", "accepted"),
    ]  # fmt: skip
    assert [one["to_email"] for one in own] == [EVE]
    assert (after["ticket"], after["given_on"]) == (None, True)
    assert last["ticket"]["code"]
    refused(again, 409, "ticket_not_yours")
    refused(by_buyer, 409, "ticket_not_yours")


async def test_the_organizer_forbids_giving_on_or_sets_a_deadline(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 0) as market:
        order = await bought(market, 2)
        standing = await link(market, await offer(market, order))
        await policy(market, allowed=False)
        path = f"{ticket_path(market, order, 2)}/transfers"
        forbidden = await market.buyer.post(path, json={"email": EVE})
        async with market.product.visitor() as eve:
            too = await eve.post(f"{standing}/accept", json={"name": "Eve"})
        await policy(market, hours_before=30 * 24 + 1)
        late = await market.buyer.post(path, json={"email": EVE})
    refused(forbidden, 409, "transfer_not_allowed")
    refused(too, 409, "transfer_not_allowed")
    refused(late, 409, "transfer_too_late")


async def test_the_sender_withdraws_the_recipient_declines_and_time_ends_an_offer(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 0) as market:
        order = await bought(market, 1)
        made = await offer(market, order)
        path = f"{ticket_path(market, order)}/transfers"
        twice = await market.buyer.post(path, json={"email": EVE})
        withdraw = f"{market.api}/orders/{order['id']}/transfers/{made['id']}/withdraw"
        stranger = await market.product.visitor().post(withdraw)
        withdrawn = accepted(await market.buyer.post(withdraw))
        gone = await market.product.visitor().post(
            f"{await link(market, made)}/accept", json={"name": "Eve"}
        )
        second = await link(market, await offer(market, order))
        declined = accepted(await market.product.visitor().post(f"{second}/decline"))
        third = await offer(market, order)
        async with db.begin(market.stage.organizer_id) as tx:
            await tx.connection.exec_driver_sql(
                "UPDATE bookings.transfers SET expires_at = clock_timestamp() WHERE id = $1",
                (third["id"],),
            )
        late = await market.product.visitor().post(
            f"{await link(market, third)}/accept", json={"name": "Eve"}
        )
        fourth = await offer(market, order)
        now = await order_now(market, order)
    refused(twice, 409, "offer_stands")
    assert stranger.status_code == 404
    assert (withdrawn["status"], declined["status"]) == ("withdrawn", "declined")
    assert refused(gone, 410, "transfer_over")["ended"] == "withdrawn"
    assert refused(late, 410, "transfer_over")["ended"] == "expired"
    assert fourth["status"] == "offered"
    assert now["tickets"][0]["code"] == order["tickets"][0]["code"]


async def test_a_forged_or_broken_link_opens_nothing(db: Database, product: Product) -> None:
    async with market_of(db, product, 0) as market:
        order = await bought(market, 1)
        path = await link(market, await offer(market, order))
        for wrong in (path[:-2] + "AA", path + "x", f"/api/v1/ticket-transfers/{order['token']}"):
            refused(await market.buyer.get(wrong), 404, "transfer_not_found")


async def test_edge_case_18_a_ticket_that_was_given_on_is_not_refunded_to_its_buyer(
    db: Database, product: Product
) -> None:
    async with market_of(db, product, 0) as market:
        await policy(market, allowed=True)
        order = await bought(market, 2)
        path = await link(market, await offer(market, order))
        await take(market, path)
        refused(await try_to_cancel(market, order, 1), 409, "ticket_given_on")
        by_staff = accepted(await try_to_cancel(market, order, 1, by=market.manager))
        shown = accepted(await market.buyer.get(path))
    assert by_staff["order"]["status"] == "confirmed"
    assert (shown["cancelled"], shown["ticket"]) == (True, None)


async def test_a_cancelled_ticket_takes_its_offer_along(db: Database, product: Product) -> None:
    async with market_of(db, product, 0) as market:
        await policy(market, allowed=True)
        order = await bought(market, 2)
        path = await link(market, await offer(market, order))
        accepted(await try_to_cancel(market, order, 1))
        late = await market.product.visitor().post(f"{path}/accept", json={"name": "Eve"})
        again = await market.buyer.post(
            f"{ticket_path(market, order)}/transfers", json={"email": EVE}, headers=once()
        )
    refused(late, 410, "transfer_over")
    refused(again, 404, "transfer_not_found")


@pytest.mark.parametrize("rival", ["withdraw", "cancel", "scan", "accept"])
async def test_of_accepting_and_a_rival_at_once_one_wins(
    db: Database, product: Product, rival: str
) -> None:
    async with market_of(db, product, 0) as market:
        await policy(market, allowed=True)
        order = await bought(market, 10)
        made = [await offer(market, order, number) for number in range(1, 11)]
        paths = [await link(market, one) for one in made]

        async def accept(path: str) -> int:
            async with market.product.visitor() as eve:
                return (await eve.post(f"{path}/accept", json={"name": "Eve"})).status_code

        async def act(number: int) -> bool:
            one = made[number - 1]
            if rival == "withdraw":
                path = f"{market.api}/orders/{order['id']}/transfers/{one['id']}/withdraw"
                return (await market.buyer.post(path)).status_code == 200
            if rival == "cancel":
                return (await try_to_cancel(market, order, number)).status_code == 200
            if rival == "scan":
                code = order["tickets"][number - 1]["code"]
                return (await scan(market, code))["verdict"] == "admitted"
            return await accept(paths[number - 1]) == 200

        taken, won = await asyncio.gather(
            asyncio.gather(*(accept(path) for path in paths)),
            asyncio.gather(*(act(number) for number in range(1, 11))),
        )
        async with db.begin(market.stage.organizer_id) as tx:
            rows = await tx.connection.exec_driver_sql(
                "SELECT code_version FROM bookings.tickets WHERE organizer_id = $1",
                (market.stage.organizer_id,),
            )
            versions = [row.code_version for row in rows]
    if rival == "accept":
        assert set(taken) == {200}
        assert all(won)
        assert set(versions) == {2}
    else:
        for code, other in zip(taken, won, strict=True):
            assert (code == 200) != other, (taken, won)
        assert sorted(versions) == [1] * sum(won) + [2] * taken.count(200)
