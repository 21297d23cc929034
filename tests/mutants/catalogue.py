"""Mutants: a lock, a guard, the tenant's filter or a constraint taken away, and the test that sees
it. Each is exact text of one file and what stands there instead.
"""

from tests.mutants import asking, waiting
from tests.mutants.mutant import MODEL, Mutant

_PURCHASES = "tests/flows/test_purchases.py::"
_RETURNS = "tests/flows/test_returns.py::"
_STOCK = "tests/services/events/test_stock.py::"
_INTERLEAVINGS = (
    "tests/interleavings/test_interleavings.py::test_two_that_meet_end_as_if_one_had_been_first"
)
_RACES = "tests/races/test_races.py::test_fifty_at_once_leave_what_one_leaves"

_SALES = (
    Mutant(
        "quotas are read without their lock",
        "boxoffice/services/events/stock.py",
        "  AND ($3::uuid[] IS NULL OR occurrence_id = ANY($3))\nORDER BY id FOR NO KEY UPDATE\n",
        "  AND ($3::uuid[] IS NULL OR occurrence_id = ANY($3))\nORDER BY id\n",
        (f"{_STOCK}test_sixteen_rivals_sell_exactly_the_capacity",),
    ),
    Mutant(
        "what was given back is given back again",
        "boxoffice/services/events/releasing.py",
        "    WHERE organizer_id = $1 AND holder = ANY($2::uuid[]) AND released_at IS NULL\n",
        "    WHERE organizer_id = $1 AND holder = ANY($2::uuid[])\n",
        (f"{_STOCK}test_releasing_gives_back_exactly_once",),
    ),
    Mutant(
        "a hold that has ended counts as live",
        "boxoffice/services/events/stock.py",
        """                   AND (expires_at IS NULL OR expires_at > clock_timestamp())) AS live
    FROM claims
""",
        """                   ) AS live
    FROM claims
""",
        (f"{_STOCK}test_standing_tells_live_from_lapsed_from_gone",),
    ),
    Mutant(
        "vouchers are read without their lock",
        "boxoffice/services/events/redeeming.py",
        '_LOCK = _READ + "FOR NO KEY UPDATE"\n',
        "_LOCK = _READ\n",
        ("tests/services/events/test_voucher_stock.py",),
    ),
    Mutant(
        "a purchase is read without its lock",
        "boxoffice/services/bookings/purchases/rows.py",
        "WHERE organizer_id = $1 AND id = $2 FOR NO KEY UPDATE",
        "WHERE organizer_id = $1 AND id = $2",
        (f"{_PURCHASES}test_a_purchase_is_locked_before_the_quotas_of_its_orders",),
    ),
    Mutant(
        "persons are counted without their lock",
        "boxoffice/services/bookings/persons.py",
        "    if who:\n        await tx.connection.exec_driver_sql(\n            _LOCK,",
        "    if not who:\n        await tx.connection.exec_driver_sql(\n            _LOCK,",
        ("tests/flows/test_person_limit.py",),
    ),
    Mutant(
        "an order's tickets are read without their lock",
        "boxoffice/services/bookings/reading.py",
        """SELECT id FROM bookings.tickets WHERE organizer_id = $1 AND order_id = ANY($2::uuid[])
ORDER BY id FOR NO KEY UPDATE
""",
        """SELECT id FROM bookings.tickets WHERE organizer_id = $1 AND order_id = ANY($2::uuid[])
ORDER BY id
""",
        ("tests/flows/test_returns.py::test_a_resale_waits_for_the_scan_that_was_there_first",),
    ),
    Mutant(
        "a scan reads its ticket without its lock",
        "boxoffice/services/bookings/scanning.py",
        "WHERE organizer_id = $1 AND id = ANY($2::uuid[])\nORDER BY id FOR NO KEY UPDATE\n",
        "WHERE organizer_id = $1 AND id = ANY($2::uuid[])\nORDER BY id\n",
        ("tests/flows/test_door.py::test_of_sixteen_processes_with_one_ticket_exactly_one_admits",),
    ),
    Mutant(
        "refunds are promised without the payments' lock",
        "boxoffice/services/payments/rows.py",
        "    wanted = _of_reference(organizer_id, reference).with_for_update(key_share=True)\n",
        "    wanted = _of_reference(organizer_id, reference)\n",
        ("tests/services/payments/test_refunding.py",),
    ),
    Mutant(
        "a hold is extended for ever",
        "boxoffice/services/bookings/holds.py",
        "            check_extension(order.extensions)\n",
        "",
        (f"{_RACES}[extend_hold]",),
    ),
    Mutant(
        "a ticket is offered to two at once",
        "boxoffice/services/bookings/transfers/giving.py",
        "        raise OfferStands(transfer_id=before.id)\n",
        "        return\n",
        (f"{_RACES}[offer_ticket]",),
    ),
    Mutant(
        "another organizer's code opens the door",
        "boxoffice/services/bookings/scanning.py",
        "        if claims.organizer_id != organizer_id:\n",
        "        if claims.organizer_id is None:\n",
        ("tests/flows/test_door.py",),
    ),
    Mutant(
        "an order is anybody's",
        "boxoffice/services/bookings/doors.py",
        "return self.is_buyer(actor, organizer_id, order) or actor.may(staff, organizer_id)\n",
        "return actor is not None\n",
        ("tests/flows/test_free_purchase.py",),
    ),
    Mutant(
        "orders of all organizers are read",
        "boxoffice/services/bookings/reading.py",
        "        .where(Order.organizer_id == organizer_id, Order.id.in_(ids))\n",
        "        .where(Order.id.in_(ids))\n",
        ("tests/flows/test_other_organizers.py",),
    ),
    Mutant(
        "nothing keeps a counter below its ceiling",
        "boxoffice/data/migrations/versions/0003_events.py",
        "    CONSTRAINT quotas_never_oversold CHECK (claimed <= ceiling)\n",
        "    CONSTRAINT quotas_never_oversold CHECK (claimed <= claimed)\n",
        ("tests/app/test_invariants.py::test_the_database_itself_refuses_it",),
    ),
    Mutant(
        "nothing keeps a seat from two claims",
        "boxoffice/data/migrations/versions/0012_selective_keys.py",
        '"seat_id, organizer_id", f"{_STANDING}',
        '"seat_id, organizer_id, id", f"{_STANDING}',
        ("tests/app/test_invariants.py::test_the_database_itself_refuses_it",),
    ),
    Mutant(
        "an order that is cancelled keeps its units",
        "boxoffice/services/bookings/cancelling/cancellations.py",
        "            await self._stock.release(tx, [order.id])\n",
        "",
        (MODEL,),
    ),
    Mutant(
        "a voucher is used twice for each ticket",
        "boxoffice/services/events/redeeming.py",
        "UPDATE events.vouchers v SET used = v.used + d.units, spent",
        "UPDATE events.vouchers v SET used = v.used + 2 * d.units, spent",
        (MODEL,),
    ),
    Mutant(
        "a hold that has ended is never free again",
        "boxoffice/services/events/stock.py",
        "        if any(isinstance(outcome, SoldOut | VoucherUsedUp) for outcome in outcomes):\n",
        "        if any(isinstance(outcome, VoucherUsedUp) for outcome in outcomes):\n",
        (MODEL,),
    ),
    Mutant(
        "an order is read without its lock",
        "boxoffice/services/bookings/reading.py",
        """SELECT id FROM bookings.orders WHERE organizer_id = $1 AND id = ANY($2::uuid[])
ORDER BY id FOR NO KEY UPDATE
""",
        """SELECT id FROM bookings.orders WHERE organizer_id = $1 AND id = ANY($2::uuid[])
ORDER BY id
""",
        (f"{_INTERLEAVINGS}[gift card x gift card]",),
    ),
    Mutant(
        "between any two statements, quotas are read without their lock",
        "boxoffice/services/events/stock.py",
        "  AND ($3::uuid[] IS NULL OR occurrence_id = ANY($3))\nORDER BY id FOR NO KEY UPDATE\n",
        "  AND ($3::uuid[] IS NULL OR occurrence_id = ANY($3))\nORDER BY id\n",
        (f"{_INTERLEAVINGS}[take x take]",),
    ),
    Mutant(
        "between any two statements, vouchers are read without their lock",
        "boxoffice/services/events/redeeming.py",
        '_LOCK = _READ + "FOR NO KEY UPDATE"\n',
        "_LOCK = _READ\n",
        (f"{_INTERLEAVINGS}[hold x redeem]",),
    ),
    Mutant(
        "what goes back is decided on money that somebody else may give back",
        "boxoffice/services/bookings/cancelling/cancellations.py",
        "        await self._payments.lock(tx, ask.order_id)\n",
        "",
        (f"{_INTERLEAVINGS}[cancel x refund]",),
    ),
)
MUTANTS: tuple[Mutant, ...] = (*_SALES, *waiting.MUTANTS, *asking.MUTANTS)
