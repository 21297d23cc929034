"""Guessing passwords is slow, and the owner still gets in."""

from collections.abc import AsyncIterator

import pytest

from boxoffice.data.cache import Cache
from boxoffice.gateway.sign_in_attempts import FROM_STRANGERS, CountedAttempts, TooManyAttempts
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id

OWNER, THIEF = Actor(address="192.0.2.1"), Actor(address="198.51.100.9")


@pytest.fixture
async def caches(redis_url: str) -> AsyncIterator[list[Cache]]:
    """Two processes' caches on one server."""
    both = [Cache(redis_url), Cache(redis_url)]
    yield both
    for cache in both:
        await cache.close()


def somebody() -> str:
    return f"{new_id().hex}@example.org"


async def test_guessing_ends_after_the_hours_allowance_from_any_address(
    caches: list[Cache],
) -> None:
    attempts, email = CountedAttempts(caches[0]), somebody()
    for number in range(FROM_STRANGERS):
        thief = Actor(address=f"198.51.100.{number}")
        await attempts.admit(email, thief)
        await attempts.failed(email, thief)
    with pytest.raises(TooManyAttempts) as refused:
        await attempts.admit(email, THIEF)
    assert refused.value.retry_after > 0
    await attempts.admit(somebody(), THIEF)


async def test_the_owner_gets_in_from_where_they_signed_in_before(caches: list[Cache]) -> None:
    attempts, email = CountedAttempts(caches[0]), somebody()
    await attempts.succeeded(email, OWNER)
    for _ in range(FROM_STRANGERS):
        await attempts.failed(email, THIEF)
    with pytest.raises(TooManyAttempts):
        await attempts.admit(email, THIEF)
    await attempts.admit(email, OWNER)


async def test_other_processes_count_the_same(caches: list[Cache]) -> None:
    one, two = map(CountedAttempts, caches)
    email = somebody()
    for _ in range(FROM_STRANGERS):
        await one.failed(email, THIEF)
    with pytest.raises(TooManyAttempts):
        await two.admit(email, THIEF)
