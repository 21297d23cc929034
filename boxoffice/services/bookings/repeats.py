"""Requests of one flush that were sent more than once, in it or before it."""

from collections.abc import Mapping, Sequence
from typing import Generic, Protocol, TypeVar
from uuid import UUID

import msgspec

from boxoffice.data import idempotency, refused_keys
from boxoffice.data.idempotency import IdempotencyKey, Kept
from boxoffice.data.transaction import Transaction
from boxoffice.data.transience import RetryBatch
from boxoffice.kernel.refusals import Refusal

V = TypeVar("V", bound=msgspec.Struct)
Name = tuple[str, str]


class Command(Protocol):
    """What a coalescer settles for a caller who may have a key."""

    @property
    def once(self) -> IdempotencyKey | None: ...


class Repeats(Generic[V]):
    """`fresh` are the commands to act on, by index; `outcomes` those that need no acting, and later
    everybody's, of `kind` or refused. `barred` are refused before anybody looks at their keys.

    With `tries`, their ids in the order in which they were begun, a refusal ends earlier tries
    under its key (`data/refused_keys.py`).
    """

    def __init__(
        self,
        commands: Sequence[Command],
        kind: type[V],
        *,
        barred: Mapping[int, Refusal] | None = None,
        tries: Sequence[UUID] = (),
    ) -> None:
        self._commands = commands
        self._kind = kind
        self._tries = tries
        self.outcomes: dict[int, V | Refusal] = dict(barred or {})
        self._leaders: dict[Name, int] = {}
        for index, command in enumerate(commands):
            if command.once:
                command.once.replayed = False
            if index not in self.outcomes:
                self._leaders.setdefault(self._name(index), index)
        self.fresh = list(self._leaders.values())

    async def find(self, tx: Transaction) -> None:
        """Give the answers that keys have already; called after the locks are taken."""
        keyed = {
            index: once
            for index, command in enumerate(self._commands)
            if index not in self.outcomes and (once := command.once)
        }
        if not keyed:
            return
        stored = await self._stored(tx, keyed)
        for index, once in keyed.items():
            if found := stored.get(self._name(index)):
                self.outcomes[index] = self._replay(once, found)
        self.fresh = [index for index in self.fresh if index not in self.outcomes]

    def note_refused(self, tx: Transaction) -> None:
        """Note the last try of each key that is refused now."""
        last: dict[Name, UUID] = {}
        for index, command in enumerate(self._commands):
            name = self._name(index)
            if command.once and isinstance(self.outcomes.get(self._leaders.get(name, -1)), Refusal):
                last[name] = max(self._tries[index], last.get(name, self._tries[index]))
        refused_keys.refuse(tx, last)

    def keep(self, tx: Transaction, *, status: int) -> None:
        """Store the outcomes that are answers; a key that a rival stored spoils the batch."""
        kept = [
            Kept(once=once, answer=msgspec.json.encode(outcome), status=status)
            for index in self.fresh
            if (once := self._commands[index].once)
            and isinstance(outcome := self.outcomes[index], self._kind)
        ]
        tx.keep_many(kept, otherwise=RetryBatch("an idempotency key was taken"))

    def answers(self) -> list[V | Refusal]:
        """Everybody's outcome; of a repeated command, that of its first."""
        return [self._answer(index) for index in range(len(self._commands))]

    async def _stored(
        self, tx: Transaction, keyed: Mapping[int, IdempotencyKey]
    ) -> dict[Name, idempotency.Stored]:
        keys = list(keyed.values())
        if not self._tries:
            return await idempotency.find(tx.connection, keys)
        stored, refused = await refused_keys.find(tx.connection, keys)
        for index in keyed if refused else ():
            last = refused.get(self._name(index))
            if last and self._tries[index] < last:
                self.outcomes[index] = idempotency.KeyInUse(retry_after=1)
        return stored

    def _name(self, index: int) -> Name:
        """Commands of one name are one request, sent more than once."""
        once = self._commands[index].once
        return (once.scope, once.key) if once else ("", str(index))

    def _replay(self, once: IdempotencyKey, stored: idempotency.Stored) -> V | Refusal:
        try:
            return msgspec.json.decode(idempotency.replay(once, stored), type=self._kind)
        except Refusal as refusal:
            return refusal

    def _answer(self, index: int) -> V | Refusal:
        if index in self.outcomes:
            return self.outcomes[index]
        leader = self._leaders[self._name(index)]
        once, first = self._commands[index].once, self._commands[leader].once
        if once is None or first is None or once.fingerprint != first.fingerprint:
            return idempotency.KeyReused()
        outcome = self.outcomes[leader]
        once.replayed = isinstance(outcome, self._kind)
        return outcome
