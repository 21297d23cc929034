"""The outbox: facts committed together with the change they report.

`data.relay` hands them to listeners after the commit, at least once each.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.gathering import Write
from boxoffice.data.tenancy import Base
from boxoffice.kernel.facts import Fact, encode_fact
from boxoffice.kernel.ids import new_id


class OutboxRow(Base):
    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_waiting", "id", postgresql_where=text("relayed_at IS NULL")),
        {"schema": "data"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organizer_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(Text)
    payload: Mapped[dict[str, object]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(
        TIMESTAMP(timezone=True), server_default=func.clock_timestamp()
    )
    relayed_at: Mapped[datetime | None] = mapped_column(TIMESTAMP(timezone=True))


def appended(facts: Sequence[Fact]) -> Write:
    """The facts' rows."""
    return Write(
        "INSERT INTO data.outbox (id, organizer_id, name, payload) "
        "SELECT id, organizer, name, payload::jsonb "
        "FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) "
        "AS f(id, organizer, name, payload)",
        (
            [new_id() for _ in facts],
            [fact.organizer_id for fact in facts],
            [fact.name for fact in facts],
            [encode_fact(fact) for fact in facts],
        ),
    )
