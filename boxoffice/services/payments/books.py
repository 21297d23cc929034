"""Comparing our book with the provider's, so that nothing depends on a webhook's arrival."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import structlog
from sqlalchemy import select, tuple_
from sqlalchemy.exc import IntegrityError

from boxoffice.data.postgres import Database
from boxoffice.services.payments.authorisations import Authorisations
from boxoffice.services.payments.charges import Charges
from boxoffice.services.payments.providers.port import (
    CardProvider,
    OutcomeUnknown,
    ProviderCharge,
    ProviderUnreached,
)
from boxoffice.services.payments.refunds import Refunds
from boxoffice.services.payments.rules import (
    ASK_AGAIN_AFTER,
    COMPARE_SINCE,
    UNSETTLED,
    PaymentStatus,
    RefundStatus,
    is_news,
)
from boxoffice.services.payments.settling import apply
from boxoffice.services.payments.tables import PaymentRow, RefundRow

log = structlog.get_logger(__name__)
_MOST_AT_ONCE = 4
_PER_ROUND = 200


class _Key(NamedTuple):
    organizer_id: UUID
    id: UUID


class Books:
    """The clockwork of payments."""

    def __init__(
        self,
        db: Database,
        provider: CardProvider,
        charges: Charges,
        refunds: Refunds,
        authorisations: Authorisations,
    ) -> None:
        self._db, self._provider = db, provider
        self._charges, self._refunds = charges, refunds
        self._authorisations = authorisations

    async def settle_doubtful(self) -> None:
        """Find out what became of payments and refunds that have waited too long for an answer, and
        of money that cards hold no longer, or that is to be captured or let go.
        """
        payments, refunds, holds = await self._doubtful()
        await _each(payments, self._charges.resolve)
        await _each(holds, self._authorisations.carry_out)
        await _each(refunds, self._refunds.finish)

    async def compare(self) -> None:
        """Go through the provider's last hour: whatever it knows better than we do is recorded."""
        async with self._db.begin_as_platform("payments.compare") as tx:
            since = await tx.now() - COMPARE_SINCE
        try:
            await self._compare(since)
        except (ProviderUnreached, OutcomeUnknown) as error:
            log.warning("books_not_compared", error=str(error))

    async def _compare(self, since: datetime) -> None:
        page: list[ProviderCharge] = []
        async for seen in self._provider.charges_since(since):
            page.append(seen)
            if len(page) == _PER_ROUND:
                await self._take_over(page)
                page = []
        await self._take_over(page)

    async def _take_over(self, page: Sequence[ProviderCharge]) -> None:
        known = await self._statuses(page)
        for seen in page:
            status = known.get((seen.organizer_id, seen.payment_id), PaymentStatus.CREATED)
            if seen.organizer_id is not None and is_news(status, seen.status):
                await self._record(seen.organizer_id, seen)

    async def _record(self, organizer_id: UUID, seen: ProviderCharge) -> None:
        try:
            async with self._db.begin(organizer_id) as tx:
                await apply(tx, organizer_id, self._provider.name, seen)
        except IntegrityError as error:
            # A rival that was faster is right; and so is the next round.
            log.warning("charge_not_taken_over", charge_id=seen.id, error=str(error.orig))

    async def _statuses(self, page: Sequence[ProviderCharge]) -> dict[Any, PaymentStatus]:
        keys = [(one.organizer_id, one.payment_id) for one in page if one.organizer_id]
        async with self._db.begin_as_platform("payments.compare") as tx:
            found = await tx.session.execute(
                select(PaymentRow.organizer_id, PaymentRow.id, PaymentRow.status).where(
                    tuple_(PaymentRow.organizer_id, PaymentRow.id).in_(keys)
                )
            )
            return {(organizer, payment): status for organizer, payment, status in found}

    async def _doubtful(self) -> tuple[list[_Key], list[_Key], list[_Key]]:
        async with self._db.begin_as_platform("payments.settle_doubtful") as tx:
            before = await tx.now() - ASK_AGAIN_AFTER
            payments = await tx.session.execute(
                select(PaymentRow.organizer_id, PaymentRow.id)
                .where(PaymentRow.status.in_(UNSETTLED), PaymentRow.created_at < before)
                .where(PaymentRow.gift_card_id.is_(None))
                .order_by(PaymentRow.created_at)
                .limit(_PER_ROUND)
            )
            refunds = await tx.session.execute(
                select(RefundRow.organizer_id, RefundRow.id)
                .where(RefundRow.status == RefundStatus.CREATED, RefundRow.created_at < before)
                .order_by(RefundRow.created_at)
                .limit(_PER_ROUND)
            )
            holds = await tx.session.execute(
                select(PaymentRow.organizer_id, PaymentRow.id)
                .where(PaymentRow.status == PaymentStatus.AUTHORISED)
                .where(PaymentRow.wish.is_not(None) | (PaymentRow.authorised_until < before))
                .order_by(PaymentRow.created_at)
                .limit(_PER_ROUND)
            )
            return (
                [_Key(*one) for one in payments],
                [_Key(*one) for one in refunds],
                [_Key(*one) for one in holds],
            )


async def _each(keys: Sequence[_Key], act: Callable[[UUID, UUID], Awaitable[Any]]) -> None:
    """Act on every key, a few at a time; one that fails does not keep the others waiting."""
    slots = asyncio.Semaphore(_MOST_AT_ONCE)

    async def one(key: _Key) -> None:
        async with slots:
            try:
                await act(*key)
            except (ProviderUnreached, OutcomeUnknown) as error:
                log.warning("still_in_doubt", id=str(key.id), error=str(error))

    await asyncio.gather(*(one(key) for key in keys))
