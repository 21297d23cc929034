"""The form of a question: a whole and consistent one, or every mistake in it."""

from collections.abc import Collection, Sequence
from uuid import UUID

from msgspec import structs

from boxoffice.kernel.refusals import FieldError
from boxoffice.services.events.rules import texts
from boxoffice.services.events.rules.forms import Checker
from boxoffice.services.events.rules.questions.question import (
    BOUNDED,
    CHOICES,
    CLOSED,
    Condition,
    Question,
    dependents,
    waits_for_itself,
)

MAX_LABEL = 500
MAX_HELP = 2_000
MAX_OPTIONS = 200
MAX_SHORT, MAX_LONG = 200, 5_000


def check_question(
    question: Question, *, others: Sequence[Question], ticket_type_ids: Collection[UUID]
) -> Question:
    """The question, cleaned; `others` are the event's other questions, which must stay right."""
    check = Checker()
    clean = structs.replace(
        question,
        label=check(lambda: texts.line("/label", question.label, most=MAX_LABEL, least=1), ""),
        help=check(lambda: texts.paragraphs("/help", question.help, most=MAX_HELP), ""),
        options=check(lambda: _options(question), ()),
        ticket_type_ids=check(lambda: _types(question, ticket_type_ids), ()),
    )
    check(lambda: _bounds(clean), None)
    check(lambda: _when(clean), None)
    check(lambda: _condition(clean, others), None)
    check(lambda: _depended_on(clean, others), None)
    check.finish()
    return clean


def _options(question: Question) -> tuple[str, ...]:
    if question.kind not in CHOICES:
        if question.options:
            raise FieldError("/options", "contradiction", "Only choices have options.")
        return ()
    clean = tuple(
        texts.line(f"/options/{number}", one, most=texts.MAX_NAME, least=1)
        for number, one in enumerate(question.options)
    )
    if not clean:
        raise FieldError("/options", "missing", "Give at least one option.")
    if len(clean) > MAX_OPTIONS:
        raise FieldError("/options", "too_many", f"At most {MAX_OPTIONS} options.")
    if len(set(clean)) < len(clean):
        raise FieldError("/options", "twice", "Each option once.")
    return clean


def _types(question: Question, known: Collection[UUID]) -> tuple[UUID, ...]:
    if not set(known).issuperset(question.ticket_type_ids):
        raise FieldError(
            "/ticket_type_ids", "unknown_ticket_type", "This event has no such ticket type."
        )
    return tuple(dict.fromkeys(question.ticket_type_ids))


def _bounds(question: Question) -> None:
    least, most = question.minimum, question.maximum
    if question.kind not in BOUNDED:
        if least is not None or most is not None:
            raise FieldError("/minimum", "contradiction", "This kind of question has no bounds.")
        return
    if least is not None and most is not None and least > most:
        raise FieldError("/maximum", "out_of_range", "At least `minimum`.")
    if question.kind == "number":
        return
    for name, value in (("minimum", least), ("maximum", most)):
        if value is not None and (value < 0 or value != int(value) or value > _longest(question)):
            raise FieldError(
                f"/{name}", "out_of_range", f"A whole number from 0 to {_longest(question)}."
            )


def _longest(question: Question) -> int:
    if question.kind == "several_of":
        return len(question.options)
    return MAX_SHORT if question.kind == "short_text" else MAX_LONG


def _when(question: Question) -> None:
    if question.at_check_in and question.per == "order":
        raise FieldError("/at_check_in", "contradiction", "The door asks about each ticket.")
    if question.at_check_in and question.kind == "file":
        raise FieldError("/at_check_in", "contradiction", "Files are asked for in the checkout.")


def _condition(question: Question, others: Sequence[Question]) -> None:
    condition = question.condition
    if condition is None:
        return
    waits = {one.id: one.condition.question_id for one in others if one.condition}
    if condition.question_id == question.id or waits_for_itself(
        {**waits, question.id: condition.question_id}, question.id
    ):
        raise FieldError(
            "/condition/question_id", "cycle", "That one waits for this one; choose another."
        )
    before = next((one for one in others if one.id == condition.question_id), None)
    if before is None:
        raise FieldError(
            "/condition/question_id", "unknown_question", "This event has no such question."
        )
    check_link(question, condition, before)


def check_link(question: Question, condition: Condition, before: Question) -> None:
    """Whether the question can depend on `before` in this way."""
    pointer = "/condition/question_id"
    if before.kind not in CLOSED:
        raise FieldError(pointer, "wrong_kind", "Depend on yes or no, a choice, or a consent.")
    if question.per == "order" and before.per == "ticket":
        raise FieldError(pointer, "wrong_scope", "What is asked once cannot depend on a ticket's.")
    if before.at_check_in and not question.at_check_in:
        raise FieldError(pointer, "wrong_scope", "That one is answered only at the door.")
    if not condition.any_of:
        raise FieldError("/condition/any_of", "missing", "Say which answers lead here.")
    known: set[bool | str] = set(before.options) if before.kind in CHOICES else {True, False}
    if not known.issuperset(condition.any_of):
        raise FieldError("/condition/any_of", "unknown_answer", "Only answers that can be given.")


def _depended_on(question: Question, others: Sequence[Question]) -> None:
    """The questions that depend on this one must still be able to."""
    for one in dependents(others, question.id):
        if one.condition is None:
            continue
        try:
            check_link(one, one.condition, question)
        except FieldError as error:
            raise FieldError(
                "/kind", "depended_on", f"“{one.label}” depends on this: change that one first."
            ) from error
