"""Runs the migrations in one transaction each and grants the application its rights afterwards."""

from typing import Any

from alembic import context
from sqlalchemy import Connection

from boxoffice.data.postgres import APP_ROLE
from boxoffice.data.tenancy import Base

SCHEMAS = ("data", "users", "events", "payments", "bookings", "support", "notifications")
APPENDED = ("data.audit_log", "payments.gift_card_entries")


def ours(name: str | None, kind: str, _: Any) -> bool:
    """Autogenerate compares our own schemas only."""
    return name in SCHEMAS if kind == "schema" else True


def not_the_queue(_: Any, name: str | None, kind: str, *__: Any) -> bool:
    """pgqueuer owns its tables; their DDL is in 0001."""
    return not (kind == "table" and name is not None and name.startswith("pgqueuer"))


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_schemas=True,
        include_name=ours,
        include_object=not_the_queue,
        version_table="schema_version",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    grant(connection)


def grant(connection: Connection) -> None:
    """The application reads and writes rows, owns nothing, and can only append to the audit log and
    to the books of gift cards.
    """
    present = {
        row[0] for row in connection.exec_driver_sql("SELECT nspname FROM pg_namespace")
    } & set(SCHEMAS)
    for schema in sorted(present):
        connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {schema} TO {APP_ROLE}")
        connection.exec_driver_sql(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {APP_ROLE}"
        )
        connection.exec_driver_sql(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {APP_ROLE}")
    for book in APPENDED:
        if connection.exec_driver_sql(f"SELECT to_regclass('{book}')").scalar_one():
            connection.exec_driver_sql(f"REVOKE UPDATE, DELETE ON {book} FROM {APP_ROLE}")


run(context.config.attributes["connection"])
