"""What must come along with ticket types that people wait for, as SQL tells it."""

from collections.abc import Collection
from uuid import UUID

from boxoffice.data.transaction import Transaction

# Of a ticket type `t`: what a bundle contains, and add-ons of groups that some must be chosen from.
ALONG = """
SELECT (c.part ->> 'ticket_type_id')::uuid AS id
FROM jsonb_array_elements(t.extras -> 'contents') AS c(part)
UNION SELECT (a.part ->> 'ticket_type_id')::uuid
FROM jsonb_array_elements(t.extras -> 'groups') AS g(part)
CROSS JOIN LATERAL jsonb_array_elements(g.part -> 'add_ons') AS a(part)
WHERE (g.part ->> 'least')::int > 0"""
_READ = f"""
SELECT DISTINCT along.id FROM events.ticket_types t CROSS JOIN LATERAL ({ALONG}) AS along
WHERE t.organizer_id = $1 AND t.id = ANY($2::uuid[])
UNION SELECT ticket_type_id FROM events.claims
WHERE organizer_id = $1 AND holder = ANY($3::uuid[]) AND released_at IS NULL
  AND ticket_type_id IS NOT NULL
"""  # noqa: S608  # our own text


async def read_along(
    tx: Transaction, type_ids: Collection[UUID], holders: Collection[UUID] = ()
) -> set[UUID]:
    """What must or may come with these types now, and what these holders have; locks nothing."""
    asked = (tx.tenant, list(type_ids), list(holders))
    rows = await tx.connection.exec_driver_sql(_READ, asked)
    return {row.id for row in rows}
