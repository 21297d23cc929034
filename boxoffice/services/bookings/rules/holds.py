"""Pure decisions about open orders: what fits into one, and how long it is held.

Time comes in as an argument.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from boxoffice.kernel.refusals import Conflict, FieldError, Gone, Invalid, NotFound
from boxoffice.services.bookings.rules.states import LAPSING, OPEN, OrderStatus
from boxoffice.services.bookings.rules.transitions import IllegalMove

HOLD_FOR = timedelta(minutes=15)
EXTEND_BY = timedelta(minutes=5)
MAX_EXTENSIONS = 10
# While a payment is under way the hold lasts at least this long.
PAYMENT_GRACE = timedelta(minutes=5)
# However often it is extended or paid for.
LONGEST_HOLD = HOLD_FOR + MAX_EXTENSIONS * EXTEND_BY + PAYMENT_GRACE
MAX_UNITS_PER_ORDER = 100


class HoldExpired(Gone):
    code = "hold_expired"
    message = "The time to finish this order is over; choose your tickets again."


class CustomerMissing(Invalid):
    code = "customer_missing"
    message = "Say in which country you are: a tax depends on it."


class BuyerMissing(Invalid):
    code = "buyer_missing"
    message = "Say who is buying first: an e-mail address and a name."


class PaymentNeeded(Conflict):
    code = "payment_needed"
    message = "This order is not free; pay it to confirm it."


class NoMoreExtensions(Conflict):
    code = "no_more_extensions"
    message = "This order's time cannot be extended any further; finish it now."


class EmptyOrder(Invalid):
    code = "empty_order"
    message = "Choose at least one ticket."


class TooManyTickets(Invalid):
    code = "too_many_tickets"
    message = f"At most {MAX_UNITS_PER_ORDER} tickets fit into one order."


class OrderNotFound(NotFound):
    code = "order_not_found"
    message = "No such order, or it is not yours to see."


def shown_status(
    status: OrderStatus, *, hold_expires_at: datetime | None, now: datetime
) -> OrderStatus:
    """Expiry is a predicate: an open order past its time is expired before any job says so."""
    lapsed = hold_expires_at is not None and hold_expires_at <= now
    return OrderStatus.EXPIRED if status in LAPSING and lapsed else status


def check_open(status: OrderStatus, *, hold_expires_at: datetime | None, now: datetime) -> None:
    """Pass while the order can still be changed by its buyer."""
    shown = shown_status(status, hold_expires_at=hold_expires_at, now=now)
    if shown is OrderStatus.EXPIRED:
        raise HoldExpired
    if shown not in OPEN:
        raise IllegalMove(status=shown.value)


def check_lettable(status: OrderStatus, *, hold_expires_at: datetime | None, now: datetime) -> None:
    """Pass while the buyer can let everything go: while it is open or not decided on."""
    shown = shown_status(status, hold_expires_at=hold_expires_at, now=now)
    if shown is not OrderStatus.AWAITING_APPROVAL:
        check_open(status, hold_expires_at=hold_expires_at, now=now)


def check_quantities(quantities: Sequence[int]) -> None:
    """At least one ticket, no negative or huge numbers."""
    if not any(quantities):
        raise EmptyOrder
    wrong = [index for index, units in enumerate(quantities) if units < 1]
    if wrong:
        raise Invalid(
            errors=[
                FieldError(f"/items/{index}/quantity", "too_small", "Order at least one.")
                for index in wrong
            ]
        )
    if sum(quantities) > MAX_UNITS_PER_ORDER:
        raise TooManyTickets


def check_extension(extensions: int) -> None:
    if extensions >= MAX_EXTENSIONS:
        raise NoMoreExtensions


def extended(hold_expires_at: datetime, *, now: datetime) -> datetime:
    """Five more minutes, never fewer than five from now."""
    return max(hold_expires_at, now) + EXTEND_BY


def longest_hold(
    created_at: datetime, *, pay_until: datetime | None = None, extensions: int = 0
) -> datetime:
    """The end of the last hold, however often it is paid for; of an application that was accepted
    `pay_until` counts, and how often that was extended.
    """
    if pay_until is None:
        return created_at + LONGEST_HOLD
    return pay_until + extensions * EXTEND_BY + PAYMENT_GRACE


def held_while_paying(hold_expires_at: datetime, *, longest: datetime, now: datetime) -> datetime:
    """Paying takes a while, so the hold lasts; but no number of tries holds tickets for ever."""
    return max(hold_expires_at, min(now + PAYMENT_GRACE, longest))
