"""What a cancellation writes: positions, tickets, the order, and its own record."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.cancelling.figures import Figures, Line, charges_after
from boxoffice.services.bookings.cancelling.views import (
    BlockedView,
    By,
    CancellationView,
    line_view,
)
from boxoffice.services.bookings.pricing import charges_of_unit
from boxoffice.services.bookings.rules import (
    ORDER,
    REFUND,
    TICKET,
    TRANSFER,
    OrderRefundStatus,
    OrderStatus,
    Revoked,
    TicketStatus,
    TransferStatus,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot, PositionSnapshot
from boxoffice.services.bookings.tables_changes import Cancellation
from boxoffice.services.events.api import ReturnedUnit

_CANCEL = """
UPDATE bookings.order_positions SET cancelled_at = $3
WHERE organizer_id = $1 AND id = ANY($2::uuid[]) AND cancelled_at IS NULL
"""
_REVOKE = """
UPDATE bookings.tickets SET status = $4, revoked_because = $5
WHERE organizer_id = $1 AND position_id = ANY($2::uuid[]) AND status = ANY($3::text[])
"""
_WITHDRAW = """
UPDATE bookings.transfers SET status = $4, settled_at = $3
WHERE organizer_id = $1 AND status = ANY($5::text[]) AND ticket_id IN (
    SELECT id FROM bookings.tickets WHERE organizer_id = $1 AND position_id = ANY($2::uuid[]))
"""
_REPRICE = """
UPDATE bookings.order_positions p
SET price_amount = n.price, tax_amount = n.tax, charges = n.charges
FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::jsonb[]) AS n(id, price, tax, charges)
WHERE p.organizer_id = $1 AND p.id = n.id
"""
_ORDER = """
UPDATE bookings.orders
SET status = $3, refund_status = $4, total_amount = $5, charges = $6::jsonb, hold_expires_at = NULL
WHERE organizer_id = $1 AND id = $2
"""


def apply(order: OrderSnapshot, made: Figures) -> None:
    """The order as it is afterwards, in memory."""
    gone = {line.position_id for line in made.lines}
    left = [one for one in order.positions if one.id not in gone]
    order.charges = charges_after(order, made)
    order.cancelled = [*order.cancelled, *(one for one in order.positions if one.id in gone)]
    order.positions = [
        msgspec.structs.replace(
            one,
            price=Money(amount=unit.price, currency=order.total.currency),
            tax=Money(amount=unit.tax, currency=order.total.currency),
            charges=charges_of_unit(unit),
        )
        for one, unit in zip(left, made.units, strict=True)
    ]
    order.tickets = [ticket for ticket in order.tickets if ticket.position_id not in gone]
    order.total = Money(amount=made.new_total, currency=order.total.currency)
    if made.whole:
        order.status = ORDER.move(order.status, OrderStatus.CANCELLED)
        order.hold_expires_at = None
    if made.refund:
        order.refund_status = REFUND.move(order.refund_status, OrderRefundStatus.PENDING)


async def write_order(
    tx: Transaction, order: OrderSnapshot, gone: Sequence[UUID], *, now: datetime
) -> None:
    """Write the order as `apply` left it; the codes of tickets that are gone let nobody in."""
    run = tx.connection.exec_driver_sql
    await cancel_positions(tx, gone, now=now)
    await run(
        _REPRICE,
        (
            tx.tenant,
            [one.id for one in order.positions],
            [one.price.amount for one in order.positions],
            [one.tax.amount for one in order.positions],
            [_document(one.charges) for one in order.positions],
        ),
    )
    await run(
        _ORDER,
        (
            tx.tenant,
            order.id,
            order.status.value,
            order.refund_status.value,
            order.total.amount,
            _document(order.charges),
        ),
    )


async def cancel_positions(tx: Transaction, gone: Sequence[UUID], *, now: datetime) -> None:
    """These positions of a locked order do not stand any more, nor do their tickets."""
    run = tx.connection.exec_driver_sql
    await run(_CANCEL, (tx.tenant, list(gone), now))
    await run(
        _REVOKE,
        (
            tx.tenant,
            list(gone),
            TICKET.sources(TicketStatus.VOID),
            TicketStatus.VOID.value,
            Revoked.CANCELLED.value,
        ),
    )
    await run(
        _WITHDRAW,
        (
            tx.tenant,
            list(gone),
            now,
            TransferStatus.WITHDRAWN.value,
            TRANSFER.sources(TransferStatus.WITHDRAWN),
        ),
    )


def returned(order: OrderSnapshot, positions: Sequence[PositionSnapshot]) -> list[ReturnedUnit]:
    """These positions as the stock takes them back."""
    return [_returned(one, order.occurrence_id) for one in positions]


def exchanged(order: OrderSnapshot, positions: Sequence[PositionSnapshot]) -> list[ReturnedUnit]:
    """These positions as the stock takes them back for others; a pass stays used for those."""
    return [msgspec.structs.replace(one, pass_id=None) for one in returned(order, positions)]


def _returned(one: PositionSnapshot, date: UUID) -> ReturnedUnit:
    cuts = one.charges.reductions if one.charges else ()
    voucher = next((cut for cut in cuts if cut.kind == "voucher"), None)
    early = next((cut for cut in cuts if cut.kind == "early"), None)
    return ReturnedUnit(
        occurrence_id=one.occurrence_id or date,
        ticket_type_id=one.ticket_type_id,
        variation_id=one.variation_id,
        seat_id=one.seat.id if one.seat else None,
        voucher_id=voucher.id if voucher else None,
        voucher_amount=voucher.amount if voucher else 0,
        pass_id=early.id if early else None,
    )


def record(made: Figures, *, blocked: Sequence[BlockedView] = (), **more: Any) -> Cancellation:
    """The row that keeps what was done."""
    return Cancellation(
        whole=made.whole,
        old_total=made.old_total,
        new_total=made.new_total,
        fee_amount=made.fee,
        refund_amount=made.refund,
        refund_tax=made.refund_tax,
        lines=msgspec.to_builtins(made.lines),
        blocked=msgspec.to_builtins(blocked),
        **more,
    )


def view_of(row: Cancellation, *, for_team: bool) -> CancellationView:
    """What was done, for the team with what was blocked."""

    def money(amount: int) -> Money:
        return Money(amount=amount, currency=row.currency)

    return CancellationView(
        id=row.id,
        by=msgspec.convert(row.by, By),
        because=row.because,
        whole=row.whole,
        old_total=money(row.old_total),
        new_total=money(row.new_total),
        fee=money(row.fee_amount),
        refund=money(row.refund_amount),
        refund_tax=money(row.refund_tax),
        lines=[line_view(one, row.currency) for one in msgspec.convert(row.lines, list[Line])],
        created_at=row.created_at,
        blocked=msgspec.convert(row.blocked, tuple[BlockedView, ...]) if for_team else (),
    )


def _document(charges: msgspec.Struct | None) -> str | None:
    return None if charges is None else msgspec.json.encode(charges).decode()
