"""What a small box office must be: pure, without a database, a clock, or the product.

Of each command one method says how it may be answered (stable codes, `OK` for success), and another
what is different once it has succeeded. Whatever is sold, held or free follows from the orders.
"""

from collections import Counter
from dataclasses import dataclass, field

from tests.model.kinds import OK, Kind
from tests.model.line import Back, Line, Place

OPEN = ("held", "awaiting_payment")
OFF = 300
EXTENSIONS = 10


@dataclass(eq=False)
class Ticket:
    """A position; `state` is its ticket's once the order is confirmed, `why` what the door says of
    one that is void. `version`: of its code.
    """

    kind: Kind
    price: int
    seat: int | None = None
    with_voucher: bool = False
    state: str = "valid"
    why: str = "cancelled"
    version: int = 1

    @property
    def stands(self) -> bool:
        return self.state != "void"


@dataclass(eq=False)
class Order:
    """`known`: we know who buys. `lapsed`: its time is over, and perhaps its units are gone.
    `takes`: tickets that others have offered back, one for each of its own.
    """

    tickets: list[Ticket]
    known: bool
    status: str = "held"
    lapsed: bool = False
    extensions: int = 0
    payment: str = "none"
    kept: int = 0
    takes: list[Back] = field(default_factory=list[Back])

    @property
    def live(self) -> bool:
        return self.status == "confirmed" or (self.status in OPEN and not self.lapsed)

    @property
    def shown(self) -> str:
        return "expired" if self.status in OPEN and self.lapsed else self.status

    @property
    def standing(self) -> list[Ticket]:
        return [one for one in self.tickets if one.stands]

    @property
    def total(self) -> int:
        return sum(one.price for one in self.standing)

    def units(self) -> Counter[str]:
        return Counter(quota for one in self.standing for quota in one.kind.quotas)

    def uses(self) -> int:
        return sum(one.with_voucher for one in self.standing)


