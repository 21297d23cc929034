"""Applications in the database."""

from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.rules import ApplicationNotFound
from boxoffice.services.bookings.tables_approving import Application


async def find(tx: Transaction, order_id: UUID) -> Application:
    """What was asked with the order; `ApplicationNotFound` if nothing was. Lock the order first, if
    it is to be changed.
    """
    found = await tx.session.get(Application, (tx.tenant, order_id), populate_existing=True)
    if found is None:
        raise ApplicationNotFound
    return found
