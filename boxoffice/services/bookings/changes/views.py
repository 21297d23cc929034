"""What staff are told about cancelling and postponing."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.changes.policy import RefundAs, RefundName
from boxoffice.services.bookings.documents.orders import OrderDocument
from boxoffice.services.bookings.transfers.holders import Holder
from boxoffice.services.bookings.views import OrderView, View


class ChangePreview(View, frozen=True, kw_only=True):
    """What would happen: `orders` are those with tickets, `open_orders` those not yet bought.

    Of the money `paid` for them `refund` would go back and `kept` stay; `gift_cards` are how many
    buyers would get theirs as one, worth `credit` together. Of what goes back, besides,
    `refund_to_gift_cards` goes to the gift cards that have paid it. `paid_by_test_cards` and
    `refund_to_test_cards` are parts of both that never were any money.
    """

    occurrence_ids: list[UUID]
    orders: int
    tickets: int
    admitted: int
    open_orders: int
    paid: Money
    refund: Money
    kept: Money
    mails: int
    gift_cards: int
    credit: Money
    paid_by_test_cards: Money
    refund_to_gift_cards: Money
    refund_to_test_cards: Money


class DateChangeView(View, frozen=True, kw_only=True):
    """How far the work is: `done` of `orders`. Refunds are ordered one by one; `refunds_failed`
    were rejected by the card company and need a person.
    """

    id: UUID
    event_id: UUID
    kind: Literal["cancel", "postpone"]
    status: Literal["running", "done"]
    occurrence_ids: list[UUID]
    whole_event: bool
    refund: RefundName
    refund_as: RefundAs
    keep_percent: int
    keep_per_ticket: Money
    message: str
    orders: int
    done: int
    tickets: int
    refunds: int
    refunds_done: int
    refunds_failed: int
    refunded: Money
    started_at: datetime
    finished_at: datetime | None


class DateNotice(msgspec.Struct, frozen=True, kw_only=True):
    """For the mail about one order; `refund` None: nothing was paid. `as_gift_card`: its code comes
    in a mail of its own. `holders` have tickets of it
    for these dates that were given on to them.
    """

    order: OrderView
    document: OrderDocument
    message: str
    refund: Money | None
    as_gift_card: bool
    holders: tuple[Holder, ...]
