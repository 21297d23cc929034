"""Pure decisions of bookings. Time comes in as an argument."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Conflict, FieldError, Gone, Invalid, NotFound

HOLD_FOR = timedelta(minutes=15)
EXTEND_BY = timedelta(minutes=5)
MAX_EXTENSIONS = 10
# While a payment is under way the hold lasts at least this long.
PAYMENT_GRACE = timedelta(minutes=5)
# However often it is extended or paid for.
LONGEST_HOLD = HOLD_FOR + MAX_EXTENSIONS * EXTEND_BY + PAYMENT_GRACE
MAX_UNITS_PER_ORDER = 100


class OrderStatus(StrEnum):
    """A cart is an order in `held`. Money is another axis: `OrderPaymentStatus`."""

    HELD = "held"
    AWAITING_PAYMENT = "awaiting_payment"
    AWAITING_APPROVAL = "awaiting_approval"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REJECTED = "rejected"


class OrderPaymentStatus(StrEnum):
    NONE = "none"
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    REFUNDED = "refunded"
    PARTIALLY_REFUNDED = "partially_refunded"


# The one table of legal moves; docs/services/bookings.md shows the same and a test compares them.
TRANSITIONS: dict[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.HELD: frozenset(
        {
            OrderStatus.AWAITING_PAYMENT,
            OrderStatus.CONFIRMED,
            OrderStatus.CANCELLED,
            OrderStatus.EXPIRED,
        }
    ),
    OrderStatus.AWAITING_PAYMENT: frozenset(
        {OrderStatus.CONFIRMED, OrderStatus.CANCELLED, OrderStatus.EXPIRED}
    ),
    OrderStatus.AWAITING_APPROVAL: frozenset(
        {OrderStatus.AWAITING_PAYMENT, OrderStatus.CONFIRMED, OrderStatus.REJECTED}
    ),
    OrderStatus.CONFIRMED: frozenset({OrderStatus.CANCELLED}),
    OrderStatus.EXPIRED: frozenset({OrderStatus.CONFIRMED}),
    OrderStatus.CANCELLED: frozenset(),
    OrderStatus.REJECTED: frozenset(),
}
OPEN = frozenset({OrderStatus.HELD, OrderStatus.AWAITING_PAYMENT})


class HoldExpired(Gone):
    code = "hold_expired"
    message = "The time to finish this order is over; choose your tickets again."


class IllegalMove(Conflict):
    code = "illegal_order_move"
    message = "The order's state does not allow this any more; load it again."


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


def move(current: OrderStatus, target: OrderStatus) -> OrderStatus:
    """`target`, if the table allows the move; else `IllegalMove`."""
    if target not in TRANSITIONS[current]:
        raise IllegalMove(status=current.value)
    return target


def shown_status(
    status: OrderStatus, *, hold_expires_at: datetime | None, now: datetime
) -> OrderStatus:
    """Expiry is a predicate: an open order past its time is expired before any job says so."""
    lapsed = hold_expires_at is not None and hold_expires_at <= now
    return OrderStatus.EXPIRED if status in OPEN and lapsed else status


def check_open(status: OrderStatus, *, hold_expires_at: datetime | None, now: datetime) -> None:
    """Pass while the order can still be changed by its buyer."""
    shown = shown_status(status, hold_expires_at=hold_expires_at, now=now)
    if shown is OrderStatus.EXPIRED:
        raise HoldExpired
    if shown not in OPEN:
        raise IllegalMove(status=shown.value)


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


def held_while_paying(
    hold_expires_at: datetime, *, created_at: datetime, now: datetime
) -> datetime:
    """Paying takes a while, so the hold lasts; but no number of tries holds tickets for ever."""
    return max(hold_expires_at, min(now + PAYMENT_GRACE, created_at + LONGEST_HOLD))


def total_of(prices: list[Money], *, currency: str) -> Money:
    """The order's total in its one currency."""
    return sum(prices, Money.zero(currency))


class ScanReason(StrEnum):
    """Why a scan was answered the way it was."""

    OK = "ok"
    ALREADY_ADMITTED = "already_admitted"
    UNKNOWN_TICKET = "unknown_ticket"
    FORGED = "forged"
    WRONG_EVENT = "wrong_event"
    VOID = "void"
    DATE_CANCELLED = "date_cancelled"
    UNPAID = "unpaid"


class TicketStatus(StrEnum):
    VALID = "valid"
    USED = "used"
    VOID = "void"


# Why a ticket is void, where the door should know.
DATE_CANCELLED = "date_cancelled"


def judge_scan(  # what is known, all by name
    *,
    right_event: bool,
    current_code: bool,
    status: TicketStatus,
    confirmed: bool,
    admitted: bool,
    void_reason: str | None = None,
) -> ScanReason:
    """May this ticket enter? The first rule that forbids it is the reason."""
    if not right_event:
        return ScanReason.WRONG_EVENT
    if status is TicketStatus.VOID and void_reason == DATE_CANCELLED:
        return ScanReason.DATE_CANCELLED
    if status is TicketStatus.VOID or not current_code:
        return ScanReason.VOID
    if not confirmed:
        return ScanReason.UNPAID
    if admitted or status is TicketStatus.USED:
        return ScanReason.ALREADY_ADMITTED
    return ScanReason.OK
