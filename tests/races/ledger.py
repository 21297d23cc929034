"""What the rows of an organizer count and add up to: enough to see anything that is done twice."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Integer, Table, Text

from boxoffice.data.postgres import Database
from boxoffice.data.tenancy import Base

_SCHEMAS = {"events", "bookings", "payments"}
# Texts that are words of ours: each is counted.
_WORDS = {"status", "payment_status", "refund_status", "outcome", "reason", "kind"}
# Drawn by lot, a point in time, or of the one request that was first.
_UNTOLD = {"rank", "once_fingerprint"}
# What a provider is asked for after the answer settles a moment later.
_LATER = (
    "fact payments.refund_succeeded.",
    "payments.payments status ",
    "payments.refunds provider_refund_id ",
    "payments.refunds settled_at ",
    "payments.refunds status ",
)
_BESIDES = """
SELECT 'fact ' || name AS what, count(*)::numeric AS many FROM data.outbox
WHERE organizer_id = $1 OR organizer_id IS NULL GROUP BY name
UNION ALL SELECT 'audit ' || action, count(*) FROM data.audit_log
WHERE organizer_id = $1 OR organizer_id IS NULL GROUP BY action
UNION ALL SELECT 'link requests', count(*) FROM bookings.link_requests"""


async def ledger(db: Database, organizer_id: UUID) -> Counter[str]:
    """By what is counted, how much there is of it."""
    async with db.begin(organizer_id) as tx:
        rows = await tx.connection.exec_driver_sql(_statement(), (organizer_id,))
        return Counter({row.what: int(row.many) for row in rows if not row.what.startswith(_LATER)})


@cache
def _statement() -> str:
    tables = [table for table in Base.metadata.sorted_tables if table.schema in _SCHEMAS]
    parts = [part for table in tables if "organizer_id" in table.columns for part in _of(table)]
    return "\nUNION ALL ".join([_BESIDES, *parts])


def _of(table: Table) -> Iterator[str]:
    columns = [column for column in table.columns if column.name not in _UNTOLD]
    for word in (column.name for column in columns if column.name in _WORDS):
        yield (
            f"SELECT '{table.fullname} {word} ' || {word}, count(*) FROM {table.fullname} "  # noqa: S608  # our own names
            f"WHERE organizer_id = $1 AND {word} IS NOT NULL GROUP BY {word}"
        )
    told = [("rows", "count(*)"), *(pair for column in columns for pair in _told(column))]
    yield (
        f"SELECT '{table.fullname} ' || v.what, v.many FROM "  # noqa: S608  # our own names
        f"(SELECT {', '.join(f'{sql} AS c{n}' for n, (_, sql) in enumerate(told))} "
        f"FROM {table.fullname} WHERE organizer_id = $1) c, LATERAL (VALUES "
        + ", ".join(f"('{what}', c{n}::numeric)" for n, (what, _) in enumerate(told))
        + ") AS v(what, many)"
    )


def _told(column: Column[object]) -> Iterator[tuple[str, str]]:
    name = column.name
    if isinstance(column.type, Integer | BigInteger):
        yield f"sum of {name}", f"coalesce(sum({name}), 0)"
    elif isinstance(column.type, Boolean):
        yield name, f"count(*) FILTER (WHERE {name})"
    elif column.nullable and not isinstance(column.type, Text):
        yield f"{name} given", f"count({name})"
