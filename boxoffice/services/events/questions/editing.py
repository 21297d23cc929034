"""Questions: added, changed, deleted and put in order by the organizer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET, structs
from sqlalchemy import delete, func, select, update

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Conflict, NotFound
from boxoffice.services.events.ordering import check_all_named
from boxoffice.services.events.questions.bodies import (
    AnswersDeadlineBody,
    ChangeQuestionBody,
    QuestionBody,
)
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules.questions.forms import check_question
from boxoffice.services.events.rules.questions.question import Question, dependents
from boxoffice.services.events.tables_questions import QuestionRow
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.workbench import Bench, Open
from boxoffice.services.events.writing import add

MAX_QUESTIONS = 100


class TooManyQuestions(Conflict):
    code = "too_many_questions"
    message = f"An event asks at most {MAX_QUESTIONS} questions; delete one first."


class QuestionAwaited(Conflict):
    code = "question_awaited"
    message = "Another question depends on this one; change that one first."


class Questions:
    """Sets up what an event asks. Answers given before keep the question they answered."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def create(
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        body: QuestionBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """A question after all others."""

        async def edit(event: Open) -> None:
            whole = await event.whole()
            if len(whole.questions) >= MAX_QUESTIONS:
                raise TooManyQuestions
            question = _checked(whole, _asked(body, new_id()), before=())
            await add(event.tx, [await _row(event.tx, whole, question)])
            event.note("question.created", question=question.label, kind=question.kind)

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once, status=201)

    async def change(  # who changes what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        question_id: UUID,
        body: ChangeQuestionBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Change what the body names, for everybody who has not answered yet."""

        async def edit(event: Open) -> None:
            whole = await event.whole()
            before = _found(whole, question_id)
            question = structs.replace(before, **_given(body))
            question = _checked(whole, question, before=before.ticket_type_ids)
            if question != before:
                await event.tx.session.execute(_update(event.tx, question))
                event.note("question.changed", question=question.label, kind=question.kind)

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)

    async def delete(
        self, actor: Actor, organizer_id: UUID, event_id: UUID, question_id: UUID
    ) -> ManagedEvent:
        """Ask it no more; what was answered stays readable."""

        async def edit(event: Open) -> None:
            whole = await event.whole()
            question = _found(whole, question_id)
            if dependents(whole.questions, question_id):
                raise QuestionAwaited
            row = QuestionRow
            await event.tx.session.execute(
                delete(row).where(row.organizer_id == event.tx.organizer_id, row.id == question_id)
            )
            event.note("question.deleted", question=question.label)

        return await self._bench.change(actor, organizer_id, event_id, edit)

    async def arrange(
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        ids: Sequence[UUID],
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Ask in this order; all must be named, so that two people cannot mix theirs up."""

        async def edit(event: Open) -> None:
            before = [one.id for one in (await event.whole()).questions]
            check_all_named(before, ids)
            if before != list(ids):
                await _put_in_order(event.tx, ids)
                event.note("questions.ordered")

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)

    async def set_deadline(
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        body: AnswersDeadlineBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Until when buyers may correct what they have answered."""

        async def edit(event: Open) -> None:
            if event.row.answers_close_minutes != body.minutes_before_start:
                event.row.answers_close_minutes = body.minutes_before_start
                event.note("questions.deadline_changed", minutes=body.minutes_before_start)

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)


def _asked(body: QuestionBody, question_id: UUID) -> Question:
    return Question(id=question_id, **_given(body))


def _given(body: QuestionBody | ChangeQuestionBody) -> dict[str, Any]:
    """What the body says, as the rule's own fields."""
    given = {
        name: getattr(body, name)
        for name in body.__struct_fields__
        if getattr(body, name) is not UNSET
    }
    if given.get("condition") is not None:
        given["condition"] = given["condition"].rule()
    for name in ("options", "ticket_type_ids"):
        if name in given:
            given[name] = tuple(given[name])
    return given


def _checked(whole: WholeEvent, question: Question, *, before: Sequence[UUID]) -> Question:
    """Types that the question was about before may be gone by now."""
    return check_question(
        question,
        others=[one for one in whole.questions if one.id != question.id],
        ticket_type_ids={*before, *(kind.id for kind in whole.ticket_types)},
    )


def _found(whole: WholeEvent, question_id: UUID) -> Question:
    for one in whole.questions:
        if one.id == question_id:
            return one
    raise NotFound


def _columns(question: Question) -> dict[str, Any]:
    condition = question.condition
    columns = structs.asdict(question)
    del columns["id"], columns["condition"]
    return columns | {
        "options": list(question.options),
        "ticket_type_ids": list(question.ticket_type_ids),
        "depends_on_id": condition.question_id if condition else None,
        "depends_on_answers": msgspec.to_builtins(condition.any_of) if condition else [],
    }


async def _row(tx: Transaction, whole: WholeEvent, question: Question) -> QuestionRow:
    row = QuestionRow
    last = await tx.session.scalar(
        select(func.max(row.position)).where(
            row.organizer_id == tx.organizer_id, row.event_id == whole.event.id
        )
    )
    return QuestionRow(
        organizer_id=whole.event.organizer_id,
        id=question.id,
        event_id=whole.event.id,
        position=0 if last is None else last + 1,
        **_columns(question),
    )


def _update(tx: Transaction, question: Question) -> Any:
    row = QuestionRow
    return (
        update(row)
        .where(row.organizer_id == tx.organizer_id, row.id == question.id)
        .values(**_columns(question))
    )


async def _put_in_order(tx: Transaction, ids: Sequence[UUID]) -> None:
    row = QuestionRow
    rows = await tx.session.scalars(
        select(row).where(row.organizer_id == tx.organizer_id, row.id.in_(ids))
    )
    for one in rows:
        one.position = ids.index(one.id)
