"""Charging: commit the intent, ask the provider, record what came of it.

No transaction is open while we ask. Whatever happens in between, the intent is there, and the
provider knows it by its id.
"""

from enum import StrEnum
from uuid import UUID

import msgspec
import structlog

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.payments import rows
from boxoffice.services.payments.opening import Begun, open_payment
from boxoffice.services.payments.providers.port import (
    CardProvider,
    ChargeOrder,
    OutcomeUnknown,
    ProviderCharge,
    ProviderUnreached,
)
from boxoffice.services.payments.refusals import NoPaymentMethods, NothingToPay
from boxoffice.services.payments.rules import PaymentStatus, never_arrived
from boxoffice.services.payments.settling import Step, move, settle
from boxoffice.services.payments.views import PaymentView

log = structlog.get_logger(__name__)

_NOTE = """
INSERT INTO payments.payment_attempts (organizer_id, id, payment_id, outcome, detail)
VALUES ($1, $2, $3, $4, $5)
"""
_IN_DOUBT = Step(to=PaymentStatus.PENDING)
_UNREACHED = Step(
    to=PaymentStatus.FAILED,
    decline_code="provider_unreached",
    message="The card company cannot be reached; nothing was charged. Try again shortly.",
)
_GIVEN_UP = Step(
    to=PaymentStatus.FAILED,
    decline_code="not_charged",
    message="The card company never got this; nothing was charged. Try again.",
)


class Outcome(StrEnum):
    """How asking the provider ended."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    UNREACHED = "unreached"


class Charges:
    """Takes money and finds out what became of it."""

    def __init__(self, db: Database, provider: CardProvider) -> None:
        self._db, self._provider = db, provider

    async def begin(  # noqa: PLR0913  # as the API has it
        self,
        tx: Transaction,
        *,
        reference: UUID,
        amount: Money,
        source: str,
        once: IdempotencyKey | None,
        purpose: UUID | None = None,
        capture: bool = True,
    ) -> Begun:
        """See `api.Payments.begin`, and `Authorisations.begin` for without `capture`."""
        if amount.amount <= 0:
            raise NothingToPay
        if not self._provider.methods():
            raise NoPaymentMethods
        order = ChargeOrder(
            organizer_id=tx.tenant,
            payment_id=new_id(),
            reference=reference,
            amount=amount,
            source=source,
            purpose=purpose,
            capture=capture,
        )
        return Begun(order, await open_payment(tx, self._provider.name, order, once))

    async def finish(self, begun: Begun) -> PaymentView:
        """See `api.Payments.finish`."""
        order, opened = begun
        if opened.is_new:
            return await self._ask(order)
        return await self._resume(order, opened.view) if opened.is_stale else opened.view

    async def resolve(self, organizer_id: UUID, payment_id: UUID) -> PaymentView:
        """Read from the provider what became of an unsettled payment, and record it.

        A payment stays as it is while nobody can tell. `ProviderUnreached`, `OutcomeUnknown`.
        """
        seen = await self._provider.find(organizer_id, payment_id)
        async with self._db.begin(organizer_id) as tx:
            if seen is not None:
                await settle(tx, organizer_id, payment_id, seen)
                return await rows.shown(tx, organizer_id, payment_id)
            view = await rows.shown(tx, organizer_id, payment_id)
            if not never_arrived(view.created_at, now=await tx.now()):
                return view
            return await move(tx, organizer_id, payment_id, _GIVEN_UP) or view

    async def _ask(self, order: ChargeOrder) -> PaymentView:
        try:
            seen, outcome, detail = await self._provider.charge(order), Outcome.ANSWERED, ""
        except ProviderUnreached as error:
            seen, outcome, detail = None, Outcome.UNREACHED, str(error)
        except OutcomeUnknown as error:
            seen, outcome, detail = await self._look(order), Outcome.UNKNOWN, str(error)
        async with self._db.begin(order.organizer_id) as tx:
            await _note(tx, order, outcome, detail)
            return await _record(tx, order, seen, outcome)

    async def _resume(self, order: ChargeOrder, view: PaymentView) -> PaymentView:
        """Whoever asked for the payment never came back. If the provider has not heard of it, it is
        asked now: under the payment's key it charges once, however often it is told to.
        """
        try:
            seen = await self.resolve(order.organizer_id, view.id)
        except (ProviderUnreached, OutcomeUnknown):
            return view
        if seen.status is not PaymentStatus.CREATED or seen.amount != order.amount:
            return seen
        return await self._ask(msgspec.structs.replace(order, payment_id=view.id))

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
    """What we know now. A webhook may have told it already; then this is no news."""
    if seen is not None:
        view = await settle(tx, order.organizer_id, order.payment_id, seen)
    else:
        step = _UNREACHED if outcome is Outcome.UNREACHED else _IN_DOUBT
        view = await move(tx, order.organizer_id, order.payment_id, step)
    return view or await rows.shown(tx, order.organizer_id, order.payment_id)


async def _note(tx: Transaction, order: ChargeOrder, outcome: Outcome, detail: str) -> None:
    attempt = (order.organizer_id, new_id(), order.payment_id, outcome, detail[:500])
    await tx.connection.exec_driver_sql(_NOTE, attempt)
