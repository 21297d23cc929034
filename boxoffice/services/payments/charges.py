"""Charging: commit the intent, ask the provider, record what came of it.

No transaction is open while we ask. Whatever happens in between, the intent is there, and the
provider knows it by its id.
"""

from enum import StrEnum
from uuid import UUID

import structlog

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.payments import rows
from boxoffice.services.payments.opening import Opened, open_payment
from boxoffice.services.payments.providers.port import (
    CardProvider,
    ChargeOrder,
    OutcomeUnknown,
    ProviderCharge,
    ProviderUnreached,
)
from boxoffice.services.payments.refusals import NoPaymentMethods, NothingToPay
from boxoffice.services.payments.rules import PaymentStatus, never_arrived
from boxoffice.services.payments.settling import fail, settle
from boxoffice.services.payments.tables import AttemptRow
from boxoffice.services.payments.views import PaymentView

log = structlog.get_logger(__name__)

_NOT_CHARGED = "The card company never got this; nothing was charged. Try again."
_UNREACHED = "The card company cannot be reached; nothing was charged. Try again shortly."


class Outcome(StrEnum):
    """How asking the provider ended."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    UNREACHED = "unreached"


class Charges:
    """Takes money and finds out what became of it."""

    def __init__(self, db: Database, provider: CardProvider) -> None:
        self._db, self._provider = db, provider

    async def charge(
        self,
        organizer_id: UUID,
        *,
        reference: UUID,
        amount: Money,
        source: str,
        once: IdempotencyKey | None,
    ) -> PaymentView:
        """See `api.Payments.charge`."""
        if amount.amount <= 0:
            raise NothingToPay
        if not self._provider.methods():
            raise NoPaymentMethods
        order = ChargeOrder(
            organizer_id=organizer_id,
            payment_id=new_id(),
            reference=reference,
            amount=amount,
            source=source,
        )
        opened = await self._open(order, once)
        if opened.is_new:
            return await self._ask(order)
        return await self._resume(organizer_id, opened.view) if opened.is_stale else opened.view

    async def resolve(self, organizer_id: UUID, payment_id: UUID) -> PaymentView:
        """Read from the provider what became of an unsettled payment, and record it.

        A payment stays as it is while nobody can tell. `ProviderUnreached`, `OutcomeUnknown`.
        """
        seen = await self._provider.find(organizer_id, payment_id)
        async with self._db.begin(organizer_id) as tx:
            row = await rows.lock(tx, organizer_id, payment_id)
            if row is None:
                raise NotFound
            if seen is not None:
                await settle(tx, row, seen)
            elif never_arrived(row.created_at, now=await tx.now()):
                await fail(tx, row, code="not_charged", message=_NOT_CHARGED)
            return rows.view(row)

    async def _open(self, order: ChargeOrder, once: IdempotencyKey | None) -> Opened:
        async with self._db.begin(order.organizer_id) as tx:
            return await open_payment(tx, self._provider.name, order, once)

    async def _ask(self, order: ChargeOrder) -> PaymentView:
        try:
            seen, outcome, detail = await self._provider.charge(order), Outcome.ANSWERED, ""
        except ProviderUnreached as error:
            seen, outcome, detail = None, Outcome.UNREACHED, str(error)
        except OutcomeUnknown as error:
            seen, outcome, detail = await self._look(order), Outcome.UNKNOWN, str(error)
        async with self._db.begin(order.organizer_id) as tx:
            tx.session.add(_attempt(order, outcome, detail))
            return await _record(tx, order, seen, outcome)

    async def _resume(self, organizer_id: UUID, view: PaymentView) -> PaymentView:
        try:
            return await self.resolve(organizer_id, view.id)
        except (ProviderUnreached, OutcomeUnknown):
            return view

    async def _look(self, order: ChargeOrder) -> ProviderCharge | None:
        """One look at once, which mostly spares the buyer the wait for the clockwork."""
        try:
            return await self._provider.find(order.organizer_id, order.payment_id)
        except (ProviderUnreached, OutcomeUnknown) as error:
            log.warning("charge_in_doubt", payment_id=str(order.payment_id), error=str(error))
            return None


async def _record(
    tx: Transaction, order: ChargeOrder, seen: ProviderCharge | None, outcome: Outcome
) -> PaymentView:
    row = await rows.lock(tx, order.organizer_id, order.payment_id)
    if row is None:
        raise NotFound
    if seen is not None:
        await settle(tx, row, seen)
    elif outcome is Outcome.UNREACHED:
        await fail(tx, row, code="provider_unreached", message=_UNREACHED)
    elif row.status is PaymentStatus.CREATED:
        row.status = PaymentStatus.PENDING
    return rows.view(row)


def _attempt(order: ChargeOrder, outcome: Outcome, detail: str) -> AttemptRow:
    return AttemptRow(
        organizer_id=order.organizer_id,
        payment_id=order.payment_id,
        outcome=outcome,
        detail=detail[:500],
    )
