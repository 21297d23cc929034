"""Somebody else, who knows nothing of a transaction that the test has open."""

import asyncio
from collections.abc import Coroutine
from contextvars import Context
from typing import Any, TypeVar

T = TypeVar("T")


def elsewhere(work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """Begin the work as a task of its own, which inherits nothing from here."""
    return asyncio.create_task(work, context=Context())
