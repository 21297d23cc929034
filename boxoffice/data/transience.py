"""Trouble that passes: what failed may well succeed if it is simply run again."""

from collections.abc import Awaitable, Callable, Collection
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from boxoffice.kernel.refusals import Busy

T = TypeVar("T")
_TRIES = 3

# PostgreSQL: serialization_failure, deadlock_detected, lock_not_available, query_canceled (both by
# time-out).
_CONTENDED_STATES = {"40001", "40P01", "55P03", "57014"}
# admin_shutdown, crash_shutdown, cannot_connect_now; class 08: connection exception.
_OUTAGE_STATES = {"57P01", "57P02", "57P03"}


class RetryBatch(Exception):
    """Raised by a settle function whose premises changed under it: run the batch again."""


def is_transient(error: BaseException) -> bool:
    """Whether the same transaction may well succeed if it is simply run again."""
    if isinstance(error, RetryBatch | PoolTimeout) or is_outage(error):
        return True
    return isinstance(error, DBAPIError) and _state(error) in _CONTENDED_STATES


def is_outage(error: BaseException) -> bool:
    """Whether a server we lean on went away, or is not back yet: no crowd of ours is to blame."""
    if isinstance(error, ConnectionError | TimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = _state(error)
    return error.connection_invalidated or state in _OUTAGE_STATES or state.startswith("08")


def _state(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None) or "")


async def retried(attempt: Callable[[], Awaitable[T]], *, rivals: Collection[str] = ()) -> T:
    """What the attempt returns; it is made again when its premises changed under it, or somebody
    was faster, which one of the unique constraints named in `rivals` tells. `Busy` in the end.
    """
    for _ in range(_TRIES):
        try:
            return await attempt()
        except RetryBatch:
            continue
        except IntegrityError as error:
            if not any(name in str(error.orig) for name in rivals):
                raise
    raise Busy
