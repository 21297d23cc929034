"""What one unit of a line costs: a fixed price, or what the buyer chose to give."""

from typing import Literal

from boxoffice.kernel.refusals import Invalid

Pricing = Literal["fixed", "open"]

# No single ticket costs more, in minor units; what organizers may ask has the same bound.
MOST = 10**9


class WrongPrice(Invalid):
    code = "wrong_price"
    message = "This amount does not fit the ticket type; load the event again."


def unit_price(pricing: Pricing, *, least: int, chosen: int | None, name: str) -> int:
    """The price of one unit in minor units, or `WrongPrice`.

    `least` is the fixed price, or the least that a buyer may give for open pricing. A buyer need
    not repeat a fixed price; if they do it must be the one that stands.
    """
    if pricing == "fixed":
        return _fixed(least, chosen, name)
    if chosen is None:
        raise WrongPrice(f"Choose what to give for {name}.", minimum=least)
    if not least <= chosen <= MOST:
        raise WrongPrice(
            f"The amount for {name} is out of bounds; see `minimum` and `maximum`.",
            minimum=least,
            maximum=MOST,
        )
    return chosen


def _fixed(price: int, chosen: int | None, name: str) -> int:
    if chosen not in (None, price):
        raise WrongPrice(f"The price of {name} is another one; load the event again.", price=price)
    return price
