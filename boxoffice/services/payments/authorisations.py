"""Money that a card holds before it is taken: authorised, then captured or let go, once.

What is to become of it is decided in the transaction of whoever decides about what it pays for: a
*wish*, written down on the payment. Then the provider is asked, under a key of its own for each
verb, and asked again until its book says how the hold has ended. A wish may still turn from
capturing to letting go; if the money has come before, it has come, and goes back as any other.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

import structlog

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.payments import rows
from boxoffice.services.payments.charges import Charges
from boxoffice.services.payments.facts import HoldDecided
from boxoffice.services.payments.opening import Begun
from boxoffice.services.payments.providers.port import (
    CardProvider,
    HoldOrder,
    OutcomeUnknown,
    ProviderCharge,
    ProviderUnreached,
)
from boxoffice.services.payments.rules import PaymentStatus, Wish
from boxoffice.services.payments.settling import settle
from boxoffice.services.payments.tables import PaymentRow
from boxoffice.services.payments.views import PaymentMethodView, PaymentView

log = structlog.get_logger(__name__)

_CAPTURE = """
UPDATE payments.payments SET wish = 'capture'
WHERE organizer_id = $1 AND id = $2 AND status = 'authorised' AND wish IS NULL
  AND authorised_until > clock_timestamp()
RETURNING id
"""
_STAYS = """
SELECT id FROM payments.payments
WHERE organizer_id = $1 AND id = $2 AND status = 'authorised' AND wish IS NULL
"""
# One whose hold is not known of yet is let go as soon as it is.
_LET_GO = """
UPDATE payments.payments SET wish = 'void', live = false
WHERE organizer_id = $1 AND reference = ANY($2::uuid[])
  AND (manual OR status = 'authorised')
  AND status IN ('created', 'pending', 'authorised', 'failed') AND wish IS DISTINCT FROM 'void'
  AND ($3::uuid IS NULL OR id = $3)
RETURNING id
"""


class Authorisations:
    """Has money held, and decides about it."""

    def __init__(self, db: Database, provider: CardProvider, charges: Charges) -> None:
        self._db, self._provider, self._charges = db, provider, charges

    @property
    def longest(self) -> timedelta | None:
        """How long a card holds money at most; None where nothing can be held."""
        return self._provider.holds_for if self.methods() else None

    def methods(self) -> list[PaymentMethodView]:
        """Those of the ways to pay with which money can be held."""
        return [one for one in self._provider.methods() if one.holds]

    async def begin(
        self,
        tx: Transaction,
        *,
        reference: UUID,
        amount: Money,
        source: str,
        once: IdempotencyKey | None,
    ) -> Begun:
        """Have `source` hold the money. As `Payments.begin`, but that the view is `authorised` in
        the end where that would be `succeeded`, and PaymentAuthorised follows.
        """
        return await self._charges.begin(
            tx, reference=reference, amount=amount, source=source, once=once, capture=False
        )

    async def capture(self, tx: Transaction, payment_id: UUID) -> bool:
        """Decide that the money is taken, if it is still held; call `carry_out` after the commit,
        or leave it to HoldDecided. Lock what the payment is for before.
        """
        found = await tx.connection.exec_driver_sql(_CAPTURE, (tx.tenant, payment_id))
        return bool(_told(tx, found.scalars().all()))

    async def stays(self, tx: Transaction, payment_id: UUID) -> bool:
        """Whether the card holds the money, and nobody has decided otherwise."""
        found = await tx.connection.exec_driver_sql(_STAYS, (tx.tenant, payment_id))
        return found.first() is not None

    async def let_go(
        self, tx: Transaction, references: Collection[UUID], *, only: UUID | None = None
    ) -> list[UUID]:
        """Decide that nothing is held for these references, `only` one payment of them; the
        payments whose hold ends. What has been captured stays.
        """
        asked = (tx.tenant, list(references), only)
        found = await tx.connection.exec_driver_sql(_LET_GO, asked)
        return _told(tx, found.scalars().all())

    async def carry_out(self, organizer_id: UUID, payment_id: UUID) -> PaymentView:
        """Ask for what was decided, or look how a hold has ended whose time is over; the payment as
        it stands then: `authorised` still, if there was no answer.
        """
        row = await self._read(organizer_id, payment_id)
        if row.status is not PaymentStatus.AUTHORISED or row.charge_id is None:
            return rows.view(row)
        order = HoldOrder(organizer_id=organizer_id, payment_id=payment_id, charge_id=row.charge_id)
        try:
            seen = await self._ask(order, row.wish)
        except (ProviderUnreached, OutcomeUnknown) as error:
            log.warning("hold_in_doubt", payment_id=str(payment_id), error=str(error))
            return rows.view(row)
        async with self._db.begin(organizer_id) as tx:
            if seen is not None:
                await settle(tx, organizer_id, payment_id, seen)
            return await rows.shown(tx, organizer_id, payment_id)

    async def _ask(self, order: HoldOrder, wish: Wish | None) -> ProviderCharge | None:
        """What the provider's book says after we asked. An answer that did not come is looked up
        there at once, which mostly spares the wait for the clockwork.
        """
        try:
            match wish:
                case Wish.CAPTURE:
                    return await self._provider.capture(order)
                case Wish.VOID:
                    return await self._provider.void(order)
                case None:
                    pass
        except OutcomeUnknown as error:
            log.warning("hold_answer_lost", payment_id=str(order.payment_id), error=str(error))
        return await self._provider.find(order.organizer_id, order.payment_id)

    async def _read(self, organizer_id: UUID, payment_id: UUID) -> PaymentRow:
        async with self._db.begin(organizer_id) as tx:
            row = await rows.find(tx, organizer_id, payment_id)
        if row is None:
            raise NotFound
        return row


def _told(tx: Transaction, payment_ids: Sequence[UUID]) -> list[UUID]:
    tx.tell(*(HoldDecided(organizer_id=tx.tenant, payment_id=one) for one in payment_ids))
    return list(payment_ids)
