"""Webhooks: a reason to look at the provider's book, never the truth themselves.

They come twice, late and out of order. Each event is noted in the transaction of its effect, and
what is recorded is what the provider says when asked, not what the event said when it was sent.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

import structlog
from sqlalchemy.exc import IntegrityError

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.payments.providers.port import (
    CardProvider,
    Hint,
    OutcomeUnknown,
    ProviderCharge,
    ProviderUnreached,
)
from boxoffice.services.payments.refunds import Refunds
from boxoffice.services.payments.refusals import ProviderDown
from boxoffice.services.payments.rules import PaymentStatus, is_news
from boxoffice.services.payments.settling import apply, is_of_a_stranger

log = structlog.get_logger(__name__)

_KNOWN = """
SELECT EXISTS (SELECT FROM payments.provider_events
               WHERE organizer_id = $1 AND provider = $2 AND event_id = $3),
       (SELECT status FROM payments.payments
        WHERE organizer_id = $1 AND provider = $2 AND charge_id = $4 AND part_of IS NULL),
       (SELECT settled_at IS NOT NULL FROM payments.refunds WHERE organizer_id = $1 AND id = $5)
"""
_NOTE = """
INSERT INTO payments.provider_events (organizer_id, id, provider, event_id, kind, outcome)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
"""


class Effect(StrEnum):
    """What became of an event."""

    APPLIED = "applied"
    NO_NEWS = "no_news"
    IGNORED = "ignored"


class Webhooks:
    """Receives what providers have to say."""

    def __init__(self, db: Database, provider: CardProvider, refunds: Refunds) -> None:
        self._db, self._provider, self._refunds = db, provider, refunds

    async def receive(
        self, organizer_id: UUID, provider: str, headers: Mapping[str, str], body: bytes
    ) -> None:
        """Take note of one webhook. Return: the provider need not send it again.

        `ForgedWebhook`; `NotFound` for another provider; `ProviderDown` when the provider cannot be
        asked right now, so that it sends the event again later.
        """
        if provider != self._provider.name:
            raise NotFound
        hint = self._provider.read_webhook(organizer_id, headers, body)
        if not await self._dealt_with(organizer_id, hint):
            try:
                await self._look(organizer_id, hint)
            except (ProviderUnreached, OutcomeUnknown) as error:
                raise ProviderDown(retry_after=5) from error
            except IntegrityError as error:
                _forgive_strangers(error, hint)

    async def _dealt_with(self, organizer_id: UUID, hint: Hint) -> bool:
        """Whether we know the event, or all that it says; the latter is noted."""
        async with self._db.begin(organizer_id) as tx:
            known = await _known(tx, organizer_id, self._provider.name, hint)
            if not known.event and known.covers(hint):
                await self._note(tx, organizer_id, hint, Effect.NO_NEWS)
                return True
            return known.event

    async def _look(self, organizer_id: UUID, hint: Hint) -> None:
        if hint.refund_id is not None:
            await self._look_at_refund(organizer_id, hint, hint.refund_id)
        else:
            await self._look_at_charge(organizer_id, hint)

    async def _look_at_charge(self, organizer_id: UUID, hint: Hint) -> None:
        seen = None
        if hint.charge_id is not None:
            seen = await self._provider.read(organizer_id, hint.charge_id)
        async with self._db.begin(organizer_id) as tx:
            await self._apply(tx, organizer_id, hint, seen)

    async def _apply(
        self, tx: Transaction, organizer_id: UUID, hint: Hint, seen: ProviderCharge | None
    ) -> None:
        if seen is not None and await apply(tx, organizer_id, self._provider.name, seen):
            await self._note(tx, organizer_id, hint, Effect.APPLIED)
            return
        log.warning("webhook_ignored", kind=hint.kind, event_id=hint.event_id)
        await self._note(tx, organizer_id, hint, Effect.IGNORED)

    async def _look_at_refund(self, organizer_id: UUID, hint: Hint, refund_id: UUID) -> None:
        try:
            await self._refunds.finish(organizer_id, refund_id)
            effect = Effect.APPLIED
        except NotFound:
            log.warning("refund_is_not_ours", refund_id=str(refund_id), event_id=hint.event_id)
            effect = Effect.IGNORED
        async with self._db.begin(organizer_id) as tx:
            await self._note(tx, organizer_id, hint, effect)

    async def _note(self, tx: Transaction, organizer_id: UUID, hint: Hint, effect: Effect) -> None:
        # A rival's note wins; its effect and ours are the same, for both read the same book.
        provider = self._provider.name
        await tx.connection.exec_driver_sql(
            _NOTE, (organizer_id, new_id(), provider, hint.event_id, hint.kind, effect)
        )


def _forgive_strangers(error: IntegrityError, hint: Hint) -> None:
    """An event of an organizer we do not have will not get better by coming again."""
    if not is_of_a_stranger(error):
        raise ProviderDown(retry_after=1) from error
    log.warning("webhook_of_a_stranger", event_id=hint.event_id)


class _Known(NamedTuple):
    """What our book has of the event, of the charge and of the refund that it is about."""

    event: bool
    status: PaymentStatus | None
    refund_ended: bool | None

    def covers(self, hint: Hint) -> bool:
        """Whether the hint tells us nothing that we do not know."""
        if hint.refund_id is not None:
            return bool(self.refund_ended)
        if self.status is None or hint.says is None:
            return False
        return not is_news(self.status, hint.says)


async def _known(tx: Transaction, organizer_id: UUID, provider: str, hint: Hint) -> _Known:
    asked = (organizer_id, provider, hint.event_id, hint.charge_id, hint.refund_id)
    found = await tx.connection.exec_driver_sql(_KNOWN, asked)
    event, status, refund_ended = tuple(found.one())
    return _Known(event, status and PaymentStatus(status), refund_ended)
