"""What is shown of applications, to who applied and to who decides."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.answers.views import AnswerView
from boxoffice.services.bookings.rules import ApplicationState, OrderPaymentStatus
from boxoffice.services.bookings.views import CardHoldView, View


class ApplicationView(View, frozen=True, kw_only=True):
    """An application as its buyer sees it. `due_at` is until when the organizer decides, or, once
    it is approved, until when it must be paid. `answer` is what the organizer says about it.
    `card`: one was given with it.
    """

    order_id: UUID
    state: ApplicationState
    message: str
    sent_at: datetime
    due_at: datetime
    answer: str
    decided_at: datetime | None
    card: CardHoldView | UnsetType = UNSET


class AppliedTicketView(View, frozen=True, kw_only=True):
    name: str
    quantity: int


class ApplicationRow(View, frozen=True, kw_only=True):
    """An application as the organizer sees it; `score` and `note` are the team's own. `card`: one
    was given with it; while `payment_status` is `authorised` it holds the money.
    """

    order_id: UUID
    order_code: str
    event_id: UUID
    event_title: str
    state: ApplicationState
    buyer_name: str
    buyer_email: str
    tickets: list[AppliedTicketView]
    total: Money
    message: str
    answers: list[AnswerView]
    score: int | None
    note: str
    answer: str
    sent_at: datetime
    due_at: datetime
    decided_at: datetime | None
    payment_status: OrderPaymentStatus
    card: CardHoldView | UnsetType = UNSET
