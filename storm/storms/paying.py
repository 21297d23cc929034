"""L4: a paid sale while the application dies twice and its database once."""

import asyncio
import sqlite3
from contextlib import closing
from uuid import UUID, uuid4

from bench.buyers import Buyer
from storm import books, buying
from storm.client import Client
from storm.faults import strike_at_random
from storm.house import House
from storm.journal import Promise, Told
from storm.register import Outcome
from storm.report import Report, Stopwatch, reported
from storm.site import Sale, Site, Visit
from storm.storms.hall import expect_gone, judged

TICKETS, VISITORS, ARRIVE_WITHIN = 650, 5_000, 45.0
# So many of the visitors want a ticket; about as many as there are.
BUYING = 0.15
# Nobody may wait longer for their ticket, or for their money.
MOST_STUCK_SECONDS = 150.0
_CARDS = ("practice_ok",) * 7 + ("practice_declined", "practice_slow", "practice_timeout")
# Refusals that leave the money with its owner, or say that it is on its way already.
_HONEST = {
    "card_declined", "paid_too_late", "payment_under_way", "already_paid", "illegal_order_move",
}  # fmt: skip
# Money that came, has not gone back, and has bought nothing.
_STUCK = """
SELECT count(*) FROM payments.payments p LEFT JOIN bookings.orders o
  ON o.organizer_id = p.organizer_id AND o.id = p.reference
WHERE p.organizer_id = $1 AND o.event_id = $2 AND (p.status IN ('created', 'pending')
  OR (p.captured > p.refunded AND o.status <> 'confirmed'))
"""
_CHARGES = """
SELECT reference, sum(amount - amount_refunded) FROM charges WHERE status = 'succeeded' GROUP BY 1
"""
_PAID = """
SELECT id::text, status, payment_status, total_amount FROM bookings.orders
WHERE organizer_id = $1 AND event_id = $2
"""


async def replay(house: House) -> Report:
    """Whoever pays has a ticket, or their money back."""
    site = house.site("L4", outages=True, clients=128)
    sale = await house.sale("Paid", quantity=house.many(TICKETS), price=2_500)
    visitors, faults = house.many(VISITORS), house.faults(site)
    within = ARRIVE_WITHIN / (4 if house.small else 1)
    watch = Stopwatch()
    await asyncio.gather(
        site.crowd([_visit(site, sale) for _ in range(visitors)], over=within),
        strike_at_random(
            faults.strikes("server", "PostgreSQL", "server"), site.dice, within=within, apart=5.0
        ),
    )
    site.journal.outages, silence = False, site.journal.longest_silence
    stuck = await _settled(site, sale)
    await books.let_lapse(site, sale)
    await _latecomers(site, sale)
    await _settled(site, sale)
    sold = await judged(site, sale)
    await _compare_money(house, site, sale)
    site.journal.outages = True
    return reported(
        "L4 paying",
        f"{visitors:,} visitors, {sale.capacity} tickets, killed: {', '.join(faults.struck)}",
        site.journal, seconds=watch.seconds, sold=sold, paid=len(site.journal.payments),
        paid_but_stuck=await _stuck(site, sale), last_settled_after_s=round(stuck, 1),
        longest_silence_s=round(silence, 1),
    )  # fmt: skip


def _visit(site: Site, sale: Sale) -> Visit:
    card, leaves = site.dice.choice(_CARDS), site.dice.random() < 0.1
    only_looks = site.dice.random() >= BUYING

    async def visit(client: Client, buyer: Buyer) -> None:
        looked = await client.send(buyer, "GET", sale.page)
        if looked.outcome is not Outcome.OK:
            client.journal.offend(f"the page of the event: {looked.status} {looked.body}")
        if only_looks:
            return
        held = await buying.hold(client, buyer, sale, buying.tickets(sale, 1), buyer=buying.NAMED)
        expect_gone(client, held)
        if held.told.outcome is Outcome.OK and not leaves:
            await _pay(client, buyer, sale, held, card)

    return visit


async def _pay(client: Client, buyer: Buyer, sale: Sale, held: Promise, card: str) -> None:
    """With this card; with another one if it is declined, or if nobody knows what became of it."""
    path = f"{sale.orders}/{held.id}/payments"
    held.stands = "paying"
    told = Told(key="", begun=0, ended=0, outcome=Outcome.FAIL, body={"code": "card_declined"})
    for source in (card, "practice_ok", "practice_ok"):
        if told.code == "card_declined":
            told = await client.send(buyer, "POST", path, {"source": source}, key=str(uuid4()))
    if told.outcome is Outcome.OK:
        client.journal.payments.append(told)
        if told.body["order"]["status"] == "confirmed":
            held.stands = "confirmed"
    elif told.code not in _HONEST:
        client.journal.offend(f"paying: {told.status} {told.body}")


async def _settled(site: Site, sale: Sale) -> float:
    """Wait until no money is on its way; the seconds it took."""
    watch = Stopwatch()
    while stuck := await _stuck(site, sale):
        if watch.seconds > MOST_STUCK_SECONDS:
            site.journal.offend(f"{stuck} payments are stuck after {MOST_STUCK_SECONDS:g} s")
            break
        await asyncio.sleep(0.5)
    return watch.seconds


async def _stuck(site: Site, sale: Sale) -> int:
    rows = await books.ask(site, _STUCK, sale.organizer_id, UUID(sale.event_id))
    return rows[0]["count"]


async def _latecomers(site: Site, sale: Sale) -> None:
    async def late(client: Client, buyer: Buyer) -> None:
        while True:
            line = buying.tickets(sale, 1)
            held = await buying.hold(client, buyer, sale, line, buyer=buying.NAMED)
            if held.told.code:
                return
            await _pay(client, buyer, sale, held, "practice_ok")

    await site.crowd([late] * 16)


async def _compare_money(house: House, site: Site, sale: Sale) -> None:
    """The card company's book: what it has taken and not given back has bought a ticket, once."""
    book = house.product.folder / "practice" / "practice.sqlite"
    with closing(sqlite3.connect(f"file:{book}?mode=ro", uri=True)) as connection:
        taken = dict(connection.execute(_CHARGES).fetchall())
    for row in await books.ask(site, _PAID, sale.organizer_id, UUID(sale.event_id)):
        due = row["total_amount"] if row["status"] == "confirmed" else 0
        kept = taken.get(row["id"], 0)
        if kept != due:
            site.journal.offend(f"order {row['id']} is {row['status']}, and {kept} were taken")
