"""Pure decisions about stock: who gets what of the quotas that a flush has locked."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from uuid import UUID

from msgspec import structs

from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Invalid, Refusal
from boxoffice.services.events.rules import (
    access_codes,
    early,
    exchanging,
    lending,
    spreading,
    tiers,
    variations,
)
from boxoffice.services.events.rules.amounts import unit_price
from boxoffice.services.events.rules.claiming import Chosen, NotOnSale, claims_of, take
from boxoffice.services.events.rules.expanding import in_full
from boxoffice.services.events.rules.parting import parted
from boxoffice.services.events.rules.persons import PersonLimits, Tally, check_person
from boxoffice.services.events.rules.seats.assigning import Assigned, assign
from boxoffice.services.events.rules.selling import Bill, retake, ring_up, settle_bill
from boxoffice.services.events.rules.shelf import (
    Granted,
    PricedLine,
    Quoted,
    Shelf,
    TicketTypeFacts,
    Want,
    WantedLine,
)
from boxoffice.services.events.rules.tiers import Predecessor


class WrongQuantity(Invalid):
    code = "wrong_quantity"
    message = "This many cannot be ordered at once; see `min_per_order` and `max_per_order`."


class UnknownTicketType(Invalid):
    code = "unknown_ticket_type"
    message = "One of the ticket types does not belong to this event; load the event again."


class ChooseOccurrence(Invalid):
    code = "choose_occurrence"
    message = "This event takes place more than once; say which date with `occurrence_id`."


def decide(shelf: Shelf, wants: Iterable[Want]) -> list[Granted | Refusal]:
    """First come, first served: each want in full or not at all; granted units leave the shelf at
    once.
    """
    tally = Tally(shelf.taken)
    return [_decide_one(shelf, want, tally) for want in wants]


def awaits_another(shelf: Shelf, wants: Iterable[Want]) -> bool:
    """Whether somebody wants a type that opens once another one is over."""
    kinds = (shelf.types.get(line.ticket_type_id) for want in wants for line in want.lines)
    return any(kind is not None and kind.opens_after is not None for kind in kinds)


def quote(shelf: Shelf, want: Want) -> Quoted:
    """What the want would cost; raises what `decide` would refuse it with, but for the stock."""
    want = in_full(shelf, want)
    if shelf.vouchers:
        want = lending.given(shelf, want)
    lines = _sellable(shelf, want)
    dates = spreading.by_date(want) if want.spread else [want.occurrence_id]
    for date in filter(None, dates):
        _check_date(date, lines[0].kind, want=want)
    bill = _bill(shelf, want, lines)
    return Quoted(
        lines=tuple(map(_priced, lines)),
        priced=bill.priced,
        book=lines[0].kind.book,
        uses=bill.uses,
        extras=shelf.extras and any(map(_is_extra, lines)),
    )


def _decide_one(shelf: Shelf, want: Want, tally: Tally) -> Granted | Refusal:
    try:
        want = in_full(shelf, want)
        if shelf.vouchers:
            want = lending.given(shelf, want)
        lines = _sellable(shelf, want)
        if want.spread:
            return _grant_spread(shelf, want, lines, tally)
        occurrence_id = _occurrence(shelf, want, _kinds(lines))
        _check_date(occurrence_id, lines[0].kind, want=want)
        if shelf.vouchers:
            with lending.lend(shelf, want):
                return _grant_at(shelf, want, lines, occurrence_id, tally)
        return _grant_at(shelf, want, lines, occurrence_id, tally)
    except Refusal as refusal:
        return refusal


def _grant_at(
    shelf: Shelf, want: Want, lines: list[Chosen], occurrence_id: UUID, tally: Tally
) -> Granted:
    with assign(shelf, want, occurrence_id) as seats:
        lines = _seated(lines, seats)
        return _grant(shelf, want, [(occurrence_id, lines)], lines, tally)


def _seated(lines: Sequence[Chosen], seats: Assigned) -> list[Chosen]:
    return [
        structs.replace(line, seats=seats[number]) if number in seats else line
        for number, line in enumerate(lines)
    ]


def _grant_spread(shelf: Shelf, want: Want, lines: list[Chosen], tally: Tally) -> Granted:
    """For several dates, all or nothing; priced together."""
    seated = list(lines)
    with ExitStack() as taken:
        for date, numbers in spreading.by_date(want).items():
            part = spreading.part_of(want, date, numbers)
            _occurrence(shelf, part, _kinds(lines[number] for number in numbers))
            _check_date(date, lines[0].kind, want=want)
            seats = taken.enter_context(assign(shelf, part, date))
            for number, chosen in seats.items():
                whole = numbers[number]
                seated[whole] = structs.replace(lines[whole], seats=chosen)
        parts = [
            (date, [seated[number] for number in numbers])
            for date, numbers in spreading.by_date(want).items()
        ]
        return _grant(shelf, want, parts, seated, tally)


def _grant(
    shelf: Shelf,
    want: Want,
    parts: Sequence[tuple[UUID, list[Chosen]]],
    lines: list[Chosen],
    tally: Tally,
) -> Granted:
    """`lines` in their order, and the same by date."""
    kinds = _kinds(lines)
    asked = _asked_for(want, lines)
    for date, part in parts:
        for kind in _kinds(asked if len(parts) == 1 else _asked_for(want, part)):
            _check_opened(shelf, kind, date, ask=want.asks)
    bill = _bill(shelf, want, lines)
    if bill.vouchers and want.asks:
        lending.check_covered(bill, lines)
    expires_at = None if want.keep_if_free and bill.is_free else want.expires_at
    own = {kind.id: kind.quotas for kind in kinds}
    if want.spread:
        spreading.check_vouchers(bill)
    wanted = [claim for date, part in parts for claim in claims_of(shelf, want, part, date)]
    claims = parted(wanted, bill, own, expires_at=expires_at)
    units = _units_by_type(lines)
    _check_person(want, kinds, units, tally)
    if want.own:
        claims = exchanging.as_own(claims, want.own)
    take(shelf, claims, want.own)
    if bill.vouchers:
        settle_bill(bill, [(c.voucher_id, c.quota_id, c.units, c.seat_id) for c in claims])
    if want.person is not None:
        tally.add(want.event_id, want.person, units)
    return Granted(
        holder=want.holder,
        occurrence_id=parts[0][0],
        lines=tuple(map(_priced, lines)),
        claims=tuple(claims),
        expires_at=expires_at,
        priced=bill.priced,
        book=lines[0].kind.book,
        uses=bill.uses,
        extras=shelf.extras and any(map(_is_extra, lines)),
    )


def _sellable(shelf: Shelf, want: Want) -> list[Chosen]:
    lines = [_chosen(_type_of(shelf, want, line), line, want) for line in want.lines]
    lets_in = bool(shelf.vouchers) and early.names_pass(shelf, want)
    for part in spreading.apart(lines) if want.spread else [lines]:
        units = _units_by_type(part)
        for kind in _kinds(_asked_for(want, part)):
            _check_sale(kind, units[kind.id], want=want, now=shelf.now, lets_in=lets_in)
    return lines


def _asked_for(want: Want, lines: list[Chosen]) -> list[Chosen]:
    """All but the contents of bundles, which are sold as the bundle is."""
    return [one for one in lines if one.wanted.bound != "content"] if want.nested else lines


def _is_extra(line: Chosen) -> bool:
    return line.wanted.parent is not None or not line.kind.extras.admits


def _kinds(lines: Iterable[Chosen]) -> list[TicketTypeFacts]:
    return list({line.kind.id: line.kind for line in lines}.values())


def _bill(shelf: Shelf, want: Want, lines: list[Chosen]) -> Bill:
    """What the want costs with its vouchers; of a late one only whether they are still left."""
    known = [voucher for voucher in shelf.vouchers if voucher.event_id == want.event_id]
    if not want.asks:
        return retake(want.uses, known)
    seated = any(one.seats for one in known)
    bill = ring_up(
        [
            (
                line.kind.id,
                line.kind.name,
                line.price,
                line.units,
                _seats(line) if seated else (),
                line.wanted.parent is not None,
                line.wanted.occurrence_id,
            )
            for line in lines
        ],
        lines[0].kind.book,
        codes=want.voucher_codes,
        known=known,
        expected=want.expected,
        now=shelf.now,
        waiting=early.waiting(lines, now=shelf.now) if known else (),
    )
    if known:
        early.check_let_in(bill, lines, now=shelf.now)
    return bill


def _seats(line: Chosen) -> tuple[UUID, ...]:
    """A seat for each unit; before they are given those that are named."""
    return tuple(seat.id for seat in line.seats) or line.wanted.seats


def _priced(line: Chosen) -> PricedLine:
    return PricedLine(
        ticket_type_id=line.kind.id,
        name=line.kind.name,
        quantity=line.units,
        price=Money(amount=line.price, currency=line.kind.price.currency),
        variation_id=line.variation.id if line.variation else None,
        variation_name=line.variation.name if line.variation else None,
        seats=line.seats,
        occurrence_id=line.wanted.occurrence_id,
        parent=line.wanted.parent,
        bundled=line.wanted.bound == "content",
        admits=line.kind.extras.admits,
        demanded=line.wanted.demanded,
    )


def _units_by_type(lines: Iterable[Chosen]) -> Counter[UUID]:
    """All lines of one type count together, so that they cannot pass its limits; what is bound to
    another ticket is limited there.
    """
    totals: Counter[UUID] = Counter()
    for line in lines:
        if line.wanted.bound is None:
            totals[line.kind.id] += line.units
    return totals


def _type_of(shelf: Shelf, want: Want, line: WantedLine) -> TicketTypeFacts:
    kind = shelf.types.get(line.ticket_type_id)
    if kind is None or kind.event_id != want.event_id or not _is_shown(kind, want, line):
        raise UnknownTicketType(ticket_type_id=line.ticket_type_id)
    return kind


def _is_shown(kind: TicketTypeFacts, want: Want, line: WantedLine) -> bool:
    return (
        not kind.hidden
        or not want.asks
        or line.bound is not None
        or access_codes.opens(kind.access_code, want.access_code)
    )


def _chosen(kind: TicketTypeFacts, line: WantedLine, want: Want) -> Chosen:
    late = not want.asks or line.bound == "content"
    variation = variations.choose(kind.variations, line.variation_id, late=late)
    least = kind.price.amount
    if variation is not None and variation.price is not None:
        least = variation.price
    price = least if line.set_price is None else line.set_price
    if want.asks and line.set_price is None:
        # Who says what the whole was to cost is told of a fixed price that has moved by that.
        repeats = kind.pricing == "fixed" and want.expected is not None
        chosen = None if repeats else line.price
        price = unit_price(kind.pricing, least=least, chosen=chosen, name=kind.name)
    return Chosen(kind=kind, variation=variation, price=price, units=line.quantity, wanted=line)


def _check_sale(
    kind: TicketTypeFacts, units: int, *, want: Want, now: datetime, lets_in: bool
) -> None:
    """`lets_in`: the want names a pass, which the bill will ask."""
    if not want.asks:
        return
    if not kind.published or not kind.on_sale or not kind.quotas:
        raise NotOnSale(ticket_type_id=kind.id)
    if not lets_in and early.is_waiting(kind, now=now):
        raise early.not_begun(kind)
    if kind.sales_end and now >= kind.sales_end:
        raise NotOnSale("The sale has ended.", ended_at=kind.sales_end)
    if units and not kind.min_per_order <= units <= kind.max_per_order:
        raise WrongQuantity(
            f"Between {kind.min_per_order} and {kind.max_per_order} of {kind.name} per order.",
            ticket_type_id=kind.id,
            min_per_order=kind.min_per_order,
            max_per_order=kind.max_per_order,
        )


def _check_opened(shelf: Shelf, kind: TicketTypeFacts, occurrence_id: UUID, *, ask: bool) -> None:
    """Refuse a type whose predecessor is not over, by what is locked and decided so far."""
    before = shelf.types.get(kind.opens_after) if kind.opens_after else None
    if not ask or before is None:
        return
    predecessor = Predecessor(
        on_sale=before.on_sale,
        sales_end=before.sales_end,
        left=_left(shelf, before, occurrence_id),
    )
    if not tiers.has_opened(kind.sales_start, predecessor, now=shelf.now):
        raise NotOnSale(
            "This ticket type opens once the one before it is sold out or its sale has ended.",
            ticket_type_id=kind.id,
        )


def _left(shelf: Shelf, kind: TicketTypeFacts, occurrence_id: UUID) -> int:
    """Units of the type that are free for that date."""
    offered = [
        (one.on_sale, (_free(shelf, one.quotas, occurrence_id) or 0) if one.quotas else None)
        for one in kind.variations
    ]
    return variations.left_of(_free(shelf, kind.quotas, occurrence_id) or 0, offered)


def _free(shelf: Shelf, quotas: Iterable[UUID], occurrence_id: UUID) -> int | None:
    """What the tightest of these quotas has for that date; None without one."""
    states = [shelf.quotas[quota] for quota in quotas]
    return min((one.free for one in states if one.occurrence_id == occurrence_id), default=None)


def _check_person(
    want: Want, kinds: Sequence[TicketTypeFacts], units: Mapping[UUID, int], tally: Tally
) -> None:
    if not want.asks or want.person is None:
        return
    limits = PersonLimits(
        event=kinds[0].event_max_per_person,
        types={one.id: one.max_per_person for one in kinds if one.max_per_person is not None},
    )
    check_person(limits, taken=tally.of(want.event_id, want.person), wanted=units)


def _occurrence(shelf: Shelf, want: Want, kinds: list[TicketTypeFacts]) -> UUID:
    known = {shelf.quotas[quota].occurrence_id for kind in kinds for quota in kind.quotas}
    if want.occurrence_id is None and len(known) == 1:
        return known.pop()
    if want.occurrence_id is None or want.occurrence_id not in known:
        raise ChooseOccurrence
    return want.occurrence_id


def _check_date(occurrence_id: UUID, kind: TicketTypeFacts, *, want: Want) -> None:
    """Even money that is already here buys nothing for a date that will not take place."""
    if occurrence_id in kind.cancelled_dates:
        raise NotOnSale("This date has been cancelled; choose another one.")
    if occurrence_id in kind.past_dates and want.asks:
        raise NotOnSale("This date is over; choose another one.")