@dataclass
class Model:
    """`capacity` of each quota; `blocks` are units or seats kept from the sale; `line` is who waits
    for what comes free.
    """

    capacity: dict[str, int]
    most_uses: int
    orders: list[Order] = field(default_factory=list[Order])
    blocks: list[Counter[str]] = field(default_factory=list[Counter[str]])
    line: Line = field(default_factory=Line)
    is_cancelled: bool = False

    def parts(self, quota: str) -> Counter[str]:
        """What the quota's units are; they add up to its capacity and what is overbooked."""
        parts = Counter[str](blocked=sum(block[quota] for block in self.blocks))
        parts["waitlist"] = self.line.offered()[quota]
        for order in self.orders:
            if order.live:
                name = "sold" if order.status == "confirmed" else "held"
                name = "pending" if name == "held" and order.payment != "none" else name
                parts[name] += order.units()[quota]
        taken = parts.total()
        parts["free"] = max(0, self.capacity[quota] - taken)
        parts["overbooked_by"] = max(0, taken - self.capacity[quota])
        return parts

    def left(self, quota: str) -> int:
        """What nobody has; those who wait may be the only ones who get it."""
        return self.parts(quota)["free"]

    def free(self) -> dict[str, int]:
        return {quota: self.left(quota) for quota in self.capacity}

    def on_sale(self, kind: Kind, units: int) -> bool:
        """Whether so many may be had by who does not wait."""
        kept = self.line.reserved(self.free())
        return all(self.left(quota) - kept[quota] >= units for quota in kind.quotas)

    def is_taken(self, seat: int) -> bool:
        sold = any(o.live and any(t.seat == seat for t in o.standing) for o in self.orders)
        return sold or any(block[f"seat {seat}"] for block in self.blocks)

    def uses_left(self, *, lapsed: bool) -> int:
        """Of the voucher; with what orders that lapsed have, or as if that were used still."""
        counted = (o for o in self.orders if o.live or (not lapsed and o.status in OPEN))
        return max(0, self.most_uses - sum(order.uses() for order in counted))

    def fits(self, order: Order) -> bool:
        """Whether everything of it could be claimed now, by who does not wait."""
        seats = [one.seat for one in order.standing if one.seat is not None]
        kept = self.line.reserved(self.free())
        return (
            all(self.left(quota) - kept[quota] >= units for quota, units in order.units().items())
            and not any(self.is_taken(seat) for seat in seats)
            and self.uses_left(lapsed=True) >= order.uses()
        )

    def may_open(self, wanted: Order, *, voucher: bool) -> set[str]:
        """`wanted` is what it would be without the voucher."""
        if self.is_cancelled:
            return {"not_on_sale"}
        codes: set[str] = set()
        if not self.fits(wanted):
            codes.add("sold_out" if wanted.tickets[0].seat is None else self._seats_gone(wanted))
        if voucher and not wanted.total:
            codes.add("voucher_does_not_fit")
        if voucher and not self.uses_left(lapsed=True):
            codes.add("voucher_used_up")
        return codes or {OK}

    def _seats_gone(self, wanted: Order) -> str:
        """All buyers of the model are one."""
        seats = {one.seat for one in wanted.tickets if one.seat is not None}
        gone = {seat for seat in seats if self.is_taken(seat)}
        mine = {t.seat for o in self.orders if o.live and o.status in OPEN for t in o.standing}
        return "seats_held_by_you" if gone <= mine else "seat_taken"

    def reductions(self, order: Order) -> range:
        """To how many tickets the voucher may apply. Uses of lapsed orders come back when there is
        no other left.
        """
        mine = order.uses() if order in self.orders else 0
        least = self.uses_left(lapsed=False) + mine or self.uses_left(lapsed=True) + mine
        most = self.uses_left(lapsed=True) + mine
        count = len(order.tickets)
        return range(min(count, least), min(count, most) + 1)

    def did_open(self, order: Order) -> None:
        self.orders.append(order)
        if order.known and not order.total:
            order.status = "confirmed"

    @staticmethod
    def may_change(order: Order) -> set[str]:
        """Name the buyer: anything that is for open orders alone."""
        if order.shown == "expired":
            return {"hold_expired"}
        return {OK} if order.status in OPEN else {"illegal_order_move"}

    def may_extend(self, order: Order) -> set[str]:
        codes = self.may_change(order)
        return codes if codes != {OK} or order.extensions < EXTENSIONS else {"no_more_extensions"}

    def may_set_voucher(self, order: Order, *, wanted: bool) -> set[str]:
        # Of an order that is over its claims are gone as well.
        if not order.live or (order.status == "confirmed" and not order.standing):
            return {"hold_expired"}
        if order.status == "confirmed" and not order.total and not wanted:
            return {"illegal_order_move"}
        codes: set[str] = set()
        if wanted and not any(one.kind.price for one in order.tickets):
            codes.add("voucher_does_not_fit")
        elif wanted and not self.uses_left(lapsed=True) + order.uses():
            codes.add("voucher_used_up")
        if order.status != "held":
            codes.add("illegal_order_move")
        return codes or {OK}

    @staticmethod
    def may_confirm(order: Order) -> set[str]:
        if order.status == "confirmed":
            return {OK}
        if order.total:
            return {"payment_needed"}
        if not order.known:
            return {"buyer_missing"}
        return {OK} if order.live else {"hold_expired"}

    @staticmethod
    def may_pay(order: Order) -> set[str]:
        if order.status == "confirmed":
            return {"already_paid" if order.payment == "paid" else "illegal_order_move"}
        if not order.live:
            return {"hold_expired" if order.shown == "expired" else "illegal_order_move"}
        if not order.total:
            return {"nothing_to_pay"}
        if not order.known:
            return {"buyer_missing"}
        return {"payment_under_way"} if order.payment == "pending" else {OK}

    @staticmethod
    def lost(order: Order) -> bool:
        """Whether it would take a ticket that nobody gives up any more. One that was cancelled
        otherwise has made room.
        """
        return any(
            not (one.stands and one.holder is order) and one.ticket.state != "void"
            for one in order.takes
        )

    @staticmethod
    def take_over(order: Order) -> None:
        """It is confirmed: those who gave tickets up for it lose them, and get what they cost, but
        no more than was paid for either.
        """
        for back, bought in zip(order.takes, order.tickets, strict=False):
            if back.stands and back.holder is order:
                giver = back.order
                giver.kept -= min(back.ticket.price, giver.kept, bought.price)
                back.ticket.state, back.status = "void", "taken"
                if not giver.standing:
                    giver.status = "cancelled"

    @staticmethod
    def claimed_again(order: Order) -> None:
        """Its units were somebody's meanwhile; now it has others, and takes nothing over."""
        for back in order.takes:
            if back.holder is order:
                back.holder = None
        order.takes = []

    def accept(self, place: Place) -> Order:
        """The order that the offer becomes."""
        assert place.kind is not None
        tickets = [Ticket(place.kind, place.kind.price) for _ in range(place.units)]
        order = Order(tickets, known=True, takes=place.backs)
        place.state = "accepted"
        for back in place.backs:
            back.holder = order
        self.did_open(order)
        return order

    def late_money(self, order: Order) -> set[str]:
        """What may become of an order when the money for it comes: claims that lapsed may stand
        still though others would not fit.
        """
        if order.live:
            return {"expired" if self.lost(order) else "confirmed"}
        if order.status == "cancelled" or self.is_cancelled:
            return {order.status, "expired"}
        sure = self.fits(order) and not self.lost(order)
        return {"confirmed"} if sure else {"confirmed", "expired"}

    @staticmethod
    def may_cancel(order: Order, chosen: list[Ticket], *, staff: bool) -> set[str]:
        if not order.standing or any(not one.stands for one in chosen):
            return {"already_cancelled"}
        if order.status not in (*OPEN, "confirmed"):
            return {"illegal_order_move"}
        if order.status != "confirmed":
            return {OK} if len(chosen) == len(order.standing) else {"cancel_all_at_once"}
        if not staff and any(one.state == "used" for one in chosen):
            return {"ticket_used"}
        if not staff and any(one.version > 1 for one in chosen):
            return {"ticket_given_on"}
        return {OK}

    @staticmethod
    def did_cancel(order: Order, chosen: list[Ticket]) -> None:
        order.kept -= sum(one.price for one in chosen) if order.status == "confirmed" else 0
        for one in chosen:
            one.state = "void"
        if not order.standing:
            order.status = "cancelled"

    def may_give(self, ticket: Ticket) -> set[str]:
        if ticket.version > 1:
            return {"ticket_not_yours"}
        if self.line.is_back(ticket):
            return {"return_stands"}
        return {OK} if ticket.state == "valid" else {"ticket_unfit"}

    def may_change_kind(self, ticket: Ticket) -> set[str]:
        """A bench for a chair: its unit of the hall is its own all the time, whoever waits for one
        and however overbooked the hall is.
        """
        if ticket.version > 1:
            return {"ticket_not_yours"}
        if self.line.is_back(ticket):
            return {"return_stands"}
        return {OK}

    @staticmethod
    def scanned(ticket: Ticket, version: int) -> str:
        """What the door says to the ticket's code of that version."""
        if not ticket.stands:
            return ticket.why
        if version < ticket.version:
            return "given_on"
        return "already_admitted" if ticket.state == "used" else "ok"

    def did_cancel_event(self) -> None:
        self.is_cancelled = True
        for order in self.orders:
            if order.live or order.status in OPEN:
                for ticket in order.standing:
                    ticket.why = "date_cancelled"
                self.did_cancel(order, order.standing)
