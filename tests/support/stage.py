"""An organizer with one published event and stock, set directly in the database.

For tests of the stock itself and of what happens when servers die; everything else goes through the
API.
"""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """`types` and `quotas` stand in the order given; type n counts against the quotas of
    `shares[n]`.
    """

    organizer_id: UUID
    slug: str
    event_id: UUID
    occurrence_id: UUID
    types: list[UUID]
    quotas: list[UUID]


async def set_stage(
    db: Database,
    *,
    capacities: list[int],
    shares: list[list[int]] | None = None,
    price: int = 0,
    max_per_order: int = 10,
) -> Stage:
    """A stage with a quota per capacity and a ticket type per share (default: one each)."""
    shares = shares or [[index] for index in range(len(capacities))]
    organizer_id = new_id()
    stage = Stage(
        organizer_id=organizer_id,
        slug=f"stage-{organizer_id.hex[-12:]}",
        event_id=new_id(),
        occurrence_id=new_id(),
        types=[new_id() for _ in shares],
        quotas=sorted(new_id() for _ in capacities),
    )
    async with db.begin(organizer_id) as tx:
        await _organizer_and_event(tx, stage)
        for quota, capacity in zip(stage.quotas, capacities, strict=True):
            await tx.connection.exec_driver_sql(
                "INSERT INTO events.quotas (organizer_id, id, event_id, occurrence_id, name, "
                "capacity, ceiling) VALUES ($1, $2, $3, $4, 'Hall', $5, $5)",
                (organizer_id, quota, stage.event_id, stage.occurrence_id, capacity),
            )
        for kind, share in zip(stage.types, shares, strict=True):
            await _type(tx, stage, kind, share, price=price, max_per_order=max_per_order)
    return stage


async def _organizer_and_event(tx: Transaction, stage: Stage) -> None:
    starts = await tx.now() + timedelta(days=30)
    run = tx.connection.exec_driver_sql
    await run(
        "INSERT INTO users.organizers (id, slug, name) VALUES ($1, $2, 'Stage')",
        (stage.organizer_id, stage.slug),
    )
    await run(
        "INSERT INTO events.events (organizer_id, id, slug, title, status, timezone, currency, "
        "published_at) VALUES ($1, $2, 'show', 'The show', 'published', 'Europe/Berlin', 'EUR', "
        "clock_timestamp())",
        (stage.organizer_id, stage.event_id),
    )
    await run(
        "INSERT INTO events.occurrences (organizer_id, id, event_id, starts_at, ends_at) "
        "VALUES ($1, $2, $3, $4, $5)",
        (stage.organizer_id, stage.occurrence_id, stage.event_id, starts, _later(starts)),
    )


def _later(starts: datetime) -> datetime:
    return starts + timedelta(hours=3)


async def _type(
    tx: Transaction, stage: Stage, kind: UUID, share: list[int], *, price: int, max_per_order: int
) -> None:
    run = tx.connection.exec_driver_sql
    await run(
        "INSERT INTO events.ticket_types "
        "(organizer_id, id, event_id, name, price_amount, max_per_order) "
        "VALUES ($1, $2, $3, 'Standard', $4, $5)",
        (stage.organizer_id, kind, stage.event_id, price, max_per_order),
    )
    for index in share:
        await run(
            "INSERT INTO events.quota_ticket_types (organizer_id, quota_id, ticket_type_id) "
            "VALUES ($1, $2, $3)",
            (stage.organizer_id, stage.quotas[index], kind),
        )
