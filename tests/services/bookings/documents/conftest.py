"""An order to print."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.keyring import Keyring
from boxoffice.services.bookings.documents.codes import TicketClaims, TicketSigner
from boxoffice.services.bookings.documents.orders import OrderDocument, TicketDocument

OCCURRENCE = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
MakeOrder = Callable[..., OrderDocument]


@pytest.fixture(scope="session")
def signer() -> TicketSigner:
    return TicketSigner(Keyring("a root secret that only these tests know"))


@pytest.fixture(scope="session")
def make_claims() -> Callable[..., TicketClaims]:
    def make(**changes: Any) -> TicketClaims:
        fields: dict[str, Any] = {
            "organizer_id": new_id(),
            "event_id": new_id(),
            "occurrence_id": new_id(),
            "ticket_id": new_id(),
            "code_version": 1,
        }
        return TicketClaims(**(fields | changes))

    return make


@pytest.fixture(scope="session")
def make_order(signer: TicketSigner, make_claims: Callable[..., TicketClaims]) -> MakeOrder:
    def make(*, attendees: tuple[str | None, ...] = ("Selma Nangombe",), **changes: Any) -> Any:
        tickets = tuple(
            TicketDocument(
                number=number,
                ticket_type_name="General admission",
                attendee_name=attendee,
                code=signer.sign(make_claims()),
            )
            for number, attendee in enumerate(attendees, start=1)
        )
        fields: dict[str, Any] = {
            "order_code": "7KQ2M8XD",
            "organizer_name": "Python Namibia",
            "event_title": "PyCon Namibia 2027",
            "occurrence_id": OCCURRENCE,
            "starts_at": datetime(2027, 7, 10, 17, tzinfo=UTC),
            "ends_at": datetime(2027, 7, 10, 21, tzinfo=UTC),
            "timezone": "Europe/Berlin",
            "venue_name": "Kulturquartier",
            "venue_address": "Hauptstraße 12, 10827 Berlin",
            "event_url": "https://tickets.example/e/python/pycon",
            "order_url": "https://tickets.example/orders/python.o.1.mac",
            "issued_at": datetime(2027, 1, 1, tzinfo=UTC),
            "tickets": tickets,
        }
        return OrderDocument(**(fields | changes))

    return make
