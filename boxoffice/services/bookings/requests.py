"""What somebody asks to order, checked without looking at any stock."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.answers.opened import check_opened
from boxoffice.services.bookings.answers.rules.asking import Given
from boxoffice.services.bookings.opening import OpenOrder
from boxoffice.services.bookings.people import checked_buyer
from boxoffice.services.bookings.rules import check_quantities
from boxoffice.services.bookings.views import BuyerView
from boxoffice.services.events.api import (
    Events,
    ExpectedPrice,
    WantedLine,
    by_first_date,
    check_lines,
)


class OrderRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Tickets of one event. `access_code` reveals hidden ticket types."""

    event_id: UUID
    occurrence_id: UUID | None
    lines: Sequence[WantedLine]
    buyer: BuyerView | None
    locale: str
    access_code: str | None = None
    voucher_codes: Sequence[str] = ()
    expected: ExpectedPrice | None = None
    answers: Sequence[Given] = ()


async def command_of(
    events: Events,
    actor: Actor,
    organizer_id: UUID,
    asked: OrderRequest,
    once: IdempotencyKey | None,
) -> OpenOrder:
    """The command that opens it; refuses numbers, people and answers that will not do."""
    check_quantities([line.quantity for line in asked.lines])
    check_lines(asked.lines)
    dated = by_first_date(asked.lines, asked.occurrence_id)
    answers = None
    if asked.answers:
        event = await events.summary(organizer_id, asked.event_id)
        answers = check_opened(event, dated.lines, asked.answers)
    return OpenOrder(
        event_id=asked.event_id,
        occurrence_id=dated.first,
        lines=dated.lines,
        more_dates=dated.others,
        buyer=checked_buyer(asked.buyer, pointer="/buyer") if asked.buyer else None,
        buyer_id=actor.user_id or actor.visitor_id,
        locale=asked.locale,
        once=once,
        access_code=asked.access_code,
        voucher_codes=tuple(asked.voucher_codes),
        expected=asked.expected,
        answers=answers,
        nested=any(line.parent is not None for line in asked.lines),
    )
