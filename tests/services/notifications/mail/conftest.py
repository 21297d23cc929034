"""Data for every template."""

from typing import Any

import pytest

URL = "https://tickets.example/orders/python.01890a5d.1.kd83jd83"

LETTERS: dict[str, dict[str, Any]] = {
    "order_confirmed": {
        "organizer_name": "Python Namibia",
        "event_title": "PyCon Namibia 2027",
        "when": "Sat 10 July 2027, 19:00 (CEST, UTC+2)",
        "venue": "Kulturquartier, Berlin",
        "order_code": "7KQ2M8XD",
        "order_url": URL,
        "buyer_name": "Selma Nangombe",
        "total": "EUR 84.00",
        "seats": "Balcony, row C, seat 12; Balcony, row C, seat 13",
        "note": "These tickets were in order 9ZZ2M8XD before.",
        "lines": [
            {"quantity": "2", "name": "General admission", "amount": "EUR 60.00"},
            {"quantity": "1", "name": "Workshop", "amount": "EUR 24.00"},
        ],
        "tickets": [
            {
                "reference": "7KQ2M8XD-1",
                "ticket_type_name": "Standing",
                "attendee_name": "Ada Lovelace",
                "seat": "Balcony, row C, seat 12",
                "qr_source": "cid:ticket-1@boxoffice",
            },
            {
                "reference": "7KQ2M8XD-2",
                "ticket_type_name": "Standing",
                "qr_source": "cid:ticket-2@boxoffice",
            },
        ],
    },
    "purchase_confirmed": {
        "organizer_name": "Python Namibia",
        "count": "2 events",
        "titles": "PyCon Namibia 2027, Jazz at noon",
        "purchase_url": URL,
        "buyer_name": "Selma Nangombe",
        "total": "EUR 60.00",
        "orders": [
            {
                "event_title": "PyCon Namibia 2027",
                "when": "Sat 10 July 2027, 19:00 (CEST, UTC+2)",
                "venue": "Kulturquartier, Berlin",
                "order_code": "7KQ2M8XD",
                "order_url": URL + "8",
                "seats": "Balcony, row C, seat 12",
                "lines": [{"quantity": "2", "name": "General admission", "amount": "EUR 60.00"}],
                "total": "EUR 60.00",
                "tenders": [{"name": "Paid by gift card …9RTB", "amount": "EUR 20.00"}],
                "tickets": [
                    {
                        "reference": "7KQ2M8XD-1",
                        "ticket_type_name": "Standing",
                        "attendee_name": "Ada Lovelace",
                        "seat": "Balcony, row C, seat 12",
                        "qr_source": "cid:ticket-7KQ2M8XD-1@boxoffice",
                    }
                ],
            },
            {
                "event_title": "Jazz at noon",
                "when": "Sun 11 July 2027, 12:00 (CEST, UTC+2)",
                "venue": "Online",
                "order_code": "9ZZ2M8XD",
                "order_url": URL + "9",
                "lines": [{"quantity": "1", "name": "Standing", "amount": "Free"}],
                "total": "Free",
            },
        ],
    },
    "date_cancelled": {
        "organizer_name": "Python Namibia",
        "event_title": "PyCon Namibia 2027",
        "when": "Sat 10 July 2027, 19:00 (CEST, UTC+2)",
        "order_code": "7KQ2M8XD",
        "order_url": URL,
        "buyer_name": "Selma Nangombe",
        "refund": "EUR 84.00 is on its way back to how you paid.",
        "message": "The hall is flooded.",
    },
    "date_postponed": {
        "organizer_name": "Python Namibia",
        "event_title": "PyCon Namibia 2027",
        "when": "Sat 17 July 2027, 19:00 (CEST, UTC+2)",
        "was": "Sat 10 July 2027, 19:00 (CEST, UTC+2)",
        "venue": "Kulturquartier, Berlin",
        "order_code": "7KQ2M8XD",
        "order_url": URL,
        "buyer_name": "Selma Nangombe",
        "message": "The hall is flooded.",
    },
    "verify_email": {"name": "Selma", "verify_url": URL, "valid_for": "24 hours"},
    "registration_repeated": {"address": "selma@example.org", "sign_in_url": URL},
    "order_links": {
        "orders": [
            {
                "event_title": "PyCon Namibia 2027",
                "when": "Sat 10 July 2027",
                "order_code": "7KQ2M8XD",
                "order_url": URL,
            },
            {
                "event_title": "Jazz at noon",
                "when": "Sun 11 July 2027",
                "order_code": "9ZZ2M8XD",
                "order_url": URL + "9",
            },
        ]
    },
    "order_news": {
        "organizer_name": "Python Namibia",
        "title": "A ticket is cancelled",
        "event_title": "PyCon Namibia 2027",
        "when": "Sat 10 July 2027",
        "text": "The codes of these tickets let nobody in any more.",
        "quote": "Ill, get well soon",
        "lines": [{"name": "Workshop", "amount": "EUR 24.00"}],
        "button": "Show my order",
        "url": URL,
        "foot": "Order 7KQ2M8XD.",
    },
    "waitlist_joined": {
        "organizer_name": "Python Namibia",
        "event_title": "PyCon Namibia 2027",
        "when": "Sat 10 July 2027",
        "name": "Selma",
        "wish": "2 tickets: Regular or Balcony",
        "place_url": URL,
    },
    "places_offered": {
        "organizer_name": "Python Namibia",
        "event_title": "PyCon Namibia 2027",
        "when": "Sat 10 July 2027",
        "name": "Selma",
        "offer": "2 tickets: Balcony",
        "until": "Fri 2 July 2027, 18:30 (CEST, UTC+2)",
        "place_url": URL,
    },
    "place_offer_lapsed": {
        "organizer_name": "Python Namibia",
        "event_title": "PyCon Namibia 2027",
        "name": "Selma",
        "place_url": URL,
    },
    "conversation_message_to_organizer": {
        "organizer_name": "Python Namibia",
        "buyer_name": "Selma Nangombe",
        "order_code": "7KQ2M8XD",
        "event_title": "PyCon Namibia 2027",
        "message": "Hello,\n\nhow do I change a name?",
        "conversation_url": URL,
    },
    "conversation_message_to_buyer": {
        "organizer_name": "Python Namibia",
        "buyer_name": "Selma Nangombe",
        "order_code": "7KQ2M8XD",
        "event_title": "PyCon Namibia 2027",
        "message": "Hi,\nopen the ticket.",
        "order_url": URL,
    },
}


@pytest.fixture(params=LETTERS)
def letter(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """Each template's name with data for it, one after the other."""
    return request.param, LETTERS[request.param]


@pytest.fixture
def letters() -> dict[str, dict[str, Any]]:
    return LETTERS
