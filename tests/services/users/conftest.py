"""The house of users, and a second process beside it."""

from collections.abc import AsyncIterator

import bcrypt
import pytest

from boxoffice.data.postgres import Database
from tests.services.users.house import Guest, House


@pytest.fixture
async def house(db: Database) -> AsyncIterator[House]:
    opened = House(db)
    yield opened
    opened.users.close()


@pytest.fixture
async def other_process(db: Database) -> AsyncIterator[House]:
    """Another process of the same deployment: same database and secrets, own memory."""
    opened = House(db)
    yield opened
    opened.users.close()


@pytest.fixture
async def ada(house: House) -> Guest:
    """Somebody who is signed in."""
    return await house.member("Ada")


@pytest.fixture
def hashing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What bcrypt was asked to do, in order: `hash` or `check`, with its cost."""
    done: list[str] = []
    hash_for_real, check_for_real = bcrypt.hashpw, bcrypt.checkpw

    def hashpw(password: bytes, salt: bytes) -> bytes:
        done.append(f"hash at {salt[4:6].decode()}")
        return hash_for_real(password, salt)

    def checkpw(password: bytes, hashed: bytes) -> bool:
        done.append(f"check at {hashed[4:6].decode()}")
        return check_for_real(password, hashed)

    monkeypatch.setattr(bcrypt, "hashpw", hashpw)
    monkeypatch.setattr(bcrypt, "checkpw", checkpw)
    return done
