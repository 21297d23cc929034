"""What a cancellation shows: before, as a preview, and after."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.cancelling.figures import Figures, Line, Repriced
from boxoffice.services.bookings.views import OrderView, View

By = Literal["buyer", "staff"]


class CancelledLineView(View, frozen=True, kw_only=True):
    """A ticket: its `price`, the `fee` kept of it, the `refund` and the `tax` in that."""

    position_id: UUID
    number: int
    name: str
    price: Money
    fee: Money
    refund: Money
    tax: Money


class RepricedView(View, frozen=True, kw_only=True):
    """A ticket that remains and costs something else, as its discount is gone."""

    position_id: UUID
    number: int
    name: str
    old_price: Money
    new_price: Money


class BlockedLineView(View, frozen=True, kw_only=True):
    """So many tickets, or things that came with them, of one name; `seats` are their labels."""

    name: str
    units: int
    seats: list[str]


class BlockedView(View, frozen=True, kw_only=True):
    """What is not sold again of one date, but blocked: until then, or until the team releases the
    block. `block_id` is null in a preview.
    """

    block_id: UUID | None = None
    occurrence_id: UUID
    reason: str
    until: datetime | None
    lines: list[BlockedLineView]


class CancellationPreview(View, frozen=True, kw_only=True):
    """What comes back and what remains, if it is done now. The lines' refunds and `fees_refund`
    sum up to `refund`. Send `refund` and `new_total` along to be held to them. `until`: from then
    on the buyer gets less, or nothing. `blocked` is what the team keeps back.
    """

    whole: bool
    old_total: Money
    new_total: Money
    fee: Money
    refund: Money
    refund_tax: Money
    fees_refund: Money
    lines: list[CancelledLineView]
    repriced: list[RepricedView]
    until: datetime | None
    blocked: tuple[BlockedView, ...] = ()


class CancellationView(View, frozen=True, kw_only=True):
    """A cancellation that was made. What of it was `blocked` is told to the team alone."""

    id: UUID
    by: By
    because: str
    whole: bool
    old_total: Money
    new_total: Money
    fee: Money
    refund: Money
    refund_tax: Money
    lines: list[CancelledLineView]
    created_at: datetime
    blocked: tuple[BlockedView, ...] = ()


class CancelledView(View, frozen=True, kw_only=True):
    """The order as it is now, and what was done."""

    order: OrderView
    cancellation: CancellationView


def preview_of(
    made: Figures, *, currency: str, until: datetime | None, blocked: Sequence[BlockedView]
) -> CancellationPreview:
    def money(amount: int) -> Money:
        return Money(amount=amount, currency=currency)

    return CancellationPreview(
        whole=made.whole,
        old_total=money(made.old_total),
        new_total=money(made.new_total),
        fee=money(made.fee),
        refund=money(made.refund),
        refund_tax=money(made.refund_tax),
        fees_refund=money(made.fees_refund),
        lines=[line_view(line, currency) for line in made.lines],
        repriced=[_repriced(one, currency) for one in made.repriced],
        until=until,
        blocked=tuple(blocked),
    )


def line_view(line: Line, currency: str) -> CancelledLineView:
    return CancelledLineView(
        position_id=line.position_id,
        number=line.number,
        name=line.name,
        price=Money(amount=line.price, currency=currency),
        fee=Money(amount=line.fee, currency=currency),
        refund=Money(amount=line.refund, currency=currency),
        tax=Money(amount=line.tax, currency=currency),
    )


def _repriced(one: Repriced, currency: str) -> RepricedView:
    return RepricedView(
        position_id=one.position_id,
        number=one.number,
        name=one.name,
        old_price=Money(amount=one.old, currency=currency),
        new_price=Money(amount=one.new, currency=currency),
    )
