"""What organizers let buyers do with their orders; without a word of theirs the usual."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.rules import OrderPolicy, checked_policy
from boxoffice.services.bookings.tables_changes import EventPolicy
from boxoffice.services.events.api import Events
from boxoffice.services.payments.api import Authorisations

_USUAL = OrderPolicy()


class Policies:
    """Reads and sets an event's order policy."""

    def __init__(self, db: Database, events: Events, authorisations: Authorisations) -> None:
        self._db = db
        self._events = events
        self._authorisations = authorisations

    def held_for(self) -> timedelta | None:
        """How long cards hold the money of applications at most; None: they cannot."""
        return self._authorisations.longest

    async def get(self, organizer_id: UUID, event_id: UUID) -> OrderPolicy:
        """The policy; `NotFound` for an event that the organizer has not."""
        await self._events.summary(organizer_id, event_id)
        async with self._db.begin(organizer_id) as tx:
            return await policy_of(tx, event_id)

    async def set(
        self, actor: Actor, organizer_id: UUID, event_id: UUID, policy: OrderPolicy
    ) -> OrderPolicy:
        """Replace the policy. It counts from now on, also for orders that exist."""
        policy = checked_policy(policy, held_for=self.held_for())
        await self._events.summary(organizer_id, event_id)
        async with self._db.begin(organizer_id) as tx:
            if await policy_of(tx, event_id) == policy:
                return policy
            await _write(tx, event_id, policy)
            tx.audit(
                "order_policy.changed",
                actor=actor,
                subject=f"event:{event_id}",
                changes=msgspec.to_builtins(policy),
            )
        return policy


async def policy_of(tx: Transaction, event_id: UUID) -> OrderPolicy:
    """The event's policy, as the caller's transaction sees it."""
    found = await tx.session.scalar(
        select(EventPolicy.policy).where(
            EventPolicy.organizer_id == tx.organizer_id, EventPolicy.id == event_id
        )
    )
    return _USUAL if found is None else msgspec.convert(found, OrderPolicy)


async def _write(tx: Transaction, event_id: UUID, policy: OrderPolicy) -> None:
    document: Any = msgspec.to_builtins(policy)
    statement = insert(EventPolicy).values(organizer_id=tx.tenant, id=event_id, policy=document)
    await tx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["organizer_id", "id"], set_={"policy": statement.excluded.policy}
        )
    )
