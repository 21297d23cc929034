"""L2: one hot quota, and a voucher that a hundred tickets may use."""

from uuid import UUID

from bench.buyers import Buyer
from storm import books, buying
from storm.client import Client
from storm.house import ORGANIZER, House
from storm.report import Report, Stopwatch, reported
from storm.site import Sale, Site, Visit
from storm.storms.hall import expect_gone, judged, sell_out

USES, CODE = 100, "STORM"
_USED = """
SELECT v.used, (SELECT coalesce(sum(u.units), 0) FROM events.voucher_uses u
                WHERE u.organizer_id = v.organizer_id AND u.voucher_id = v.id
                AND u.released_at IS NULL) AS uses
FROM events.vouchers v WHERE v.organizer_id = $1 AND v.event_id = $2
"""


async def voucher(house: House) -> Report:
    """20,000 buyers want one to six tickets of 2,000; one in five brings the voucher."""
    site, buyers = house.site("L2"), house.many(20_000)
    sale = await house.sale("Hot quota", quantity=house.many(2_000))
    uses = house.many(USES)
    terms = {"code": CODE, "effect": "none", "value": 0, "max_uses": uses}
    house.product.call("POST", f"{ORGANIZER}/events/{sale.event_id}/vouchers", terms)
    watch = Stopwatch()
    await site.crowd([_wants(site, sale) for _ in range(buyers)])
    seconds = watch.seconds
    await sell_out(site, sale, buying.tickets(sale, 1))
    sold = await judged(site, sale)
    used = await _used(site, sale, uses)
    return reported(
        "L2 hot quota",
        f"{buyers:,} buyers of 1 to 6, {sale.capacity:,} tickets, a voucher for {uses}",
        site.journal, seconds=seconds, sold=sold, voucher_used=used,
        turned_away=site.journal.turned_away,
    )  # fmt: skip


def _wants(site: Site, sale: Sale) -> Visit:
    """With the voucher if they have it, else without; fewer if there are not enough."""
    quantity, codes = site.dice.randint(1, 6), [CODE] if site.dice.random() < 0.2 else []

    async def visit(client: Client, buyer: Buyer) -> None:
        more = {"voucher_codes": codes} if codes else {}
        first = await buying.buy(client, buyer, sale, buying.tickets(sale, quantity), **more)
        if first.told.code == "voucher_used_up":
            first = await buying.buy(client, buyer, sale, buying.tickets(sale, quantity))
        if first.told.code == "sold_out" and quantity > 1:
            first = await buying.buy(client, buyer, sale, buying.tickets(sale, 1))
        expect_gone(client, first)

    return visit


async def _used(site: Site, sale: Sale, most: int) -> int:
    row = (await books.ask(site, _USED, sale.organizer_id, UUID(sale.event_id)))[0]
    if not row["used"] == row["uses"] == most:
        site.journal.offend(f"the voucher counts {row['used']}, has {row['uses']}, may {most}")
    return row["used"]
