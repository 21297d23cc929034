"""What a buyer was shown is what they pay."""

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Conflict


class TotalChanged(Conflict):
    """Facts: `old_total` and `old_due` as the buyer named them, `new_total`, `new_due`, in minor
    units of `currency`.
    """

    code = "total_changed"
    message = "It costs something else than you were shown; load it, look at it and accept it."


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What the buyer saw when they agreed, in minor units, as far as they say: the price, and what
    of it gift cards do not pay.
    """

    total: int | None = None
    due: int | None = None


NOT_SAID = Shown()


def check_shown(shown: Shown, *, total: Money, due: Money) -> None:
    """Pass if that is what it costs now; else `TotalChanged`."""
    if shown.total in {None, total.amount} and shown.due in {None, due.amount}:
        return
    raise TotalChanged(
        old_total=shown.total,
        old_due=shown.due,
        new_total=total.amount,
        new_due=due.amount,
        currency=total.currency,
    )
