"""Answering: what an order is asked, its answers, and that none is missing when it is confirmed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import Conflict, Refusal
from boxoffice.services.bookings.answers import storing
from boxoffice.services.bookings.answers.files import file_names
from boxoffice.services.bookings.answers.rules.asking import (
    Checked,
    Given,
    Wrong,
    check,
    missing,
    refusal,
)
from boxoffice.services.bookings.answers.storing import Sheet
from boxoffice.services.bookings.answers.views import (
    AnswerView,
    AskedTicketView,
    MissingAnswerView,
    QuestionnaireView,
)
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.reading import lock_orders
from boxoffice.services.bookings.rules import ApplicationSent, OrderStatus, check_open
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.views import full_name
from boxoffice.services.events.api import Events, EventSummary, Question

CORRECTABLE = frozenset({OrderStatus.CONFIRMED, OrderStatus.AWAITING_APPROVAL})


class AnswersClosed(Conflict):
    code = "answers_closed"
    message = "Answers can no longer be changed here; write to the organizer."


class Answering:
    """Reads and takes answers. What is asked comes from the events' short-lived memory, so an
    event without questions costs nothing.
    """

    def __init__(self, db: Database, events: Events, door: OrderDoor) -> None:
        self._db = db
        self._events = events
        self._door = door

    async def questionnaire(
        self, actor: Actor, organizer_id: UUID, order_id: UUID
    ) -> QuestionnaireView:
        """What the order is asked, and what it has answered."""
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.read(tx, actor, order_id)
            return await self._view(tx, actor, order)

    async def answer(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        given: Sequence[Given],
        *,
        once: IdempotencyKey | None,
    ) -> QuestionnaireView:
        """Replace all answers of the checkout. `WrongAnswers` names what is wrong or missing;
        `AnswersClosed` once the deadline is over, `ApplicationSent` for others than were sent with
        an application.
        """
        async with self._db.begin(organizer_id) as tx:
            await lock_orders(tx, organizer_id, [order_id])
            order = await self._door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
            if replayed := await tx.claim(once, QuestionnaireView):
                return replayed
            event = await self._event(tx, order)
            now = await tx.now()
            _check_time(actor, organizer_id, order, event, now=now)
            if not actor.may(Permission.ORDERS_WRITE, organizer_id):
                given = await _with_closed(tx, order, event, given, now=now)
            asked = in_checkout(event)
            checked = check(asked, tickets_of(order), given, await file_names(tx, order_id))
            if checked.missing:
                raise refusal(checked.missing)
            if order.has_applied and not actor.may(Permission.ORDERS_WRITE, organizer_id):
                await _check_as_sent(tx, order, asked, checked)
            before = await storing.read(tx, [order_id])
            await storing.replace(tx, _sheet(order, checked), [one.id for one in asked])
            changed = await storing.read(tx, [order_id]) != before
            if changed and not self._door.is_buyer(actor, organizer_id, order):
                tx.audit("order.answers_changed", actor=actor, subject=f"order:{order.id}")
            return await tx.keep(once, await self._view(tx, actor, order))

    async def check_order(self, tx: Transaction, order: OrderSnapshot) -> None:
        """`WrongAnswers`, if the order has not answered what it must; no statement where nothing
        must be.
        """
        for wrong in (await self.lacking(tx, [order])).values():
            raise wrong

    async def lacking(
        self, tx: Transaction, orders: Sequence[OrderSnapshot]
    ) -> dict[UUID, Refusal]:
        """`WrongAnswers` for each of the orders that has not answered what it must."""
        events = {one.event_id: await self._event(tx, one) for one in orders}
        asked = [one for one in orders if any(q.required for q in events[one.event_id].questions)]
        if not asked:
            return {}
        answers = await storing.read(tx, [one.id for one in asked])
        missing = {one.id: _missing(events[one.event_id], one, answers[one.id]) for one in asked}
        return {order_id: refusal(found) for order_id, found in missing.items() if found}

    async def _event(self, tx: Transaction, order: OrderSnapshot) -> EventSummary:
        return await self._events.summary(tx.tenant, order.event_id)

    async def _view(self, tx: Transaction, actor: Actor, order: OrderSnapshot) -> QuestionnaireView:
        event = await self._event(tx, order)
        answers = (await storing.read(tx, [order.id]))[order.id]
        now = await tx.now()
        asked = in_checkout(event)
        until = editable_until(order, event)
        return QuestionnaireView(
            questions=list(asked),
            order_question_ids=_about_order(asked, order),
            tickets=asked_tickets(order, asked),
            answers=answers,
            missing=[
                MissingAnswerView(question_id=one.question_id, ticket=one.ticket)
                for one in _missing(event, order, answers)
            ],
            editable=_may_edit(actor, tx.tenant, order, event, now=now),
            editable_until=until,
        )


def _check_time(
    actor: Actor, organizer_id: UUID, order: OrderSnapshot, event: EventSummary, *, now: datetime
) -> None:
    """An open order may be answered, a confirmed one corrected; after the deadline by staff."""
    until = editable_until(order, event)
    if order.status not in CORRECTABLE:
        check_open(order.status, hold_expires_at=order.hold_expires_at, now=now)
    elif now >= until and not actor.may(Permission.ORDERS_WRITE, organizer_id):
        raise AnswersClosed(closed_at=until)


async def _with_closed(
    tx: Transaction,
    order: OrderSnapshot,
    event: EventSummary,
    given: Sequence[Given],
    *,
    now: datetime,
) -> Sequence[Given]:
    """What was given, with what stands for tickets whose own deadline is over; `AnswersClosed` if
    that was to change.
    """
    closed = closed_for(order, event, now=now) if order.status in CORRECTABLE else {}
    if not closed:
        return given
    found = (await storing.read(tx, [order.id]))[order.id]
    standing = {
        (one.question_id, one.ticket): one.value
        for one in found
        if one.ticket in closed and not one.at_check_in
    }
    for one in given:
        if one.ticket in closed and one.value != standing.get((one.question_id, one.ticket)):
            raise AnswersClosed(closed_at=closed[one.ticket])
    kept = [
        Given(question_id=question, ticket=ticket, value=value)
        for (question, ticket), value in standing.items()
    ]
    return [*(one for one in given if one.ticket not in closed), *kept]


async def _check_as_sent(
    tx: Transaction, order: OrderSnapshot, asked: Sequence[Question], checked: Checked
) -> None:
    """`ApplicationSent`, if an answer that the organizer decides by was to change; what was not
    answered may be.
    """
    ids = {one.id for one in asked}
    given = {
        (one.question.id, one.ticket): msgspec.to_builtins(one.value.value)
        for one in checked.answers
    }
    for one in (await storing.read(tx, [order.id]))[order.id]:
        if one.question_id in ids and given.get((one.question_id, one.ticket)) != one.value:
            raise ApplicationSent


def _may_edit(
    actor: Actor, organizer_id: UUID, order: OrderSnapshot, event: EventSummary, *, now: datetime
) -> bool:
    if order.has_applied and not actor.may(Permission.ORDERS_WRITE, organizer_id):
        return False
    try:
        _check_time(actor, organizer_id, order, event, now=now)
    except Refusal:
        return False
    return True


def in_checkout(event: EventSummary) -> list[Question]:
    """What is asked before the door."""
    return [one for one in event.questions if not one.at_check_in]


def tickets_of(order: OrderSnapshot) -> Mapping[int, UUID]:
    """The order's ticket types by the numbers of its positions."""
    return {position.number: position.ticket_type_id for position in order.positions}


