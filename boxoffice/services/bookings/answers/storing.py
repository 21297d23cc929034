"""Answers in the database: set-based, and only for orders that have any."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.services.bookings.answers.rules.asking import Answer
from boxoffice.services.bookings.answers.views import AnswerFileView, AnswerView

_INSERT = """
INSERT INTO bookings.answers
    (organizer_id, id, event_id, order_id, position_id, question_id, label, kind, value, shown,
     at_check_in, file_id)
SELECT $1, a.* FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[],
    $8::text[], $9::jsonb[], $10::text[], $11::boolean[], $12::uuid[]) AS a
"""
_DELETE = """
DELETE FROM bookings.answers
WHERE organizer_id = $1 AND order_id = $2 AND question_id = ANY($3::uuid[])
"""
_DELETE_OF_TICKET = _DELETE + " AND position_id = $4"
_READ = """
SELECT a.order_id, a.question_id, p.number AS ticket, a.label, a.kind, a.value::text AS value,
       a.shown, a.at_check_in, f.id AS file_id, f.name AS file_name, f.content_type, f.size
FROM bookings.answers a
LEFT JOIN bookings.order_positions p
    ON p.organizer_id = a.organizer_id AND p.id = a.position_id
LEFT JOIN bookings.answer_files f ON f.organizer_id = a.organizer_id AND f.id = a.file_id
WHERE a.organizer_id = $1 AND a.order_id = ANY($2::uuid[])
ORDER BY p.number NULLS FIRST, a.id
"""

_LABELS = """
SELECT DISTINCT ON (question_id) question_id, label FROM bookings.answers
WHERE organizer_id = $1 AND event_id = $2 AND question_id <> ALL ($3::uuid[])
ORDER BY question_id, id DESC
"""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """Answers of one order; `positions` are its positions' ids by number."""

    event_id: UUID
    order_id: UUID
    positions: Mapping[int, UUID]
    answers: Sequence[Answer]


async def insert(tx: Transaction, sheets: Sequence[Sheet]) -> None:
    """Write the answers of new orders, or of questions whose answers were deleted before."""
    pairs = [(sheet, answer) for sheet in sheets for answer in sheet.answers]
    if not pairs:
        return
    await tx.connection.exec_driver_sql(
        _INSERT,
        (
            tx.tenant,
            [new_id() for _ in pairs],
            [sheet.event_id for sheet, _ in pairs],
            [sheet.order_id for sheet, _ in pairs],
            [_position(sheet, answer) for sheet, answer in pairs],
            [answer.question.id for _, answer in pairs],
            [answer.question.label for _, answer in pairs],
            [answer.question.kind for _, answer in pairs],
            [msgspec.json.encode(answer.value.value).decode() for _, answer in pairs],
            [answer.value.shown for _, answer in pairs],
            [answer.question.at_check_in for _, answer in pairs],
            [answer.value.file_id for _, answer in pairs],
        ),
    )


async def replace(tx: Transaction, sheet: Sheet, question_ids: Collection[UUID]) -> None:
    """The order's answers to these questions are those of the sheet; lock the order before."""
    await tx.connection.exec_driver_sql(_DELETE, (tx.tenant, sheet.order_id, list(question_ids)))
    await insert(tx, [sheet])


async def replace_of_ticket(
    tx: Transaction, sheet: Sheet, position_id: UUID, question_ids: Collection[UUID]
) -> None:
    """One ticket's answers to these questions are those of the sheet; lock the order before."""
    values = tx.tenant, sheet.order_id, list(question_ids), position_id
    await tx.connection.exec_driver_sql(_DELETE_OF_TICKET, values)
    await insert(tx, [sheet])


async def read(tx: Transaction, order_ids: Collection[UUID]) -> dict[UUID, list[AnswerView]]:
    """The answers of these orders, those about whole orders first."""
    found: dict[UUID, list[AnswerView]] = {order_id: [] for order_id in order_ids}
    rows = await tx.connection.exec_driver_sql(_READ, (tx.tenant, list(order_ids)))
    for row in rows:
        found[row.order_id].append(_view(row))
    return found


async def labels(tx: Transaction, event_id: UUID, *, besides: Collection[UUID]) -> dict[UUID, str]:
    """Other questions that the event's orders have answered, as they were last asked."""
    rows = await tx.connection.exec_driver_sql(_LABELS, (tx.tenant, event_id, list(besides)))
    return {row.question_id: row.label for row in rows}


def _position(sheet: Sheet, answer: Answer) -> UUID | None:
    return None if answer.ticket is None else sheet.positions[answer.ticket]


def _view(row: Any) -> AnswerView:
    return AnswerView(
        question_id=row.question_id,
        ticket=row.ticket,
        label=row.label,
        kind=row.kind,
        value=msgspec.json.decode(row.value),
        shown=row.shown,
        at_check_in=row.at_check_in,
        file=None
        if row.file_id is None
        else AnswerFileView(
            id=row.file_id, name=row.file_name, content_type=row.content_type, size=row.size
        ),
    )
