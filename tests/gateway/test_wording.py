"""Dates, prices and posters are worded as the web app words them: both test the same examples."""

from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import asdict

from boxoffice.gateway.site import wording, words
from boxoffice.gateway.site.head import clipped
from boxoffice.gateway.site.posters import poster_of
from boxoffice.kernel.money import Money

_FILE = Path(__file__).parents[2] / "web" / "first-screens" / "wording.json"
EXAMPLES: dict[str, list[dict[str, Any]]] = msgspec.json.decode(_FILE.read_bytes())


@pytest.mark.parametrize("example", EXAMPLES["dates"])
def test_dates(example: dict[str, Any]) -> None:
    starts_at, ends_at = (
        datetime.fromisoformat(example[name]) for name in ("starts_at", "ends_at")
    )
    span = (starts_at, ends_at, example["zone"])
    assert wording.card_date_text(*span) == example["card"]
    assert wording.day_span_text(*span) == example["days"]
    hours = f"{wording.hours_text(*span)}, {wording.zone_text(example['zone'])}"
    assert hours == example["hours"]


@pytest.mark.parametrize("example", EXAMPLES["prices"])
def test_prices(example: dict[str, Any]) -> None:
    price = Money(amount=example["amount"], currency=example["currency"])
    assert wording.price_text(price) == example["text"]


@pytest.mark.parametrize("example", EXAMPLES["posters"])
def test_posters(example: dict[str, Any]) -> None:
    assert asdict(poster_of(example["title"])) | {"title": example["title"]} == example


@pytest.mark.parametrize("example", EXAMPLES["categories"])
def test_categories(example: dict[str, Any]) -> None:
    assert words.category(example["category"]) == example["text"]


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Europe/Berlin", "Berlin time"),
        ("America/New_York", "New York time"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time"),
        ("UTC", "UTC"),
        ("Etc/GMT+5", "UTC"),
    ],
)
def test_zones_go_by_their_city(zone: str, text: str) -> None:
    assert wording.zone_text(zone) == text


def test_less_than_nothing_keeps_its_sign() -> None:
    assert wording.money_text(Money(amount=-150, currency="EUR")) == "-€1.50"


def test_a_description_is_cut_between_words() -> None:
    assert clipped("one  two\nthree", 100) == "one two three"
    assert clipped("one two, three", 10) == "one two…"
