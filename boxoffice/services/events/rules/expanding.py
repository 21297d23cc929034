"""A want for tickets with extras, as lines that each say what they are bound to."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from msgspec import structs

from boxoffice.kernel.refusals import Invalid
from boxoffice.services.events.rules.extras.extras import AddOn, AddOnGroup
from boxoffice.services.events.rules.shelf import Shelf, TicketTypeFacts, Want, WantedLine
from boxoffice.services.events.rules.units import summed

Types = Mapping[UUID, TicketTypeFacts]


class UnknownAddOn(Invalid):
    code = "unknown_add_on"
    message = "This cannot be had with that ticket; load the event again."


class WrongAddOns(Invalid):
    code = "wrong_add_ons"
    message = "Each ticket takes another number of these; see `minimum` and `maximum`."


def in_full(shelf: Shelf, want: Want) -> Want:
    """The want with equal lines summed and, if anybody has extras, with all that comes along."""
    if shelf.extras or want.nested:
        return expanded(shelf.types, want)
    if len(want.lines) == 1:
        return want
    return structs.replace(want, lines=tuple(summed(want.lines)))


def expanded(types: Types, want: Want) -> Want:
    """The want with all that comes along: add-ons checked and priced, contents of bundles added
    after everything else.

    Raises `UnknownAddOn` and `WrongAddOns`. What is late was expanded when it was bought.
    """
    if not want.asks:
        return structs.replace(want, lines=tuple(summed(want.lines)))
    wanted = list(want.lines) if want.nested else summed(want.lines)
    lines, contents = list[WantedLine](), list[WantedLine]()
    for number, line in enumerate(wanted):
        if line.parent is None:
            chosen = [one for one in wanted if one.parent == number]
            parent, kind = len(lines), types.get(line.ticket_type_id)
            lines += [line, *_add_ons(types, kind, line, chosen, parent)]
            contents += contents_of(kind, line, parent)
    bound = any(line.parent is not None for line in lines) or bool(contents)
    return structs.replace(want, lines=(*lines, *contents), nested=bound)


def with_contents(shelf: Shelf, lines: Sequence[WantedLine]) -> Sequence[WantedLine]:
    """The lines, and after them what the bundles among them contain."""
    if not shelf.extras:
        return lines
    return [
        *lines,
        *(
            content
            for number, line in enumerate(lines)
            if line.parent is None
            for content in contents_of(shelf.types.get(line.ticket_type_id), line, number)
        ),
    ]


def add_on_prices(
    types: Types, kind: TicketTypeFacts, lines: Sequence[WantedLine], touched: Collection[UUID]
) -> list[int]:
    """What each unit of add-ons, a line each, costs with one ticket of that `kind`.

    One with a `set_price` was bought at that; it stays, but where a group has something `touched`:
    that is counted and its dearest made free as in a sale. Raises `UnknownAddOn`, `WrongAddOns`.
    """
    groups = {one.ticket_type_id: group for group in kind.extras.groups for one in group.add_ons}
    for one in lines:
        if one.set_price is None and one.ticket_type_id not in groups:
            raise UnknownAddOn(ticket_type_id=one.ticket_type_id, base_ticket_type_id=kind.id)
    prices = [one.set_price or 0 for one in lines]
    for group in kind.extras.groups:
        here = [n for n, one in enumerate(lines) if groups.get(one.ticket_type_id) is group]
        if any(groups.get(one) is group for one in touched):
            _check_number(kind, group, len(here))
            full = {n: prices[n] or _price(types, group, lines[n]) for n in here}
            free = _included(group, full, [1] * len(lines))
            for number in here:
                prices[number] = 0 if free[number] else full[number]
    return prices


def contents_of(kind: TicketTypeFacts | None, line: WantedLine, parent: int) -> list[WantedLine]:
    """What the bundle contains that the line wants; nothing if it is none."""
    if kind is None:
        return []
    return [
        WantedLine(
            ticket_type_id=one.ticket_type_id,
            variation_id=one.variation_id,
            quantity=one.units * line.quantity,
            occurrence_id=line.occurrence_id,
            parent=parent,
            set_price=one.price,
            bound="content",
        )
        for one in kind.extras.contents
    ]


def _add_ons(
    types: Types,
    kind: TicketTypeFacts | None,
    line: WantedLine,
    chosen: Sequence[WantedLine],
    parent: int,
) -> list[WantedLine]:
    """The chosen add-ons of one line in the order they were chosen, free units before paid ones."""
    if kind is None:
        return []
    groups = {one.ticket_type_id: group for group in kind.extras.groups for one in group.add_ons}
    for one in chosen:
        if one.ticket_type_id not in groups:
            raise UnknownAddOn(ticket_type_id=one.ticket_type_id, base_ticket_type_id=kind.id)
    units = [one.quantity // line.quantity for one in chosen]
    free = [0] * len(chosen)
    for group in kind.extras.groups:
        here = [n for n, one in enumerate(chosen) if groups[one.ticket_type_id] is group]
        _check_number(kind, group, sum(units[number] for number in here))
        prices = {number: _price(types, group, chosen[number]) for number in here}
        for number, count in _included(group, prices, units).items():
            free[number] = count
    return [
        part
        for number, one in enumerate(chosen)
        for part in _parts(
            one,
            group=groups[one.ticket_type_id],
            parent=parent,
            free=free[number] * line.quantity,
        )
    ]


def _check_number(kind: TicketTypeFacts, group: AddOnGroup, units: int) -> None:
    if not group.least <= units <= group.most:
        raise WrongAddOns(
            f"Between {group.least} and {group.most} of {group.name} with each {kind.name}.",
            ticket_type_id=kind.id,
            group=group.name,
            minimum=group.least,
            maximum=group.most,
        )


def _included(group: AddOnGroup, prices: Mapping[int, int], units: Sequence[int]) -> Counter[int]:
    """How many of each are free, the dearest first."""
    left, free = group.included, Counter[int]()
    for number in sorted(prices, key=lambda number: (-prices[number], number)):
        free[number] = min(left, units[number])
        left -= free[number]
    return free


def _price(types: Types, group: AddOnGroup, line: WantedLine) -> int:
    """What one unit costs if it is not free."""
    override = _add_on(group, line).price
    kind = types.get(line.ticket_type_id)
    if override is not None or kind is None:
        return override or 0
    own = {one.id: one.price for one in kind.variations}.get(line.variation_id or kind.id)
    least = kind.price.amount if own is None else own
    return max(least, line.price or 0)


def _add_on(group: AddOnGroup, line: WantedLine) -> AddOn:
    return next(one for one in group.add_ons if one.ticket_type_id == line.ticket_type_id)


def _parts(line: WantedLine, *, group: AddOnGroup, parent: int, free: int) -> list[WantedLine]:
    bound = structs.replace(line, parent=parent, bound="add_on", demanded=group.demanded)
    paid = line.quantity - free
    price = _add_on(group, line).price
    parts = [
        structs.replace(bound, quantity=free, set_price=0, price=None),
        structs.replace(bound, quantity=paid, set_price=price),
    ]
    return [part for part in parts if part.quantity]
