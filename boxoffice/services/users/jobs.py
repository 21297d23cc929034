"""Clockwork."""

from boxoffice.data.deliveries import Periodic
from boxoffice.services.users.api import Users


def periodic(users: Users) -> list[Periodic]:
    """Once an hour, forget sessions that are long over."""

    async def tidy() -> None:
        await users.sessions.tidy()

    return [Periodic(name="users.tidy_sessions", schedule="23 * * * *", run=tidy)]
