"""Registrations for early access: the only ways to their rows."""

from uuid import UUID

from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.rules.presales import NotRegistered, RegistrationState
from boxoffice.services.bookings.tables_presales import PresaleRegistration

_COUNT = """
SELECT count(*)::int AS registered,
       (count(*) FILTER (WHERE confirmed_at IS NOT NULL))::int AS confirmed,
       coalesce(sum(quantity) FILTER (WHERE confirmed_at IS NOT NULL), 0)::int AS units,
       (count(*) FILTER (WHERE outcome = 'won'))::int AS drawn,
       coalesce(sum(quantity) FILTER (WHERE outcome = 'won'), 0)::int AS drawn_units
FROM bookings.presale_registrations
WHERE organizer_id = $1 AND event_id = $2
  AND (outcome IS NULL OR outcome NOT IN ('withdrawn', 'removed'))
"""


async def read_registration(tx: Transaction, registration_id: UUID) -> PresaleRegistration:
    """The registration, whoever asks; `NotRegistered` without one."""
    key = tx.tenant, registration_id
    found = await tx.session.get(PresaleRegistration, key, populate_existing=True)
    if found is None:
        raise NotRegistered
    return found


async def lock_registration(
    tx: Transaction, registration_id: UUID, *, event_id: UUID
) -> PresaleRegistration:
    """The event's registration, locked; `NotRegistered` without one."""
    found = await tx.session.scalar(
        select(PresaleRegistration)
        .where(
            PresaleRegistration.organizer_id == tx.organizer_id,
            PresaleRegistration.event_id == event_id,
            PresaleRegistration.id == registration_id,
        )
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotRegistered
    return found


async def standing_registration(
    tx: Transaction, event_id: UUID, person: UUID
) -> PresaleRegistration | None:
    """The person's registration for that event that nobody has ended."""
    outcome = PresaleRegistration.outcome
    return await tx.session.scalar(
        select(PresaleRegistration).where(
            PresaleRegistration.organizer_id == tx.organizer_id,
            PresaleRegistration.event_id == event_id,
            PresaleRegistration.person == person,
            outcome.is_(None) | outcome.in_(["won", "lost"]),
        )
    )


async def read_page(
    tx: Transaction, event_id: UUID, *, after: UUID | None, limit: int
) -> list[PresaleRegistration]:
    """Registrations of the event, first who registered first."""
    query = select(PresaleRegistration).where(
        PresaleRegistration.organizer_id == tx.organizer_id,
        PresaleRegistration.event_id == event_id,
    )
    if after is not None:
        query = query.where(PresaleRegistration.id > after)
    return list(await tx.session.scalars(query.order_by(PresaleRegistration.id).limit(limit)))


async def count(tx: Transaction, event_id: UUID) -> dict[str, int]:
    """How many have registered for the event, have confirmed, and got early access."""
    rows = await tx.connection.exec_driver_sql(_COUNT, (tx.tenant, event_id))
    return dict(rows.mappings().one())


def state_of(one: PresaleRegistration) -> RegistrationState:
    """Where the registration stands."""
    outcomes: dict[str, RegistrationState] = {
        "won": "won",
        "lost": "lost",
        "withdrawn": "withdrawn",
        "removed": "removed",
    }
    if one.outcome is not None:
        return outcomes[one.outcome]
    return "unconfirmed" if one.confirmed_at is None else "registered"
