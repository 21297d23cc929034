"""Who waits for what is sold out, and whose tickets are offered back: pure, like `model`.

What is free belongs to those who wait, each in full, whoever joined first first; a returned ticket
goes to the first of them who wants its type, and beyond the capacity until it is paid for.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.model.kinds import OK, Kind

if TYPE_CHECKING:
    from tests.model.model import Order, Ticket


@dataclass(eq=False)
class Place:
    """Somebody in line for `units` of one of these kinds, the best liked first.

    `state`: waiting, offered, expired; accepted, declined or left.
    """

    kinds: tuple[Kind, ...]
    units: int
    rank: int
    state: str = "waiting"
    kind: Kind | None = None
    backs: "list[Back]" = field(default_factory=list["Back"])

    @property
    def is_over(self) -> bool:
        return self.state in ("accepted", "declined", "left")

    @property
    def live(self) -> bool:
        return self.state == "offered"

    def offer(self, kind: Kind, backs: "list[Back]") -> None:
        self.state, self.kind, self.backs = "offered", kind, backs
        for back in backs:
            back.holder = self


@dataclass(eq=False)
class Back:
    """A ticket of `order` that is offered back; `holder` is who may take it, or has bought it.

    `status`: offered, withdrawn or taken.
    """

    order: "Order"
    ticket: "Ticket"
    status: str = "offered"
    holder: "Place | Order | None" = None

    @property
    def is_promised(self) -> bool:
        return self.holder is not None and self.holder.live

    @property
    def stands(self) -> bool:
        return self.status == "offered" and self.ticket.state == "valid"

    @property
    def shown(self) -> str:
        ended = self.status == "offered" and not self.stands
        return "ended" if ended else self.status


@dataclass
class Line:
    """All places and all tickets that were ever offered back, oldest first."""

    places: list[Place] = field(default_factory=list[Place])
    backs: list[Back] = field(default_factory=list[Back])
    ranks: int = 0

    @property
    def waiting(self) -> list[Place]:
        """In their order."""
        found = [one for one in self.places if one.state == "waiting"]
        return sorted(found, key=lambda one: one.rank)

    def next_rank(self) -> int:
        self.ranks += 1
        return self.ranks

    def turns(self, free: Mapping[str, int]) -> list[tuple[Place, Kind]]:
        """Who gets what of so many free units of each quota."""
        left, found = Counter(free), list[tuple[Place, Kind]]()
        for place in self.waiting:
            for kind in place.kinds:
                if all(left[quota] >= place.units for quota in kind.quotas):
                    left.subtract(dict.fromkeys(kind.quotas, place.units))
                    found.append((place, kind))
                    break
        return found

    def reserved(self, free: Mapping[str, int]) -> Counter[str]:
        """Units of these that are nobody's but theirs."""
        units = Counter[str]()
        for place, kind in self.turns(free):
            units.update(dict.fromkeys(kind.quotas, place.units))
        return units

    def offered(self) -> Counter[str]:
        """Units that somebody is being offered."""
        units = Counter[str]()
        for place in self.places:
            if place.live and place.kind is not None:
                units.update(dict.fromkeys(place.kind.quotas, place.units))
        return units

    def serve(self, free: Mapping[str, int]) -> None:
        for place, kind in self.turns(free):
            place.offer(kind, [])

    def serve_returned(self) -> None:
        """Whoever was promised what is lost waits on where they stood; what is nobody's is
        promised.
        """
        for back in self.backs:
            lost = back.status == "offered" and back.ticket.state == "used"
            if lost and isinstance(back.holder, Place) and back.is_promised:
                back.holder.state = "waiting"
        free = [one for one in self.backs if one.stands and not one.is_promised]
        for place in self.waiting:
            for kind in place.kinds:
                fit = [one for one in free if one.ticket.kind is kind][: place.units]
                if len(fit) == place.units:
                    place.offer(kind, fit)
                    free = [one for one in free if one not in fit]
                    break

    def rejoin(self, place: Place) -> None:
        place.state, place.rank = "waiting", self.next_rank()

    @staticmethod
    def may_decline(place: Place) -> set[str]:
        return {OK} if place.state in ("offered", "declined") else {"not_waiting"}

    @staticmethod
    def may_leave(place: Place) -> set[str]:
        return {OK} if not place.is_over or place.state == "left" else {"not_waiting"}

    @staticmethod
    def may_rejoin(place: Place) -> set[str]:
        return {OK} if place.state == "expired" else {"not_waiting"}

    @staticmethod
    def may_accept(place: Place) -> set[str]:
        if place.is_over:
            return {"not_waiting"}
        lost = any(back.ticket.state == "used" for back in place.backs)
        return {OK} if place.live and not lost else {"offer_over"}

    def may_give_back(self, order: "Order", ticket: "Ticket") -> set[str]:
        fit = order.status == "confirmed" and ticket.state == "valid" and ticket.version == 1
        if not fit:
            return {"return_unfit", "return_not_found"}
        if ticket.with_voucher:
            return {"voucher_ticket"}
        return {"return_stands"} if self.is_back(ticket) else {OK}

    def did_give_back(self, order: "Order", ticket: "Ticket") -> None:
        self.backs.append(Back(order, ticket))

    def is_back(self, ticket: "Ticket") -> bool:
        return any(one.ticket is ticket and one.stands for one in self.backs)

    @staticmethod
    def may_withdraw(back: Back) -> set[str]:
        if not back.stands:
            return {"return_over"}
        return {"return_promised"} if back.is_promised else {OK}
