"""Questions at the door: what a ticket is asked when it is scanned, and the answers taken there."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from sqlalchemy import select

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.bookings.answers import storing
from boxoffice.services.bookings.answers.rules.asking import Given, check, still_asked
from boxoffice.services.bookings.answers.storing import Sheet
from boxoffice.services.bookings.answers.views import AnswerView
from boxoffice.services.bookings.reading import lock_orders, read_order
from boxoffice.services.bookings.snapshots import OrderSnapshot, PositionSnapshot
from boxoffice.services.bookings.tables import Ticket
from boxoffice.services.bookings.views import ScanView, View
from boxoffice.services.events.api import Events, EventSummary, Question


class DoorAnswersView(View, frozen=True, kw_only=True):
    """What the door has still to ask of a ticket, and what it was told so far."""

    ticket_id: UUID
    questions: list[Question]
    answers: list[AnswerView]


class DoorAnswers:
    """Asks about one ticket what the organizer wants to know at the door."""

    def __init__(self, db: Database, events: Events) -> None:
        self._db = db
        self._events = events

    async def with_questions(self, organizer_id: UUID, event_id: UUID, scan: ScanView) -> ScanView:
        """The verdict with what is to be asked of an admitted ticket; nothing more is read where
        the event asks nothing at the door.
        """
        if scan.verdict != "admitted" or scan.ticket_id is None:
            return scan
        event = await self._events.summary(organizer_id, event_id)
        if not any(one.at_check_in for one in event.questions):
            return scan
        async with self._db.begin(organizer_id) as tx:
            order, position = await _find(tx, scan.ticket_id)
            answers = await _answers(tx, order)
        return msgspec.structs.replace(scan, questions=_open(event, order, position, answers))

    async def answer(
        self,
        actor: Actor,
        organizer_id: UUID,
        ticket_id: UUID,
        given: Sequence[tuple[UUID, object]],
    ) -> DoorAnswersView:
        """Keep what the guest said; a question that is answered again keeps the last answer."""
        async with self._db.begin(organizer_id) as tx:
            order, position = await _find(tx, ticket_id)
            await lock_orders(tx, organizer_id, [order.id])
            event = await self._events.summary(organizer_id, order.event_id)
            asked = _asked(event, position)
            checked = check(
                [msgspec.structs.replace(one, condition=None) for one in asked],
                {position.number: position.ticket_type_id},
                [
                    Given(question_id=question, ticket=position.number, value=value)
                    for question, value in given
                ],
                {},
            )
            sheet = Sheet(
                event_id=order.event_id,
                order_id=order.id,
                positions={position.number: position.id},
                answers=checked.answers,
            )
            ids = [question for question, _ in given]
            before = await _answers(tx, order)
            await storing.replace_of_ticket(tx, sheet, position.id, ids)
            answers = await _answers(tx, order)
            if answers != before:
                tx.audit("ticket.answers_taken", actor=actor, subject=f"ticket:{ticket_id}")
        mine = [one for one in answers if one.ticket == position.number and one.at_check_in]
        still = _open(event, order, position, answers)
        return DoorAnswersView(ticket_id=ticket_id, questions=still, answers=mine)


def _open(
    event: EventSummary,
    order: OrderSnapshot,
    position: PositionSnapshot,
    answers: Sequence[AnswerView],
) -> list[Question]:
    """What the door has still to ask of that ticket."""
    tickets = {one.number: one.ticket_type_id for one in order.positions}
    answered = {(one.question_id, one.ticket): one.value for one in answers}
    still = still_asked(event.questions, tickets, answered, position.number)
    return [one for one in still if one.at_check_in]


def _asked(event: EventSummary, position: PositionSnapshot) -> list[Question]:
    return [
        one for one in event.questions if one.at_check_in and one.concerns(position.ticket_type_id)
    ]


async def _find(tx: Transaction, ticket_id: UUID) -> tuple[OrderSnapshot, PositionSnapshot]:
    ticket = await tx.session.scalar(
        select(Ticket).where(Ticket.organizer_id == tx.tenant, Ticket.id == ticket_id)
    )
    if ticket is None:
        raise NotFound
    order = await read_order(tx, tx.tenant, ticket.order_id)
    return order, next(one for one in order.positions if one.id == ticket.position_id)


async def _answers(tx: Transaction, order: OrderSnapshot) -> list[AnswerView]:
    return (await storing.read(tx, [order.id]))[order.id]
