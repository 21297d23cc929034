"""Pure decisions about stock: who gets what of the quotas that a flush has locked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Conflict, Invalid, Refusal
from boxoffice.services.events.rules import access_codes, tiers, variations
from boxoffice.services.events.rules.amounts import Pricing, unit_price
from boxoffice.services.events.rules.persons import PersonLimits, Tally, check_person
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


class WantedLine(msgspec.Struct, frozen=True, kw_only=True):
    """So many of one ticket type, in one variation if it has any.

    `price` is what the buyer chose to give for one, in minor units, where they may choose.
    """

    ticket_type_id: UUID
    quantity: int
    variation_id: UUID | None = None
    price: int | None = None


class Want(msgspec.Struct, frozen=True, kw_only=True):
    """What one holder (an order) asks for: ticket types and how many of each, all or nothing.

    `expires_at` None takes the units for good. `late` skips the sale window: the money is already
    here. `access_code` reveals hidden types; `person` is whom limits per person count.
    """

    holder: UUID
    event_id: UUID
    occurrence_id: UUID | None
    lines: tuple[WantedLine, ...]
    expires_at: datetime | None
    late: bool = False
    access_code: str | None = None
    person: UUID | None = None


class TicketTypeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket type as the sale needs it; `quotas` are all it counts against.

    For open pricing `price` is the least that a buyer may give. `opens_after` is the type that
    must be over first.
    """

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
    pricing: Pricing = "fixed"
    hidden: bool = False
    access_code: str | None = None
    opens_after: UUID | None = None
    max_per_person: int | None = None
    event_max_per_person: int | None = None
    variations: tuple[VariationFacts, ...] = ()

    @property
    def all_quotas(self) -> list[UUID]:
        """What it or one of its variations counts against."""
        return [*self.quotas, *(quota for one in self.variations for quota in one.quotas)]

    @property
    def limits_people(self) -> bool:
        return self.max_per_person is not None or self.event_max_per_person is not None


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
    variation_id: UUID | None = None
    variation_name: str | None = None


class NewClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One claim row to write."""

    quota_id: UUID
    ticket_type_id: UUID
    variation_id: UUID | None = None
    holder: UUID
    units: int
    expires_at: datetime | None


class Granted(msgspec.Struct, frozen=True, kw_only=True):
    """A want that is met in full."""

    occurrence_id: UUID
    lines: tuple[PricedLine, ...]
    claims: tuple[NewClaim, ...]
    expires_at: datetime | None


class Shelf(msgspec.Struct, kw_only=True):
    """What a flush decides on: the locked quotas, the types as read after the lock, the database's
    time. Whoever limits people fills `taken`: what each person has of an event, by type.
    """

    quotas: dict[UUID, QuotaState]
    types: Mapping[UUID, TicketTypeFacts]
    now: datetime
    taken: Mapping[tuple[UUID, UUID], Mapping[UUID, int]] = {}


class _Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """A wanted line with what it means; `price` is that of one unit, in minor units."""

    kind: TicketTypeFacts
    variation: VariationFacts | None
    price: int
    units: int


def decide(shelf: Shelf, wants: Iterable[Want]) -> list[Granted | Refusal]:
    """First come, first served: each want in full or not at all; granted units leave the shelf at
    once.
    """
    tally = Tally(shelf.taken)
    return [_decide_one(shelf, want, tally) for want in wants]


def is_free(shelf: Shelf, line: WantedLine) -> bool:
    """Whether the line costs nothing; a line that will be refused is not free."""
    kind = shelf.types.get(line.ticket_type_id)
    try:
        return kind is not None and _chosen(kind, line, late=False).price == 0
    except Refusal:
        return False


def awaits_another(shelf: Shelf, wants: Iterable[Want]) -> bool:
    """Whether somebody wants a type that opens once another one is over."""
    kinds = (shelf.types.get(line.ticket_type_id) for want in wants for line in want.lines)
    return any(kind is not None and kind.opens_after is not None for kind in kinds)


def _decide_one(shelf: Shelf, want: Want, tally: Tally) -> Granted | Refusal:
    try:
        lines = [
            _chosen(_type_of(shelf, want, line.ticket_type_id), line, late=want.late)
            for line in _summed(want)
        ]
        units = _units_by_type(lines)
        kinds = {line.kind.id: line.kind for line in lines}
        for kind in kinds.values():
            _check_sale(kind, units[kind.id], want=want, now=shelf.now)
        occurrence_id = _occurrence(shelf, want, list(kinds.values()))
        for kind in kinds.values():
            _check_opened(shelf, kind, occurrence_id, late=want.late)
        claims = _claims(shelf, want, lines, occurrence_id)
        _check_person(want, kinds.values(), units, tally)
        _take(shelf, claims)
    except Refusal as refusal:
        return refusal
    if want.person is not None:
        tally.add(want.event_id, want.person, units)
    return Granted(
        occurrence_id=occurrence_id,
        lines=tuple(map(_priced, lines)),
        claims=tuple(claims),
        expires_at=want.expires_at,
    )


def _priced(line: _Chosen) -> PricedLine:
    return PricedLine(
        ticket_type_id=line.kind.id,
        name=line.kind.name,
        quantity=line.units,
        price=Money(amount=line.price, currency=line.kind.price.currency),
        variation_id=line.variation.id if line.variation else None,
        variation_name=line.variation.name if line.variation else None,
    )


def _summed(want: Want) -> list[WantedLine]:
    """Lines that ask for the very same count together."""
    totals: Counter[WantedLine] = Counter()
    for line in want.lines:
        totals[msgspec.structs.replace(line, quantity=1)] += line.quantity
    return [msgspec.structs.replace(line, quantity=units) for line, units in totals.items()]


def _units_by_type(lines: Iterable[_Chosen]) -> Counter[UUID]:
    """All lines of one type count together, so that they cannot pass its limits."""
    totals: Counter[UUID] = Counter()
    for line in lines:
        totals[line.kind.id] += line.units
    return totals


def _type_of(shelf: Shelf, want: Want, type_id: UUID) -> TicketTypeFacts:
    kind = shelf.types.get(type_id)
    if kind is None or kind.event_id != want.event_id or not _is_shown(kind, want):
        raise UnknownTicketType(ticket_type_id=type_id)
    return kind


def _is_shown(kind: TicketTypeFacts, want: Want) -> bool:
    return not kind.hidden or want.late or access_codes.opens(kind.access_code, want.access_code)


def _chosen(kind: TicketTypeFacts, line: WantedLine, *, late: bool) -> _Chosen:
    variation = variations.choose(kind.variations, line.variation_id, late=late)
    least = kind.price.amount
    if variation is not None and variation.price is not None:
        least = variation.price
    price = least
    if not late:
        price = unit_price(kind.pricing, least=least, chosen=line.price, name=kind.name)
    return _Chosen(kind=kind, variation=variation, price=price, units=line.quantity)


def _check_sale(kind: TicketTypeFacts, units: int, *, want: Want, now: datetime) -> None:
    if want.late:
        return
    if not kind.published or not kind.on_sale or not kind.quotas:
        raise NotOnSale(ticket_type_id=kind.id)
    if kind.sales_start and now < kind.sales_start and kind.opens_after is None:
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


def _check_opened(shelf: Shelf, kind: TicketTypeFacts, occurrence_id: UUID, *, late: bool) -> None:
    """Refuse a type whose predecessor is not over, by what is locked and decided so far."""
    before = shelf.types.get(kind.opens_after) if kind.opens_after else None
    if late or before is None:
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
    want: Want, kinds: Iterable[TicketTypeFacts], units: Mapping[UUID, int], tally: Tally
) -> None:
    if want.late or want.person is None:
        return
    limited = list(kinds)
    limits = PersonLimits(
        event=limited[0].event_max_per_person,
        types={one.id: one.max_per_person for one in limited if one.max_per_person is not None},
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
    for line, units in _counted(lines):
        own = line.variation.quotas if line.variation else ()
        for quotas in (line.kind.quotas, own) if own else (line.kind.quotas,):
            held = [one for one in quotas if shelf.quotas[one].occurrence_id == occurrence_id]
            if not held:
                raise NotOnSale("One of the ticket types is not sold for this date.")
            claims += [
                NewClaim(
                    quota_id=quota,
                    ticket_type_id=line.kind.id,
                    variation_id=line.variation.id if line.variation else None,
                    holder=want.holder,
                    units=units,
                    expires_at=want.expires_at,
                )
                for quota in held
            ]
    return claims


def _counted(lines: list[_Chosen]) -> list[tuple[_Chosen, int]]:
    """Lines of one type and variation as one, whatever their buyers give for them."""
    first: dict[tuple[UUID, UUID | None], _Chosen] = {}
    units: Counter[tuple[UUID, UUID | None]] = Counter()
    for line in lines:
        key = line.kind.id, line.variation.id if line.variation else None
        first.setdefault(key, line)
        units[key] += line.units
    return [(line, units[key]) for key, line in first.items()]


def _take(shelf: Shelf, claims: list[NewClaim]) -> None:
    needed: Counter[UUID] = Counter()
    for claim in claims:
        needed[claim.quota_id] += claim.units
    for quota, units in needed.items():
        if shelf.quotas[quota].free < units:
            raise SoldOut(wanted=units, left=shelf.quotas[quota].free)
    for quota, units in needed.items():
        shelf.quotas[quota].claimed += units
