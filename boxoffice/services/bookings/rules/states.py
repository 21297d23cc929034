"""The states that orders, their money and tickets can be in."""

from enum import StrEnum


class OrderStatus(StrEnum):
    """A cart is an order in `held`. Money is on axes of its own: paying, and giving back."""

    HELD = "held"
    AWAITING_PAYMENT = "awaiting_payment"
    AWAITING_APPROVAL = "awaiting_approval"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REJECTED = "rejected"


class OrderPaymentStatus(StrEnum):
    """Whether the money came. `authorised`: the applicant's card holds it; `released`: no longer,
    and nothing came.
    """

    NONE = "none"
    PENDING = "pending"
    AUTHORISED = "authorised"
    RELEASED = "released"
    PAID = "paid"
    FAILED = "failed"


class OrderRefundStatus(StrEnum):
    """Whether money went back. `pending`: it is promised and on its way."""

    NONE = "none"
    PENDING = "pending"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"


class TicketStatus(StrEnum):
    VALID = "valid"
    USED = "used"
    VOID = "void"


class TransferStatus(StrEnum):
    """Where the offer of a ticket to another person stands. `expired` is a matter of time: no row
    says so.
    """

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ApplicationStep(StrEnum):
    """What happens to an application. `reminded`: accepted, and its time to pay is nearly over;
    `moved`, `cancelled`: its date was; `lapsed`: nobody decided; `unpaid`: accepted, not paid.
    `charged`: approved, and the money that the card holds is taken; `uncharged`: approved, but
    the card did not give it.
    """

    SENT = "sent"
    APPROVED = "approved"
    DENIED = "denied"
    REMINDED = "reminded"
    MOVED = "moved"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    UNPAID = "unpaid"
    CHARGED = "charged"
    UNCHARGED = "uncharged"


class ApplicationState(StrEnum):
    """Where an application stands: it follows from its order and from what was decided."""

    WAITING = "waiting"
    APPROVED = "approved"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class ChangeStatus(StrEnum):
    """Where a change that costs more stands. Money that comes late carries an `expired` one out if
    that still can be, and is given back otherwise: `refused`.
    """

    AWAITING_PAYMENT = "awaiting_payment"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REFUSED = "refused"


class ReturnStatus(StrEnum):
    """Where the offer of a ticket back stands. `ended` is a matter of time, or of what became of
    the ticket otherwise: no row says so.
    """

    OFFERED = "offered"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


OPEN = frozenset({OrderStatus.HELD, OrderStatus.AWAITING_PAYMENT})
# What ends by time alone.
LAPSING = OPEN | {OrderStatus.AWAITING_APPROVAL}
