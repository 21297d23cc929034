"""What a refresh token is worth: a session lives as one chain of tokens, each used once."""

from datetime import datetime, timedelta
from enum import Enum

import msgspec

# Two tabs that renew at the same time both carry the same token; the slower one is no thief.
GRACE = timedelta(seconds=10)


class Renewal(Enum):
    """What to do with a session whose token was presented."""

    ADVANCE = "give the next token"
    REPEAT = "give the current token again"
    END = "a token came back after its successor was used: somebody has a copy"
    OVER = "the session has ended"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A session as the database has it; `generation` counts its renewals."""

    generation: int
    rotated_at: datetime
    expires_at: datetime
    ended_at: datetime | None


def renewal(session: Standing, *, presented: int, now: datetime) -> Renewal:
    """The verdict on the token of generation `presented`."""
    if session.ended_at is not None or session.expires_at <= now:
        return Renewal.OVER
    if presented == session.generation:
        return Renewal.ADVANCE
    just_now = now - session.rotated_at <= GRACE
    if presented == session.generation - 1 and just_now:
        return Renewal.REPEAT
    return Renewal.END
