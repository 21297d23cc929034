"""The audit log: who did what, appended in the transaction of the deed; the application cannot edit
it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Index, Text, func
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.gathering import Write
from boxoffice.data.tenancy import Base
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id


class AuditRow(Base):
    __tablename__ = "audit_log"
    __table_args__ = (Index("audit_log_of_organizer", "organizer_id", "id"), {"schema": "data"})

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organizer_id: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(
        TIMESTAMP(timezone=True), server_default=func.clock_timestamp()
    )
    actor: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    trace_id: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    changes: Mapped[dict[str, Any]] = mapped_column(JSONB)


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the log: `action` like `event.published` on `subject` like `event:0192…`."""

    organizer_id: UUID | None
    actor: Actor
    action: str
    subject: str
    changes: dict[str, Any]


def appended(deeds: Sequence[Deed]) -> Write:
    """The deeds' rows."""
    return Write(
        "INSERT INTO data.audit_log "
        "(id, organizer_id, actor, address, trace_id, action, subject, changes) "
        "SELECT id, organizer, actor, address, trace, action, subject, changes::jsonb "
        "FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], "
        "$7::text[], $8::text[]) "
        "AS d(id, organizer, actor, address, trace, action, subject, changes)",
        (
            [new_id() for _ in deeds],
            [deed.organizer_id for deed in deeds],
            [deed.actor.label for deed in deeds],
            [deed.actor.address for deed in deeds],
            [deed.actor.trace_id for deed in deeds],
            [deed.action for deed in deeds],
            [deed.subject for deed in deeds],
            [msgspec.json.encode(deed.changes).decode() for deed in deeds],
        ),
    )
