"""The dry run: what cancelling dates would mean for their orders."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.changes.policy import (
    Policy,
    Share,
    Step,
    as_gift_card,
    cancelled,
    share,
)
from boxoffice.services.bookings.changes.rows import LEFT
from boxoffice.services.bookings.changes.views import ChangePreview
from boxoffice.services.bookings.rules import OPEN, OrderStatus
from boxoffice.services.events.api import Dated
from boxoffice.services.payments.api import Payments, Standing

_ORDERS = f"""
SELECT o.id, o.status, o.buyer_email IS NOT NULL AS has_address,
       (o.hold_expires_at IS NOT NULL AND o.hold_expires_at <= clock_timestamp()) AS lapsed,
       (SELECT count(*)::int FROM bookings.tickets t
        WHERE t.organizer_id = o.organizer_id AND t.order_id = o.id AND t.status <> 'void'
          AND t.occurrence_id = ANY($2::uuid[])) AS tickets,
       (SELECT count(*)::int FROM bookings.tickets t
        WHERE t.organizer_id = o.organizer_id AND t.order_id = o.id AND t.status = 'used'
          AND t.occurrence_id = ANY($2::uuid[])) AS admitted,
       c.amount AS concerned, c.whole,
       o.total_amount - coalesce((
           SELECT sum((f ->> 'price')::bigint) FROM jsonb_array_elements(o.charges -> 'fees') f
           WHERE f ->> 'kind' = 'cancellation'), 0)::bigint AS costs
FROM bookings.orders o
CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.price_amount) FILTER (WHERE d.concerned), 0)::bigint AS amount,
           bool_and(d.concerned) AS whole
    FROM bookings.order_positions p,
         LATERAL (SELECT coalesce(p.occurrence_id, o.occurrence_id) = ANY($2::uuid[])) d(concerned)
    WHERE p.organizer_id = o.organizer_id AND p.order_id = o.id AND p.cancelled_at IS NULL) c
WHERE {LEFT}
"""  # noqa: S608  # our own words


async def preview(
    tx: Transaction, payments: Payments, dated: Dated, policy: Policy
) -> ChangePreview:
    """Counted as the work will go about it, order by order."""
    found = await tx.connection.exec_driver_sql(
        _ORDERS, (tx.tenant, dated.occurrence_ids, dated.event_id)
    )
    orders = found.all()
    standings = await payments.standings(tx, tx.tenant, [order.id for order in orders])
    confirmed = [one for one in orders if one.status == OrderStatus.CONFIRMED]
    paid = sum(_kept(one, standings) for one in orders)
    steps = [step for one in orders if (step := _step(one, standings, policy)) is not None]
    refund = sum(step.refund for step in steps)
    credited = [
        step.refund for step in steps if as_gift_card(policy.refund_as, step.outcome, step.refund)
    ]
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
        gift_cards=len(credited),
        credit=Money(amount=sum(credited), currency=dated.currency),
    )


def _kept(order: Any, standings: dict[UUID, Standing]) -> int:
    """What of its money is for the dates."""
    kept = standings[order.id].kept.amount if order.id in standings else 0
    if order.status == OrderStatus.CONFIRMED:
        kept = min(kept, order.costs)
    return share(kept=kept, whole=order.whole, concerned=order.concerned)


def _step(order: Any, standings: dict[UUID, Standing], policy: Policy) -> Step | None:
    part = Share(tickets=order.tickets, kept=_kept(order, standings))
    return cancelled(policy, OrderStatus(order.status), part)


def _sum(orders: Sequence[Any], name: str) -> int:
    return sum(getattr(order, name) for order in orders)
