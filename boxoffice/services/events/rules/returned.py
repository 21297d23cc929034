"""Who of those that wait is offered tickets that their holders would give back. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import structs

from boxoffice.services.events.rules.shelf import NewClaim, Shelf
from boxoffice.services.events.rules.waiting import Served, Waiter, cost, serve

Kind = tuple[UUID, UUID | None]


class ReturnedPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket that its holder would give back until `ends_at`: its type and variation, and what
    its holder would get for it, in minor units.
    """

    id: UUID
    ticket_type_id: UUID
    variation_id: UUID | None
    ends_at: datetime
    face_amount: int = 0


class Promised(msgspec.Struct, frozen=True, kw_only=True):
    """What is offered to somebody, and the places that it would be."""

    served: Served
    places: tuple[ReturnedPlace, ...]


def promise(
    shelf: Shelf, waiters: Iterable[Waiter], places: Sequence[ReturnedPlace]
) -> list[Promised]:
    """Each place to one waiter at most, in the order of both; each waiter in full or not at all.

    They must fit everything but the quotas, which these places are beyond for a while. A place that
    would bring in less than its holder gets back for it goes to nobody.
    """
    left: defaultdict[Kind, list[ReturnedPlace]] = defaultdict(list)
    for place in _worth_it(shelf, places):
        left[place.ticket_type_id, place.variation_id].append(place)
    promised: list[Promised] = []
    for waiter in waiters:
        for kind in _accepted(waiter, left):
            chosen = left[kind][: waiter.units]
            served = _serve(shelf, waiter, kind, chosen)
            if served is not None:
                left[kind] = left[kind][waiter.units :]
                promised.append(Promised(served=served, places=tuple(chosen)))
                break
    return promised


def _worth_it(shelf: Shelf, places: Iterable[ReturnedPlace]) -> Iterator[ReturnedPlace]:
    for place in places:
        kind = shelf.types.get(place.ticket_type_id)
        # With a ticket that is given back nothing comes along.
        if kind is not None and not kind.extras.demands:
            now = cost(kind, place.variation_id, 1, now=shelf.now).total
            if place.face_amount <= now:
                yield place


def _accepted(waiter: Waiter, left: dict[Kind, list[ReturnedPlace]]) -> list[Kind]:
    """The best liked type first."""
    return [
        kind
        for type_id in waiter.ticket_type_ids
        for kind, places in left.items()
        if kind[0] == type_id and len(places) >= waiter.units
    ]


def _serve(
    shelf: Shelf, waiter: Waiter, kind: Kind, places: Sequence[ReturnedPlace]
) -> Served | None:
    type_id, variation_id = kind
    if variation_id is not None:
        named = {one.id for one in shelf.types[type_id].variations} & set(waiter.variation_ids)
        if named and variation_id not in named:
            return None
    only = structs.replace(
        waiter,
        ticket_type_ids=(type_id,),
        variation_ids=() if variation_id is None else (variation_id,),
    )
    served = serve(_with_room(shelf, type_id, waiter.units), [only])
    if not served or served[0].granted.lines[0].variation_id != variation_id:
        return None
    until = min(served[0].until, *(place.ends_at for place in places))
    claims = tuple(_beyond(one, until) for one in served[0].granted.claims)
    granted = structs.replace(served[0].granted, claims=_by_seat(shelf, claims), expires_at=until)
    return structs.replace(served[0], waiter=waiter, granted=granted, until=until)


def _with_room(shelf: Shelf, type_id: UUID, units: int) -> Shelf:
    """As if so many of the type were free; which seats these are is known."""
    wanted = shelf.types[type_id].all_quotas
    quotas = {
        one.id: structs.replace(one, capacity=one.claimed + units, seating_id=None)
        if one.id in wanted
        else structs.replace(one)
        for one in shelf.quotas.values()
    }
    return structs.replace(shelf, quotas=quotas, seats={})


def _beyond(claim: NewClaim, until: datetime) -> NewClaim:
    return structs.replace(claim, beyond=claim.units, expires_at=until)


def _by_seat(shelf: Shelf, claims: Sequence[NewClaim]) -> tuple[NewClaim, ...]:
    """Where units are seats each has a claim of its own, to be exchanged for its seat's."""
    return tuple(
        part
        for claim in claims
        for part in (
            [structs.replace(claim, units=1, beyond=1)] * claim.units
            if shelf.quotas[claim.quota_id].seating_id is not None
            else [claim]
        )
    )
