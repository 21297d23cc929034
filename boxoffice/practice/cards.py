"""The practice cards and what becomes of a charge on each of them."""

import msgspec

from boxoffice.practice.wire import ChargeStatus, Problem


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """`first` is the status answered at once; `finally_` the one a slow card settles in. Not
    every card that holds money gives it: `captures`.
    """

    first: ChargeStatus = "succeeded"
    finally_: ChargeStatus = "succeeded"
    decline_code: str | None = None
    message: str | None = None
    answers_late: bool = False
    captures: bool = True


_DECLINED = ("card_declined", "The bank declined the card.")
_NO_FUNDS = ("insufficient_funds", "The card has not enough money for this.")


def _refused(reason: tuple[str, str], *, first: ChargeStatus = "failed") -> Card:
    return Card(first=first, finally_="failed", decline_code=reason[0], message=reason[1])


CARDS = {
    "practice_ok": Card(),
    "practice_declined": _refused(_DECLINED),
    "practice_no_funds": _refused(_NO_FUNDS),
    "practice_slow": Card(first="processing"),
    "practice_slow_declined": _refused(_DECLINED, first="processing"),
    "practice_timeout": Card(answers_late=True),
    "practice_uncapturable": Card(captures=False),
}


def card(source: str) -> Card:
    """The card behind a source, or a `Problem`."""
    if source not in CARDS:
        raise Problem(400, "unknown_source", f"There is no card {source!r} at this company.")
    return CARDS[source]
