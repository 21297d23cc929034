"""The dry run: what cancelling dates would mean for their orders."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.changes.policy import Policy, cancelled
from boxoffice.services.bookings.changes.rows import LEFT
from boxoffice.services.bookings.changes.views import ChangePreview
from boxoffice.services.bookings.rules import OPEN, OrderStatus
from boxoffice.services.events.api import Dated
from boxoffice.services.payments.api import Payments, Standing

_ORDERS = f"""
SELECT o.id, o.status, o.buyer_email IS NOT NULL AS has_address,
       (o.hold_expires_at IS NOT NULL AND o.hold_expires_at <= clock_timestamp()) AS lapsed,
       (SELECT count(*)::int FROM bookings.tickets t
        WHERE t.organizer_id = o.organizer_id AND t.order_id = o.id AND t.status <> 'void')
           AS tickets,
       (SELECT count(*)::int FROM bookings.tickets t
        WHERE t.organizer_id = o.organizer_id AND t.order_id = o.id AND t.status = 'used')
           AS admitted
FROM bookings.orders o WHERE {LEFT}
"""  # noqa: S608  # our own words


async def preview(
    tx: Transaction, payments: Payments, dated: Dated, policy: Policy
) -> ChangePreview:
    """Counted as the work will go about it, order by order."""
    found = await tx.connection.exec_driver_sql(_ORDERS, (tx.tenant, dated.occurrence_ids))
    orders = found.all()
    standings = await payments.standings(tx, tx.tenant, [order.id for order in orders])
    confirmed = [one for one in orders if one.status == OrderStatus.CONFIRMED]
    paid = sum(_kept(one.id, standings) for one in orders)
    refund = sum(_refund(one, standings, policy) for one in orders)
    return ChangePreview(
        occurrence_ids=dated.occurrence_ids,
        orders=len(confirmed),
        tickets=_sum(confirmed, "tickets"),
        admitted=_sum(confirmed, "admitted"),
        open_orders=sum(one.status in OPEN and not one.lapsed for one in orders),
        paid=Money(amount=paid, currency=dated.currency),
        refund=Money(amount=refund, currency=dated.currency),
        kept=Money(amount=paid - refund, currency=dated.currency),
        mails=sum(one.has_address for one in confirmed),
    )


def _kept(order_id: UUID, standings: dict[UUID, Standing]) -> int:
    return standings[order_id].kept.amount if order_id in standings else 0


def _refund(order: Any, standings: dict[UUID, Standing], policy: Policy) -> int:
    step = cancelled(
        policy,
        OrderStatus(order.status),
        kept=_kept(order.id, standings),
        tickets=order.tickets,
    )
    return step.refund if step else 0


def _sum(orders: Sequence[Any], name: str) -> int:
    return sum(getattr(order, name) for order in orders)
