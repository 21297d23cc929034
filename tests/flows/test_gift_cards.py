"""Gift cards as the organizer's staff deal with them, over the API."""

from typing import Any

import httpx2
import pytest

from boxoffice.data.postgres import Database
from tests.support.product import Product, once
from tests.support.shop import Shop, done, refused
from tests.support.staff import staff_of
from tests.support.stage import set_stage

Json = dict[str, Any]
BECAUSE = {"because": "A complaint"}


def cards_of(shop: Shop) -> str:
    return f"/api/v1/organizers/{shop.stage.slug}/gift-cards"


async def issued(shop: Shop, amount: int = 5000, currency: str = "EUR", **more: Any) -> Json:
    """A new card with its code."""
    body = {"value": {"amount": amount, "currency": currency}} | more
    return done(await shop.staff.post(cards_of(shop), json=body), 201)


async def detail(shop: Shop, card: Json) -> Json:
    """The card as staff see it, with what happened to its money, oldest first."""
    found = done(await shop.staff.get(f"{cards_of(shop)}/{card['card']['id']}"))
    return found | {"entries": found["entries"][::-1]}


async def test_staff_issue_a_card_and_find_it_by_code_end_or_note(shop: Shop) -> None:
    made = await issued(shop, note="For the summer raffle")
    card = made["card"]
    assert (card["status"], card["balance"]) == ("active", {"amount": 5000, "currency": "EUR"})
    assert card["code_end"] == made["code"][-4:]
    await issued(shop, 100)
    for words in (made["code"].lower(), card["code_end"], "raffle"):
        found = done(await shop.staff.get(cards_of(shop), params={"q": words}))
        assert [one["id"] for one in found["items"]] == [card["id"]]
        assert made["code"] not in str(found)
    again = done(await shop.staff.post(f"{cards_of(shop)}/{card['id']}/reveal"))
    assert again["code"] == made["code"]


async def test_a_double_click_issues_one_card_and_no_table_holds_its_code(
    shop: Shop, db: Database
) -> None:
    body, key = {"value": {"amount": 700, "currency": "EUR"}}, once()
    first = done(await shop.staff.post(cards_of(shop), json=body, headers=key), 201)
    again = done(await shop.staff.post(cards_of(shop), json=body, headers=key), 201)
    assert (again["code"], again["card"]["id"]) == (first["code"], first["card"]["id"])
    async with db.begin(shop.stage.organizer_id) as tx:
        stored = await tx.connection.exec_driver_sql(
            "SELECT convert_from(answer, 'UTF8'), "
            "(SELECT string_agg(c::text, '') FROM payments.gift_cards c) "
            "FROM data.idempotency_keys WHERE key = $1",
            tuple(key.values()),
        )
        text = str(stored.all())
    assert first["card"]["id"] in text
    assert first["code"] not in text


async def test_a_cards_entries_sum_up_to_its_balance_and_nobody_edits_them(
    shop: Shop, db: Database
) -> None:
    made = await issued(shop)
    path = f"{cards_of(shop)}/{made['card']['id']}"
    key = once()
    for _ in range(2):
        less = {"amount": -1200} | BECAUSE
        adjusted = done(await shop.staff.post(f"{path}/adjust", json=less, headers=key))
        assert adjusted["card"]["balance"]["amount"] == 3800
    refused(
        await shop.staff.post(f"{path}/adjust", json={"amount": -3801} | BECAUSE),
        409,
        "gift_card_too_low",
    )
    found = await detail(shop, made)
    moved = [(one["kind"], one["amount"]["amount"]) for one in found["entries"]]
    assert moved == [("issued", 5000), ("adjusted", -1200)]
    assert sum(amount for _, amount in moved) == found["card"]["balance"]["amount"]
    with pytest.raises(Exception, match="permission denied"):
        async with db.begin(shop.stage.organizer_id) as tx:
            await tx.connection.exec_driver_sql(
                "UPDATE payments.gift_card_entries SET amount = 1 WHERE organizer_id = $1",
                (shop.stage.organizer_id,),
            )


