"""Passwords: hashed slowly, beside the event loop, by few threads, for callers with patience."""

import asyncio
import base64
import hmac
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from hashlib import sha256
from typing import TypeVar

import bcrypt

from boxoffice.kernel.refusals import Busy
from boxoffice.services.users.settings import UsersSettings

T = TypeVar("T")
# Not a secret, as hashes outlive any root; digests that leaked elsewhere are useless here with it.
_PEPPER = b"boxoffice password v1"


class Verdict(Enum):
    WRONG = "wrong"
    RIGHT = "right"
    OUTDATED = "right, but hashed at a lower cost than today's"


class Passwords:
    """Hashes and checks; `Busy` when the threads cannot keep up."""

    def __init__(self, settings: UsersSettings) -> None:
        self._cost = settings.bcrypt_cost
        self._patience = settings.hashing_patience
        self._free = asyncio.Semaphore(settings.hashing_threads)
        self._threads = ThreadPoolExecutor(settings.hashing_threads, "passwords")
        # A hash of nothing: checking against it takes as long as against a real one.
        self._nobody = f"$2b${self._cost:02d}${'.' * 53}"

    async def hash(self, password: str) -> str:
        """What to store."""
        return await self.beside(lambda: _hash(password, self._cost))

    async def check(self, password: str, stored: str | None) -> Verdict:
        """Whether `password` is the one behind `stored`; takes as long without one."""
        right = await self.beside(lambda: _matches(password, stored or self._nobody))
        if not right or stored is None:
            return Verdict.WRONG
        return Verdict.RIGHT if _cost_of(stored) >= self._cost else Verdict.OUTDATED

    async def beside(self, work: Callable[[], T]) -> T:
        """Run `work` in one of the threads, or refuse after some patience."""
        try:
            await asyncio.wait_for(self._free.acquire(), self._patience)
        except TimeoutError as error:
            raise Busy(retry_after=2) from error
        running = asyncio.get_running_loop().run_in_executor(self._threads, work)
        running.add_done_callback(lambda _: self._free.release())
        return await asyncio.shield(running)

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _hash(password: str, cost: int) -> str:
    return bcrypt.hashpw(_digest(password), bcrypt.gensalt(cost)).decode("ascii")


def _matches(password: str, stored: str) -> bool:
    return bcrypt.checkpw(_digest(password), stored.encode("ascii"))


def _digest(password: str) -> bytes:
    """44 bytes of any password, exactly as typed: bcrypt looks at 72 and stops at a NUL."""
    mac = hmac.digest(_PEPPER, password.encode("utf-8", "surrogatepass"), sha256)
    return base64.b64encode(mac)


def _cost_of(stored: str) -> int:
    return int(stored[4:6])
