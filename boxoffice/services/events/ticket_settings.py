"""The settings of a ticket type that concern the rest of its event: checked as a whole."""

from boxoffice.kernel.refusals import FieldError
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules import access_codes, tiers
from boxoffice.services.events.rules.forms import Checker
from boxoffice.services.events.tables import TicketTypeRow


def check_settings(check: Checker, whole: WholeEvent, kind: TicketTypeRow) -> None:
    """Gather what is wrong with the type's price, heading, visibility and place among the tiers."""
    check(lambda: _check_suggestion(kind), None)
    check(lambda: _check_category(whole, kind), None)
    check(lambda: _check_visibility(kind), None)
    check(lambda: _check_tier(whole, kind), None)


def _check_suggestion(kind: TicketTypeRow) -> None:
    """Only buyers who choose need a suggestion, and it must be one that they may take."""
    if kind.pricing == "fixed":
        kind.suggested_amount = None
    if kind.suggested_amount is not None and kind.suggested_amount < kind.price_amount:
        raise FieldError("/suggested_price", "out_of_range", "At least `price`.")


def _check_category(whole: WholeEvent, kind: TicketTypeRow) -> None:
    known = {None, *(one.id for one in whole.categories)}
    if kind.category_id not in known:
        raise FieldError("/category_id", "unknown_category", "This event has no such category.")


def _check_visibility(kind: TicketTypeRow) -> None:
    kind.access_code = access_codes.checked(kind.access_code)
    if kind.visibility == "hidden" and kind.access_code is None:
        raise FieldError("/access_code", "missing", "Give the code that reveals it.")


def _check_tier(whole: WholeEvent, kind: TicketTypeRow) -> None:
    if kind.opens_after_id is None:
        return
    waits = {one.id: one.opens_after_id for one in whole.ticket_types}
    if kind.opens_after_id not in waits:
        raise FieldError(
            "/opens_after_id", "unknown_ticket_type", "This event has no such ticket type."
        )
    if tiers.waits_for_itself({**waits, kind.id: kind.opens_after_id}, kind.id):
        raise FieldError(
            "/opens_after_id", "cycle", "That one waits for this one; choose an earlier type."
        )
