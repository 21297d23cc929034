"""Money that comes past the checkout, as when its process died."""

from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.kernel.money import Money
from boxoffice.services.payments.api import Payments, PaymentView


async def charge(  # all by name
    payments: Payments, db: Database, organizer_id: UUID, *, reference: UUID, amount: Money,
    source: str = "practice_ok", once: IdempotencyKey | None = None, purpose: UUID | None = None,
) -> PaymentView:  # fmt: skip
    """Begin a payment, with nothing that waits for it, and finish it."""
    async with db.begin(organizer_id) as tx:
        begun = await payments.begin(
            tx, reference=reference, amount=amount, source=source, once=once, purpose=purpose
        )
    return await payments.finish(begun)
