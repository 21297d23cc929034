"""Writes that nobody reads before the next statement go out together."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from boxoffice.data.idempotency import IdempotencyKey, Kept
from boxoffice.data.postgres import Database
from boxoffice.services.bookings.facts import OrderConfirmed

_ADD = "INSERT INTO data.idempotency_keys (scope, key, fingerprint) VALUES ($1, $2, $3)"
_MARK = "UPDATE data.idempotency_keys SET status = $2 WHERE scope = $1 AND key = 'old'"


@pytest.fixture
async def said(db: Database) -> AsyncIterator[list[str]]:
    """The statements that the product says."""
    statements: list[str] = []

    def note(*told: object) -> None:
        statements.append(str(told[2]))

    event.listen(db.engine.sync_engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine.sync_engine, "before_cursor_execute", note)


async def _keys(db: Database, organizer_id: UUID, scope: str) -> list[str]:
    async with db.begin(organizer_id) as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT key FROM data.idempotency_keys WHERE scope = $1 ORDER BY key", (scope,)
        )
        return list(rows.scalars())


async def test_gathered_writes_are_one_statement(
    db: Database, organizer_id: UUID, said: list[str]
) -> None:
    scope = str(uuid4())
    async with db.begin(organizer_id) as tx:
        tx.write(_ADD, scope, "new", b"1")
        tx.tell(OrderConfirmed(organizer_id=organizer_id, order_id=uuid4()))
        assert said == []
    assert len(said) == 1
    assert await _keys(db, organizer_id, scope) == ["new"]


async def test_the_next_statement_finds_them_done(
    db: Database, organizer_id: UUID, said: list[str]
) -> None:
    scope = str(uuid4())
    async with db.begin(organizer_id) as tx:
        tx.write(_ADD, scope, "one", b"1")
        found = await tx.connection.exec_driver_sql(
            "SELECT count(*) FROM data.idempotency_keys WHERE scope = $1", (scope,)
        )
        assert found.scalar_one() == 1
        assert len(said) == 2


async def test_changes_to_one_row_are_carried_out_one_after_the_other(
    db: Database, organizer_id: UUID, said: list[str]
) -> None:
    scope = str(uuid4())
    async with db.begin(organizer_id) as tx:
        tx.write(_ADD, scope, "old", b"1")
        tx.write(_MARK, scope, 200)
        tx.write(_MARK, scope, 404)
    assert len(said) == 3
    async with db.begin(organizer_id) as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT status FROM data.idempotency_keys WHERE scope = $1", (scope,)
        )
        assert rows.scalar_one() == 404


async def test_what_fails_takes_all_of_them_back(db: Database, organizer_id: UUID) -> None:
    scope = str(uuid4())

    async def fail() -> None:
        async with db.begin(organizer_id) as tx:
            tx.write(_ADD, scope, "one", b"1")
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await _keys(db, organizer_id, scope) == []


async def test_a_rival_who_took_a_key_first_spoils_the_transaction(
    db: Database, organizer_id: UUID
) -> None:
    scope = str(uuid4())
    once = IdempotencyKey(scope=scope, key="taken", fingerprint=b"1")
    async with db.begin(organizer_id) as tx:
        tx.write(_ADD, scope, "taken", b"1")

    async def come_late() -> None:
        async with db.begin(organizer_id) as tx:
            tx.write(_ADD, scope, "mine", b"1")
            tx.keep_many([Kept(once=once, answer=b"{}", status=201)], otherwise=LookupError())

    async def come_late_and_ask() -> None:
        async with db.begin(organizer_id) as tx:
            tx.keep_many([Kept(once=once, answer=b"{}", status=201)], otherwise=LookupError())
            await tx.now()

    with pytest.raises(LookupError):
        await come_late()
    with pytest.raises(LookupError):
        await come_late_and_ask()
    assert await _keys(db, organizer_id, scope) == ["taken"]


async def test_every_transaction_says_whom_it_serves(db: Database, organizer_id: UUID) -> None:
    async def told(setting: str) -> str:
        rows = await tx.connection.exec_driver_sql("SELECT current_setting($1, true)", (setting,))
        return str(rows.scalar_one())

    async with db.begin(organizer_id) as tx:
        assert await told("boxoffice.organizer") == str(organizer_id)
    async with db.begin_as_platform("the operator's test") as tx:
        assert await told("boxoffice.platform") == "the operator's test"
        assert await told("boxoffice.organizer") == ""


async def test_what_is_gathered_goes_out_while_something_else_is_computed(
    db: Database, organizer_id: UUID, said: list[str]
) -> None:
    scope = str(uuid4())
    async with db.begin(organizer_id) as tx:
        tx.write(_ADD, scope, "one", b"1")
        async with tx.writing():
            assert len(said) == 1
            tx.write(_ADD, scope, "two", b"2")
        assert len(said) == 1
    assert await _keys(db, organizer_id, scope) == ["one", "two"]


async def test_what_cannot_be_written_meanwhile_is_raised_afterwards(
    db: Database, organizer_id: UUID
) -> None:
    scope = str(uuid4())

    async def write_twice() -> None:
        async with db.begin(organizer_id) as tx:
            tx.write(_ADD, scope, "one", b"1")
            await tx.connection.exec_driver_sql("SELECT 1")
            tx.write(_ADD, scope, "one", b"1")
            async with tx.writing():
                pass
            raise AssertionError("nothing was raised")

    with pytest.raises(IntegrityError):
        await write_twice()
    assert await _keys(db, organizer_id, scope) == []


async def test_what_fails_while_it_is_computed_leaves_nothing_written(
    db: Database, organizer_id: UUID
) -> None:
    scope = str(uuid4())

    async def fail() -> None:
        async with db.begin(organizer_id) as tx:
            tx.write(_ADD, scope, "one", b"1")
            async with tx.writing():
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await _keys(db, organizer_id, scope) == []
