"""What a buyer can do with an order now, so that pages offer nothing that would be refused."""

from datetime import datetime
from uuid import UUID

from boxoffice.data.postgres import Database
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.composing import Composer, dates_of
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.policies import policy_of
from boxoffice.services.bookings.rules import (
    CancellationNotAllowed,
    CancellationTooLate,
    ChangeNotAllowed,
    ChangeTooLate,
    OrderPolicy,
    OrderStatus,
    TransferNotAllowed,
    TransferTooLate,
    changeable_until,
    deadline,
    offer_until,
    step_at,
)
from boxoffice.services.bookings.views import View


class OrderOptionsView(View, frozen=True, kw_only=True):
    """Until when the buyer may cancel on today's terms, give tickets on, correct names, and choose
    other variations; None: not at all.

    `cancel_too_late`: it was allowed, and the time is over.
    """

    cancel_until: datetime | None
    cancel_too_late: bool
    give_on_until: datetime | None
    names_until: datetime | None = None
    variations_until: datetime | None = None


_NOTHING = OrderOptionsView(cancel_until=None, cancel_too_late=False, give_on_until=None)


class Options:
    """Reads them for one order."""

    def __init__(self, db: Database, door: OrderDoor, composer: Composer) -> None:
        self._db = db
        self._door = door
        self._composer = composer

    async def of(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> OrderOptionsView:
        """What the event's policy lets the buyer do now."""
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.read(tx, actor, order_id)
            policy, now = await policy_of(tx, order.event_id), await tx.now()
        if order.status is not OrderStatus.CONFIRMED:
            return _NOTHING
        known = await self._composer.known(organizer_id, [], dates=dates_of(order))
        starts_at = known.events[order.event_id].occurrence(order.occurrence_id).starts_at
        until, late = _cancelling(policy, starts_at=starts_at, now=now)
        return OrderOptionsView(
            cancel_until=until,
            cancel_too_late=late,
            give_on_until=_giving(policy, starts_at=starts_at, now=now),
            names_until=_changing(policy, what=policy.changes.names, starts_at=starts_at, now=now),
            variations_until=_changing(
                policy, what=policy.changes.variations, starts_at=starts_at, now=now
            ),
        )


def _cancelling(
    policy: OrderPolicy, *, starts_at: datetime, now: datetime
) -> tuple[datetime | None, bool]:
    try:
        step = step_at(policy.cancellation, starts_at=starts_at, now=now)
    except CancellationNotAllowed:
        return None, False
    except CancellationTooLate:
        return None, True
    return deadline(starts_at, step.hours_before), False


def _giving(policy: OrderPolicy, *, starts_at: datetime, now: datetime) -> datetime | None:
    try:
        return offer_until(policy.transfer, starts_at=starts_at, now=now)
    except (TransferNotAllowed, TransferTooLate):
        return None


def _changing(
    policy: OrderPolicy, *, what: bool, starts_at: datetime, now: datetime
) -> datetime | None:
    try:
        return changeable_until(policy.changes, what=what, starts_at=starts_at, now=now)
    except (ChangeNotAllowed, ChangeTooLate):
        return None
