"""The PostgreSQL schema `payments`."""

from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    CHAR,
    BigInteger,
    CheckConstraint,
    Dialect,
    Index,
    LargeBinary,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, reference
from boxoffice.services.payments.rules import PaymentStatus, RefundStatus, Wish

W = TypeVar("W", bound=StrEnum)
SCHEMA: dict[str, Any] = {"schema": "payments"}
_UNSETTLED = text("status IN ('created', 'pending')")
_AUTHORISED = text("status = 'authorised'")


def _time(**options: Any) -> Mapped[Any]:
    return mapped_column(TIMESTAMP(timezone=True), **options)


class Word(TypeDecorator[W]):
    """One of the words of an enumeration, as text."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[W]) -> None:
        super().__init__()
        self.kind = kind

    def process_result_value(self, value: str | None, dialect: Dialect) -> W | None:  # noqa: ARG002  # SQLAlchemy's signature
        return None if value is None else self.kind(value)


class PaymentRow(OrganizerOwned, Base):
    """One wish to move money, under one key at the provider: its own id.

    `reference` is what it pays for; it points up the service order, so there is no foreign key.
    `live`: the payment that stands for its purpose; at most one, so that two clicks charge once.
    A second success without it is an overpayment. `purpose`: something that the reference came to
    cost more later, which is paid `apart`: what comes is nothing of the reference's before it is
    taken in. What a gift card pays is never `live`; it is `pending` until its order is confirmed.
    `captured` is what came, `refunded` what of it has been promised back, `moved` what of it is for
    other references now: there it is a payment that is `part_of` the one that was charged, with
    the same `charge_id`. Of one that is `manual` the card holds the money, at the longest until
    `authorised_until`; what is to become of it is our `wish`. `once_key` and `once_fingerprint` are
    of the caller's idempotency key.
    """

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint(
            "status IN ('created', 'pending', 'authorised', 'succeeded', 'failed', 'voided', "
            "'refunded')",
            name="payments_status",
        ),
        CheckConstraint("wish IN ('capture', 'void')", name="payments_wish"),
        CheckConstraint(
            "captured = 0 OR status IN ('succeeded', 'refunded')", name="payments_held"
        ),
        reference("payments.gift_cards", "gift_card_id", name="payments_gift_card"),
        CheckConstraint("amount > 0", name="payments_amount"),
        CheckConstraint("captured BETWEEN 0 AND amount", name="payments_captured"),
        CheckConstraint(
            "refunded >= 0 AND moved >= 0 AND refunded + moved <= captured",
            name="payments_refunded",
        ),
        CheckConstraint("part_of IS NULL OR NOT (live OR apart)", name="payments_part"),
        reference("payments.payments", "part_of", name="payments_part_of"),
        UniqueConstraint("once_key", "organizer_id", name="payments_once"),
        Index(
            "payments_charge",
            "charge_id",
            "provider",
            "organizer_id",
            unique=True,
            postgresql_where=text("part_of IS NULL"),
        ),
        Index("payments_parts", "part_of", postgresql_where=text("part_of IS NOT NULL")),
        Index(
            "payments_live",
            "reference",
            text("coalesce(purpose, reference)"),
            "organizer_id",
            unique=True,
            postgresql_where=text("live"),
        ),
        Index("payments_of_reference", "reference", "id"),
        Index("payments_unsettled", "created_at", postgresql_where=_UNSETTLED),
        Index("payments_authorised", "created_at", postgresql_where=_AUTHORISED),
        SCHEMA,
    )

    reference: Mapped[UUID]
    purpose: Mapped[UUID | None]
    apart: Mapped[bool] = mapped_column(server_default=false())
    provider: Mapped[str] = mapped_column(Text)
    status: Mapped[PaymentStatus] = mapped_column(Word(PaymentStatus))
    live: Mapped[bool]
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(CHAR(3))
    captured: Mapped[int] = mapped_column(BigInteger, server_default="0")
    refunded: Mapped[int] = mapped_column(BigInteger, server_default="0")
    moved: Mapped[int] = mapped_column(BigInteger, server_default="0")
    part_of: Mapped[UUID | None]
    charge_id: Mapped[str | None] = mapped_column(Text)
    gift_card_id: Mapped[UUID | None]
    manual: Mapped[bool] = mapped_column(server_default=false())
    authorised_until: Mapped[datetime | None] = _time()
    wish: Mapped[Wish | None] = mapped_column(Word(Wish))
    decline_code: Mapped[str | None] = mapped_column(Text)
    message: Mapped[str | None] = mapped_column(Text)
    once_key: Mapped[str | None] = mapped_column(Text)
    once_fingerprint: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = _time(server_default=func.clock_timestamp())
    settled_at: Mapped[datetime | None] = _time()


class AttemptRow(OrganizerOwned, Base):
    """One time we asked the provider for the money, and what came of asking."""

    __tablename__ = "payment_attempts"
    __table_args__ = (
        reference("payments.payments", "payment_id"),
        CheckConstraint(
            "outcome IN ('answered', 'unknown', 'unreached')", name="payment_attempts_outcome"
        ),
        Index("payment_attempts_of_payment", "payment_id"),
        SCHEMA,
    )

    payment_id: Mapped[UUID]
    outcome: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[datetime] = _time(server_default=func.clock_timestamp())


class RefundRow(OrganizerOwned, Base):
    """Money of one payment going back; its id is its key at the provider.

    `key` is the caller's: one call may take from several payments, under the same key. With a
    `gift_card_id` it went to that card instead of the way it came.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        reference("payments.payments", "payment_id"),
        reference("payments.gift_cards", "gift_card_id", name="refunds_gift_card"),
        CheckConstraint("status IN ('created', 'succeeded', 'failed')", name="refunds_status"),
        CheckConstraint("amount > 0", name="refunds_amount"),
        UniqueConstraint("reference", "key", "payment_id", "organizer_id", name="refunds_once"),
        UniqueConstraint("provider_refund_id", "organizer_id", name="refunds_provider"),
        Index("refunds_of_payment", "payment_id"),
        Index("refunds_unsettled", "created_at", postgresql_where=text("status = 'created'")),
        SCHEMA,
    )

    payment_id: Mapped[UUID]
    reference: Mapped[UUID]
    key: Mapped[str] = mapped_column(Text)
    status: Mapped[RefundStatus] = mapped_column(Word(RefundStatus))
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(CHAR(3))
    provider_refund_id: Mapped[str | None] = mapped_column(Text)
    gift_card_id: Mapped[UUID | None]
    failure: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = _time(server_default=func.clock_timestamp())
    settled_at: Mapped[datetime | None] = _time()


class ProviderEventRow(OrganizerOwned, Base):
    """A webhook we have dealt with, written in the transaction of its effect."""

    __tablename__ = "provider_events"
    __table_args__ = (
        UniqueConstraint("event_id", "provider", "organizer_id", name="provider_events_once"),
        CheckConstraint(
            "outcome IN ('applied', 'no_news', 'ignored')", name="provider_events_outcome"
        ),
        SCHEMA,
    )

    provider: Mapped[str] = mapped_column(Text)
    event_id: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = _time(server_default=func.clock_timestamp())
