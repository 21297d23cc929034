"""Why seats cannot be given, and what to do next."""

from boxoffice.kernel.refusals import Conflict, Invalid


class SeatTaken(Conflict):
    """`seat_ids` are the wanted seats that somebody else has."""

    code = "seat_taken"
    message = "Some of these seats have just been taken; choose others in their place."


class NoAdjacentSeats(Conflict):
    """`longest` is the largest party that finds seats side by side."""

    code = "no_adjacent_seats"
    message = (
        "There are not so many seats side by side; choose fewer, another category, or say that the "
        "party may sit apart."
    )


class NotEnoughSeats(Conflict):
    code = "sold_out"
    message = "There are not enough seats left in this category; choose fewer or another one."


class NoAccessibleSeats(Conflict):
    code = "no_accessible_seats"
    message = "There are not enough wheelchair places left here; choose another category or date."


class UnknownSeat(Invalid):
    code = "unknown_seat"
    message = "This seat does not belong to this date's seat map; load the map again."


class SeatOfAnotherType(Invalid):
    code = "seat_of_another_type"
    message = "This seat is sold with another ticket type; see the map's categories."


class SeatTwice(Invalid):
    code = "seat_twice"
    message = "The same seat is wanted twice; name each seat once."


class NotSeated(Invalid):
    code = "not_seated"
    message = "This ticket type has no numbered seats; order it by quantity alone."
