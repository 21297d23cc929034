"""Opening a payment: at most one stands for its reference, and a repeated key opens nothing."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import false, select
from sqlalchemy.dialects.postgresql import insert

from boxoffice.data.idempotency import IdempotencyKey, KeyInUse, KeyReused
from boxoffice.data.transaction import Transaction
from boxoffice.services.payments import rows
from boxoffice.services.payments.providers.port import ChargeOrder
from boxoffice.services.payments.rules import PaymentStatus, is_over, make_way
from boxoffice.services.payments.tables import PaymentRow
from boxoffice.services.payments.views import PaymentView


class _Wish(msgspec.Struct, frozen=True, kw_only=True):
    order: ChargeOrder
    once: IdempotencyKey | None


class Opened(NamedTuple):
    """`is_new`: to be asked for. `is_stale`: whoever asked for it never came back."""

    view: PaymentView
    is_new: bool = False
    is_stale: bool = False


async def open_payment(
    tx: Transaction, provider: str, order: ChargeOrder, once: IdempotencyKey | None
) -> Opened:
    """Write the intent down, or find the payment that this one repeats.

    Refuses with `PaymentUnderWay`, `AlreadyPaid`, `KeyInUse`, `KeyReused`.
    """
    wish = _Wish(order=order, once=once)
    row = await _insert(tx, provider, wish)
    if row is None:
        earlier = await _earlier(tx, wish)
        if earlier is not None:
            return await _repeat(tx, earlier)
        row = await _insert(tx, provider, wish)
    if row is None:
        raise KeyInUse(retry_after=1)
    return Opened(rows.view(row), is_new=True)


async def _insert(tx: Transaction, provider: str, wish: _Wish) -> PaymentRow | None:
    """The intent as a row, or None if its key or its reference has one already."""
    order, once = wish.order, wish.once
    return await tx.session.scalar(
        insert(PaymentRow)
        .values(
            organizer_id=order.organizer_id,
            id=order.payment_id,
            reference=order.reference,
            provider=provider,
            status=PaymentStatus.CREATED,
            live=True,
            amount=order.amount.amount,
            currency=order.amount.currency,
            once_key=_key(once),
            once_fingerprint=once and once.fingerprint,
        )
        .on_conflict_do_nothing()
        .returning(PaymentRow)
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
    same_reference = (PaymentRow.reference == order.reference) & PaymentRow.live
    same_key = PaymentRow.once_key == key if key is not None else false()
    found = await tx.session.scalars(
        select(PaymentRow)
        .where(PaymentRow.organizer_id == order.organizer_id, same_reference | same_key)
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
