"""L1 and L7: numbered seats that everybody wants at once."""

from collections.abc import Sequence

from bench.buyers import Buyer
from storm import books, buying
from storm.client import Client
from storm.house import House
from storm.journal import Promise
from storm.report import Report, Stopwatch, reported
from storm.site import Sale, Site, Visit

HOT_SHARE, HOT_SEATS = 0.3, 50
_EACH = 50
MOST_SECONDS = 60.0


async def seats(house: House) -> Report:
    """20,000 buyers want one seat each of 2,000; three in ten aim at the same fifty."""
    site, buyers = house.site("L1"), house.many(20_000)
    sale = await house.seated("Seats", rows=house.many(40), each=_EACH)
    hot = sale.seats[: max(2, HOT_SEATS * len(sale.seats) // 2_000)]
    watch = Stopwatch()
    await site.crowd([_wants(site, sale, hot) for _ in range(buyers)])
    seconds = watch.seconds
    sold = await judged(site, sale)
    if seconds > MOST_SECONDS:
        site.journal.offend(f"it took {seconds:.1f} s")
    return reported(
        "L1 seats",
        f"{buyers:,} buyers, {len(sale.seats):,} seats, 30 % at {len(hot)} of them",
        site.journal, seconds=seconds, sold=sold, turned_away=site.journal.turned_away,
    )  # fmt: skip


async def parties(house: House) -> Report:
    """Parties of two to eight want the best seats side by side, and leave no single ones as long as
    there is room; then singles take what is left.
    """
    site, parties = house.site("L7"), house.many(500)
    sale = await house.seated("Herd", rows=house.many(27) + 1, each=_EACH)
    watch = Stopwatch()
    visits = [_party(site, sale, site.dice.randint(2, 8)) for _ in range(parties)]
    first = len(visits) // 3
    await site.crowd(visits[:first])
    _expect_no_singles(site, sale)
    await site.crowd(visits[first:])
    seconds = watch.seconds
    in_parties = sum(len(one.told.body.get("positions", ())) for one in site.journal.orders)
    await sell_out(site, sale, buying.best(sale, 1))
    sold = await judged(site, sale)
    return reported(
        "L7 best available",
        f"{parties} parties of 2 to 8 for {len(sale.seats):,} seats, then singles",
        site.journal, seconds=seconds, sold=sold, in_parties=in_parties,
    )  # fmt: skip


async def judged(site: Site, sale: Sale) -> int:
    """Everything compared; all must be sold. How many are."""
    sold = await books.compare(site, sale)
    if sold != sale.capacity:
        site.journal.offend(f"{sold} of {sale.capacity} are sold, and everybody wanted one")
    site.journal.judge_histories()
    return sold


async def sell_out(site: Site, sale: Sale, line: dict[str, object]) -> None:
    """People come until there is nothing left."""

    async def late(client: Client, buyer: Buyer) -> None:
        while (await buying.buy(client, buyer, sale, line)).told.code == "":
            continue

    await site.crowd([late] * min(site.clients, 32))


def _wants(site: Site, sale: Sale, hot: Sequence[str]) -> Visit:
    """One seat of their dreams; else the best there is."""
    wished = site.dice.choice(hot if site.dice.random() < HOT_SHARE else sale.seats)

    async def visit(client: Client, buyer: Buyer) -> None:
        first = await buying.buy(client, buyer, sale, buying.seats(sale, wished))
        if first.told.code == "seat_taken":
            second = await buying.buy(client, buyer, sale, buying.best(sale, 1))
            expect_gone(client, second)

    return visit


def _party(site: Site, sale: Sale, size: int) -> Visit:
    async def visit(client: Client, buyer: Buyer) -> None:
        bought = await buying.buy(client, buyer, sale, buying.best(sale, size))
        expect_gone(client, bought)
        places = [one["seat"] for one in bought.told.body.get("positions", ())]
        rows, numbers = {one["row"] for one in places}, sorted(int(one["number"]) for one in places)
        if places and (len(rows) > 1 or numbers[-1] - numbers[0] != size - 1):
            site.journal.offend(f"a party of {size} does not sit together: {places}")

    return visit


def _expect_no_singles(site: Site, sale: Sale) -> None:
    """While there is room no party leaves a single seat beside others or the end of a row."""
    taken = {seat for one in site.journal.orders for seat in buying.seats_of(one.told)}
    rows = [sale.seats[at : at + _EACH] for at in range(0, len(sale.seats), _EACH)]
    for row in rows:
        free = "".join(".x"[seat in taken] for seat in row)
        if "x.x" in f"x{free}x":
            site.journal.offend(f"a party leaves a single seat: {free}")


def expect_gone(client: Client, promise: Promise) -> None:
    """Whoever gets nothing is told that others have it, and nothing else."""
    if promise.told.code and not buying.is_gone(promise):
        client.journal.offend(f"unexpected: {promise.told.body}")
