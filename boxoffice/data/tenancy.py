"""Tenancy: the organizer is the tenant, and the keys say so.

Every organizer-owned table has the primary key `(organizer_id, id)`, and every unique constraint
and foreign key on it includes `organizer_id`. A row of one organizer therefore cannot even point
at another's. `tests/architecture` walks the metadata and refuses a table that differs.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from boxoffice.kernel.ids import new_id


class Base(DeclarativeBase):
    """The one metadata of all tables; each names its service's PostgreSQL schema."""


class OrganizerOwned:
    """Mixin of every organizer-owned table: `organizer_id` + `id` are its primary key."""

    @declared_attr
    @classmethod
    def organizer_id(cls) -> Mapped[UUID]:
        return mapped_column(ForeignKey("users.organizers.id"), primary_key=True, sort_order=-2)

    @declared_attr
    @classmethod
    def id(cls) -> Mapped[UUID]:
        return mapped_column(primary_key=True, default=new_id, sort_order=-1)


class OrganizerOwnedPart(OrganizerOwned):
    """Mixin of an organizer-owned table whose rows have a parent that is never null.

    The parent's key names the organizer, so no row's organizer is looked up a second time.
    """

    @declared_attr
    @classmethod
    def organizer_id(cls) -> Mapped[UUID]:
        return mapped_column(primary_key=True, sort_order=-2)


def reference(target: str, column: str, **options: Any) -> ForeignKeyConstraint:
    """A foreign key within one organizer: `(organizer_id, column)` → `(organizer_id, id)` of
    `target`.

    `target` is `"schema.table"`. It may point down the service order only.
    """
    return ForeignKeyConstraint(
        ["organizer_id", column], [f"{target}.organizer_id", f"{target}.id"], **options
    )
