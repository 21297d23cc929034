"""What people who wait do, whoever gives a ticket back, and what the worker does for both."""

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.model.kinds import BENCH, CHAIR, OK, STANDING, Kind
from tests.model.line import Line, Place
from tests.model.steps import WHICH, Steps

WISHES: list[tuple[Kind, ...]] = [
    (STANDING,), (BENCH,), (CHAIR,), (CHAIR, BENCH), (BENCH, STANDING), (STANDING, CHAIR),
]  # fmt: skip
# What becomes of a place that is given up, or taken again.
_SAYS: dict[str, tuple[Callable[[Place], set[str]], str]] = {
    "decline": (Line.may_decline, "declined"),
    "leave": (Line.may_leave, "left"),
}


class LineRules(Steps):
    """Rules; the others are the machine's."""

    def line_goes_on(self) -> bool:
        return self.goes_on() and bool(self.model.line.places)

    def is_offered(self) -> bool:
        return self.goes_on() and any(one.live for one in self.model.line.places)

    def has_backs(self) -> bool:
        return self.goes_on() and bool(self.model.line.backs)

    @precondition(Steps.goes_on)
    @rule(kinds=st.sampled_from(WISHES), units=st.sampled_from((1, 1, 2)))
    def join(self, kinds: tuple[Kind, ...], units: int) -> None:
        can_buy = any(self.model.on_sale(kind, units) for kind in kinds)
        answered = self.do(self.door.join(kinds, units))
        if self.check(answered, {"tickets_available" if can_buy else OK}):
            line = self.model.line
            line.places.append(Place(kinds, units, line.next_rank()))

    @precondition(line_goes_on)
    @rule(returned=st.sampled_from((False, True, None)))
    def serve(self, returned: bool | None) -> None:
        """The worker hears of one, or of both."""
        if returned is not True:
            self.do(self.door.serve())
            self.model.line.serve(self.model.free())
        if returned is not False:
            self.do(self.door.serve_returned())
            self.model.line.serve_returned()

    def whose(self, which: int, *, offered: bool = False) -> int:
        """The number of a place; of one with an offer, if there is any."""
        places = self.model.line.places
        some = [n for n, one in enumerate(places) if one.live] if offered else []
        some = some or list(range(len(places)))
        return some[which % len(some)]

    @precondition(line_goes_on)
    @rule(which=WHICH, offered=st.booleans())
    def accept(self, which: int, offered: bool) -> None:
        number = self.whose(which, offered=offered)
        place = self.model.line.places[number]
        answered = self.do(self.door.say(number, "accept"))
        if self.check(answered, self.model.line.may_accept(place)):
            order = self.model.accept(place)
            self.ids.append(answered[1]["id"])
            if order.status == "confirmed":
                self.take_over(order, answered[1])

    @precondition(line_goes_on)
    @rule(which=WHICH, verb=st.sampled_from(("decline", "leave", "rejoin")))
    def answer(self, which: int, verb: str) -> None:
        number = self.whose(which, offered=verb == "decline")
        place, line = self.model.line.places[number], self.model.line
        answered = self.do(self.door.say(number, verb))
        if verb == "rejoin":
            if self.check(answered, line.may_rejoin(place)):
                line.rejoin(place)
            return
        may, state = _SAYS[verb]
        if self.check(answered, may(place)):
            place.state = state

    @precondition(is_offered)
    @rule(which=WHICH)
    def miss(self, which: int) -> None:
        """The time to answer is over."""
        number = self.whose(which, offered=True)
        self.do(self.door.places[number].lapse())
        self.model.line.places[number].state = "expired"

    @precondition(line_goes_on)
    @rule(which=WHICH)
    def offer_by_hand(self, which: int) -> None:
        """The team picks somebody, whoever waits longer."""
        number = self.whose(which)
        place = self.model.line.places[number]
        if place.is_over or place.live:
            fit, may = None, {"not_waiting"}
        else:
            fit = next((one for one in place.kinds if self.fits(one, place.units)), None)
            may = {OK} if fit else {"sold_out"}
        if self.check((self.do(self.door.offer_by_hand(number)), None), may) and fit:
            place.offer(fit, [])

    def fits(self, kind: Kind, units: int) -> bool:
        return all(self.model.left(quota) >= units for quota in kind.quotas)

    @precondition(Steps.has_sold)
    @rule(which=WHICH, number=WHICH)
    def give_back(self, which: int, number: int) -> None:
        order, order_id, ticket, number = self.ticket(which, number)
        _, ticket_id = self.positions(order_id)[number]
        may = self.model.line.may_give_back(order, ticket)
        if self.check((self.do(self.door.give_back(order_id, ticket_id)), None), may):
            self.model.line.did_give_back(order, ticket)

    @precondition(has_backs)
    @rule(which=WHICH)
    def withdraw(self, which: int) -> None:
        number = which % len(self.model.line.backs)
        back = self.model.line.backs[number]
        may = self.model.line.may_withdraw(back)
        if self.check((self.do(self.door.withdraw(number)), None), may):
            back.status = "withdrawn"
