"""Pure decisions about stock: who gets what of the quotas that a flush has locked."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import structs

from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Conflict, Invalid, Refusal
from boxoffice.services.events.rules import access_codes, tiers, variations
from boxoffice.services.events.rules.amounts import unit_price
from boxoffice.services.events.rules.expanding import in_full
from boxoffice.services.events.rules.persons import PersonLimits, Tally, check_person
from boxoffice.services.events.rules.seats.assigning import Assigned, assign
from boxoffice.services.events.rules.seats.choosing import ChosenSeat
from boxoffice.services.events.rules.selling import Bill, retake, ring_up, settle_bill
from boxoffice.services.events.rules.shelf import (
    Granted,
    NewClaim,
    PricedLine,
    QuotaState,
    Quoted,
    Shelf,
    TicketTypeFacts,
    Want,
    WantedLine,
)
from boxoffice.services.events.rules.tiers import Predecessor
from boxoffice.services.events.rules.variations import VariationFacts


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


class _Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """A wanted line with what it means; `price` is that of one unit, in minor units."""

    kind: TicketTypeFacts
    variation: VariationFacts | None
    price: int
    units: int
    line: WantedLine
    seats: tuple[ChosenSeat, ...] = ()


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
    lines = _sellable(shelf, want)
    bill = _bill(shelf, want, lines)
    return Quoted(
        lines=tuple(map(_priced, lines)),
        priced=bill.priced,
        book=lines[0].kind.book,
        uses=bill.uses,
        extras=shelf.extras,
    )


def _decide_one(shelf: Shelf, want: Want, tally: Tally) -> Granted | Refusal:
    try:
        want = in_full(shelf, want)
        lines = _sellable(shelf, want)
        occurrence_id = _occurrence(shelf, want, _kinds(lines))
        with assign(shelf, want, occurrence_id) as seats:
            return _grant(shelf, want, occurrence_id, _seated(lines, seats), tally)
    except Refusal as refusal:
        return refusal


def _seated(lines: Sequence[_Chosen], seats: Assigned) -> list[_Chosen]:
    return [
        structs.replace(line, seats=seats[number]) if number in seats else line
        for number, line in enumerate(lines)
    ]


def _grant(
    shelf: Shelf, want: Want, occurrence_id: UUID, lines: list[_Chosen], tally: Tally
) -> Granted:
    kinds = _kinds(_asked_for(want, lines))
    for kind in kinds:
        _check_opened(shelf, kind, occurrence_id, ask=want.asks)
    bill = _bill(shelf, want, lines)
    expires_at = None if want.keep_if_free and bill.is_free else want.expires_at
    own = {kind.id: kind.quotas for kind in _kinds(lines)}
    claims = _parted(_claims(shelf, want, lines, occurrence_id), bill, own, expires_at=expires_at)
    units = _units_by_type(lines)
    _check_person(want, kinds, units, tally)
    _take(shelf, claims)
    settle_bill(bill, [(claim.voucher_id, claim.quota_id, claim.units) for claim in claims])
    if want.person is not None:
        tally.add(want.event_id, want.person, units)
    return Granted(
        holder=want.holder,
        occurrence_id=occurrence_id,
        lines=tuple(map(_priced, lines)),
        claims=tuple(claims),
        expires_at=expires_at,
        priced=bill.priced,
        book=lines[0].kind.book,
        uses=bill.uses,
        extras=shelf.extras,
    )


def _sellable(shelf: Shelf, want: Want) -> list[_Chosen]:
    lines = [_chosen(_type_of(shelf, want, line), line, want) for line in want.lines]
    units = _units_by_type(lines)
    for kind in _kinds(_asked_for(want, lines)):
        _check_sale(kind, units[kind.id], want=want, now=shelf.now)
    return lines


def _asked_for(want: Want, lines: list[_Chosen]) -> list[_Chosen]:
    """All but the contents of bundles, which are sold as the bundle is."""
    return [one for one in lines if one.line.bound != "content"] if want.nested else lines


def _kinds(lines: Iterable[_Chosen]) -> list[TicketTypeFacts]:
    return list({line.kind.id: line.kind for line in lines}.values())


def _bill(shelf: Shelf, want: Want, lines: list[_Chosen]) -> Bill:
    """What the want costs with its vouchers; of a late one only whether they are still left."""
    known = [voucher for voucher in shelf.vouchers if voucher.event_id == want.event_id]
    if not want.asks:
        return retake(want.uses, known)
    return ring_up(
        [(line.kind.id, line.kind.name, line.price, line.units) for line in lines],
        lines[0].kind.book,
        codes=want.voucher_codes,
        known=known,
        expected=want.expected,
        now=shelf.now,
    )


def _parted(
    claims: Iterable[NewClaim],
    bill: Bill,
    own: Mapping[UUID, Sequence[UUID]],
    *,
    expires_at: datetime | None,
) -> list[NewClaim]:
    """The claims as their vouchers have them: units set aside for one are a claim of their own.

    What a voucher gives a type in a quota is shared by the type's variations; it lets nobody in
    beyond a quota that is a variation's `own` and not the type's.
    """
    given: Counter[tuple[UUID | None, UUID, UUID]] = Counter()
    parts: list[NewClaim] = []
    for claim in claims:
        kind, left = claim.ticket_type_id, claim.units
        if kind is None:  # a claim on bare units: no voucher is for it
            parts.append(claim)
            continue
        where = (kind, claim.quota_id)
        for voucher, most in bill.reserved(*where):
            units = min(left, most - given[voucher, *where])
            if units:
                parts.append(
                    structs.replace(claim, units=units, voucher_id=voucher, expires_at=expires_at)
                )
                given[voucher, *where] += units
                left -= units
        if left:
            most = bill.beyond(kind) if claim.quota_id in own[kind] else 0
            beyond = min(left, most - given[None, *where])
            given[None, *where] += beyond
            parts.append(structs.replace(claim, units=left, beyond=beyond, expires_at=expires_at))
    return parts


def _priced(line: _Chosen) -> PricedLine:
    return PricedLine(
        ticket_type_id=line.kind.id,
        name=line.kind.name,
        quantity=line.units,
        price=Money(amount=line.price, currency=line.kind.price.currency),
        variation_id=line.variation.id if line.variation else None,
        variation_name=line.variation.name if line.variation else None,
        seats=line.seats,
        parent=line.line.parent,
        admits=line.kind.extras.admits,
    )


def _units_by_type(lines: Iterable[_Chosen]) -> Counter[UUID]:
    """All lines of one type count together, so that they cannot pass its limits; what is bound to
    another ticket is limited there.
    """
    totals: Counter[UUID] = Counter()
    for line in lines:
        if line.line.bound is None:
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


def _chosen(kind: TicketTypeFacts, line: WantedLine, want: Want) -> _Chosen:
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
    return _Chosen(kind=kind, variation=variation, price=price, units=line.quantity, line=line)


def _check_sale(kind: TicketTypeFacts, units: int, *, want: Want, now: datetime) -> None:
    if not want.asks:
        return
    if not kind.published or not kind.on_sale or not kind.quotas:
        raise NotOnSale(ticket_type_id=kind.id)
    if kind.sales_start and now < kind.sales_start and kind.opens_after is None:
        raise NotOnSale("The sale has not begun yet.", starts_at=kind.sales_start)
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


def _claims(shelf: Shelf, want: Want, lines: list[_Chosen], occurrence_id: UUID) -> list[NewClaim]:
    """One claim for each type, variation and quota."""
    claims: list[NewClaim] = []
    for line in _counted(lines):
        own = line.variation.quotas if line.variation else ()
        for quotas in (line.kind.quotas, own) if own else (line.kind.quotas,):
            held = [one for one in quotas if shelf.quotas[one].occurrence_id == occurrence_id]
            if not held:
                raise NotOnSale("One of the ticket types is not sold for this date.")
            claims += [claim for one in held for claim in _claims_in(shelf.quotas[one], want, line)]
    return claims


def _claims_in(quota: QuotaState, want: Want, line: _Chosen) -> list[NewClaim]:
    """One claim for all units; in the quota that the seats belong to, one for each seat."""
    whole = NewClaim(
        quota_id=quota.id,
        ticket_type_id=line.kind.id,
        variation_id=line.variation.id if line.variation else None,
        holder=want.holder,
        units=line.units,
        expires_at=want.expires_at,
        kind=want.kind,
    )
    if quota.seating_id is None or not line.seats:
        return [whole]
    return [structs.replace(whole, units=1, seat_id=seat.id) for seat in line.seats]


def _counted(lines: list[_Chosen]) -> list[_Chosen]:
    """Lines of one type and variation as one, whatever their buyers give for them."""
    counted: dict[tuple[UUID, UUID | None], _Chosen] = {}
    for line in lines:
        key = line.kind.id, line.variation.id if line.variation else None
        if key in counted:
            one = counted[key]
            merged = structs.replace(
                one, units=one.units + line.units, seats=one.seats + line.seats
            )
            counted[key] = merged
        else:
            counted[key] = line
    return list(counted.values())


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
