"""Tenancy is in the keys: walked over the metadata of every table."""

from collections.abc import Iterable

import pytest
from sqlalchemy import ForeignKeyConstraint, Index, Table, UniqueConstraint

from boxoffice.data.tenancy import Base
from tests.support.sources import import_all

import_all("services/*/tables*.py")
import_all("services/*/tables/*.py")

# Tables that no organizer owns, each with the reason.
GLOBAL = {
    "users.organizers": "the tenants themselves",
    "users.users": "people belong to no organizer",
    "users.sessions": "a person signs in to the platform",
    "events.discovery": "the public listing, read across all organizers",
    "data.audit_log": "appended to by everybody, the platform included",
    "data.delivered": "deliveries of facts, some of which are the platform's",
    "data.idempotency_keys": "a key's scope is whoever sent it",
    "data.refused_keys": "a key's scope is whoever sent it",
    "data.outbox": "facts, some of which are the platform's",
    "bookings.link_requests": "somebody asks for all orders of an address, wherever they are",
    "notifications.caught_mail": "development's letter box",
    "notifications.platform_deliveries": "mail that the platform itself sends",
}
ORDER = ["data", "users", "events", "payments", "bookings", "support", "notifications"]
SIDEWAYS = {("events", "payments"), ("payments", "events")}
TABLES = sorted(Base.metadata.tables.values(), key=lambda table: table.fullname)
OWNED = [table for table in TABLES if table.fullname not in GLOBAL]


def test_there_are_tables_of_every_service() -> None:
    assert {table.schema for table in TABLES} >= set(ORDER) - {"data"}


def test_the_list_of_global_tables_is_true() -> None:
    assert set(GLOBAL) <= {table.fullname for table in TABLES}


@pytest.mark.parametrize("table", OWNED, ids=str)
def test_the_primary_key_begins_with_the_organizer(table: Table) -> None:
    key = [column.name for column in table.primary_key.columns]
    assert key[0] == "organizer_id"
    assert "id" not in table.columns or key == ["organizer_id", "id"]


@pytest.mark.parametrize("table", OWNED, ids=str)
def test_whatever_is_unique_is_unique_within_the_organizer(table: Table) -> None:
    constraints = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
    indexes = [index for index in table.indexes if index.unique]
    for unique in (*constraints, *indexes):
        assert "organizer_id" in _names(unique), unique


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_a_foreign_key_to_an_owned_row_names_its_organizer(table: Table) -> None:
    for constraint in _foreign_keys(table):
        if constraint.referred_table in OWNED:
            pairs = {(e.parent.name, e.column.name) for e in constraint.elements}
            assert ("organizer_id", "organizer_id") in pairs, constraint


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_a_foreign_key_points_down_the_order_of_services(table: Table) -> None:
    for constraint in _foreign_keys(table):
        here, there = str(table.schema), str(constraint.referred_table.schema)
        assert ORDER.index(there) <= ORDER.index(here), constraint
        assert (here, there) not in SIDEWAYS, constraint


@pytest.mark.parametrize("table", OWNED, ids=str)
def test_a_row_cannot_name_an_organizer_who_does_not_exist(table: Table) -> None:
    assert _organizer_is_real(table)


def _organizer_is_real(table: Table) -> bool:
    """By a key of its own, or by that of a parent which is never null."""
    return any(
        constraint.referred_table.fullname == "users.organizers"
        or (constraint.referred_table in OWNED and _organizer_is_real(constraint.referred_table))
        for constraint in _foreign_keys(table)
        if "organizer_id" in constraint.column_keys
        and constraint.referred_table is not table
        and not any(column.nullable for column in constraint.columns)
    )


# Every order adds rows to these; lookups in them begin with what tells one row from another.
GROWING = {
    "bookings.orders", "bookings.order_positions", "bookings.tickets", "bookings.scans",
    "events.claims", "events.voucher_uses", "notifications.deliveries",
    "payments.payments", "payments.payment_attempts", "payments.refunds",
    "payments.provider_events",
}  # fmt: skip


@pytest.mark.parametrize("table", [t for t in TABLES if t.fullname in GROWING], ids=str)
def test_no_index_of_a_growing_table_can_pass_for_its_primary_key(table: Table) -> None:
    """Planned while the table is young, a foreign key's check would take either, and keep to it:
    one that begins with the organizer has the check read all of the organizer's rows.
    """
    unique = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
    for index in (*table.indexes, *unique):
        assert next(iter(_names(index)), "") != "organizer_id", index


def _foreign_keys(table: Table) -> list[ForeignKeyConstraint]:
    return [c for c in table.constraints if isinstance(c, ForeignKeyConstraint)]


def _names(unique: UniqueConstraint | Index) -> Iterable[str]:
    return [getattr(column, "name", str(column)) for column in unique.columns]
