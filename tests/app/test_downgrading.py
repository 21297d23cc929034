"""Going back to the version before, with rows that it would not know."""

from pathlib import Path

from alembic import command
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from boxoffice.data.migrate import alembic_config
from boxoffice.data.postgres import DatabaseSettings, driver_url
from boxoffice.kernel.ids import new_id
from tests.app.healthy import healthy_house

_HELD = """
INSERT INTO payments.payments (organizer_id, id, reference, provider, status, live, amount,
    currency, manual)
VALUES ($1, $2, $3, 'practice', $4, false, 1500, 'EUR', true)
"""
_ORDER = "UPDATE bookings.orders SET payment_status = $3 WHERE organizer_id = $1 AND id = $2"
_FOUND = """
SELECT o.payment_status, p.status
FROM payments.payments p JOIN bookings.orders o ON o.id = p.reference
WHERE p.amount = 1500 AND p.captured = 0 AND p.organizer_id = $1 ORDER BY 1
"""


async def test_before_authorisations_what_a_card_holds_is_pending_and_what_was_let_go_failed(
    own_database: DatabaseSettings, redis_url: str, tmp_path: Path
) -> None:
    async with healthy_house(own_database, redis_url=redis_url, data=tmp_path) as (_, rows):
        pass
    engine = create_async_engine(driver_url(own_database.owner_url))
    async with engine.connect() as connection:
        for order, payment, held in [
            (rows.held, "authorised", "authorised"),
            (rows.order, "voided", "released"),
        ]:
            run = connection.exec_driver_sql
            await run(_HELD, (rows.organizer, new_id(), order, payment))
            await run(_ORDER, (rows.organizer, order, held))
        await connection.commit()
        await connection.run_sync(_back)
        found = await connection.exec_driver_sql(_FOUND, (rows.organizer,))
        assert [tuple(row) for row in found] == [("failed", "failed"), ("pending", "pending")]
    await engine.dispose()


def _back(connection: Connection) -> None:
    command.downgrade(alembic_config(connection), "0035_change_tender")
