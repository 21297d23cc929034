"""Seats, tickets and the door at once, while everything that can die does."""

import asyncio
from collections.abc import Sequence

from bench.buyers import Buyer
from storm import books, buying, scanning
from storm.client import Client
from storm.faults import Strike, strike_at_random
from storm.house import House
from storm.register import Outcome
from storm.report import Report, Stopwatch, reported
from storm.scanning import Scan
from storm.site import Sale, Site, Visit
from storm.storms.hall import expect_gone, judged, sell_out

WITHIN, APART = 50.0, 5.0
_WINDOW = 0.1
_STUCK = """
SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'boxoffice%'
AND state LIKE 'idle in transaction%' AND state_change < clock_timestamp() - interval '5 seconds'
"""


async def everything(house: House) -> Report:
    """kill -9 of servers, worker, a backend and PostgreSQL, at random moments; some visitors
    break off in the middle of a request. Afterwards everything is sold, once.
    """
    site = house.site("kills", outages=True, impatient=0.05, clients=128)
    hall = await house.seated("Hall", rows=house.many(20) + 1, each=50)
    strikes = house.faults(site).strikes(
        "server", "backend", "worker", "PostgreSQL", "server", "worker", "backend"
    )
    site.dice.shuffle(strikes)
    within = WITHIN / (2 if house.small else 1)
    watch = Stopwatch()
    sold = await sale_under_fire(
        site, hall, buyers=house.many(8_000), strikes=strikes, within=within, apart=APART
    )
    scans = await _door_under_fire(house, site, hall)
    return reported(
        "kills",
        f"{house.many(8_000):,} buyers, {hall.capacity:,} seats, then the door; "
        f"{len(strikes)} + 2 kills",
        site.journal, seconds=watch.seconds, sold=sold, scans=scans,
        turned_away=site.journal.turned_away,
    )  # fmt: skip


async def sale_under_fire(  # all by name
    site: Site, sale: Sale, *, buyers: int, strikes: Sequence[Strike], within: float, apart: float
) -> int:
    """A whole sale; the number sold, which must be all. Its histories are judged."""
    await asyncio.gather(
        site.crowd([visit_of(site, sale, n / buyers) for n in range(buyers)], over=within),
        strike_at_random(strikes, site.dice, within=within, apart=apart),
    )
    await books.let_lapse(site, sale)
    await sell_out(site, sale, buying.best(sale, 1) if sale.seats else buying.tickets(sale, 1))
    sold = await judged(site, sale)
    stuck = (await books.ask(site, _STUCK))[0]["count"]
    if stuck:
        site.journal.offend(f"{stuck} transactions were left open")
    return sold


def visit_of(site: Site, sale: Sale, progress: float) -> Visit:
    """Buys at once, in two steps, lets go, or forgets what they hold. The crowd goes through the
    hall from the front to the back, so that the sale lasts as long as it does.
    """
    quantity, habit = site.dice.randint(1, 3), site.dice.random()
    line = buying.tickets(sale, quantity)
    if sale.seats:
        first = int(progress * len(sale.seats) * (1 - _WINDOW))
        wanted = sale.seats[first : first + max(3, int(len(sale.seats) * _WINDOW))]
        line = buying.seats(sale, *site.dice.sample(wanted, quantity))

    async def visit(client: Client, buyer: Buyer) -> None:
        if habit < 0.6:
            expect_gone(client, await buying.buy(client, buyer, sale, line))
            return
        held = await buying.hold(client, buyer, sale, line)
        expect_gone(client, held)
        if held.told.outcome is Outcome.OK and habit < 0.8:
            await buying.confirm(client, buyer, sale, held)
        elif held.told.outcome is Outcome.OK and habit < 0.9:
            await buying.let_go(client, buyer, sale, held)

    return visit


async def _door_under_fire(house: House, site: Site, sale: Sale) -> int:
    """Everybody who confirmed in one request comes, twice; the number of scans."""
    bought = [one for one in site.journal.orders if one.told.body.get("tickets")]
    scans = [scan for gate in "AB" for one in bought for scan in scanning.scans_of(one, gate)]
    site.dice.shuffle(scans)
    within = 14.0
    await asyncio.gather(
        site.crowd([_scans(site, sale, one) for one in scans], over=within),
        strike_at_random(
            house.faults(site).strikes("server", "PostgreSQL"), site.dice, within=within, apart=5.0
        ),
    )
    await scanning.compare(site, sale, scans)
    site.journal.judge_histories("ticket ")
    return len(scans)


def _scans(site: Site, sale: Sale, one: Scan) -> Visit:
    async def visit(client: Client, _: Buyer) -> None:
        await scanning.scan(client, site, sale, one)

    return visit
