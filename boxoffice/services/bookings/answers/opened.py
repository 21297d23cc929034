"""Answers that come with a new order: checked before it is opened, written with it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from boxoffice.services.bookings.answers.rules.asking import Answer, Given, check, missing
from boxoffice.services.bookings.answers.storing import Sheet
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.events.api import EventSummary, Question, WantedLine, unit_numbers


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """Good answers of an order that is being opened. `ticket` numbers its units as they were sent;
    `numbers` are the positions that they become.
    """

    answers: tuple[Answer, ...]
    numbers: tuple[int, ...]


def check_opened(
    event: EventSummary, lines: Sequence[WantedLine], given: Sequence[Given]
) -> Opened:
    """The answers, or `WrongAnswers`. Missing ones are not refused: the order is only held then."""
    checked = check(_asked(event.questions), _units(lines), given, {})
    return Opened(answers=tuple(checked.answers), numbers=tuple(unit_numbers(lines)))


def awaits_answers(
    event: EventSummary | None, lines: Sequence[WantedLine], opened: Opened | None
) -> bool:
    """Whether such an order must answer something more before it can be confirmed."""
    if event is None or not any(one.required for one in event.questions):
        return False
    answered = {
        (one.question.id, one.ticket): one.value.value for one in (opened.answers if opened else ())
    }
    return bool(missing(_asked(event.questions), _units(lines), answered))


def sheet_of(order: OrderSnapshot, opened: Opened) -> Sheet:
    """What to write for the order: its answers at its positions."""
    ids = {position.number: position.id for position in order.positions}
    positions: Mapping[int, UUID] = {
        unit: ids[number] for unit, number in enumerate(opened.numbers, start=1)
    }
    return Sheet(
        event_id=order.event_id, order_id=order.id, positions=positions, answers=opened.answers
    )


def _asked(questions: Sequence[Question]) -> list[Question]:
    return [one for one in questions if not one.at_check_in]


def _units(lines: Sequence[WantedLine]) -> dict[int, UUID]:
    """The ticket types of the units, numbered from 1 as they were sent."""
    kinds = [line.ticket_type_id for line in lines for _ in range(line.quantity)]
    return dict(enumerate(kinds, start=1))
