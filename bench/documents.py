"""What one ticket costs: `python -m bench.documents`.

CPU milliseconds of each document, best of several rounds (neighbours only ever add), the memory
that a process pays for making them, and mails a second into an SMTP server in this very process.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import msgspec
from aiosmtpd.smtp import SMTP

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.keyring import Keyring
from boxoffice.services.bookings.documents import qr
from boxoffice.services.bookings.documents.calendar import calendar_file
from boxoffice.services.bookings.documents.codes import TicketClaims, TicketSigner
from boxoffice.services.bookings.documents.orders import OrderDocument, TicketDocument
from boxoffice.services.notifications.mail.addresses import Mailbox
from boxoffice.services.notifications.mail.letters import Line, OrderConfirmed, Ticket
from boxoffice.services.notifications.mail.message import (
    Envelope,
    InlineImage,
    build_message,
    calendar_attachment,
    tickets_attachment,
)
from boxoffice.services.notifications.mail.render import render
from boxoffice.services.notifications.mail.smtp_url import SmtpServer
from boxoffice.services.notifications.mail.transport import SmtpMailer

ROUNDS, REPEATS, MAILS = 5, 20, 200
SIGNER = TicketSigner(Keyring("a root secret that only this bench knows"))
CLAIMS = TicketClaims(
    organizer_id=new_id(),
    event_id=new_id(),
    occurrence_id=new_id(),
    ticket_id=new_id(),
    code_version=1,
)
CODE = SIGNER.sign(CLAIMS)


def another_code() -> str:
    return SIGNER.sign(msgspec.structs.replace(CLAIMS, ticket_id=new_id()))


def an_order(tickets: int, number: int) -> OrderDocument:
    """Like no order before it, so that nothing comes out of a cache."""
    return OrderDocument(
        order_code="7KQ2M8XD",
        organizer_name="Python Namibia",
        event_title=f"PyCon Namibia {number}",
        occurrence_id=CLAIMS.occurrence_id,
        starts_at=datetime(2027, 7, 10, 17, tzinfo=UTC),
        ends_at=datetime(2027, 7, 10, 21, tzinfo=UTC),
        timezone="Europe/Berlin",
        venue_name="Kulturquartier",
        venue_address="Hauptstraße 12, 10827 Berlin, Germany",
        event_url="https://tickets.example/e/python/pycon",
        order_url="https://tickets.example/orders/x",
        issued_at=datetime(2027, 1, 1, tzinfo=UTC),
        tickets=tuple(
            TicketDocument(
                number=place,
                ticket_type_name="General admission",
                attendee_name=f"Attendee {number}",
                code=another_code(),
            )
            for place in range(1, tickets + 1)
        ),
    )


def a_letter() -> OrderConfirmed:
    return OrderConfirmed(
        organizer_name="Python Namibia",
        event_title="PyCon Namibia 2027",
        when="Sat 10 July 2027, 19:00 (CEST, UTC+2)",
        venue="Kulturquartier, Berlin",
        order_code="7KQ2M8XD",
        order_url="https://tickets.example/orders/x",
        buyer_name="Selma Nangombe",
        total="EUR 30.00",
        lines=(Line(quantity="1", name="General admission", amount="EUR 30.00"),),
        tickets=(
            Ticket(
                reference="7KQ2M8XD-1",
                ticket_type_name="General admission",
                attendee_name="Selma Nangombe",
                qr_source="cid:ticket-1@boxoffice",
            ),
        ),
    )


def a_message(pdf: bytes) -> EmailMessage:
    return build_message(
        render("order_confirmed", a_letter()),
        Envelope(
            sender=Mailbox("tickets@example.org", "Boxoffice"),
            recipient=Mailbox("selma@example.org", "Selma Nangombe"),
            message_id=f"<{new_id()}@tickets.example>",
            sent_at=datetime(2027, 1, 1, tzinfo=UTC),
        ),
        attachments=[
            tickets_attachment(pdf, "7KQ2M8XD"),
            calendar_attachment(calendar_file(an_order(1, 0)), "7KQ2M8XD"),
        ],
        images=[InlineImage(content_id="ticket-1@boxoffice", content=qr.png(another_code()))],
    )


def milliseconds(work: Callable[[], Any], repeats: int = REPEATS) -> float:
    """CPU time of one call, all threads together, in the best round."""
    return min(_round(work, repeats) for _ in range(ROUNDS)) / repeats * 1000


def _round(work: Callable[[], Any], repeats: int) -> float:
    start = time.process_time()
    for _ in range(repeats):
        work()
    return time.process_time() - start


def memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def show(name: str, value: float, unit: str = "ms") -> None:
    print(f"{name:<38}{value:>10.3f} {unit}")


class _Sink:
    async def handle_DATA(self, *_: Any) -> str:  # noqa: N802 - the name the server calls
        return "250 taken"


async def mails_per_second(message: EmailMessage) -> float:
    """Over one kept connection; the server shares the core."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(_Sink()), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    mailer = SmtpMailer(SmtpServer.parse(f"smtp://127.0.0.1:{port}"))
    try:
        start = time.perf_counter()
        for _ in range(MAILS):
            await mailer.send(message)
        return MAILS / (time.perf_counter() - start)
    finally:
        await mailer.close()
        server.close()


def main() -> int:
    show("code: sign", milliseconds(lambda: SIGNER.sign(CLAIMS)))
    show("code: verify", milliseconds(lambda: SIGNER.verify(CODE)))
    show("QR: SVG", milliseconds(lambda: qr.svg(another_code())))
    show("QR: PNG", milliseconds(lambda: qr.png(another_code())))
    show("calendar file", milliseconds(lambda: calendar_file(an_order(1, 0))))
    pdf = _show_pdf()
    show("mail: render", milliseconds(lambda: render("order_confirmed", a_letter())))
    show("mail: render, attach, build", milliseconds(lambda: a_message(pdf)))
    message = a_message(pdf)
    show("mail: to bytes", milliseconds(message.as_bytes))
    show(f"mail: {len(message.as_bytes()) // 1024} KB over SMTP", _smtp(message), "mails/s")
    return 0


def _show_pdf() -> bytes:
    before = memory_mb()
    from boxoffice.services.bookings.documents.pdf import (  # noqa: PLC0415 - its memory is measured
        tickets_pdf,
    )

    show("PDF: import", memory_mb() - before, "MB")
    numbers = iter(range(10_000))
    for tickets, repeats in ((1, REPEATS), (4, 5), (10, 3)):
        cost = milliseconds(lambda: tickets_pdf(an_order(tickets, next(numbers))), repeats)  # noqa: B023
        show(f"PDF: a ticket, {tickets} in an order", cost / tickets)
    show("PDF: import, fonts and caches", memory_mb() - before, "MB")
    return tickets_pdf(an_order(1, 0))


def _smtp(message: EmailMessage) -> float:
    return asyncio.run(mails_per_second(message))


if __name__ == "__main__":
    sys.exit(main())
