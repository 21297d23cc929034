"""F32: after an outage everybody asks again at once, five times as many, and nobody waits."""

import asyncio
import time
from bisect import bisect

from storm import books, buying
from storm.house import House
from storm.report import Report, Stopwatch, reported
from storm.site import Sale, Site

# Seconds.
HEALTHY, OUTAGE, RECOVERY, WINDOW = 15.0, 12.0, 30.0, 5.0
CLIENTS, TIMES, GOODPUT = 48, 5, 0.8
PLENTY = 400_000


async def herd(house: House) -> Report:
    """What is served a second is soon again nearly what it was before the outage."""
    site = house.site("F32", outages=True, hurries=True)
    sale = await house.sale("Herd of the hurried", quantity=PLENTY)
    watch, pace = Stopwatch(), 1 / 3 if house.small else 1
    over = time.perf_counter() + (HEALTHY + OUTAGE + RECOVERY) * pace
    crowd = [asyncio.create_task(_buy(site, sale, n, until=over)) for n in range(CLIENTS)]
    await asyncio.sleep(HEALTHY * pace)
    before = _goodput(site, time.perf_counter() - WINDOW * pace, WINDOW * pace)
    crowd += [
        asyncio.create_task(_buy(site, sale, n, until=over))
        for n in range(CLIENTS, CLIENTS * TIMES)
    ]
    await _outage(house, site, OUTAGE * pace)
    ended = time.perf_counter()
    await asyncio.gather(*crowd)
    best = max(
        _goodput(site, ended + at, WINDOW * pace)
        for at in range(int((RECOVERY - WINDOW) * pace) + 1)
    )
    if best < GOODPUT * before:
        site.journal.offend(f"{before:.0f} a second before the outage, {best:.0f} after it")
    sold = await books.compare(site, sale)
    return reported(
        "F32 retries",
        f"{CLIENTS} clients, {CLIENTS * TIMES} after {OUTAGE * pace:.0f} s without a database",
        site.journal, seconds=watch.seconds, sold=sold,
        per_second_before=round(before), per_second_after=round(best),
    )  # fmt: skip


async def _buy(site: Site, sale: Sale, number: int, *, until: float) -> None:
    """One ticket after the other."""
    client, buyer = site.client(), site.buyers[number % len(site.buyers)]
    while time.perf_counter() < until:
        bought = await buying.buy(client, buyer, sale, buying.tickets(sale, 1))
        if bought.told.code:
            site.journal.offend(f"unexpected: {bought.told.body}")
    client.hang_up()


async def _outage(house: House, site: Site, seconds: float) -> None:
    """The database is killed as often as it comes back."""
    faults, ends = house.faults(site), time.perf_counter() + seconds
    while time.perf_counter() < ends:
        await faults.kill("PostgreSQL")
        await asyncio.sleep(1.5)


def _goodput(site: Site, since: float, seconds: float) -> float:
    """Successes a second."""
    times = sorted(site.journal.alive)
    return (bisect(times, since + seconds) - bisect(times, since)) / seconds
