"""What comes along with a ticket that somebody waits for: add-ons that it needs. Pure.

What a bundle contains follows from the bundle itself (`expanding`).
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

import msgspec

from boxoffice.services.events.rules.expanding import contents_of
from boxoffice.services.events.rules.extras.extras import AddOnGroup
from boxoffice.services.events.rules.shelf import Shelf, TicketTypeFacts, WantedLine
from boxoffice.services.events.rules.variations import VariationFacts

Kind = tuple[UUID, UUID | None]
Types = Mapping[UUID, TicketTypeFacts]


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """So many on one date; of a group of add-ons some of which they name, only of those."""

    units: int
    occurrence_id: UUID
    add_on_ids: tuple[UUID, ...] = ()
    variation_ids: tuple[UUID, ...] = ()


class _Candidate(msgspec.Struct, frozen=True, kw_only=True):
    kind: TicketTypeFacts
    variation: VariationFacts | None

    @property
    def quotas(self) -> tuple[UUID, ...]:
        return (*self.kind.quotas, *(self.variation.quotas if self.variation else ()))

    def line(self, units: int) -> WantedLine:
        own = self.variation.price if self.variation else None
        least = self.kind.price.amount if own is None else own
        return WantedLine(
            ticket_type_id=self.kind.id,
            variation_id=self.variation.id if self.variation else None,
            quantity=units,
            price=least if self.kind.pricing == "open" else None,
            parent=0,
        )


def add_ons(shelf: Shelf, kind: TicketTypeFacts, party: Party) -> tuple[WantedLine, ...]:
    """As many add-ons of each group as a ticket of that `kind` needs, the same with every ticket:
    the first ones that are left for all of them, different ones before more of the same.

    If too few are left it names those that are missing too, so that whoever decides says so.
    """
    lines: list[WantedLine] = []
    left = {quota.id: quota.free for quota in shelf.quotas.values()}
    _take(left, kind.quotas, party.units)
    for content in kind.extras.contents:
        if content.ticket_type_id in shelf.types:
            _take(left, shelf.types[content.ticket_type_id].quotas, content.units * party.units)
    for group in kind.extras.groups:
        if group.least:
            lines += _of_group(shelf, group, party, left)
    return tuple(lines)


def _of_group(
    shelf: Shelf, group: AddOnGroup, party: Party, left: dict[UUID, int]
) -> list[WantedLine]:
    candidates = list(_candidates(shelf, group, party))
    if not candidates:
        return []
    chosen = Counter[int]()
    for number in _in_turn(candidates, group.least, party.units, left):
        chosen[number] += 1
    # What is not left is asked for nonetheless: the answer is that it is sold out.
    chosen[0] += group.least - chosen.total()
    return [candidates[number].line(count * party.units) for number, count in chosen.items()
            if count]  # fmt: skip


def _in_turn(
    candidates: Sequence[_Candidate], least: int, units: int, left: dict[UUID, int]
) -> Iterator[int]:
    """Numbers of candidates that are left for everybody, one after the other, `least` at most."""
    wanted = least
    while wanted:
        before = wanted
        for number, one in enumerate(candidates):
            if wanted and all(left.get(quota, units) >= units for quota in one.quotas):
                _take(left, one.quotas, units)
                wanted -= 1
                yield number
        if wanted == before:
            return


def _candidates(shelf: Shelf, group: AddOnGroup, party: Party) -> Iterator[_Candidate]:
    """The add-ons that will do, on sale ones first; of a type with variations each of them."""
    named = [one.ticket_type_id for one in group.add_ons]
    if wished := [one for one in party.add_on_ids if one in named]:
        named = wished
    kinds = [shelf.types[one] for one in named if one in shelf.types]
    for kind in sorted(kinds, key=lambda kind: not kind.on_sale):
        if _has_date(shelf, kind, party.occurrence_id):
            for variation in _variations(kind, party.variation_ids):
                yield _Candidate(kind=kind, variation=variation)


def _has_date(shelf: Shelf, kind: TicketTypeFacts, date: UUID) -> bool:
    return any(
        shelf.quotas[quota].occurrence_id == date for quota in kind.quotas if quota in shelf.quotas
    )


def _variations(kind: TicketTypeFacts, wished: Collection[UUID]) -> Sequence[VariationFacts | None]:
    if not kind.variations:
        return [None]
    named = [one for one in kind.variations if one.id in wished]
    return named or [one for one in kind.variations if one.on_sale]


def _take(left: dict[UUID, int], quotas: Collection[UUID], units: int) -> None:
    for quota in quotas:
        if quota in left:
            left[quota] -= units


def offered_lines(
    types: Types, first: WantedLine, has: Mapping[Kind, int]
) -> tuple[WantedLine, ...]:
    """The tickets of an offer with the add-ons among what is set aside, `has`; nothing if something
    else comes with the tickets by now.
    """
    kind = types.get(first.ticket_type_id)
    if kind is None:
        return ()
    contents = contents_of(kind, first, 0)
    named = {one.ticket_type_id for group in kind.extras.groups for one in group.add_ons}
    bundled = units_of(contents)
    lines = [first]
    for one, units in has.items():
        if one[0] in named and one[0] in types and (count := units - bundled.get(one, 0)) > 0:
            own = next((each for each in types[one[0]].variations if each.id == one[1]), None)
            lines.append(_Candidate(kind=types[one[0]], variation=own).line(count))
    return tuple(lines) if units_of([*lines, *contents]) == has else ()


def units_of(lines: Sequence[WantedLine]) -> Mapping[Kind, int]:
    """Units of each type and variation."""
    units = Counter[Kind]()
    for line in lines:
        units[line.ticket_type_id, line.variation_id] += line.quantity
    return units
