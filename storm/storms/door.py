"""L8: everybody comes at once, some with a copy, and some gates are offline."""

from datetime import UTC, datetime

from bench.buyers import Buyer
from storm import books, buying, scanning
from storm.client import Client
from storm.house import House
from storm.report import Report, Stopwatch, reported
from storm.scanning import Scan
from storm.site import Sale, Site, Visit

GATES, OFFLINE, COPIES = 20, 5, 0.1
PER_ORDER = 10


async def rush(house: House) -> Report:
    """20 gates scan 10,000 tickets, one in ten of them twice. Five gates are offline, and send
    what they have seen when everybody is inside.
    """
    site = house.site("L8", clients=GATES)
    sale = await house.sale("The door", quantity=house.many(1_000) * PER_ORDER)
    scans = await _sold(site, sale)
    offline = [one for one in scans if int(one.gate) <= OFFLINE]
    online = [one for one in scans if int(one.gate) > OFFLINE]
    for one in offline:
        one.seen_at = datetime.now(UTC)
    watch = Stopwatch()
    await site.crowd([_scans(site, sale, one) for one in online])
    sync = Stopwatch()
    await site.crowd([_scans(site, sale, one) for one in offline])
    synced, seconds = sync.seconds, watch.seconds
    admitted = await scanning.compare(site, sale, scans)
    await books.compare(site, sale)
    if admitted != sale.capacity:
        site.journal.offend(f"{admitted} of {sale.capacity} were admitted, and all came")
    site.journal.judge_histories()
    conflicts = sum(one.said == "already_admitted" for one in scans)
    return reported(
        "L8 door",
        f"{GATES} gates, {sale.capacity:,} tickets, 10 % copies, {OFFLINE} gates offline",
        site.journal, seconds=seconds, scans=len(scans), admitted=admitted,
        copies_refused=conflicts, offline_sent_in_s=round(synced, 1),
    )  # fmt: skip


async def _sold(site: Site, sale: Sale) -> list[Scan]:
    """Sell everything; the scans that there will be, in an order of their own."""

    async def visit(client: Client, buyer: Buyer) -> None:
        await buying.buy(client, buyer, sale, buying.tickets(sale, PER_ORDER))

    await site.crowd([visit] * (sale.capacity // PER_ORDER))
    scans: list[Scan] = []
    for promise in site.journal.orders:
        for copies in range(2):
            gate = str(site.dice.randint(1, GATES))
            scans += [
                one
                for one in scanning.scans_of(promise, gate)
                if copies == 0 or site.dice.random() < COPIES
            ]
    site.dice.shuffle(scans)
    return scans


def _scans(site: Site, sale: Sale, one: Scan) -> Visit:
    async def visit(client: Client, _: Buyer) -> None:
        await scanning.scan(client, site, sale, one)

    return visit
