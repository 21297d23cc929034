"""Mutants of the waiting list, of returned tickets and of blocks."""

from tests.mutants.mutant import MODEL, Mutant

_RETURNS = "tests/flows/test_returns.py"
_WAITLIST = "tests/flows/test_waitlist.py"

MUTANTS = (
    Mutant(
        "the sale takes what those who wait would get",
        "boxoffice/services/events/kept/reserving.py",
        """    for quota, units in shelf.reserved.items():
        shelf.quotas[quota].claimed += units
""",
        "",
        (MODEL,),
    ),
    Mutant(
        "whoever joined last is served first",
        "boxoffice/services/events/kept/reading.py",
        "WHERE place * units <= $3\nORDER BY rank, id\n",
        "WHERE place * units <= $3\nORDER BY rank DESC, id\n",
        (MODEL,),
    ),
    Mutant(
        "who declines an offer keeps its units",
        "boxoffice/services/events/waitlist/line.py",
        """        await tx.session.flush()
        await self._stock.release(tx, [waiting_id])
        await marks.renew(tx, shelf.quotas)
""",
        """        await tx.session.flush()
        await marks.renew(tx, shelf.quotas)
""",
        (MODEL,),
    ),
    Mutant(
        "an offer is accepted after its end",
        "boxoffice/services/events/waitlist/offers.py",
        "if kind is None or row.offer_ends_at is None or row.offer_ends_at <= shelf.now:\n",
        "if kind is None or row.offer_ends_at is None:\n",
        (_WAITLIST,),
    ),
    Mutant(
        "a returned ticket is promised to two",
        "boxoffice/services/bookings/returns/serving.py",
        "        and row.expires_at > now\n        and row.holder not in live\n",
        "        and row.expires_at > now\n",
        (_RETURNS,),
    ),
    Mutant(
        "who gives a ticket up keeps its unit",
        "boxoffice/services/bookings/returns/taking.py",
        "freed = await return_units(tx, giver.id, writing.returned(giver, [position]))",
        "freed = await return_units(tx, giver.id, writing.returned(giver, []))",
        (_RETURNS,),
    ),
    Mutant(
        "seats are blocked for good",
        "boxoffice/services/events/seating/blocks.py",
        '            expires_at=row.expires_at,\n            kind="block",\n',
        '            expires_at=None,\n            kind="block",\n',
        ("tests/flows/test_concert_hall.py",),
    ),
)
