"""Refunding: promise the money under lock, ask the provider, record what came of it.

A refund is wanted whatever happens meanwhile, so one in doubt is simply asked for again: its id is
its key, and the provider moves money once per key.
"""

from uuid import UUID

import structlog
from sqlalchemy import select

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.payments import rows
from boxoffice.services.payments.facts import RefundSucceeded
from boxoffice.services.payments.gift_cards.refunding import give_back
from boxoffice.services.payments.promising import promise
from boxoffice.services.payments.providers.port import (
    CardProvider,
    OutcomeUnknown,
    ProviderUnreached,
    RefundOrder,
    RefundRejected,
)
from boxoffice.services.payments.rules import PaymentStatus, RefundStatus
from boxoffice.services.payments.tables import PaymentRow, RefundRow
from boxoffice.services.payments.views import RefundView

log = structlog.get_logger(__name__)


class Refunds:
    """Gives money back."""

    def __init__(self, db: Database, provider: CardProvider) -> None:
        self._db, self._provider = db, provider

    async def refund(
        self,
        organizer_id: UUID,
        *,
        reference: UUID,
        amount: Money,
        key: str,
        payment_id: UUID | None = None,
    ) -> list[RefundView]:
        """See `api.Payments.refund`."""
        async with self._db.begin(organizer_id) as tx:
            promised = await promise(tx, organizer_id, reference, amount, key, payment_id)
        return [await self.finish(organizer_id, refund_id) for refund_id in promised]

    async def finish(self, organizer_id: UUID, refund_id: UUID) -> RefundView:
        """Ask for a promised refund, again if need be; one that has ended stays as it is.

        When the provider does not answer it stays `created`, and the clockwork asks again.
        """
        order = await self._order(organizer_id, refund_id)
        if isinstance(order, RefundView):
            return order
        if order is None:
            return await self._succeed(organizer_id, refund_id, None)
        try:
            given = await self._provider.refund(order)
        except RefundRejected as error:
            return await self._fail(organizer_id, refund_id, str(error))
        except (ProviderUnreached, OutcomeUnknown) as error:
            log.warning("refund_in_doubt", refund_id=str(refund_id), error=str(error))
            return await self._view(organizer_id, refund_id)
        return await self._succeed(organizer_id, refund_id, given)

    async def _order(self, organizer_id: UUID, refund_id: UUID) -> RefundOrder | RefundView | None:
        """What to ask the provider for, or the view if there is nothing left to do; None: a gift
        card gets it.
        """
        async with self._db.begin(organizer_id) as tx:
            refund = await _find(tx, organizer_id, refund_id)
            payment = await rows.find(tx, organizer_id, refund.payment_id)
            if refund.status is not RefundStatus.CREATED or payment is None:
                return rows.refund_view(refund)
            if payment.gift_card_id is not None:
                return None
            return RefundOrder(
                organizer_id=organizer_id,
                refund_id=refund_id,
                charge_id=payment.charge_id or "",
                amount=Money(amount=refund.amount, currency=refund.currency),
            )

    async def _succeed(self, organizer_id: UUID, refund_id: UUID, given: str | None) -> RefundView:
        async with self._db.begin(organizer_id) as tx:
            payment, refund = await _lock(tx, organizer_id, refund_id)
            if refund.status is RefundStatus.CREATED:
                refund.provider_refund_id = given
                await give_back(tx, payment, refund)
                await succeeded(tx, payment, refund)
            return rows.refund_view(refund)

    async def _fail(self, organizer_id: UUID, refund_id: UUID, why: str) -> RefundView:
        log.error("refund_rejected", refund_id=str(refund_id), why=why)
        async with self._db.begin(organizer_id) as tx:
            payment, refund = await _lock(tx, organizer_id, refund_id)
            if refund.status is RefundStatus.CREATED:
                refund.status, refund.failure = RefundStatus.FAILED, why[:500]
                refund.settled_at = await tx.now()
                payment.refunded -= refund.amount
            return rows.refund_view(refund)

    async def _view(self, organizer_id: UUID, refund_id: UUID) -> RefundView:
        async with self._db.begin(organizer_id) as tx:
            return rows.refund_view(await _find(tx, organizer_id, refund_id))


async def _find(tx: Transaction, organizer_id: UUID, refund_id: UUID) -> RefundRow:
    refund = await tx.session.get(RefundRow, (organizer_id, refund_id))
    if refund is None:
        raise NotFound
    return refund


async def _lock(
    tx: Transaction, organizer_id: UUID, refund_id: UUID
) -> tuple[PaymentRow, RefundRow]:
    """Payment first, as everywhere; then the refund is read as it is under that lock."""
    payment_id = (await _find(tx, organizer_id, refund_id)).payment_id
    payment = await rows.lock(tx, organizer_id, payment_id)
    refund = await _find(tx, organizer_id, refund_id)
    if payment is None:
        raise NotFound
    await tx.session.refresh(refund)
    return payment, refund


async def succeeded(tx: Transaction, payment: PaymentRow, refund: RefundRow) -> None:
    """The money of a refund of this locked payment has gone back."""
    refund.status, refund.settled_at = RefundStatus.SUCCEEDED, await tx.now()
    await tx.session.flush()
    await close(tx, payment)
    tx.tell(_report(refund))


async def close(tx: Transaction, payment: PaymentRow) -> None:
    """A locked payment of which all that was not moved on has gone back is `refunded`, and stands
    for nothing any more.
    """
    if not payment.refunded:
        return
    gone = await tx.session.scalars(
        select(RefundRow.amount).where(
            RefundRow.organizer_id == payment.organizer_id,
            RefundRow.payment_id == payment.id,
            RefundRow.status == RefundStatus.SUCCEEDED,
        )
    )
    if sum(gone) == payment.captured - payment.moved:
        payment.status, payment.live = PaymentStatus.REFUNDED, False


def _report(refund: RefundRow) -> RefundSucceeded:
    return RefundSucceeded(
        organizer_id=refund.organizer_id,
        refund_id=refund.id,
        payment_id=refund.payment_id,
        reference=refund.reference,
    )
