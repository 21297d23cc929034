"""What a buyer sends to pay, whatever it is for, and what a request that is repeated is told."""

from collections.abc import Awaitable
from uuid import UUID

import msgspec

from boxoffice.data.idempotency import IdempotencyKey, KeyInUse
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.bookings.rules import NOT_SAID, Shown
from boxoffice.services.payments.api import Begun, Payments, PaymentView


class PayRequest(msgspec.Struct, frozen=True, kw_only=True):
    """`source` is the provider's token for what is to be asked, `shown` what the buyer saw."""

    source: str
    shown: Shown = NOT_SAID
    once: IdempotencyKey | None


async def finished(
    payments: Payments,
    begin: Awaitable[Begun],
    organizer_id: UUID,
    reference: UUID,
    once: IdempotencyKey | None,
    *,
    unknown: type[Refusal],
) -> PaymentView:
    """Finish what `begin` writes down. Where that refuses, a repeated request is told of its
    payment, whatever has become of what it pays; but not whoever may not know of it (`unknown`),
    nor while the first request is still being answered.
    """
    try:
        begun = await begin
    except (unknown, KeyInUse):
        raise
    except Refusal:
        payment = await payments.repeated(organizer_id, reference, once)
        if payment is None:
            raise
        return payment
    return await payments.finish(begun)
