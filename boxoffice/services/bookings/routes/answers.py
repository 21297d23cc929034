"""What an order is asked, its answers and their files; for the organizer all of them."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import Response, get, post, put
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, MultipartBody
from litestar.response import Stream

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import DEFAULT_LIMIT, Page
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.bookings.answers.door import DoorAnswersView
from boxoffice.services.bookings.answers.files import MAX_BYTES
from boxoffice.services.bookings.answers.views import (
    AnswerFileView,
    OrderAnswersRow,
    QuestionnaireView,
)
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.routes.orders import HOLDER, ORDER, AnswerBody
from boxoffice.services.bookings.routes.scans import SCAN
from boxoffice.services.bookings.routes.tickets import Token, bearing

_ANSWERS = ORDER + "/answers"
_FILES = ORDER + "/answer-files"
_EVENT_ANSWERS = "/organizers/{organizer:str}/events/{event_id:uuid}/answers"
# A form's boundaries and headers come on top of the file.
_MAX_BODY = MAX_BYTES + 64 * 1024


class AnswersBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All answers of the checkout; those not named are taken away."""

    answers: Annotated[list[AnswerBody], msgspec.Meta(max_length=2_000)]


class DoorAnswerBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    question_id: UUID
    value: bool | int | float | str | list[str] | None


class DoorAnswersBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    answers: Annotated[list[DoorAnswerBody], msgspec.Meta(max_length=200)]


@dataclass
class AnswerFileForm:
    """`file` is a PDF or a JPEG, PNG or WebP picture."""

    file: UploadFile


@get(
    _ANSWERS,
    operation_id="get_order_answers",
    summary="What the order is asked and has answered",
    opt=HOLDER,
)
async def get_order_answers(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> QuestionnaireView:
    """For its buyer, the bearer of its link, and the organizer's staff."""
    return await bookings.answering.questionnaire(actor, organizer_id, order_id)


@put(_ANSWERS, operation_id="answer_order", summary="Answer what the order is asked", opt=HOLDER)
async def answer_order(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[AnswersBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> QuestionnaireView:
    """422 `wrong_answers` names each question that is missing or not right. The buyer may correct
    answers of a confirmed order until its deadline, then 409 `answers_closed`; those sent
    with an application not at all, 409 `application_sent`.
    """
    given = [one.given() for one in data.answers]
    return await bookings.answering.answer(actor, organizer_id, order_id, given, once=once)


@post(
    _FILES,
    operation_id="upload_answer_file",
    summary="Upload a file; its id is then the value of an answer",
    opt=HOLDER,
    request_max_body_size=_MAX_BODY,
)
async def upload_answer_file(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: MultipartBody[AnswerFileForm],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> AnswerFileView:
    """Checked by its content, whatever it is called. Files that no answer names go after a day."""
    name, content = data.file.filename, await data.file.read()
    return await bookings.answer_files.put(actor, organizer_id, order_id, name=name, data=content)


@get(
    _FILES + "/{file_id:uuid}",
    operation_id="download_answer_file",
    summary="An uploaded file",
    opt=HOLDER,
    media_type="application/octet-stream",
)
async def download_answer_file(  # what the path and the door name
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    file_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    token: Token = None,
) -> Response[bytes]:
    """For its buyer and the organizer's staff; always as a download, never shown by us."""
    file = await bookings.answer_files.fetch(bearing(actor, token), organizer_id, order_id, file_id)
    headers = {
        "cache-control": "private, no-store",
        "content-disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
    }
    return Response(file.data, media_type=file.content_type, headers=headers)


@get(
    _EVENT_ANSWERS,
    operation_id="list_event_answers",
    summary="All answers to the event's questions, order by order",
    opt=requires(Permission.ORDERS_READ),
)
async def list_event_answers(
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    limit: FromQuery[int] = DEFAULT_LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Page[OrderAnswersRow]:
    """Confirmed orders and those being paid, the oldest first; also answers to questions that are
    asked no more.
    """
    return await bookings.answers_export.page(organizer_id, event_id, limit=limit, cursor=cursor)


@get(
    _EVENT_ANSWERS + ".csv",
    operation_id="export_event_answers",
    summary="All answers to the event's questions as a CSV file",
    opt=requires(Permission.ORDERS_READ),
    media_type="text/csv",
)
async def export_event_answers(
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
) -> Stream:
    """A line for each ticket, a column for each question; UTF-8 with a byte order mark."""
    lines = await bookings.answers_export.csv(organizer_id, event_id)
    headers = {
        "cache-control": "private, no-store",
        "content-disposition": 'attachment; filename="answers.csv"',
    }
    return Stream(lines, media_type="text/csv; charset=utf-8", headers=headers)


@post(
    "/organizers/{organizer:str}/tickets/{ticket_id:uuid}/answers",
    operation_id="answer_at_the_door",
    summary="Keep what a guest answered at the door",
    opt=SCAN,
    status_code=200,
)
async def answer_at_the_door(
    organizer_id: NamedDependency[UUID],
    ticket_id: FromPath[UUID],
    data: JSONBody[DoorAnswersBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> DoorAnswersView:
    """Of the questions that are asked at check-in; the last answer to each is kept."""
    given = [(one.question_id, one.value) for one in data.answers]
    return await bookings.door_answers.answer(actor, organizer_id, ticket_id, given)


HANDLERS = [
    get_order_answers,
    answer_order,
    upload_answer_file,
    download_answer_file,
    list_event_answers,
    export_event_answers,
    answer_at_the_door,
]
