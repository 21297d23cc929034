"""How often one may ask. Each operation names its limit; the answer says what is left.

Headers follow draft-ietf-httpapi-ratelimit-headers-10 (`RateLimit-Policy`, `RateLimit`); a refusal
adds `Retry-After`. Anonymous and cheap limits count by address, the others by account or visitor as
well, so that one household does not use up its neighbours' turn and one person cannot multiply.
"""

from typing import Protocol

from boxoffice.gateway.addresses import household
from boxoffice.gateway.operations import Limit
from boxoffice.gateway.refusals import TooManyRequests
from boxoffice.gateway.settings import RateLimits
from boxoffice.gateway.visit import Visit
from boxoffice.gateway.windows import Count, Rule, Windows


class Counters(Protocol):
    async def hit(self, rule: Rule, key: str) -> Count:
        """Count one more hit of `key`."""
        ...


class RateLimiter:
    """`near` counts in this process, `shared` over all of them."""

    def __init__(self, limits: RateLimits, *, near: Windows, shared: Counters) -> None:
        self._near = near
        self._shared = shared
        self._read = Rule.parse("read", limits.read)
        self._by_address = {
            Limit.AUTH: Rule.parse("auth", limits.auth),
            Limit.HOOK: Rule.parse("hook", limits.hook),
            Limit.WRITE: Rule.parse("write_address", limits.write_address),
        }
        self._by_person = {
            Limit.WRITE: Rule.parse("write", limits.write),
            Limit.STAFF: Rule.parse("staff", limits.staff),
        }

    async def admit_address(self, visit: Visit, limit: Limit) -> None:
        """Before anybody asks who it is: `TooManyRequests` when the address asks too often."""
        if limit is Limit.READ:
            self.admit_reader(visit)
        elif (rule := self._by_address.get(limit)) is not None:
            _judge(visit, rule, await self._shared.hit(rule, household(visit.address)))

    def admit_reader(self, visit: Visit) -> None:
        """For a read that costs us work; counted in this process."""
        _judge(visit, self._read, self._near.count(self._read, household(visit.address)))

    async def admit_person(self, visit: Visit, limit: Limit) -> None:
        """Once the actor is known; a visitor without a cookie is counted by address only."""
        rule = self._by_person.get(limit)
        person = visit.actor.user_id or visit.visitor_id
        if rule is not None and person is not None:
            _judge(visit, rule, await self._shared.hit(rule, person.hex))


def _judge(visit: Visit, rule: Rule, count: Count) -> None:
    visit.standing = rule, count
    if count.hits > rule.amount:
        raise TooManyRequests(retry_after=count.resets_in)
