"""L3: the last ticket, again and again."""

import asyncio

from bench.buyers import Buyer
from storm import buying
from storm.client import Client
from storm.house import House
from storm.register import Kind, Outcome
from storm.report import Report, Stopwatch, reported
from storm.site import Sale, Site
from storm.storms.hall import judged


async def ticket(house: House) -> Report:
    """One ticket. In every round a crowd wants it, one gets it, and lets it go for the next; in
    the last round it is sold.
    """
    rounds, crowd = house.many(200), 200
    site = house.site("L3", clients=crowd)
    sale = await house.sale("The last ticket", quantity=1)
    watch = Stopwatch()
    clients = [site.client() for _ in range(crowd)]
    for number in range(rounds):
        await _round(site, sale, clients, number, is_last=number == rounds - 1)
    for client in clients:
        client.hang_up()
    seconds = watch.seconds
    sold = await judged(site, sale)
    return reported(
        "L3 last ticket", f"{rounds} rounds of {crowd} at once", site.journal,
        seconds=seconds, sold=sold, rounds=rounds, turned_away=site.journal.turned_away,
    )  # fmt: skip


async def _round(
    site: Site, sale: Sale, clients: list[Client], number: int, *, is_last: bool
) -> None:
    line = buying.tickets(sale, 1)
    asked = await asyncio.gather(
        *(buying.hold(client, _of(site, place), sale, line) for place, client in enumerate(clients))
    )
    what = f"the last ticket in round {number + 1}"
    for one in asked:
        site.journal.note(what, Kind.TAKE, one.told.key, one.told)
    winners = [n for n, one in enumerate(asked) if one.told.outcome is Outcome.OK]
    if len(winners) != 1:
        site.journal.offend(f"{what} has {len(winners)} winners")
    for place in winners:
        winner, buyer = asked[place], _of(site, place)
        if is_last:
            await buying.confirm(clients[place], buyer, sale, winner)
        else:
            await buying.let_go(clients[place], buyer, sale, winner)


def _of(site: Site, place: int) -> Buyer:
    return site.buyers[place % len(site.buyers)]
