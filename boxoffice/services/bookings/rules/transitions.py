"""The one table of legal moves of everything in bookings that has a state.

docs/services/bookings.md shows the same and a test compares them. Whoever changes a state asks
here: `move` where one row is decided on, `sources` where a statement changes many.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from boxoffice.kernel.refusals import Conflict
from boxoffice.services.bookings.rules.states import (
    ChangeStatus,
    OrderPaymentStatus,
    OrderRefundStatus,
    OrderStatus,
    ReturnStatus,
    TicketStatus,
    TransferStatus,
)

S = TypeVar("S", bound=StrEnum)


class IllegalMove(Conflict):
    code = "illegal_order_move"
    message = "The order's state does not allow this any more; load it again."


class Axis(Generic[S]):
    """One axis of states and the moves that are legal on it."""

    def __init__(self, moves: Mapping[S, frozenset[S]]) -> None:
        self.moves = moves

    def move(self, current: S, target: S) -> S:
        """`target`, if the table allows the move; else `IllegalMove`."""
        if target not in self.moves[current]:
            raise IllegalMove(status=current.value)
        return target

    def sources(self, target: S) -> list[str]:
        """From where one may move to `target`, as the database names the states."""
        return [state.value for state, targets in self.moves.items() if target in targets]


ORDER = Axis(
    {
        OrderStatus.HELD: frozenset(
            {
                OrderStatus.AWAITING_APPROVAL,
                OrderStatus.AWAITING_PAYMENT,
                OrderStatus.CONFIRMED,
                OrderStatus.CANCELLED,
                OrderStatus.EXPIRED,
            }
        ),
        OrderStatus.AWAITING_APPROVAL: frozenset(
            {
                OrderStatus.AWAITING_PAYMENT,
                OrderStatus.CONFIRMED,
                OrderStatus.CANCELLED,
                OrderStatus.EXPIRED,
                OrderStatus.REJECTED,
            }
        ),
        OrderStatus.AWAITING_PAYMENT: frozenset(
            {OrderStatus.CONFIRMED, OrderStatus.CANCELLED, OrderStatus.EXPIRED}
        ),
        OrderStatus.CONFIRMED: frozenset({OrderStatus.CANCELLED}),
        # Late money that claims again.
        OrderStatus.EXPIRED: frozenset({OrderStatus.CONFIRMED}),
        OrderStatus.CANCELLED: frozenset(),
        OrderStatus.REJECTED: frozenset(),
    }
)
# A try that fails makes way for the next one; money that has come stays on this axis.
PAYMENT = Axis(
    {
        OrderPaymentStatus.NONE: frozenset({OrderPaymentStatus.PENDING, OrderPaymentStatus.PAID}),
        OrderPaymentStatus.PENDING: frozenset(
            {
                OrderPaymentStatus.PENDING,
                OrderPaymentStatus.AUTHORISED,
                OrderPaymentStatus.RELEASED,
                OrderPaymentStatus.PAID,
                OrderPaymentStatus.FAILED,
            }
        ),
        OrderPaymentStatus.AUTHORISED: frozenset(
            {
                OrderPaymentStatus.PENDING,
                OrderPaymentStatus.RELEASED,
                OrderPaymentStatus.PAID,
                OrderPaymentStatus.FAILED,
            }
        ),
        OrderPaymentStatus.RELEASED: frozenset(
            {OrderPaymentStatus.PENDING, OrderPaymentStatus.PAID}
        ),
        # A card holds the money that was given up.
        OrderPaymentStatus.FAILED: frozenset(
            {OrderPaymentStatus.PENDING, OrderPaymentStatus.AUTHORISED, OrderPaymentStatus.PAID}
        ),
        OrderPaymentStatus.PAID: frozenset({OrderPaymentStatus.PAID}),
    }
)
REFUND = Axis(
    {
        OrderRefundStatus.NONE: frozenset(
            {
                OrderRefundStatus.PENDING,
                OrderRefundStatus.PARTIALLY_REFUNDED,
                OrderRefundStatus.REFUNDED,
            }
        ),
        OrderRefundStatus.PENDING: frozenset(
            {
                OrderRefundStatus.PENDING,
                OrderRefundStatus.PARTIALLY_REFUNDED,
                OrderRefundStatus.REFUNDED,
            }
        ),
        OrderRefundStatus.PARTIALLY_REFUNDED: frozenset(
            {
                OrderRefundStatus.PENDING,
                OrderRefundStatus.PARTIALLY_REFUNDED,
                OrderRefundStatus.REFUNDED,
            }
        ),
        OrderRefundStatus.REFUNDED: frozenset(
            {OrderRefundStatus.PENDING, OrderRefundStatus.REFUNDED}
        ),
    }
)
TICKET = Axis(
    {
        TicketStatus.VALID: frozenset({TicketStatus.USED, TicketStatus.VOID}),
        TicketStatus.USED: frozenset({TicketStatus.VOID}),
        TicketStatus.VOID: frozenset(),
    }
)
TRANSFER = Axis(
    {
        TransferStatus.OFFERED: frozenset(
            {
                TransferStatus.ACCEPTED,
                TransferStatus.DECLINED,
                TransferStatus.WITHDRAWN,
                TransferStatus.EXPIRED,
            }
        ),
        TransferStatus.ACCEPTED: frozenset(),
        TransferStatus.DECLINED: frozenset(),
        TransferStatus.WITHDRAWN: frozenset(),
        TransferStatus.EXPIRED: frozenset(),
    }
)
RETURN = Axis(
    {
        ReturnStatus.OFFERED: frozenset(
            {ReturnStatus.TAKEN, ReturnStatus.WITHDRAWN, ReturnStatus.ENDED}
        ),
        ReturnStatus.TAKEN: frozenset(),
        ReturnStatus.WITHDRAWN: frozenset(),
        ReturnStatus.ENDED: frozenset(),
    }
)
CHANGE = Axis(
    {
        ChangeStatus.AWAITING_PAYMENT: frozenset(
            {
                ChangeStatus.DONE,
                ChangeStatus.WITHDRAWN,
                ChangeStatus.EXPIRED,
                ChangeStatus.REFUSED,
            }
        ),
        # Late money that claims again.
        ChangeStatus.EXPIRED: frozenset({ChangeStatus.DONE, ChangeStatus.REFUSED}),
        # A payment that was under way.
        ChangeStatus.WITHDRAWN: frozenset({ChangeStatus.REFUSED}),
        ChangeStatus.DONE: frozenset(),
        ChangeStatus.REFUSED: frozenset(),
    }
)
AXES = {
    "order": ORDER,
    "payment": PAYMENT,
    "refund": REFUND,
    "ticket": TICKET,
    "transfer": TRANSFER,
    "return": RETURN,
    "change": CHANGE,
}
