"""What is on the pages, in every script we promise, and that nothing typed is ever run."""

import io
import json
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import typst
import zxingcpp
from msgspec import structs
from PIL import Image
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from boxoffice.services.bookings.documents.orders import OrderDocument
from boxoffice.services.bookings.documents.pages import pages
from boxoffice.services.bookings.documents.pdf import FONTS, TEMPLATE, tickets_pdf

MakeOrder = Callable[..., OrderDocument]

PLAIN = [
    "Łukasz Nguyễn-Øster",
    "Дмитрий Щербаков",
    "Γιώργος Παπαδόπουλος",
    "王小明",
    "朱镕基 喆 堃",
    "佐藤 花子",
    "김민준",
    "สมชาย ใจดี",
    "Ada 🎉",
]
SHAPED = ["ليلى حسن", "דוד כהן", "अनीता शर्मा"]  # extractors give shaped text in pieces
ON_EVERY_PAGE = [
    "PyCon",
    "Python Namibia",
    "Saturday",
    "10 July 2027",
    "19:00 \N{EN DASH} 23:00",
    "CEST, UTC+2",
    "Kulturquartier",
    "Hauptstraße 12, 10827 Berlin",
    "General admission",
]
MARKUP = [
    '#read("tickets.typ")',
    "#{1+1} $ x^2 $",
    "*bold* _it_ `raw` <label> @ref",
    "= Heading",
    '#import "@preview/x:1.0.0"',
    "\\u{1F600} ]#panic()[",
    "{{7*7}} ${7*7} #{7*7}",
    "http://x.example // comment",
    '-- "quotes" ...',
]
MONSTERS = [
    "",
    " ",
    "x" * 5_000,
    "word " * 900,
    "W" * 400,
    "\r\n\t\x00\x1b[31m",
    "\u202egpj.exe",
    "漢" * 900,
    "ش" * 900,
    "a\u0300\u0301\u0302" * 200,
    "🎉" * 300,
    "\ud7a3\u1100\u1161",
]


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(pdf).pages)


def shown_strings(page: PageObject) -> Iterator[bytes]:
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in (b"Tj", b"TJ"):
            parts = operands[0] if operator == b"TJ" else operands
            yield from (part.original_bytes for part in parts if hasattr(part, "original_bytes"))


def missing_glyphs(pdf: bytes) -> int:
    """How often the pages show glyph 0, the box that stands for "no such glyph"."""
    return sum(
        glyphs[at : at + 2] == b"\0\0"
        for page in read(pdf).pages
        for glyphs in shown_strings(page)
        for at in range(0, len(glyphs), 2)
    )


def letters(text: str) -> set[str]:
    return {c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c)[0] == "L"}


@pytest.mark.parametrize("name", PLAIN)
def test_a_name_is_on_the_page_as_it_was_typed(make_order: MakeOrder, name: str) -> None:
    pdf = tickets_pdf(make_order(attendees=(name,), event_title=name, venue_name=name))
    assert name in text_of(pdf)
    assert missing_glyphs(pdf) == 0


@pytest.mark.parametrize("name", SHAPED)
def test_a_shaped_script_shows_all_its_letters(make_order: MakeOrder, name: str) -> None:
    pdf = tickets_pdf(make_order(attendees=(name,), event_title=name, venue_name=name))
    assert letters(name) <= letters(text_of(pdf))
    assert missing_glyphs(pdf) == 0


def test_a_missing_glyph_is_noticed(make_order: MakeOrder) -> None:
    assert missing_glyphs(tickets_pdf(make_order(attendees=("𒀀𒀁",)))) == 2


def test_a_ticket_says_what_comes_with_it(make_order: MakeOrder) -> None:
    plain = make_order(attendees=("Ada", "Grace"))
    extras = "2 Lunch, Shirt · " + "very " * 60 + "large"
    tickets = (structs.replace(plain.tickets[0], extras=extras), plain.tickets[1])
    pdf = tickets_pdf(structs.replace(plain, tickets=tickets))
    first, second = (page.extract_text() for page in read(pdf).pages)
    assert "With 2 Lunch, Shirt · very" in first
    assert "With" not in second


