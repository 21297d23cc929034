"""Presales: when people may register for early access, and when those who got it may buy."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.kernel.refusals import Conflict, FieldError, NotFound
from boxoffice.services.events.rules.forms import Checker
from boxoffice.services.events.rules.localtime import is_in_reach

# Who gets early access, if not all can: whoever registered first, or whom the lot falls on.
PresaleMode = Literal["first_come", "draw"]
PresaleState = Literal["not_yet", "open", "closed", "drawn"]


class NoPresale(NotFound):
    code = "no_presale"
    message = "This event gives no early access; look at its page for when the sale begins."


class PresaleDrawn(Conflict):
    code = "presale_drawn"
    message = "Early access has been given already, so this cannot be changed any more."


class PresaleInUse(Conflict):
    code = "presale_in_use"
    message = "People have registered already: change when it closes, instead of taking it back."


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """How early access is given: at most `max_tickets` each, `total_tickets` altogether (None: as
    many as are asked for). No `ticket_type_ids`: all types that are sold to everybody.
    """

    opens_at: datetime
    closes_at: datetime
    mode: PresaleMode
    max_tickets: int
    total_tickets: int | None
    window_starts_at: datetime
    window_minutes: int
    ticket_type_ids: tuple[UUID, ...] = ()


def check_terms(terms: Terms, *, public: Collection[UUID]) -> None:
    """`Invalid` with one error for each field that is wrong; `public` are the event's types that
    everybody may buy.
    """
    check = Checker()
    if check(lambda: _in_reach(terms), otherwise=False):
        check(lambda: _in_order(terms), None)
        check(lambda: _window_after(terms), None)
    check(lambda: _total(terms), None)
    check(lambda: _types(terms, public), None)
    check.finish()


def state_at(
    opens_at: datetime, closes_at: datetime, drawn_at: datetime | None, *, now: datetime
) -> PresaleState:
    """Where the presale stands."""
    if drawn_at is not None:
        return "drawn"
    if now < opens_at:
        return "not_yet"
    return "open" if now < closes_at else "closed"


def window(
    starts_at: datetime, minutes: int, *, drawn_at: datetime | None
) -> tuple[datetime, datetime]:
    """From when to when whoever got early access may buy: as long, also if it was given late."""
    start = starts_at if drawn_at is None else max(starts_at, drawn_at)
    return start, start + timedelta(minutes=minutes)


def _in_reach(terms: Terms) -> bool:
    moments = {
        "/opens_at": terms.opens_at,
        "/closes_at": terms.closes_at,
        "/window_starts_at": terms.window_starts_at,
    }
    for pointer, moment in moments.items():
        if moment.tzinfo is None or not is_in_reach(moment):
            raise FieldError(pointer, "bad_time", "Give a time with its offset, not too far away.")
    return True


def _in_order(terms: Terms) -> None:
    if terms.closes_at <= terms.opens_at:
        sentence = "Registration closes after it opens."
        raise FieldError("/closes_at", "end_before_start", sentence)


def _window_after(terms: Terms) -> None:
    if terms.window_starts_at < terms.closes_at:
        sentence = "Early access begins once registration has closed."
        raise FieldError("/window_starts_at", "end_before_start", sentence)


def _total(terms: Terms) -> None:
    if terms.total_tickets is not None and terms.total_tickets < terms.max_tickets:
        sentence = "At least as many altogether as one person may ask for."
        raise FieldError("/total_tickets", "contradiction", sentence)


def _types(terms: Terms, public: Collection[UUID]) -> None:
    if not set(public).issuperset(terms.ticket_type_ids):
        sentence = "Choose ticket types of this event that everybody may buy."
        raise FieldError("/ticket_type_ids", "unknown_ticket_type", sentence)
