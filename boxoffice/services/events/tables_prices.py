"""The PostgreSQL schema `events`: what tickets cost besides their list price."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, Uuid, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, OrganizerOwnedPart, reference

SCHEMA: dict[str, Any] = {"schema": "events"}


def _time(**options: Any) -> Mapped[Any]:
    return mapped_column(TIMESTAMP(timezone=True), **options)


class TaxRuleRow(OrganizerOwned, Base):
    """A tax of the organizer's; `rate` in thousandths of a percent."""

    __tablename__ = "tax_rules"
    __table_args__ = (
        CheckConstraint("rate BETWEEN 0 AND 100000", name="tax_rules_rate"),
        SCHEMA,
    )

    name: Mapped[str] = mapped_column(Text)
    rate: Mapped[int]
    inclusive: Mapped[bool]
    country: Mapped[str | None] = mapped_column(Text)
    # `rules.pricing.taxes.TaxCase`s, the first that fits counts.
    cases: Mapped[Any] = mapped_column(JSONB, server_default="[]")
    created_at: Mapped[datetime] = _time(server_default=func.clock_timestamp())


class EventPricesRow(OrganizerOwned, Base):
    """The price rules of the event whose `id` this is, as `rules.pricing.book.Rules`."""

    __tablename__ = "event_prices"
    __table_args__ = (
        reference("events.events", "id", ondelete="CASCADE"),
        SCHEMA,
    )

    rules: Mapped[Any] = mapped_column(JSONB)


class VoucherRow(OrganizerOwned, Base):
    """A code that buyers enter. `used` and `spent` move by deltas only, under the row's lock."""

    __tablename__ = "vouchers"
    __table_args__ = (
        reference("events.events", "event_id", ondelete="CASCADE"),
        CheckConstraint(
            "effect IN ('none', 'percent', 'amount', 'price')", name="vouchers_effect"
        ),
        CheckConstraint("on_stock IN ('normal', 'reserve', 'bypass')", name="vouchers_on_stock"),
        CheckConstraint("value >= 0", name="vouchers_value"),
        CheckConstraint("used BETWEEN 0 AND max_uses", name="vouchers_never_overused"),
        CheckConstraint(
            "spent >= 0 AND (budget IS NULL OR spent <= budget)", name="vouchers_never_overspent"
        ),
        Index(
            "vouchers_code", "organizer_id", "event_id", "code_key", unique=True,
            postgresql_where=text("deleted_at IS NULL"),
        ),
        SCHEMA,
    )  # fmt: skip

    event_id: Mapped[UUID]
    code: Mapped[str] = mapped_column(Text)
    code_key: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, server_default="")
    effect: Mapped[str] = mapped_column(Text)
    value: Mapped[int] = mapped_column(BigInteger, server_default="0")
    budget: Mapped[int | None] = mapped_column(BigInteger)
    spent: Mapped[int] = mapped_column(BigInteger, server_default="0")
    max_uses: Mapped[int] = mapped_column(server_default="1")
    used: Mapped[int] = mapped_column(server_default="0")
    max_per_order: Mapped[int | None]
    valid_from: Mapped[datetime | None] = _time()
    valid_until: Mapped[datetime | None] = _time()
    ticket_type_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
    on_stock: Mapped[str] = mapped_column(Text, server_default="normal")
    # It is for these alone; none: whatever the seat.
    seat_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
    # A pass: whoever has it may buy before the sale begins (`presales`).
    early: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = _time(server_default=func.clock_timestamp())
    deleted_at: Mapped[datetime | None] = _time()


class VoucherUseRow(OrganizerOwnedPart, Base):
    """A voucher's part in one order: so many tickets, so much off. It lapses as claims do."""

    __tablename__ = "voucher_uses"
    __table_args__ = (
        reference("events.vouchers", "voucher_id", ondelete="CASCADE"),
        CheckConstraint("units >= 1 AND amount >= 0", name="voucher_uses_numbers"),
        Index("voucher_uses_of_holder", "holder"),
        Index(
            "voucher_uses_standing", "voucher_id", "expires_at",
            postgresql_where=text("released_at IS NULL"),
        ),
        SCHEMA,
    )  # fmt: skip

    voucher_id: Mapped[UUID]
    holder: Mapped[UUID]
    units: Mapped[int]
    amount: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[datetime | None] = _time()
    released_at: Mapped[datetime | None] = _time()
