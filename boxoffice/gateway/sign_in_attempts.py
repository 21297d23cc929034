"""Failed sign-ins, counted per account: guessing is slow, and its victim can still get in.

An address from which the owner has signed in before is counted by itself; all others share one
small allowance per account. Counters live in the cache; in an outage each process counts alone.
"""

from hashlib import sha256

from boxoffice.data.cache import Cache
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.refusals import Busy

HOUR = 3600.0
FROM_STRANGERS = 20
FROM_KNOWN = 20
_REMEMBERED = 30 * 24 * HOUR


class TooManyAttempts(Busy):
    code = "too_many_attempts"
    message = "Too many wrong passwords for this account; wait a while before you try again."


class CountedAttempts:
    """Stands in `Users` wherever a password is looked at."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    async def admit(self, email: str, actor: Actor, /) -> None:
        """`TooManyAttempts` once the hour's allowance is used up."""
        allowed = FROM_KNOWN if await self._knows(email, actor) else FROM_STRANGERS
        failed = await self._cache.get(await self._counter(email, actor))
        if failed is not None and int(failed) >= allowed:
            raise TooManyAttempts(retry_after=600)

    async def failed(self, email: str, actor: Actor, /) -> None:
        """Count it."""
        await self._cache.count(await self._counter(email, actor), seconds=HOUR)

    async def succeeded(self, email: str, actor: Actor, /) -> None:
        """Remember the address, and forget what failed from it."""
        await self._cache.set(_known(email, actor), b"1", seconds=_REMEMBERED)
        await self._cache.delete(await self._counter(email, actor))

    async def _knows(self, email: str, actor: Actor) -> bool:
        return await self._cache.get(_known(email, actor)) is not None

    async def _counter(self, email: str, actor: Actor) -> str:
        if await self._knows(email, actor):
            return f"sign-in:failed:{_hashed(email, actor.address)}"
        return f"sign-in:failed:{_hashed(email)}"


def _known(email: str, actor: Actor) -> str:
    return f"sign-in:known:{_hashed(email, actor.address)}"


def _hashed(*parts: str) -> str:
    """No address of a person stands in the cache."""
    return sha256("\n".join(parts).encode()).hexdigest()
