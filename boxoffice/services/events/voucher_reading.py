"""Vouchers out of the database, counted as they stand at this moment."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.events.price_views import VoucherView
from boxoffice.services.events.tables_prices import VoucherRow

# Uses of orders whose time is over are free, whether or not somebody has given them back.
_READ = """
SELECT v.id, v.code, v.note, v.effect, v.value, v.budget, v.max_uses, v.max_per_order,
       v.valid_from, v.valid_until, v.ticket_type_ids, v.on_stock, v.seat_ids, v.created_at,
       v.used - coalesce(l.units, 0) AS used, v.spent - coalesce(l.amount, 0) AS spent,
       coalesce(a.units, 0)::int AS set_aside
FROM events.vouchers v
LEFT JOIN LATERAL (
    SELECT sum(u.units)::int AS units, sum(u.amount)::bigint AS amount
    FROM events.voucher_uses u
    WHERE u.organizer_id = v.organizer_id AND u.voucher_id = v.id
      AND u.released_at IS NULL AND u.expires_at <= clock_timestamp()) l ON true
LEFT JOIN LATERAL (
    SELECT max(q.units) AS units FROM (
        SELECT sum(c.units) AS units FROM events.claims c
        WHERE c.organizer_id = v.organizer_id AND c.holder = v.id AND c.kind = 'voucher'
          AND c.released_at IS NULL
          AND (c.expires_at IS NULL OR c.expires_at > clock_timestamp())
        GROUP BY c.quota_id) q) a ON true
WHERE v.organizer_id = $1 AND v.event_id = $2 AND v.deleted_at IS NULL
  AND NOT v.early AND ($3::uuid[] IS NULL OR v.id = ANY($3)) AND ($4::uuid IS NULL OR v.id < $4)
  AND ($5 = '' OR strpos(upper(v.code), upper($5)) > 0 OR strpos(upper(v.note), upper($5)) > 0)
ORDER BY v.id DESC LIMIT $6
"""


async def read_vouchers(
    tx: Transaction,
    event_id: UUID,
    *,
    ids: Collection[UUID] | None = None,
    q: str = "",
    before: UUID | None = None,
    limit: int | None = None,
) -> list[VoucherView]:
    """The event's vouchers, newest first; passes are people's own."""
    chosen = list(ids) if ids is not None else None
    rows = await tx.connection.exec_driver_sql(
        _READ, (tx.tenant, event_id, chosen, before, q.strip(), limit)
    )
    return [_view(row) for row in rows]


async def lock_voucher(tx: Transaction, event_id: UUID, voucher_id: UUID) -> VoucherRow:
    """The voucher's row, locked; quotas that it needs are locked before."""
    row = await tx.session.scalar(
        select(VoucherRow)
        .where(
            VoucherRow.organizer_id == tx.organizer_id,
            VoucherRow.event_id == event_id,
            VoucherRow.id == voucher_id,
            VoucherRow.deleted_at.is_(None),
            VoucherRow.early.is_(other=False),
        )
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    return row


def _view(row: Any) -> VoucherView:
    return VoucherView(
        id=row.id,
        code=row.code,
        note=row.note,
        effect=row.effect,
        value=row.value,
        budget=row.budget,
        spent=row.spent,
        max_uses=row.max_uses,
        used=row.used,
        max_per_order=row.max_per_order,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        ticket_type_ids=list(row.ticket_type_ids),
        on_stock=row.on_stock,
        set_aside=row.set_aside,
        seats=list(row.seat_ids),
        created_at=row.created_at,
    )
