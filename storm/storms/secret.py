"""L5: far more requests than tickets, and nearly nobody was invited."""

from typing import Any

from bench.buyers import Buyer
from storm import buying
from storm.client import Client
from storm.house import ORGANIZER, House
from storm.report import Report, Stopwatch, reported
from storm.site import Sale, Site, Visit
from storm.storms.hall import judged

PER_TICKET, INVITED, CODE = 1_500, 0.1, "FRIENDS"


async def invited(house: House) -> Report:
    """1,500 requests a ticket, nine in ten of them without the code. Whoever was not invited hears
    nothing of the tickets; whoever was gets one or hears that they are gone.
    """
    site, capacity = house.site("L5"), house.many(40)
    sale = await house.sale("Friends", quantity=capacity)
    path = f"{ORGANIZER}/events/{sale.event_id}/ticket-types/{sale.kind}"
    house.product.call("PATCH", path, {"visibility": "hidden", "access_code": CODE})
    requests = capacity * PER_TICKET
    watch = Stopwatch()
    await site.crowd([_wants(site, sale) for _ in range(requests)])
    seconds = watch.seconds
    sold = await judged(site, sale)
    return reported(
        "L5 access code",
        f"{capacity} tickets (of 200), {requests:,} requests, 90 % without the code",
        site.journal, seconds=seconds, sold=sold, turned_away=site.journal.turned_away,
    )  # fmt: skip


def _wants(site: Site, sale: Sale) -> Visit:
    is_invited = site.dice.random() < INVITED
    more: dict[str, Any] = {"access_code": CODE} if is_invited else {}

    async def visit(client: Client, buyer: Buyer) -> None:
        bought = await buying.buy(client, buyer, sale, buying.tickets(sale, 1), **more)
        expected = {"", "sold_out"} if is_invited else {"unknown_ticket_type"}
        if bought.told.code not in expected or (not is_invited and not bought.told.code):
            client.journal.offend(f"invited: {is_invited}, told: {bought.told.body}")

    return visit
