"""Who is let in before a sale begins: the owners of passes, with as many tickets as these say."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from boxoffice.services.events.rules.claiming import Chosen, NotOnSale
from boxoffice.services.events.rules.pricing.vouchers import code_key
from boxoffice.services.events.rules.selling import Bill
from boxoffice.services.events.rules.shelf import Shelf, TicketTypeFacts, Want


def names_pass(shelf: Shelf, want: Want) -> bool:
    """Whether one of the want's codes is that of a pass."""
    keys = {code_key(code) for code in want.voucher_codes}
    return any(
        one.early and one.event_id == want.event_id and code_key(one.code) in keys
        for one in shelf.vouchers
    )


def is_waiting(kind: TicketTypeFacts, *, now: datetime) -> bool:
    """Whether the type's sale is still to begin; one that opens after another has no such time."""
    return kind.sales_start is not None and now < kind.sales_start and kind.opens_after is None


def waiting(lines: Sequence[Chosen], *, now: datetime) -> frozenset[UUID]:
    """The types among the lines whose sale is still to begin; of hidden ones nobody is let in."""
    return frozenset(
        one.kind.id for one in lines if not one.kind.hidden and is_waiting(one.kind, now=now)
    )


def check_let_in(bill: Bill, lines: Sequence[Chosen], *, now: datetime) -> None:
    """Raise for tickets whose sale has not begun and that no pass has let in.

    What comes with a ticket comes in with it, if that was not on sale yet either.
    """
    left: Counter[UUID] = Counter()
    for voucher, use in zip(bill.vouchers, bill.uses, strict=True):
        if voucher.early:
            left.update(use.by_type)
    for line in lines:
        if line.wanted.bound == "content" or not is_waiting(line.kind, now=now):
            continue
        parent = None if line.wanted.parent is None else lines[line.wanted.parent].kind
        if parent is None:
            left[line.kind.id] -= line.units
        if left[line.kind.id] < 0 or (parent is not None and not is_waiting(parent, now=now)):
            raise not_begun(line.kind)


def not_begun(kind: TicketTypeFacts) -> NotOnSale:
    """The type's sale has not begun."""
    return NotOnSale("The sale has not begun yet.", starts_at=kind.sales_start)
