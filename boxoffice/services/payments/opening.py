"""Opening a payment: at most one stands for its purpose, and a repeated key opens nothing."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import false, func, select

from boxoffice.data.idempotency import IdempotencyKey, KeyInUse, KeyReused
from boxoffice.data.transaction import Transaction
from boxoffice.services.payments import rows
from boxoffice.services.payments.providers.port import ChargeOrder
from boxoffice.services.payments.rules import PaymentStatus, is_over, make_way
from boxoffice.services.payments.tables import PaymentRow
from boxoffice.services.payments.views import PaymentView

_INSERT = """
INSERT INTO payments.payments (organizer_id, id, reference, provider, status, live,
    amount, currency, once_key, once_fingerprint, purpose, apart, manual)
VALUES ($1, $2, $3, $4, 'created', true, $5, $6, $7, $8, $9, $9::uuid IS NOT NULL, $10)
ON CONFLICT DO NOTHING RETURNING created_at
"""


class _Wish(msgspec.Struct, frozen=True, kw_only=True):
    order: ChargeOrder
    once: IdempotencyKey | None


class Opened(NamedTuple):
    """`is_new`: to be asked for. `is_stale`: whoever asked for it never came back."""

    view: PaymentView
    is_new: bool = False
    is_stale: bool = False


class Begun(NamedTuple):
    """A payment that is written down, or was before, and what it is for."""

    order: ChargeOrder
    opened: Opened

    @property
    def is_asked_for(self) -> bool:
        """Whether the provider is going to be asked, and not the outcome of a repeat told."""
        return self.opened.is_new or self.opened.is_stale


async def open_payment(
    tx: Transaction, provider: str, order: ChargeOrder, once: IdempotencyKey | None
) -> Opened:
    """Write the intent down, or find the payment that this one repeats.

    Refuses with `PaymentUnderWay`, `AlreadyPaid`, `KeyInUse`, `KeyReused`.
    """
    wish = _Wish(order=order, once=once)
    view = await _insert(tx, provider, wish)
    if view is None:
        earlier = await _earlier(tx, wish)
        if earlier is not None:
            return await _repeat(tx, earlier)
        view = await _insert(tx, provider, wish)
    if view is None:
        raise KeyInUse(retry_after=1)
    return Opened(view, is_new=True)


async def repeated(
    tx: Transaction, reference: UUID, once: IdempotencyKey | None
) -> PaymentView | None:
    """The payment for the reference that this very request began, if it came before."""
    if once is None:
        return None
    row = await tx.session.scalar(
        select(PaymentRow).where(
            PaymentRow.organizer_id == tx.tenant,
            PaymentRow.reference == reference,
            PaymentRow.once_key == _key(once),
            PaymentRow.once_fingerprint == once.fingerprint,
        )
    )
    once.replayed = row is not None
    return rows.view(row) if row else None


async def _insert(tx: Transaction, provider: str, wish: _Wish) -> PaymentView | None:
    """The intent written down, or None if its key or its purpose has a payment already."""
    order, once = wish.order, wish.once
    result = await tx.connection.exec_driver_sql(
        _INSERT,
        (
            *(order.organizer_id, order.payment_id, order.reference, provider),
            *(order.amount.amount, order.amount.currency, _key(once)),
            once and once.fingerprint,
            order.purpose,
            not order.capture,
        ),
    )
    row = result.first()
    if row is None:
        return None
    return PaymentView(
        id=order.payment_id,
        status=PaymentStatus.CREATED,
        amount=order.amount,
        decline_code=None,
        message=None,
        created_at=row[0],
    )


async def _earlier(tx: Transaction, wish: _Wish) -> PaymentRow | None:
    """The payment this wish repeats, or None once the one in its way has made way. Refuses else."""
    order, key = wish.order, _key(wish.once)
    in_the_way = await _in_the_way(tx, order, key)
    for row in in_the_way:
        if key is not None and row.once_key == key:
            return _same(row, wish)
    now = await tx.now()
    for row in in_the_way:
        make_way(row.status, age=now - row.created_at)
        row.live = False
    await tx.session.flush()
    return None


async def _in_the_way(tx: Transaction, order: ChargeOrder, key: str | None) -> Sequence[PaymentRow]:
    purpose = func.coalesce(PaymentRow.purpose, PaymentRow.reference)
    same_purpose = (
        (PaymentRow.reference == order.reference)
        & (purpose == (order.purpose or order.reference))
        & PaymentRow.live
    )
    same_key = PaymentRow.once_key == key if key is not None else false()
    found = await tx.session.scalars(
        select(PaymentRow)
        .where(PaymentRow.organizer_id == order.organizer_id, same_purpose | same_key)
        .order_by(PaymentRow.id)
        .with_for_update(key_share=True)
    )
    return found.all()


def _same(row: PaymentRow, wish: _Wish) -> PaymentRow:
    """The row, if the key came with the same request before."""
    if wish.once is None or row.once_fingerprint != wish.once.fingerprint:
        raise KeyReused
    wish.once.replayed = True
    return row


async def _repeat(tx: Transaction, row: PaymentRow) -> Opened:
    if row.status is not PaymentStatus.CREATED:
        return Opened(rows.view(row))
    if not is_over(row.created_at, now=await tx.now()):
        raise KeyInUse(retry_after=1)
    return Opened(rows.view(row), is_stale=True)


def _key(once: IdempotencyKey | None) -> str | None:
    return f"{once.scope}\n{once.key}" if once is not None else None
