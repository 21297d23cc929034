"""F2: servers are asked to end in the middle of a sale, as when a new version is rolled out."""

import asyncio

from bench.buyers import Buyer
from storm import books, buying
from storm.client import Client
from storm.faults import strike_at_random
from storm.house import House
from storm.report import Report, Stopwatch, reported
from storm.site import Sale, Site, Visit
from storm.storms.hall import expect_gone, judged, sell_out

BUYERS, TICKETS, RESTARTS = 8_000, 7_000, 8
WITHIN, APART = 40.0, 3.0


async def rolled_out(house: House) -> Report:
    """Whatever they had begun is answered first; whoever comes then goes to the other, or is
    refused a connection until there is one again.
    """
    site = house.site("F2", outages=True, clients=128)
    sale = await house.sale("Rolled out", quantity=house.many(TICKETS))
    buyers, restarts = house.many(BUYERS), 2 if house.small else RESTARTS
    within = WITHIN / (4 if house.small else 1)
    faults = house.faults(site)
    watch = Stopwatch()
    await asyncio.gather(
        site.crowd([_visit(site, sale) for _ in range(buyers)], over=within),
        strike_at_random(
            faults.stops(*["server"] * restarts), site.dice, within=within, apart=APART
        ),
    )
    seconds = watch.seconds
    _judge_answers(site)
    await books.let_lapse(site, sale)
    await sell_out(site, sale, buying.tickets(sale, 1))
    sold = await judged(site, sale)
    return reported(
        "F2 restarts",
        f"{buyers:,} buyers, {sale.capacity:,} tickets, {restarts} servers asked to end",
        site.journal, seconds=seconds, sold=sold, turned_away=site.journal.turned_away,
    )  # fmt: skip


def _visit(site: Site, sale: Sale) -> Visit:
    """Buys at once or in two steps."""
    in_steps = site.dice.random() < 0.3

    async def visit(client: Client, buyer: Buyer) -> None:
        line = buying.tickets(sale, 1)
        if not in_steps:
            expect_gone(client, await buying.buy(client, buyer, sale, line))
            return
        held = await buying.hold(client, buyer, sale, line)
        expect_gone(client, held)
        if not held.told.code:
            await buying.confirm(client, buyer, sale, held)

    return visit


def _judge_answers(site: Site) -> None:
    """Nobody is told that we failed, and nothing is carried out whose answer is then cut off."""
    failures = {code: many for code, many in site.journal.statuses.items() if code >= 500}
    if failures:
        site.journal.offend(f"answers of failure: {failures}")
    cut = [one for one in site.journal.orders if one.told.unanswered and one.told.replayed]
    if cut:
        site.journal.offend(f"{len(cut)} orders were carried out and not answered")
