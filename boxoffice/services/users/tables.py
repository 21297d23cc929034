"""The PostgreSQL schema "users".

Accounts, organizers and sessions belong to the platform; members to an organizer.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned
from boxoffice.kernel.ids import new_id

_TIME = TIMESTAMP(timezone=True)
_NOW = func.clock_timestamp()


class UserRow(Base):
    """An account.

    Without `password_hash` it was only invited; without `email_verified_at` nobody has proved to
    own the address, and it cannot sign in. `access_changed_at` moves whenever what its tokens may
    do changes: every process watches it.
    """

    __tablename__ = "users"
    __table_args__ = (Index("users_access_changed", "access_changed_at"), {"schema": "users"})

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str | None] = mapped_column(Text)
    email_verified_at: Mapped[datetime | None] = mapped_column(_TIME)
    platform_admin: Mapped[bool] = mapped_column(server_default="false", default=False)
    disabled_at: Mapped[datetime | None] = mapped_column(_TIME)
    access_changed_at: Mapped[datetime] = mapped_column(_TIME, server_default=_NOW)
    created_at: Mapped[datetime] = mapped_column(_TIME, server_default=_NOW)


class OrganizerRow(Base):
    """A tenant."""

    __tablename__ = "organizers"
    __table_args__ = ({"schema": "users"},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, server_default="", default="")
    contact_email: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(_TIME, server_default=_NOW)


class MemberRow(OrganizerOwned, Base):
    """A user's place in an organizer's team."""

    __tablename__ = "members"
    __table_args__ = (
        UniqueConstraint("organizer_id", "user_id", name="members_once_per_organizer"),
        CheckConstraint(
            "role IN ('owner', 'manager', 'marketing', 'finance', 'support', 'door', 'read_only')",
            name="members_role_known",
        ),
        Index("members_of_user", "user_id"),
        {"schema": "users"},
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.users.id"))
    role: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(_TIME, server_default=_NOW)


class SessionRow(Base):
    """A signed-in device: the family of refresh tokens that follow one another.

    No token is stored: each is a MAC over the session's id and its `generation`, the number of
    times it was renewed.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        Index("sessions_of_user", "user_id"),
        Index("sessions_expiring", "expires_at"),
        CheckConstraint("generation >= 0", name="sessions_generation_counts"),
        {"schema": "users"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.users.id"))
    generation: Mapped[int] = mapped_column(server_default="0", default=0)
    rotated_at: Mapped[datetime] = mapped_column(_TIME, server_default=_NOW)
    created_at: Mapped[datetime] = mapped_column(_TIME, server_default=_NOW)
    expires_at: Mapped[datetime] = mapped_column(_TIME)
    ended_at: Mapped[datetime | None] = mapped_column(_TIME)
    ended_because: Mapped[str | None] = mapped_column(Text)
