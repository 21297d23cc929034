"""A question of an event: what is asked, of whom, and when."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal
from uuid import UUID

import msgspec

Kind = Literal[
    "short_text", "long_text", "number", "yes_no", "one_of", "several_of", "date", "time",
    "datetime", "email", "phone", "country", "url", "file", "consent",
]  # fmt: skip
# Answers to these are known beforehand, so that another question can depend on them.
CLOSED: frozenset[Kind] = frozenset({"yes_no", "one_of", "several_of", "consent"})
CHOICES: frozenset[Kind] = frozenset({"one_of", "several_of"})
# `minimum` and `maximum`: of the number, of the options chosen, of the characters written.
BOUNDED: frozenset[Kind] = frozenset({"number", "several_of", "short_text", "long_text"})


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """Ask only whoever answered that question with one of these: `true`, `false`, or options."""

    question_id: UUID
    any_of: tuple[bool | str, ...]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Asked once `per` order or ticket; of all ticket types or only of `ticket_type_ids`.

    With `at_check_in` it is asked at the door instead of in the checkout.
    """

    id: UUID
    label: str
    kind: Kind
    help: str = ""
    per: Literal["order", "ticket"] = "order"
    required: bool = False
    ticket_type_ids: tuple[UUID, ...] = ()
    options: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    condition: Condition | None = None
    at_check_in: bool = False

    def concerns(self, ticket_type_id: UUID) -> bool:
        """Whether tickets of that type, or orders that contain one, are asked."""
        return not self.ticket_type_ids or ticket_type_id in self.ticket_type_ids


@lru_cache(maxsize=256)
def read_questions(text: str | None) -> tuple[Question, ...]:
    """The questions as the database tells them; None for an event without any."""
    return () if text is None else msgspec.json.decode(text, type=tuple[Question, ...])


def waits_for_itself(waits: dict[UUID, UUID | None], question_id: UUID) -> bool:
    """Whether the chain of conditions that begins at the question comes back to it."""
    seen, one = {question_id}, waits.get(question_id)
    while one is not None and one not in seen:
        seen.add(one)
        one = waits.get(one)
    return one is not None


def dependents(questions: Iterable[Question], question_id: UUID) -> list[Question]:
    """The questions whose condition names that one."""
    return [one for one in questions if one.condition and one.condition.question_id == question_id]