def test_there_is_one_a5_page_a_ticket_saying_everything(make_order: MakeOrder) -> None:
    pdf = tickets_pdf(make_order(attendees=("Ada", None, "Grace")))
    first, second, third = (page.extract_text() for page in read(pdf).pages)
    for text in (first, second, third):
        assert all(words in text for words in ON_EVERY_PAGE)
    assert all(words in first for words in ("Ada", "7KQ2M8XD-1", "Ticket 1 of 3"))
    assert "7KQ2M8XD-2" in second
    assert "Name" not in second
    assert "Grace" in third
    assert "Ada" not in third
    box = read(pdf).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (420, 595)


def test_the_page_never_shows_the_link_that_opens_the_order(make_order: MakeOrder) -> None:
    pdf = tickets_pdf(make_order())
    assert "orders/python" not in text_of(pdf)
    assert b"orders/python" not in pdf


def test_the_symbol_on_the_drawn_page_decodes_to_the_code(make_order: MakeOrder) -> None:
    order = make_order(attendees=("Ada", "Grace"))
    pictures: Any = typst.compile(
        TEMPLATE,
        format="png",
        ppi=150,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"order": json.dumps(pages(order))},
    )
    seen = [zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))[0].text for page in pictures]
    assert seen == [ticket.code for ticket in order.tickets]


@pytest.mark.parametrize("typed", MARKUP)
def test_markup_that_someone_typed_is_only_text(make_order: MakeOrder, typed: str) -> None:
    order = make_order(attendees=(typed,), event_title=typed, venue_name=typed)
    text = text_of(tickets_pdf(order)).replace("\n", "").replace(" ", "")
    assert text.count(typed.replace(" ", "")) >= 2


@pytest.mark.parametrize("typed", MONSTERS, ids=range(len(MONSTERS)))
def test_no_text_breaks_the_page_or_makes_a_second_one(make_order: MakeOrder, typed: str) -> None:
    order = make_order(
        attendees=(typed,),
        event_title=typed,
        organizer_name=typed,
        venue_name=typed,
        venue_address=typed,
    )
    pdf = read(tickets_pdf(order))
    assert len(pdf.pages) == 1
    assert "7KQ2M8XD-1" in pdf.pages[0].extract_text()


def test_the_page_tells_machines_its_language_title_and_alternative_text(
    make_order: MakeOrder,
) -> None:
    pdf = tickets_pdf(make_order())
    root: Any = read(pdf).trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    metadata = read(pdf).metadata
    assert metadata is not None
    assert metadata.title == "PyCon Namibia 2027"


def test_kana_anywhere_brings_the_japanese_forms_of_kanji(make_order: MakeOrder) -> None:
    assert b"CJKsc" in tickets_pdf(make_order(event_title="直線"))
    assert b"CJKjp" in tickets_pdf(make_order(event_title="直線", venue_name="ひろば"))
    assert b"CJKjp" in tickets_pdf(make_order(event_title="直線", locale="ja"))


def test_the_page_is_dated_by_the_order_in_whatever_zone_it_comes(make_order: MakeOrder) -> None:
    issued = datetime(2027, 1, 1, 8, 30, 15, 123456, tzinfo=ZoneInfo("Europe/Berlin"))
    metadata = read(tickets_pdf(make_order(issued_at=issued))).metadata
    assert metadata is not None
    assert metadata.creation_date == datetime(2027, 1, 1, 7, 30, 15, tzinfo=UTC)


def test_many_threads_get_the_same_bytes_as_one(make_order: MakeOrder) -> None:
    orders = [make_order(attendees=(f"Person {number}",)) for number in range(12)]
    alone = [tickets_pdf(order) for order in orders]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(tickets_pdf, orders)) == alone
