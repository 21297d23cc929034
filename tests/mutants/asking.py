"""Mutants of what people ask for more than once or for others: keys, names, cards, answers."""

from tests.mutants.mutant import Mutant

_CARDS = "tests/flows/test_approving_by_card.py"
_HOLDS = "tests/services/payments/test_authorisations.py"
_NAMING = "tests/flows/test_naming.py"
_SHARED = "tests/gateway/test_shared_answers.py"

MUTANTS = (
    Mutant(
        "anybody says who buys",
        "boxoffice/services/bookings/naming.py",
        "        return order is not None and self._door.admits(\n",
        "        return order is not None or self._door.admits(\n",
        (_NAMING, "tests/flows/test_free_purchase.py"),
    ),
    Mutant(
        "names are said about orders without their lock",
        "boxoffice/services/bookings/naming.py",
        "            await lock_orders(tx, organizer_id, ids)\n",
        "",
        (f"{_NAMING}::test_who_says_who_buys_waits_for_whoever_has_the_order",),
    ),
    Mutant(
        "one person is named for too many",
        "boxoffice/services/bookings/naming.py",
        "persons.over_limit(tx, self._stock, list(named.values()), live=theirs)\n",
        "persons.over_limit(tx, self._stock, [], live=theirs)\n",
        (_NAMING,),
    ),
    Mutant(
        "a stranger has an order confirmed",
        "boxoffice/services/bookings/confirm_requests.py",
        "            if not self._door.admits(actor, tx.tenant, order, staff=",
        "            if order is None and not self._door.admits(actor, tx.tenant, order, staff=",
        ("tests/flows/test_free_purchase.py",),
    ),
    Mutant(
        "an order is confirmed without its answers",
        "boxoffice/services/bookings/confirm_requests.py",
        "for index, one in asking.items() if one.id in lacking\n",
        "for index, one in asking.items() if one.id is None\n",
        ("tests/flows/test_questions.py",),
    ),
    Mutant(
        "one key is good for another request",
        "boxoffice/services/bookings/repeats.py",
        "        if once is None or first is None or once.fingerprint != first.fingerprint:\n",
        "        if once is None or first is None:\n",
        (_NAMING,),
    ),
    Mutant(
        "an earlier try comes to something after all",
        "boxoffice/services/bookings/repeats.py",
        "            if last and self._tries[index] < last:\n",
        "            if last and self._tries[index] < self._tries[index]:\n",
        ("tests/flows/test_repeated_requests.py",),
    ),
    Mutant(
        "a card is charged with another amount than is due",
        "boxoffice/services/bookings/approving/cards.py",
        "        fits = hold.amount in (None, order.due)\n",
        "        fits = hold.amount is hold.amount\n",
        (_CARDS,),
    ),
    Mutant(
        "what was let go is captured all the same",
        "boxoffice/services/payments/authorisations.py",
        "AND status = 'authorised' AND wish IS NULL\n  AND authorised_until >",
        "AND status = 'authorised'\n  AND authorised_until >",
        (_HOLDS,),
    ),
    Mutant(
        "money is taken that a card no longer holds",
        "boxoffice/services/payments/authorisations.py",
        "  AND authorised_until > clock_timestamp()\n",
        "",
        (_HOLDS,),
    ),
    Mutant(
        "money is let go in the name of another organizer",
        "boxoffice/services/payments/authorisations.py",
        "WHERE organizer_id = $1 AND reference = ANY($2::uuid[])\n",
        "WHERE $1::uuid IS NOT NULL AND reference = ANY($2::uuid[])\n",
        (_HOLDS,),
    ),
    Mutant(
        "who shows a token is given what others are given",
        "boxoffice/gateway/shared_answers.py",
        "        if any(name in headers for name in _PERSONAL):\n            return None\n",
        "",
        (_SHARED,),
    ),
    Mutant(
        "an answer with a cookie is for all",
        "boxoffice/gateway/shared_answers.py",
        '        if any(name == b"set-cookie" for name, _ in headers):\n            return\n',
        "",
        (_SHARED,),
    ),
    Mutant(
        "an answer is given long after it was true",
        "boxoffice/gateway/shared_answers.py",
        "        if not kept.is_current():\n            del self._kept[key]\n",
        "        if kept is None:\n            del self._kept[key]\n",
        (_SHARED,),
    ),
)