async def test_a_void_card_is_worth_nothing_and_says_so(shop: Shop) -> None:
    made = await issued(shop)
    path = f"{cards_of(shop)}/{made['card']['id']}"
    voided = done(await shop.staff.post(f"{path}/void", json=BECAUSE))
    assert voided["card"]["status"] == "void"
    assert voided["card"]["balance"]["amount"] == 0
    assert [one["kind"] for one in voided["entries"]] == ["voided", "issued"]
    refused(await shop.staff.post(f"{path}/void", json=BECAUSE), 409, "gift_card_void")
    again = await shop.staff.post(f"{path}/adjust", json={"amount": 100} | BECAUSE)
    refused(again, 409, "gift_card_void")


async def test_what_has_expired_is_booked_out_and_no_longer_owed(
    shop: Shop, db: Database, product: Product
) -> None:
    made, tried = await issued(shop), await issued(shop, 900, for_tests=True)
    owed = await shop.staff.get(f"{cards_of(shop)}/outstanding")
    assert done(owed) == [{"amount": {"amount": 5000, "currency": "EUR"}, "cards": 1}]
    await expire(db, shop, made)
    assert (await detail(shop, made))["card"]["status"] == "expired"
    for _ in range(2):
        await product.services.payments.gift_cards.clock.book_expired()
    found = await detail(shop, made)
    assert [one["kind"] for one in found["entries"]] == ["issued", "expired"]
    assert found["card"]["balance"]["amount"] == 0
    assert done(await shop.staff.get(f"{cards_of(shop)}/outstanding")) == []
    assert (await detail(shop, tried))["card"]["balance"]["amount"] == 900


async def test_only_who_may_change_orders_deals_with_cards_and_it_is_audited(
    shop: Shop, db: Database, product: Product
) -> None:
    made = await issued(shop)
    path, body = cards_of(shop), {"value": {"amount": 100, "currency": "EUR"}}
    async with staff_of(product, shop.stage, role="support") as support:
        done(await support.get(path))
        refused(await support.post(path, json=body), 403, "forbidden")
        reveal = await support.post(f"{path}/{made['card']['id']}/reveal")
        refused(reveal, 403, "forbidden")
    async with staff_of(product, shop.stage, role="marketing") as marketing:
        refused(await marketing.get(path), 403, "forbidden")
    async with db.begin(shop.stage.organizer_id) as tx:
        log = await tx.connection.exec_driver_sql(
            "SELECT action, changes::text FROM data.audit_log WHERE organizer_id = $1 "
            "AND subject = $2",
            (shop.stage.organizer_id, f"gift_card:{made['card']['id']}"),
        )
        lines = log.all()
    assert [line.action for line in lines] == ["gift_card.issued"]
    assert made["code"] not in str(lines)


async def test_another_organizer_finds_no_card_of_ours(
    shop: Shop, db: Database, product: Product
) -> None:
    made = await issued(shop)
    other = await set_stage(db, capacities=[1])
    theirs = f"/api/v1/organizers/{other.slug}/gift-cards"
    async with staff_of(product, other, role="owner") as stranger:
        assert done(await stranger.get(theirs, params={"q": made["code"]}))["items"] == []
        card = f"{theirs}/{made['card']['id']}"
        refused(await stranger.get(card), 404, "gift_card_not_found")
        for verb, body in (("adjust", {"amount": 1} | BECAUSE), ("void", BECAUSE), ("reveal", {})):
            answer: httpx2.Response = await stranger.post(f"{card}/{verb}", json=body or None)
            refused(answer, 404, "gift_card_not_found")
        assert (await stranger.get(cards_of(shop))).status_code == 404


async def expire(db: Database, shop: Shop, made: Json) -> None:
    """The card's time is over."""
    async with db.begin(shop.stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE payments.gift_cards SET expires_at = clock_timestamp() - interval '1 second' "
            "WHERE organizer_id = $1 AND id = $2::uuid",
            (shop.stage.organizer_id, made["card"]["id"]),
        )
