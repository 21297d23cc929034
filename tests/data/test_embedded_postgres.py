"""The embedded PostgreSQL, seen through a real connection."""

from boxoffice.data.postgres import Database


async def test_the_application_is_no_superuser_and_owns_nothing(db: Database) -> None:
    async with db.begin_as_platform("test") as tx:
        row = (
            await tx.connection.exec_driver_sql(
                "SELECT rolsuper, rolcreaterole, rolcreatedb,"
                " EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid)"
                " FROM pg_roles WHERE rolname = current_user"
            )
        ).one()
    assert tuple(row) == (False, False, False, False)
