"""Events and pictures to show, and a built web app to show them in."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from boxoffice.gateway.site.page import Sources
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Gone, NotFound
from boxoffice.services.events.api import (
    DiscoverView,
    EventCard,
    EventPage,
    Filters,
    ImageView,
    OccurrenceView,
    OfferView,
    VenueView,
)
from boxoffice.services.users.api import OrganizerView

INDEX = """<!doctype html><html lang="en"><head><meta charset="utf-8" />
<script>document.documentElement.dataset.mode='light'</script>
<!--head--></head><body><div id="root"><!--first-screen--></div><!--boot-->
<script type="module" src="/assets/main-abc123.js"></script></body></html>"""
ROOT = Path(__file__).parents[2]
STARTS = datetime(2027, 3, 14, 18, 0, tzinfo=UTC)


def build_web_app(folder: Path) -> Path:
    """What `npm run build` leaves, in small, with the web app's own templates."""
    (folder / "assets").mkdir(parents=True)
    shutil.copytree(ROOT / "web" / "first-screens", folder / "first-screens")
    (folder / "index.html").write_text(INDEX)
    (folder / "assets" / "main-abc123.js").write_text("console.log('hello')\n" * 200)
    (folder / "favicon.svg").write_text("<svg></svg>")
    (folder / "preloads.json").write_text(
        '{"event": {"js": ["/assets/event-1.js"], "css": ["/assets/event-1.css"]}}'
    )
    return folder


def offer(**changes: Any) -> OfferView:
    given = OfferView(
        ticket_type_id=new_id(),
        name="Standing",
        description="",
        price=Money(amount=1200, currency="EUR"),
        list_price=Money(amount=1200, currency="EUR"),
        fees=[],
        tax=Money(amount=0, currency="EUR"),
        min_per_order=1,
        max_per_order=10,
        state="on_sale",
        available=None,
        sales_start=None,
        sales_end=None,
    )
    return replace(given, **changes)


def event(**changes: Any) -> EventPage:
    given = EventPage(
        id=new_id(),
        organizer=OrganizerView(
            id=new_id(),
            slug="kulturhaus",
            name="Kulturhaus",
            description="Music since 1971.",
            contact_email=None,
        ),
        slug="night-train",
        title="Night Train",
        summary="Two hours of soul.",
        description="First half.\n\nSecond half.",
        category="music",
        status="published",
        timezone="Europe/Berlin",
        format="in_person",
        venue=VenueView(name="Tempodrom", address="Möckernstr. 10", city="Berlin", country="DE"),
        online_url_hint=False,
        website=None,
        needs_quote=False,
        cover=ImageView(url="/media/covers/train.webp", width=1600, height=900, alt="A train"),
        occurrences=[
            OccurrenceView(
                id=new_id(),
                starts_at=STARTS,
                ends_at=STARTS.replace(hour=21),
                doors_at=STARTS.replace(hour=17),
            )
        ],
        offers=[offer(), offer(name="Balcony", price=Money(amount=3050, currency="EUR"))],
    )
    return replace(given, **changes)


def card_of(page: EventPage) -> EventCard:
    return EventCard(
        organizer_slug=page.organizer.slug,
        organizer_name=page.organizer.name,
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        category=page.category,
        starts_at=page.occurrences[0].starts_at,
        ends_at=page.occurrences[0].ends_at,
        timezone=page.timezone,
        format=page.format,
        city="Berlin",
        country="DE",
        venue_name="Tempodrom",
        cover=page.cover,
        price_from=Money(amount=1200, currency="EUR"),
        is_free=False,
        availability="available",
    )


class Showcase:
    """Sources for pages that count how often they are asked."""

    def __init__(self) -> None:
        self.events: dict[tuple[str, str], EventPage] = {("kulturhaus", "night-train"): event()}
        self.gone: set[tuple[str, str]] = {("kulturhaus", "taken-down")}
        self.orders: dict[str, Any] = {}
        self.blobs = {
            "covers/train.webp": (b"RIFF", "image/webp"),
            "list.pdf": (b"%PDF", "application/pdf"),
        }
        self.asked: list[Any] = []
        self.broken = False

    def sources(self) -> Sources:
        return Sources(
            event=self.event, discover=self.discover, organizer=self.organizer, order=self.order
        )

    def add_order(self, token: str, order: dict[str, Any]) -> None:
        """An order that its link leads to."""
        self.orders[token] = msgspec.convert(order, msgspec.defstruct("Order", list(order)))

    async def event(self, organizer: str, slug: str) -> EventPage:
        self.asked.append((organizer, slug))
        if self.broken:
            raise RuntimeError("secret-inside")
        if (organizer, slug) in self.gone:
            raise Gone
        if (organizer, slug) not in self.events:
            raise NotFound
        return self.events[organizer, slug]

    async def discover(self, query: Filters) -> DiscoverView:
        self.asked.append(query)
        cards = [card_of(page) for page in self.events.values()]
        return DiscoverView(
            items=cards,
            has_more=False,
            next_cursor=None,
            total=len(cards),
            cities=[],
            categories=[],
        )

    async def organizer(self, slug: str) -> OrganizerView:
        for page in self.events.values():
            if page.organizer.slug == slug:
                return page.organizer
        raise NotFound

    async def order(self, token: str) -> Any:
        if token not in self.orders:
            raise NotFound
        return self.orders[token]

    async def media(self, path: str) -> tuple[bytes, str]:
        if path not in self.blobs:
            raise NotFound
        return self.blobs[path]
