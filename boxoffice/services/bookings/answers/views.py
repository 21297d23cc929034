"""What is shown of questions and answers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from boxoffice.services.bookings.rules import OrderStatus
from boxoffice.services.bookings.views import View
from boxoffice.services.events.api import Question


class AnswerFileView(View, frozen=True, kw_only=True):
    """An uploaded file; `id` is the value of the answer that it is."""

    id: UUID
    name: str
    content_type: str
    size: int


class AnswerView(View, frozen=True, kw_only=True):
    """An answer with the question as it was asked. `ticket` is the number of the order's position,
    none for the whole order; `shown` is the value as people read it.
    """

    question_id: UUID
    ticket: int | None
    label: str
    kind: str
    value: Any
    shown: str
    at_check_in: bool
    file: AnswerFileView | None


class AskedTicketView(View, frozen=True, kw_only=True):
    """A position of the order and which questions concern it, conditions aside."""

    number: int
    ticket_type_id: UUID
    name: str
    question_ids: list[UUID]


class MissingAnswerView(View, frozen=True, kw_only=True):
    question_id: UUID
    ticket: int | None


class QuestionnaireView(View, frozen=True, kw_only=True):
    """What an order is asked and what it has answered. The order cannot be confirmed or paid while
    anything is `missing`. Answers may be corrected until `editable_until`.
    """

    questions: list[Question]
    order_question_ids: list[UUID]
    tickets: list[AskedTicketView]
    answers: list[AnswerView]
    missing: list[MissingAnswerView]
    editable: bool
    editable_until: datetime


class OrderAnswersRow(View, frozen=True, kw_only=True):
    """An order in the export: what it has answered, and of whom it is."""

    order_id: UUID
    order_code: str
    status: OrderStatus
    buyer_name: str | None
    buyer_email: str | None
    tickets: list[AskedTicketView]
    answers: list[AnswerView]
