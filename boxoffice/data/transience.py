"""Trouble that passes: what failed may well succeed if it is simply run again."""

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

# PostgreSQL: serialization_failure, deadlock_detected, lock_not_available, query_canceled (both by
# time-out), admin_shutdown, crash_shutdown, cannot_connect_now; class 08: connection exception.
_TRANSIENT_STATES = {"40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03"}


class RetryBatch(Exception):
    """Raised by a settle function whose premises changed under it: run the batch again."""


def is_transient(error: BaseException) -> bool:
    """Whether the same transaction may well succeed if it is simply run again."""
    if isinstance(error, RetryBatch | ConnectionError | TimeoutError | PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = str(getattr(error.orig, "sqlstate", None) or "")
    return error.connection_invalidated or state in _TRANSIENT_STATES or state.startswith("08")
