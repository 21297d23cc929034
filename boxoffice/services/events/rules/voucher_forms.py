"""The form of a voucher: codes that can be typed, terms that do not contradict themselves."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.kernel.refusals import FieldError, Invalid
from boxoffice.services.events.rules import texts
from boxoffice.services.events.rules.forms import Checker
from boxoffice.services.events.rules.localtime import is_in_reach
from boxoffice.services.events.rules.pricing.rounding import WHOLE
from boxoffice.services.events.rules.pricing.vouchers import code_key

LEAST_CODE = 4
MAX_CODE = 64


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a voucher is worth, how often and when."""

    effect: str
    value: int
    budget: int | None
    max_uses: int
    valid_from: datetime | None
    valid_until: datetime | None
    # So many seats that are set aside, one for each use.
    seats: int = 0


def checked_code(code: str) -> str:
    """The code in one line, of at least four characters that count; `Invalid` otherwise."""
    clean = _line("/code", code, most=MAX_CODE)
    if len(code_key(clean)) < LEAST_CODE:
        sentence = f"At least {LEAST_CODE} letters or digits; leave it empty for a safe one."
        raise Invalid(errors=[FieldError("/code", "too_short", sentence)])
    return clean


def checked_prefix(prefix: str) -> str:
    """The prefix with a hyphen, if there is one."""
    clean = _line("/prefix", prefix, most=20)
    return f"{clean.rstrip('-')}-" if clean else ""


def check_terms(
    limits: Limits,
    *,
    ticket_type_ids: Sequence[UUID],
    known: Collection[UUID],
    reserves: bool,
) -> None:
    """`Invalid` with one error for each field that is wrong; the event's types are `known`."""
    check = Checker()
    check(lambda: _check_value(limits), None)
    check(lambda: _check_types(ticket_type_ids, known, reserves=reserves), None)
    check(lambda: _check_window(limits), None)
    check.finish()


def check_change(limits: Limits, *, used: int, spent: int) -> None:
    """The same of a voucher that has been used: its limits stay above that."""
    check = Checker()
    check(lambda: _check_value(limits), None)
    check(lambda: _check_window(limits), None)
    check(lambda: _at_least("/max_uses", limits.max_uses, used), None)
    check(lambda: _check_uses(limits.max_uses, limits.seats), None)
    if limits.budget is not None:
        check(lambda: _at_least("/budget", limits.budget or 0, spent), None)
    check.finish()


def check_seats(
    sold_as: Mapping[UUID, Sequence[UUID]],
    *,
    ticket_type_ids: Collection[UUID],
    max_uses: int,
    reserves: bool,
    vouchers: int,
) -> None:
    """`Invalid` unless that many vouchers may be for these seats, by the ticket type that each is
    sold as; `reserves`: they set them aside.
    """
    seats = [seat for own in sold_as.values() for seat in own]
    check = Checker()
    check(lambda: _check_sold_as(sold_as, ticket_type_ids, reserves=reserves), None)
    check(lambda: _check_once(seats), None)
    if reserves:
        check(lambda: _check_uses(max_uses, len(seats) if max_uses > 1 else 0), None)
        check(lambda: _check_alone(vouchers), None)
    check.finish()


def _check_sold_as(
    sold_as: Collection[UUID], ticket_type_ids: Collection[UUID], *, reserves: bool
) -> None:
    if ticket_type_ids and not set(ticket_type_ids).issuperset(sold_as):
        sentence = "Some of these seats are sold as other ticket types than those it is for."
        raise FieldError("/seats", "contradiction", sentence)
    if reserves and len(sold_as) != 1:
        sentence = "Seats to set aside are of one ticket type; make a voucher for each."
        raise FieldError("/seats", "choose_one", sentence)


def _check_once(seats: Sequence[UUID]) -> None:
    if len(set(seats)) < len(seats):
        raise FieldError("/seats", "twice", "Name each seat once.")


def _check_uses(max_uses: int, seats: int) -> None:
    if seats and max_uses != seats:
        sentence = f"Each seat that is set aside is for one use: that makes {seats}."
        raise FieldError("/max_uses", "contradiction", sentence)


def _check_alone(vouchers: int) -> None:
    if vouchers > 1:
        sentence = "Seats can be set aside for one voucher only; make one at a time."
        raise FieldError("/count", "contradiction", sentence)


def _line(pointer: str, text: str, *, most: int) -> str:
    try:
        return texts.line(pointer, text, most=most)
    except FieldError as error:
        raise Invalid(errors=[error]) from error


def _check_value(limits: Limits) -> None:
    effect, value = limits.effect, limits.value
    if effect == "percent" and not 0 < value <= WHOLE:
        raise FieldError("/value", "out_of_range", "More than 0 %, at most 100 %.")
    if effect == "amount" and not value:
        raise FieldError("/value", "missing", "Say how much it takes off.")
    if effect == "none" and value:
        raise FieldError("/value", "contradiction", "Without an effect there is no value.")


def _check_types(
    ticket_type_ids: Sequence[UUID], known: Collection[UUID], *, reserves: bool
) -> None:
    if not set(known).issuperset(ticket_type_ids):
        raise FieldError(
            "/ticket_type_ids", "unknown_ticket_type", "This event has no such ticket type."
        )
    if reserves and len(ticket_type_ids) != 1:
        raise FieldError(
            "/ticket_type_ids", "choose_one", "Say which one ticket type is set aside."
        )


def _check_window(limits: Limits) -> None:
    for name, moment in (("valid_from", limits.valid_from), ("valid_until", limits.valid_until)):
        if moment is not None and (moment.tzinfo is None or not is_in_reach(moment)):
            raise FieldError(
                f"/{name}", "bad_time", "Give a time with an offset, like 2027-03-14T19:00:00Z."
            )
    if limits.valid_from and limits.valid_until and limits.valid_until <= limits.valid_from:
        raise FieldError("/valid_until", "end_before_start", "It ends after it begins.")


def _at_least(pointer: str, value: int, least: int) -> None:
    if value < least:
        raise FieldError(pointer, "below_use", f"At least {least}: so much has been used already.")
