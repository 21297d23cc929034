"""Date changes and their steps in the database."""

from collections.abc import Collection, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.bookings.changes.policy import Policy, RefundAs, RefundName, Step
from boxoffice.services.bookings.changes.views import DateChangeView
from boxoffice.services.bookings.tables import DateChange
from boxoffice.services.events.api import Dated

# What a change may still concern: orders that have neither ended nor been dealt with.
LEFT = """
o.organizer_id = $1 AND o.event_id = $3 AND o.status NOT IN ('cancelled', 'rejected')
AND EXISTS (
    SELECT FROM bookings.order_positions p
    WHERE p.organizer_id = o.organizer_id AND p.order_id = o.id AND p.cancelled_at IS NULL
      AND coalesce(p.occurrence_id, o.occurrence_id) = ANY($2::uuid[]))
"""
# What a postponed date concerns: tickets, and applications that wait or are to be paid.
_TOLD = """
(o.status = 'confirmed'
 OR (o.status IN ('awaiting_approval', 'awaiting_payment')
     AND o.hold_expires_at > clock_timestamp()
     AND EXISTS (
         SELECT FROM bookings.applications a
         WHERE a.organizer_id = o.organizer_id AND a.id = o.id)))
"""
_COUNT = f"""
SELECT count(*)::int AS orders FROM bookings.orders o WHERE {LEFT}
  AND ($4 = 'cancel' OR {_TOLD})
"""  # noqa: S608  # our own words
_NEXT = f"""
SELECT o.id FROM bookings.orders o WHERE {LEFT}
  AND ($5 = 'cancel' OR {_TOLD})
  AND NOT EXISTS (
    SELECT FROM bookings.date_change_steps s
    WHERE s.organizer_id = o.organizer_id AND s.date_change_id = $4 AND s.order_id = o.id)
ORDER BY o.id LIMIT $6
"""  # noqa: S608  # our own words
_DATES_OF = """
SELECT DISTINCT coalesce(p.occurrence_id, o.occurrence_id)
FROM bookings.orders o
JOIN bookings.order_positions p ON p.organizer_id = o.organizer_id AND p.order_id = o.id
WHERE o.organizer_id = $1 AND o.id = $2
  AND coalesce(p.occurrence_id, o.occurrence_id) = ANY($3::uuid[])
"""
_DEALT_WITH = """
SELECT order_id FROM bookings.date_change_steps
WHERE organizer_id = $1 AND date_change_id = $2 AND order_id = ANY($3::uuid[])
"""
_WANTING = """
SELECT k.id, k.order_id
FROM bookings.order_changes k
JOIN bookings.orders o ON o.organizer_id = k.organizer_id AND o.id = k.order_id
WHERE k.organizer_id = $1 AND o.event_id = $2 AND k.status = 'awaiting_payment'
  AND EXISTS (
    SELECT FROM jsonb_path_query(k.wish, '$.*[*].occurrence_id') wanted
    WHERE wanted #>> '{}' = ANY($3::text[]))
ORDER BY k.id
"""
_INSERT = """
INSERT INTO bookings.date_change_steps
    (organizer_id, id, date_change_id, order_id, outcome, tickets, refund_amount)
SELECT $1, s.id, $2, s.order_id, s.outcome, s.tickets, s.refund
FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::int[], $7::bigint[])
    AS s(id, order_id, outcome, tickets, refund)
"""
_PROGRESS = """
SELECT count(*)::int AS done, coalesce(sum(tickets), 0)::int AS tickets,
       count(*) FILTER (WHERE refund_amount > 0)::int AS refunds,
       count(*) FILTER (WHERE refund_amount > 0 AND refunded_amount = refund_amount)::int
           AS refunds_done,
       count(*) FILTER (WHERE refunded_amount < refund_amount)::int AS refunds_failed,
       coalesce(sum(refunded_amount), 0)::bigint AS refunded
FROM bookings.date_change_steps WHERE organizer_id = $1 AND date_change_id = $2
"""


