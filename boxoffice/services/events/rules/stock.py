"""Pure decisions about stock: who gets what of the quotas that a flush has locked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import structs

from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Conflict, Invalid, Refusal
from boxoffice.services.events.rules.pricing.basket import Priced
from boxoffice.services.events.rules.pricing.book import NO_RULES, PriceBook
from boxoffice.services.events.rules.pricing.vouchers import Use, Voucher
from boxoffice.services.events.rules.selling import Bill, Expected, retake, ring_up, settle_bill


class SoldOut(Conflict):
    code = "sold_out"
    message = "There are not enough tickets left; choose fewer or another type."


class NotOnSale(Conflict):
    code = "not_on_sale"
    message = "This ticket type is not on sale right now."


class WrongQuantity(Invalid):
    code = "wrong_quantity"
    message = "This many cannot be ordered at once; see `min_per_order` and `max_per_order`."


class UnknownTicketType(Invalid):
    code = "unknown_ticket_type"
    message = "One of the ticket types does not belong to this event; load the event again."


class ChooseOccurrence(Invalid):
    code = "choose_occurrence"
    message = "This event takes place more than once; say which date with `occurrence_id`."


class WantedLine(msgspec.Struct, frozen=True, kw_only=True):
    """So many of one ticket type."""

    ticket_type_id: UUID
    quantity: int


class Want(msgspec.Struct, frozen=True, kw_only=True):
    """What one holder (an order) asks for: ticket types and how many of each, all or nothing.

    `expires_at` None takes the units for good. `late` skips the sale window: the money is already
    here.
    """

    holder: UUID
    event_id: UUID
    occurrence_id: UUID | None
    lines: tuple[WantedLine, ...]
    expires_at: datetime | None
    late: bool = False
    # A total of zero takes the units for good.
    keep_if_free: bool = False
    voucher_codes: tuple[str, ...] = ()
    # What the buyer was shown, if they say so; another total is refused.
    expected: Expected | None = None
    # What the order's vouchers gave it before, to be taken again; for late orders.
    uses: tuple[Use, ...] = ()


class TicketTypeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket type as the sale needs it; `quotas` are all it counts against."""

    id: UUID
    event_id: UUID
    name: str
    price: Money
    published: bool
    on_sale: bool
    min_per_order: int
    max_per_order: int
    sales_start: datetime | None
    sales_end: datetime | None
    quotas: tuple[UUID, ...]
    book: PriceBook = NO_RULES


class QuotaState(msgspec.Struct, kw_only=True):
    """A locked quota; `claimed` follows the decisions of the flush."""

    id: UUID
    occurrence_id: UUID
    capacity: int
    claimed: int

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.claimed)


class PricedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A granted line with the price of one unit."""

    ticket_type_id: UUID
    name: str
    quantity: int
    price: Money


class NewClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One claim row to write."""

    quota_id: UUID
    ticket_type_id: UUID
    holder: UUID
    units: int
    expires_at: datetime | None
    # Units that a voucher had set aside: they are counted already and return to it.
    voucher_id: UUID | None = None
    # Units that a voucher lets in beyond the capacity.
    beyond: int = 0


class Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """What a want costs. `priced` is None for late orders: they cost what they did."""

    lines: tuple[PricedLine, ...]
    priced: Priced | None
    book: PriceBook
    uses: tuple[Use, ...]


class Granted(Quoted, frozen=True, kw_only=True):
    """A want that is met in full."""

    holder: UUID
    occurrence_id: UUID
    claims: tuple[NewClaim, ...]
    expires_at: datetime | None


class Shelf(msgspec.Struct, kw_only=True):
    """What a flush decides on: the locked quotas, the types as read after the lock, the database's
    time.
    """

    quotas: dict[UUID, QuotaState]
    types: Mapping[UUID, TicketTypeFacts]
    now: datetime
    # Locked as well, if any want names one.
    vouchers: list[Voucher] = msgspec.field(default_factory=list[Voucher])


def decide(shelf: Shelf, wants: Iterable[Want]) -> list[Granted | Refusal]:
    """First come, first served: each want in full or not at all; granted units leave the shelf at
    once.
    """
    return [_decide_one(shelf, want) for want in wants]


def _decide_one(shelf: Shelf, want: Want) -> Granted | Refusal:
    try:
        lines = _sellable(shelf, want)
        occurrence_id = _occurrence(shelf, want, [kind for kind, _ in lines])
        bill = _bill(shelf, want, lines)
        expires_at = None if want.keep_if_free and bill.is_free else want.expires_at
        claims = _claims(shelf, want, lines, occurrence_id, expires_at)
        if bill.vouchers:
            claims = [part for claim in claims for part in _parted(claim, bill)]
        _take(shelf, claims)
        settle_bill(bill, [(claim.voucher_id, claim.quota_id, claim.units) for claim in claims])
    except Refusal as refusal:
        return refusal
    return Granted(
        holder=want.holder,
        occurrence_id=occurrence_id,
        lines=_priced_lines(lines),
        claims=tuple(claims),
        expires_at=expires_at,
        priced=bill.priced,
        book=lines[0][0].book,
        uses=bill.uses,
    )


