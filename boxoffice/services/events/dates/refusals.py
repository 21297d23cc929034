"""Why a date cannot be added, moved or deleted."""

from boxoffice.kernel.refusals import Conflict

MOST_DATES = 1_000
MOST_SERIES = 20


class DateInUse(Conflict):
    code = "date_in_use"
    message = "Somebody ordered for this date; cancel it instead of deleting it."


class DateHasOrders(Conflict):
    code = "date_has_orders"
    message = "Orders stand for this date; postpone it, so that everybody hears of it."


class LastDate(Conflict):
    code = "last_date"
    message = "An event has at least one date; move this one, or delete the event's others first."


class DateExists(Conflict):
    code = "date_exists"
    message = "The event has a date that begins at this very time."


class DateCancelled(Conflict):
    code = "date_cancelled"
    message = "This date is cancelled, which is final; add another date instead."


class TooManyDates(Conflict):
    code = "too_many_dates"
    message = f"An event has at most {MOST_DATES} dates; make another event for those to come."


class TooManySeries(Conflict):
    code = "too_many_series"
    message = f"An event has at most {MOST_SERIES} series; change one of them."
