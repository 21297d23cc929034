"""Tables of the schema bookings: several orders of one organizer that are paid together."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, func
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, OrganizerOwnedPart, reference

_TIME = TIMESTAMP(timezone=True)


class Purchase(OrganizerOwned, Base):
    """Orders of one buyer for several events; `payment_id` is the one charge for all of them.

    Its row is locked before anything else, by whatever concerns all of its orders.
    """

    __tablename__ = "purchases"
    __table_args__ = (
        CheckConstraint("status IN ('held', 'confirmed', 'ended')", name="purchases_status"),
        CheckConstraint("(status = 'held') = (settled_at IS NULL)", name="purchases_settled"),
        {"schema": "bookings"},
    )

    status: Mapped[str] = mapped_column(Text)
    buyer_id: Mapped[UUID | None]
    link_version: Mapped[int] = mapped_column(server_default="1")
    payment_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(_TIME, server_default=func.clock_timestamp())
    settled_at: Mapped[datetime | None] = mapped_column(_TIME)


class PurchaseOrder(OrganizerOwnedPart, Base):
    """The order whose `id` this is belongs to that purchase, as its own charges say as well."""

    __tablename__ = "purchase_orders"
    __table_args__ = (
        reference("bookings.orders", "id", name="purchase_orders_order"),
        reference("bookings.purchases", "purchase_id", name="purchase_orders_purchase"),
        Index("purchase_orders_of_purchase", "purchase_id", "id"),
        {"schema": "bookings"},
    )

    purchase_id: Mapped[UUID]
