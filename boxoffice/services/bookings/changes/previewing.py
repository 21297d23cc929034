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
    kept = {one.id: _kept(one, standings) for one in orders}
    steps = {one.id: step for one in orders if (step := _step(one, standings, policy)) is not None}
    came = await payments.foreseen(tx, kept)
    back = await payments.foreseen(tx, {one: step.refund for one, step in steps.items()})
    paid, refund = sum(kept.values()), sum(step.refund for step in steps.values())
    # What a card for tests has paid goes back to it, also where the rest is store credit.
    credited = [
        back[one].money + back[one].gift_cards
        for one, step in steps.items()
        if as_gift_card(policy.refund_as, step.outcome, step.refund)
    ]
    to_cards = sum(
        back[one].gift_cards
        for one, step in steps.items()
        if not as_gift_card(policy.refund_as, step.outcome, step.refund)
    )

    def money(amount: int) -> Money:
        return Money(amount=amount, currency=dated.currency)

    return ChangePreview(
        occurrence_ids=dated.occurrence_ids,
        orders=len(confirmed),
        tickets=_sum(confirmed, "tickets"),
        admitted=_sum(confirmed, "admitted"),
        open_orders=sum(one.status in OPEN and not one.lapsed for one in orders),
        paid=money(paid),
        refund=money(refund),
        kept=money(paid - refund),
        mails=sum(one.has_address for one in confirmed),
        paid_by_test_cards=money(sum(part.test_cards for part in came.values())),
        refund_to_gift_cards=money(to_cards),
        refund_to_test_cards=money(sum(part.test_cards for part in back.values())),
        gift_cards=sum(amount > 0 for amount in credited),
        credit=money(sum(credited)),
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