def editable_until(order: OrderSnapshot, event: EventSummary) -> datetime:
    """Until when a confirmed order's buyer may correct answers: those for its last date."""
    return max(_deadline(event, date) for date in order.dates_left)


def closed_for(
    order: OrderSnapshot, event: EventSummary, *, now: datetime
) -> dict[int | None, datetime]:
    """Tickets, by number, whose own deadline is over, and since when; None stands for what is
    asked about the whole order, which is needed for its first date.
    """
    ends: dict[int | None, datetime] = {
        one.number: _deadline(event, one.occurrence_id or order.occurrence_id)
        for one in order.positions
    }
    ends[None] = min(_deadline(event, date) for date in order.dates_left)
    return {number: until for number, until in ends.items() if now >= until}


def _deadline(event: EventSummary, date: UUID) -> datetime:
    return event.occurrence(date).starts_at - timedelta(minutes=event.answers_close_minutes)


def asked_tickets(order: OrderSnapshot, asked: Sequence[Question]) -> list[AskedTicketView]:
    """The order's positions, each with the questions that concern it."""
    return [
        AskedTicketView(
            number=position.number,
            ticket_type_id=position.ticket_type_id,
            name=full_name(position.ticket_type_name, position.variation_name),
            question_ids=[
                one.id
                for one in asked
                if one.per == "ticket" and one.concerns(position.ticket_type_id)
            ],
        )
        for position in order.positions
    ]


def _about_order(asked: Sequence[Question], order: OrderSnapshot) -> list[UUID]:
    kinds = {position.ticket_type_id for position in order.positions}
    return [one.id for one in asked if one.per == "order" and any(map(one.concerns, kinds))]


def _missing(
    event: EventSummary, order: OrderSnapshot, answers: Sequence[AnswerView]
) -> list[Wrong]:
    """What stands was good when it was given, also if its question has changed since."""
    answered = {(one.question_id, one.ticket): one.value for one in answers}
    return missing(in_checkout(event), tickets_of(order), answered)


def _sheet(order: OrderSnapshot, checked: Checked) -> Sheet:
    return Sheet(
        event_id=order.event_id,
        order_id=order.id,
        positions={position.number: position.id for position in order.positions},
        answers=checked.answers,
    )
