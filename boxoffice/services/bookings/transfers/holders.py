"""Who has tickets of an order that were given on: they must hear what becomes of them."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

import msgspec

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.links import OrderLinks
from boxoffice.services.bookings.rules import DATE_CANCELLED
from boxoffice.services.bookings.views import full_name
from boxoffice.services.users.api import Users

# A ticket that was cancelled before its date was is nobody's any more.
_HOLDERS = """
SELECT r.id, r.to_email, r.to_name, p.ticket_type_name, p.variation_name
FROM bookings.tickets t
JOIN bookings.transfers r ON r.organizer_id = t.organizer_id AND r.id = t.transfer_id
JOIN bookings.order_positions p ON p.organizer_id = t.organizer_id AND p.id = t.position_id
WHERE t.organizer_id = $1 AND t.order_id = $2
  AND (t.position_id = ANY($3::uuid[])
       OR t.occurrence_id = ANY($4::uuid[]) AND (t.status <> 'void' OR t.void_reason = $5))
ORDER BY p.number
"""


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody with tickets that were given on to them; `token` opens the first one's page."""

    email: str
    name: str
    tickets: tuple[str, ...]
    token: str


class Holders:
    """For services that tell people; asks nobody."""

    def __init__(self, db: Database, users: Users, links: OrderLinks) -> None:
        self._db = db
        self._users = users
        self._links = links

    async def of(
        self,
        organizer_id: UUID,
        order_id: UUID,
        *,
        positions: Collection[UUID] = (),
        dates: Collection[UUID] = (),
    ) -> list[Holder]:
        """Who has the tickets of these positions, and those for these dates."""
        async with self._db.begin(organizer_id) as tx:
            rows = await _rows(tx, order_id, positions, dates)
        if not rows:
            return []
        organizer = await self._users.organizer(organizer_id)
        by_address: defaultdict[str, list[Any]] = defaultdict(list)
        for row in rows:
            by_address[row.to_email].append(row)
        return [
            Holder(
                email=email,
                name=first.to_name or "",
                tickets=tuple(full_name(one.ticket_type_name, one.variation_name) for one in all_),
                token=self._links.token(
                    organizer_slug=organizer.slug,
                    organizer_id=organizer_id,
                    order_id=first.id,
                    version=1,
                ),
            )
            for email, all_ in by_address.items()
            for first in all_[:1]
        ]


async def _rows(
    tx: Transaction, order_id: UUID, positions: Collection[UUID], dates: Collection[UUID]
) -> list[Any]:
    asked = (tx.tenant, order_id, list(positions), list(dates), DATE_CANCELLED)
    return list(await tx.connection.exec_driver_sql(_HOLDERS, asked))
