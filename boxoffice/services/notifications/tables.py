"""The schema `notifications`."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned
from boxoffice.kernel.ids import new_id

Status = Literal["sending", "sent", "failed", "rejected"]

_KNOWN_STATUS = "status IN ('sending', 'sent', 'failed', 'rejected')"


class DeliveryColumns:
    """One message to one person about one fact.

    `recipient` is a keyed hash of the address. `claimed_at` is when the newest attempt began;
    `error` says why it `failed` (and is tried again) or was `rejected` (for good). No state means
    waiting: until the first attempt the job is the intent.
    """

    fact_id: Mapped[UUID]
    template: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    recipient: Mapped[bytes] = mapped_column(LargeBinary)
    message_id: Mapped[str] = mapped_column(Text)
    status: Mapped[Status] = mapped_column(Text)
    attempts: Mapped[int]
    error: Mapped[str | None] = mapped_column(Text)
    claimed_at: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=True))
    sent_at: Mapped[datetime | None] = mapped_column(TIMESTAMP(timezone=True))


class OrganizerDelivery(DeliveryColumns, OrganizerOwned, Base):
    """About something that happened in one organizer's house."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint(
            "fact_id", "template", "recipient", "organizer_id", name="deliveries_once"
        ),
        CheckConstraint(_KNOWN_STATUS, name="deliveries_status"),
        Index("deliveries_by_age", "claimed_at"),
        {"schema": "notifications"},
    )


class PlatformDelivery(DeliveryColumns, Base):
    """About an account or an address, not about any organizer."""

    __tablename__ = "platform_deliveries"
    __table_args__ = (
        UniqueConstraint("fact_id", "template", "recipient", name="platform_deliveries_once"),
        CheckConstraint(_KNOWN_STATUS, name="platform_deliveries_status"),
        Index("platform_deliveries_by_age", "claimed_at"),
        {"schema": "notifications"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)


class KeptMail(Base):
    """A mail that found no SMTP server, as it would have gone out. Development only."""

    __tablename__ = "caught_mail"
    __table_args__ = ({"schema": "notifications"},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    recipient: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    attachments: Mapped[int]
    source: Mapped[bytes] = mapped_column(LargeBinary)
    caught_at: Mapped[datetime] = mapped_column(
        TIMESTAMP(timezone=True), server_default=func.clock_timestamp()
    )
