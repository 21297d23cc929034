"""The questions of an event."""

from uuid import UUID

from litestar import delete, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.events.api import Events
from boxoffice.services.events.inventory_bodies import OrderBody
from boxoffice.services.events.questions.bodies import (
    AnswersDeadlineBody,
    ChangeQuestionBody,
    QuestionBody,
)
from boxoffice.services.events.routes.managed import EVENT
from boxoffice.services.events.views import ManagedEvent

_QUESTIONS = f"{EVENT}/questions"
_QUESTION = f"{_QUESTIONS}/{{question_id:uuid}}"
_WRITE = requires(Permission.EVENTS_WRITE)


@post(
    _QUESTIONS,
    operation_id="create_question",
    summary="Ask buyers or guests something",
    opt=_WRITE,
)
async def create_question(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[QuestionBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.questions.create(actor, organizer_id, event_id, data, once=once)


@patch(
    _QUESTION,
    operation_id="change_question",
    summary="Change a question; answers keep the question that they were given to",
    opt=_WRITE,
)
async def change_question(  # noqa: PLR0913, PLR0917  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    question_id: FromPath[UUID],
    data: JSONBody[ChangeQuestionBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.questions.change(
        actor, organizer_id, event_id, question_id, data, once=once
    )


@delete(
    _QUESTION,
    status_code=200,
    operation_id="delete_question",
    summary="Ask it no more; refused with `question_awaited` while others depend on it",
    opt=_WRITE,
)
async def delete_question(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    question_id: FromPath[UUID],
) -> ManagedEvent:
    return await events.questions.delete(actor, organizer_id, event_id, question_id)


@put(
    f"{_QUESTIONS}/order",
    operation_id="order_questions",
    summary="Ask the questions in this order; each must be named once",
    opt=_WRITE,
)
async def order_questions(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[OrderBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.questions.arrange(actor, organizer_id, event_id, data.ids, once=once)


@put(
    f"{_QUESTIONS}/deadline",
    operation_id="set_answers_deadline",
    summary="Until when buyers may correct their answers",
    opt=_WRITE,
)
async def set_answers_deadline(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[AnswersDeadlineBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.questions.set_deadline(actor, organizer_id, event_id, data, once=once)


handlers = [
    create_question,
    change_question,
    delete_question,
    order_questions,
    set_answers_deadline,
]
