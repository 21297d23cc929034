"""What the template of the tickets is told: plain strings, each with its direction."""

import re
import unicodedata
from typing import Any

from boxoffice.services.bookings.documents import qr
from boxoffice.services.bookings.documents.orders import OrderDocument, TicketDocument
from boxoffice.services.bookings.documents.when import describe

_LONGEST_TEXT = 200
_LONGEST_WORD = 24
_KANA = re.compile("[\u3040-\u30ff]")
_SPACE = re.compile(r"\s+")
# Control characters, what reorders the text around it, and halves of surrogate pairs.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# Thai, Chinese and Japanese: lines may break inside what looks like one word.
_BREAKS_INSIDE = re.compile("[\u0e00-\u0eff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def pages(order: OrderDocument) -> dict[str, Any]:
    """Everything on the pages; the keys are the template's."""
    return {
        "title": _typed(order.event_title),
        "organizer": _typed(order.organizer_name),
        "venue": _typed(order.venue_name or "Online"),
        "address": _typed(order.venue_address or ""),
        "japanese": order.locale.startswith("ja") or bool(_KANA.search(_all_text(order))),
        "tickets": [
            _ticket(order, ticket, place) for place, ticket in enumerate(order.tickets, start=1)
        ],
    }


def reference(order_code: str, number: int) -> str:
    """`7KQ2M8XD-1`: the ticket in words that can be typed and said."""
    return f"{order_code}-{number}"


def _ticket(order: OrderDocument, ticket: TicketDocument, place: int) -> dict[str, Any]:
    date = ticket.date or order
    when = describe(date.starts_at, date.ends_at, order.timezone)
    return {
        "day": when.day,
        "date": when.date,
        "time": when.time,
        "zone": when.zone,
        "type": _typed(ticket.ticket_type_name),
        "attendee": _typed(ticket.attendee_name) if ticket.attendee_name else None,
        "seat": _typed(ticket.seat) if ticket.seat else None,
        "extras": _typed(f"With {ticket.extras}") if ticket.extras else None,
        "reference": reference(order.order_code, ticket.number),
        "count": f"Ticket {place} of {len(order.tickets)}",
        "qr": qr.bare_svg(ticket.code),
    }


def _typed(value: str) -> dict[str, Any]:
    text = _one_line(value)
    words = [_pieces(word) for word in text.split(" ")]
    return {
        "text": " ".join("\u200b".join(pieces) for pieces in words),
        "rtl": _is_right_to_left(text),
        "words": [
            piece for pieces in words for piece in pieces if not _BREAKS_INSIDE.search(piece)
        ],
    }


def _one_line(value: str) -> str:
    """Without control characters and bidi overrides, spaces collapsed, cut at a sane length."""
    text = _UNFIT.sub("", _SPACE.sub(" ", value)).strip()
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _pieces(word: str) -> list[str]:
    """The word, or if no line would hold it, pieces between which it may break (invisibly)."""
    return [word[start : start + _LONGEST_WORD] for start in range(0, len(word), _LONGEST_WORD)]


def _is_right_to_left(text: str) -> bool:
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL"))
    return next(strong, "L") != "L"


def _all_text(order: OrderDocument) -> str:
    names = (
        f"{ticket.ticket_type_name} {ticket.attendee_name} {ticket.seat} {ticket.extras}"
        for ticket in order.tickets
    )
    venue = f"{order.venue_name} {order.venue_address}"
    return " ".join([order.event_title, order.organizer_name, venue, *names])
