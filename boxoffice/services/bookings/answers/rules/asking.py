"""What is asked of an order, given what it has answered so far; and what is wrong with that."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

import msgspec

from boxoffice.kernel.refusals import FieldError, Invalid
from boxoffice.services.bookings.answers.rules.values import BadValue, Files, Value, clean, is_empty
from boxoffice.services.events.api import Condition, Question

# A question about one ticket, by its number in the order; about the whole order without one.
Place = tuple[UUID, int | None]


class WrongAnswers(Invalid):
    """`answers` names each question, and the ticket, with what is wrong about its answer."""

    code = "wrong_answers"
    message = "Some answers are missing or not right; each of them is named."


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as it was sent."""

    question_id: UUID
    ticket: int | None
    value: Any


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that will do."""

    question: Question
    ticket: int | None
    value: Value


class Wrong(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with one answer, or that there is none."""

    question_id: UUID
    ticket: int | None
    code: str
    message: str


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """The answers that will do, in the order of their questions; what is missing still."""

    answers: list[Answer]
    missing: list[Wrong]


def check(
    questions: Sequence[Question],
    tickets: Mapping[int, UUID],
    given: Sequence[Given],
    files: Files,
) -> Checked:
    """Check what was given for an order with these tickets (number → ticket type).

    Raises `WrongAnswers` for answers that will not do. What is not asked, because a condition is
    not met, is left out, whatever it says.
    """
    desk = _Desk(questions, tickets)
    for number, one in enumerate(given):
        desk.take(number, one, files)
    answers, missing = desk.answers(), desk.missing()
    if wrong := desk.wrong():
        raise refusal(wrong, desk.index)
    return Checked(answers=answers, missing=missing)


def missing(
    questions: Sequence[Question], tickets: Mapping[int, UUID], answered: Mapping[Place, Any]
) -> list[Wrong]:
    """What such an order must still answer; what it has answered is taken as it was."""
    desk = _Desk(questions, tickets)
    for place, value in answered.items():
        desk.put(place, value)
    return desk.missing()


def still_asked(
    questions: Sequence[Question],
    tickets: Mapping[int, UUID],
    answered: Mapping[Place, Any],
    ticket: int,
) -> list[Question]:
    """What one ticket is asked and has not answered, conditions considered."""
    desk = _Desk(questions, tickets)
    for place, value in answered.items():
        desk.put(place, value)
    return desk.open(ticket)


def refusal(wrong: Sequence[Wrong], index: Mapping[Place, int] | None = None) -> WrongAnswers:
    """The refusal that names these."""
    at = index or {}
    return WrongAnswers(
        errors=[
            FieldError(_pointer(at.get((one.question_id, one.ticket))), one.code, one.message)
            for one in wrong
        ],
        answers=[msgspec.structs.asdict(one) for one in wrong],
    )


def _wrong(place: Place, code: str, message: str) -> Wrong:
    return Wrong(question_id=place[0], ticket=place[1], code=code, message=message)


def _pointer(number: int | None) -> str:
    return "/answers" if number is None else f"/answers/{number}/value"


class _Desk:
    """One questionnaire being looked through."""

    def __init__(self, questions: Sequence[Question], tickets: Mapping[int, UUID]) -> None:
        self._questions = {one.id: one for one in questions}
        self._tickets = tickets
        self.index: dict[Place, int] = {}
        self._misplaced: dict[Place, Wrong] = {}
        self._bad: dict[Place, Wrong] = {}
        self._values: dict[Place, Value] = {}

    def put(self, place: Place, value: object) -> None:
        """A value that was found good before."""
        self._values[place] = Value(value=value, shown="")

    def wrong(self) -> list[Wrong]:
        bad = [one for place, one in self._bad.items() if self._is_asked(place)]
        return [*self._misplaced.values(), *bad]

    def answers(self) -> list[Answer]:
        return [
            Answer(question=self._questions[place[0]], ticket=place[1], value=self._values[place])
            for place in self._places()
            if place in self._values and self._is_asked(place)
        ]

    def missing(self) -> list[Wrong]:
        return [
            _wrong(place, "answer_missing", f"Answer “{self._questions[place[0]].label}”.")
            for place in self._places()
            if self._questions[place[0]].required
            and place not in self._values
            and self._is_asked(place)
        ]

    def open(self, ticket: int) -> list[Question]:
        return [
            one
            for one in self._questions.values()
            if one.per == "ticket"
            and (one.id, ticket) not in self._values
            and self._is_asked((one.id, ticket))
        ]

    def _places(self) -> list[Place]:
        """Everything that could be asked, question by question."""
        return [
            (one.id, number)
            for one in self._questions.values()
            for number in (self._tickets if one.per == "ticket" else (None,))
        ]

    def take(self, number: int, one: Given, files: Files) -> None:
        """Look at one answer as it was sent."""
        place = one.question_id, one.ticket
        question = self._questions.get(one.question_id)
        if place in self.index:
            self._refuse(place, "twice", "Answer each question once.")
        self.index.setdefault(place, number)
        if question is None:
            self._refuse(place, "unknown_question", "This is not asked; load the questions again.")
        elif (question.per == "ticket") != (one.ticket is not None):
            self._refuse(place, "wrong_ticket", "Name a ticket where each is asked; only there.")
        elif one.ticket is not None and one.ticket not in self._tickets:
            self._refuse(place, "wrong_ticket", "The order has no ticket of this number.")
        elif not is_empty(one.value):
            self._clean(place, question, one.value, files)

    def _clean(self, place: Place, question: Question, value: object, files: Files) -> None:
        try:
            self._values[place] = clean(question, value, files)
        except BadValue as bad:
            self._bad[place] = _wrong(place, bad.code, bad.message)

    def _refuse(self, place: Place, code: str, message: str) -> None:
        self._misplaced.setdefault(place, _wrong(place, code, message))

    def _is_asked(self, place: Place) -> bool:
        """Whether the question concerns the order or ticket, and its chain of conditions is met."""
        question, ticket = self._questions[place[0]], place[1]
        concerned = self._tickets.values() if ticket is None else (self._tickets[ticket],)
        if not any(question.concerns(kind) for kind in concerned):
            return False
        condition = question.condition
        return condition is None or self._is_met(condition, ticket)

    def _is_met(self, condition: Condition, ticket: int | None) -> bool:
        before = self._questions.get(condition.question_id)
        if before is None:
            return False
        place = before.id, ticket if before.per == "ticket" else None
        found = self._values.get(place)
        if found is None or not self._is_asked(place):
            return False
        value: object = found.value
        said = cast("list[object]", value) if isinstance(value, list) else [value]
        return any(one in condition.any_of for one in said)
