"""The data layer's own clockwork: what has served its time is deleted."""

from boxoffice.data import idempotency, refused_keys
from boxoffice.data.deliveries import Periodic
from boxoffice.data.postgres import Database

# Facts stay for a while after they were relayed, so that "was it told?" can be answered.
_FORGET_FACTS = """
DELETE FROM data.outbox WHERE relayed_at < clock_timestamp() - interval '14 days'
"""
_FORGET_DELIVERIES = """
DELETE FROM data.delivered WHERE at < clock_timestamp() - interval '30 days'
"""


def tidying(db: Database) -> list[Periodic]:
    """Runs at night, in one worker at a time."""

    async def forget() -> None:
        async with db.begin_as_platform("forget what has served its time") as tx:
            await idempotency.forget_old(tx.connection)
            await refused_keys.forget_old(tx.connection)
            await tx.connection.exec_driver_sql(_FORGET_FACTS)
            await tx.connection.exec_driver_sql(_FORGET_DELIVERIES)

    return [Periodic(name="data.forget", schedule="23 3 * * *", run=forget)]