def quote(shelf: Shelf, want: Want) -> Quoted:
    """What the want would cost; raises what `decide` would refuse it with, but for the stock."""
    lines = _sellable(shelf, want)
    bill = _bill(shelf, want, lines)
    return Quoted(
        lines=_priced_lines(lines), priced=bill.priced, book=lines[0][0].book, uses=bill.uses
    )


def _sellable(shelf: Shelf, want: Want) -> list[tuple[TicketTypeFacts, int]]:
    lines = [(_type_of(shelf, want, kind), units) for kind, units in _summed(want)]
    for kind, units in lines:
        _check_sale(kind, units, want=want, now=shelf.now)
    return lines


def _priced_lines(lines: list[tuple[TicketTypeFacts, int]]) -> tuple[PricedLine, ...]:
    return tuple(
        PricedLine(ticket_type_id=kind.id, name=kind.name, quantity=units, price=kind.price)
        for kind, units in lines
    )


def _bill(shelf: Shelf, want: Want, lines: list[tuple[TicketTypeFacts, int]]) -> Bill:
    """What the want costs with its vouchers; of a late one only whether they are still left."""
    known = [voucher for voucher in shelf.vouchers if voucher.event_id == want.event_id]
    if want.late:
        return retake(want.uses, known)
    return ring_up(
        [(kind.id, kind.name, kind.price.amount, units) for kind, units in lines],
        lines[0][0].book,
        codes=want.voucher_codes,
        known=known,
        expected=want.expected,
        now=shelf.now,
    )


def _parted(claim: NewClaim, bill: Bill) -> list[NewClaim]:
    """The claim as its vouchers have it: units set aside for a voucher are a claim of their own."""
    parts: list[NewClaim] = []
    left = claim.units
    for voucher, units in bill.reserved(claim.ticket_type_id, claim.quota_id):
        parts.append(structs.replace(claim, units=units, voucher_id=voucher))
        left -= units
    if left:
        beyond = min(left, bill.beyond(claim.ticket_type_id))
        parts.append(structs.replace(claim, units=left, beyond=beyond))
    return parts


def _summed(want: Want) -> list[tuple[UUID, int]]:
    """Repeated lines of one type count together, so that they cannot pass its limit."""
    totals: Counter[UUID] = Counter()
    for line in want.lines:
        totals[line.ticket_type_id] += line.quantity
    return list(totals.items())


def _type_of(shelf: Shelf, want: Want, type_id: UUID) -> TicketTypeFacts:
    kind = shelf.types.get(type_id)
    if kind is None or kind.event_id != want.event_id:
        raise UnknownTicketType(ticket_type_id=type_id)
    return kind


def _check_sale(kind: TicketTypeFacts, units: int, *, want: Want, now: datetime) -> None:
    if want.late:
        return
    if not kind.published or not kind.on_sale or not kind.quotas:
        raise NotOnSale(ticket_type_id=kind.id)
    if kind.sales_start and now < kind.sales_start:
        raise NotOnSale("The sale has not begun yet.", starts_at=kind.sales_start)
    if kind.sales_end and now >= kind.sales_end:
        raise NotOnSale("The sale has ended.", ended_at=kind.sales_end)
    if not kind.min_per_order <= units <= kind.max_per_order:
        raise WrongQuantity(
            f"Between {kind.min_per_order} and {kind.max_per_order} of {kind.name} per order.",
            ticket_type_id=kind.id,
            min_per_order=kind.min_per_order,
            max_per_order=kind.max_per_order,
        )


def _occurrence(shelf: Shelf, want: Want, kinds: list[TicketTypeFacts]) -> UUID:
    known = {shelf.quotas[quota].occurrence_id for kind in kinds for quota in kind.quotas}
    if want.occurrence_id is None and len(known) == 1:
        return known.pop()
    if want.occurrence_id is None or want.occurrence_id not in known:
        raise ChooseOccurrence
    return want.occurrence_id


def _claims(
    shelf: Shelf,
    want: Want,
    lines: list[tuple[TicketTypeFacts, int]],
    occurrence_id: UUID,
    expires_at: datetime | None,
) -> list[NewClaim]:
    claims = [
        NewClaim(
            quota_id=quota,
            ticket_type_id=kind.id,
            holder=want.holder,
            units=units,
            expires_at=expires_at,
        )
        for kind, units in lines
        for quota in kind.quotas
        if shelf.quotas[quota].occurrence_id == occurrence_id
    ]
    if {claim.ticket_type_id for claim in claims} != {kind.id for kind, _ in lines}:
        raise NotOnSale("One of the ticket types is not sold for this date.")
    return claims


def _take(shelf: Shelf, claims: list[NewClaim]) -> None:
    needed: Counter[UUID] = Counter()
    must_fit: Counter[UUID] = Counter()
    for claim in claims:
        if claim.voucher_id is None:
            needed[claim.quota_id] += claim.units
            must_fit[claim.quota_id] += claim.units - claim.beyond
    for quota, units in must_fit.items():
        if shelf.quotas[quota].free < units:
            raise SoldOut(wanted=units, left=shelf.quotas[quota].free)
    for quota, units in needed.items():
        shelf.quotas[quota].claimed += units
