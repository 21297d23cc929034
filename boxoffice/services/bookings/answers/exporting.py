"""All answers to an event's questions, for its organizer: as pages and as one CSV file."""

import csv
import io
from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from sqlalchemy import select

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.pages import Page, check_limit, decode_cursor, page_of
from boxoffice.services.bookings.answers import storing
from boxoffice.services.bookings.answers.answering import asked_tickets
from boxoffice.services.bookings.answers.views import AnswerView, AskedTicketView, OrderAnswersRow
from boxoffice.services.bookings.reading import read_orders
from boxoffice.services.bookings.rules import OrderStatus
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.tables import Order
from boxoffice.services.events.api import Events, Question

_AT_ONCE = 500
_FIXED = ("Order", "Status", "Buyer", "E-mail", "Ticket", "Ticket type")
# Orders that were never finished have nothing to export.
_STANDING = [OrderStatus.CONFIRMED, OrderStatus.AWAITING_APPROVAL, OrderStatus.AWAITING_PAYMENT]
# A spreadsheet would run what begins so.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Exporting:
    """Reads answers across the orders of an event."""

    def __init__(self, db: Database, events: Events) -> None:
        self._db = db
        self._events = events

    async def page(
        self, organizer_id: UUID, event_id: UUID, *, limit: int, cursor: str | None
    ) -> Page[OrderAnswersRow]:
        """Standing orders with their answers, oldest first; `NotFound` for an unknown event."""
        check_limit(limit)
        questions = (await self._events.summary(organizer_id, event_id)).questions
        after = decode_cursor(cursor, tuple[UUID])[0] if cursor else None
        async with self._db.begin(organizer_id) as tx:
            rows = await _rows(tx, event_id, questions, after=after, limit=limit + 1)
        return page_of(rows, limit=limit, position=lambda row: (row.order_id,))

    async def csv(self, organizer_id: UUID, event_id: UUID) -> AsyncIterator[bytes]:
        """One line for each position of each standing order, a column for each question; also for
        those that are asked no more.
        """
        questions = (await self._events.summary(organizer_id, event_id)).questions
        async with self._db.begin(organizer_id) as tx:
            columns = {one.id: one.label for one in questions} | await storing.labels(
                tx, event_id, besides=[one.id for one in questions]
            )
        return self._lines(organizer_id, event_id, questions, columns)

    async def _lines(
        self,
        organizer_id: UUID,
        event_id: UUID,
        questions: Sequence[Question],
        columns: dict[UUID, str],
    ) -> AsyncIterator[bytes]:
        yield b"\xef\xbb\xbf" + _written([(*_FIXED, *columns.values())])
        after: UUID | None = None
        while True:
            async with self._db.begin(organizer_id) as tx:
                rows = await _rows(tx, event_id, questions, after=after, limit=_AT_ONCE)
            if not rows:
                return
            yield _written([line for row in rows for line in _lines_of(row, columns)])
            after = rows[-1].order_id


async def _rows(
    tx: Transaction,
    event_id: UUID,
    questions: Sequence[Question],
    *,
    after: UUID | None,
    limit: int,
) -> list[OrderAnswersRow]:
    query = select(Order.id).where(
        Order.organizer_id == tx.tenant,
        Order.event_id == event_id,
        Order.status.in_([status.value for status in _STANDING]),
    )
    if after is not None:
        query = query.where(Order.id > after)
    ids = list(await tx.session.scalars(query.order_by(Order.id).limit(limit)))
    orders = await read_orders(tx, tx.tenant, ids)
    answers = await storing.read(tx, ids)
    return [_row(orders[order_id], questions, answers[order_id]) for order_id in ids]


def _row(
    order: OrderSnapshot, questions: Sequence[Question], answers: list[AnswerView]
) -> OrderAnswersRow:
    return OrderAnswersRow(
        order_id=order.id,
        order_code=order.code,
        status=order.status,
        buyer_name=order.buyer.name if order.buyer else None,
        buyer_email=order.buyer.email if order.buyer else None,
        tickets=asked_tickets(order, questions),
        answers=answers,
    )


def _lines_of(row: OrderAnswersRow, columns: dict[UUID, str]) -> list[tuple[str, ...]]:
    return [_line(row, ticket, columns) for ticket in row.tickets]


def _line(
    row: OrderAnswersRow, ticket: AskedTicketView, columns: dict[UUID, str]
) -> tuple[str, ...]:
    """What the order and this ticket of it have answered."""
    shown = {
        one.question_id: one.shown for one in row.answers if one.ticket in (None, ticket.number)
    }
    return (
        row.order_code,
        row.status.value,
        row.buyer_name or "",
        row.buyer_email or "",
        str(ticket.number),
        ticket.name,
        *(shown.get(question, "") for question in columns),
    )


def _written(lines: Sequence[Sequence[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows([[_safe(cell) for cell in line] for line in lines])
    return file.getvalue().encode()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
