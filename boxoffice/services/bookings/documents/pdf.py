"""An order's tickets as one PDF, a page each.

Importing this module costs memory (the typesetter and, from the first page on, its fonts): only the
worker and the download route do. One compiler serves the process; a new one would read all fonts
again and take twelve times as long.
"""

import threading
from datetime import UTC
from functools import cache
from pathlib import Path

import msgspec
import typst

from boxoffice.services.bookings.documents.orders import OrderDocument
from boxoffice.services.bookings.documents.pages import pages

TEMPLATE = Path(__file__).parent / "templates" / "tickets.typ"
FONTS = Path(__file__).parents[3] / "assets" / "fonts"
_LOCK = threading.Lock()


def tickets_pdf(order: OrderDocument) -> bytes:
    """A tagged A5 PDF, a page a ticket in the given order; the same order gives the same bytes.

    Blocks for about ten milliseconds a ticket, so call it in a thread; several threads take turns.
    """
    data = msgspec.json.encode(pages(order)).decode()
    issued = order.issued_at.astimezone(UTC).replace(microsecond=0)  # or the typesetter raises
    with _LOCK:
        pdf = _compiler().compile(format="pdf", sys_inputs={"order": data}, timestamp=issued)
    assert isinstance(pdf, bytes)  # noqa: S101 - the stub's union is about pictures of pages
    return pdf


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(input=TEMPLATE, root=TEMPLATE.parent, font_paths=fonts)
