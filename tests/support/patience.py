"""No test waits for ever: one that hangs fails, and says where it stood."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

import pytest

# Seconds. Many times what the slowest test takes on a busy machine; `faulthandler_timeout` in
# pyproject.toml is longer and ends what never comes back to the event loop.
LONGEST = 240.0


def limit(item: pytest.Item) -> None:
    """Let an asynchronous test fail with the line it waits at."""
    if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
        item.obj = _limited(item.obj)


def _limited(test: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    @wraps(test)
    async def within_time(*args: Any, **options: Any) -> None:
        async with asyncio.timeout(LONGEST):
            await test(*args, **options)

    return within_time
