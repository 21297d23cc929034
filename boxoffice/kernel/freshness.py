"""What a route may say of its answer: that it is the same for everybody, and until when."""

from collections.abc import Callable
from typing import Any

IsCurrent = Callable[[], bool]
_STATE, _KEY = "state", "is_current"


def keep_while(scope: Any, is_current: IsCurrent) -> None:
    """The answer to this ASGI `scope` may be given to whoever asks the same, as long as
    `is_current()`. It is asked on each request, so it does next to nothing.
    """
    scope.setdefault(_STATE, {})[_KEY] = is_current


def kept_while(scope: Any) -> IsCurrent | None:
    """What `keep_while` was told of this scope, if anything."""
    return scope.get(_STATE, {}).get(_KEY)