async def count_orders(tx: Transaction, dated: Dated, kind: str) -> int:
    """How many orders a change of these dates will have to look at."""
    row = await tx.connection.exec_driver_sql(
        _COUNT, (tx.tenant, dated.occurrence_ids, dated.event_id, kind)
    )
    return row.scalar_one()


async def next_orders(tx: Transaction, change: DateChange, most: int) -> list[UUID]:
    """Orders that are not dealt with yet."""
    rows = await tx.connection.exec_driver_sql(
        _NEXT,
        (tx.tenant, change.occurrence_ids, change.event_id, change.id, change.kind, most),
    )
    return [row.id for row in rows]


async def wanting(tx: Transaction, change: DateChange) -> dict[UUID, UUID]:
    """Dearer changes that wait and want one of its dates, each with its order."""
    dates = [str(one) for one in change.occurrence_ids]
    found = await tx.connection.exec_driver_sql(_WANTING, (tx.tenant, change.event_id, dates))
    return {row.id: row.order_id for row in found}


async def dealt_with(tx: Transaction, change: DateChange, orders: Collection[UUID]) -> set[UUID]:
    """Those of the orders that are. Ask under their lock."""
    rows = await tx.connection.exec_driver_sql(_DEALT_WITH, (tx.tenant, change.id, list(orders)))
    return {row.order_id for row in rows}


async def insert_steps(
    tx: Transaction, change: DateChange, steps: Sequence[tuple[UUID, int, Step]]
) -> None:
    """Write down what became of orders: id, tickets, step."""
    await tx.connection.exec_driver_sql(
        _INSERT,
        (
            tx.tenant,
            change.id,
            [new_id() for _ in steps],
            [order_id for order_id, _, _ in steps],
            [step.outcome for _, _, step in steps],
            [tickets for _, tickets, _ in steps],
            [step.refund for _, _, step in steps],
        ),
    )


async def find(tx: Transaction, change_id: UUID, event_id: UUID | None = None) -> DateChange:
    """The change, or `NotFound`."""
    found = await tx.session.get(DateChange, (tx.tenant, change_id), populate_existing=True)
    if found is None or event_id not in {None, found.event_id}:
        raise NotFound
    return found


async def dates_of(tx: Transaction, change: DateChange, order_id: UUID) -> set[UUID]:
    """Those of the order's dates that the change is about."""
    rows = await tx.connection.exec_driver_sql(
        _DATES_OF, (tx.tenant, order_id, change.occurrence_ids)
    )
    return set(rows.scalars())


async def of_event(tx: Transaction, event_id: UUID) -> Sequence[DateChange]:
    """The newest first."""
    rows = await tx.session.scalars(
        select(DateChange)
        .where(DateChange.organizer_id == tx.tenant, DateChange.event_id == event_id)
        .order_by(DateChange.id.desc())
        .limit(100)
    )
    return rows.all()


def policy_of(change: DateChange) -> Policy:
    """What goes back to buyers."""
    return Policy(
        refund=cast("RefundName", change.refund),
        keep_percent=change.keep_percent,
        keep_per_ticket=change.keep_per_ticket,
        refund_as=cast("RefundAs", change.refund_as),
    )


async def view(tx: Transaction, change: DateChange) -> DateChangeView:
    """The change as it stands."""
    rows = await tx.connection.exec_driver_sql(_PROGRESS, (tx.tenant, change.id))
    progress: dict[str, Any] = dict(rows.mappings().one())
    refunded = Money(amount=progress.pop("refunded"), currency=change.currency)
    return DateChangeView(
        id=change.id,
        event_id=change.event_id,
        kind="cancel" if change.kind == "cancel" else "postpone",
        status="done" if change.status == "done" else "running",
        occurrence_ids=change.occurrence_ids,
        whole_event=change.whole_event,
        refund=policy_of(change).refund,
        refund_as=policy_of(change).refund_as,
        keep_percent=change.keep_percent,
        keep_per_ticket=Money(amount=change.keep_per_ticket, currency=change.currency),
        message=change.message,
        orders=max(change.orders, progress["done"]),
        started_at=change.started_at,
        finished_at=change.finished_at,
        refunded=refunded,
        **progress,
    )
