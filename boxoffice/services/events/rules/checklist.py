"""What stands between a draft and its page: each blocker by name, with the place to fix it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

# What an event that is already published must keep when it is changed.
_KEPT_WHEN_PUBLISHED = {"place", "online_link"}


class SaleFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket type for the checklist: `capacity` is the least of its quotas, 0 without one."""

    on_sale: bool
    sales_end: datetime | None
    capacity: int


class EventFacts(msgspec.Struct, frozen=True, kw_only=True):
    """An event as the checklist sees it."""

    format: str
    venue_name: str | None
    city: str | None
    online_url: str | None
    website: str | None
    summary: str
    description: str
    has_cover: bool
    over_at: datetime
    sales: tuple[SaleFacts, ...]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One line: `section` is the part of the event's page in the organizer app that settles it."""

    code: str
    done: bool
    weight: Literal["blocks", "advises"]
    text: str
    section: str

    @property
    def blocks(self) -> bool:
        return self.weight == "blocks"


def checklist(event: EventFacts, *, now: datetime) -> list[Item]:
    """All lines that concern this event, blockers first."""
    return [*_blockers(event, now), *_advice(event)]


def blockers(items: Iterable[Item]) -> list[Item]:
    """Those that must be settled before publishing."""
    return [item for item in items if item.blocks and not item.done]


def broken_by_change(items: Iterable[Item]) -> list[Item]:
    """Those that a published event may not lose."""
    return [item for item in blockers(items) if item.code in _KEPT_WHEN_PUBLISHED]


def _blockers(event: EventFacts, now: datetime) -> list[Item]:
    selling = [sale for sale in event.sales if sale.on_sale]
    items = [
        _blocker("dates", now < event.over_at, "Give it a date that is not over yet.", "when"),
        _blocker("tickets", bool(selling), "Add a ticket type that is on sale.", "tickets"),
    ]
    if selling:
        in_stock = any(sale.capacity > 0 for sale in selling)
        open_ended = any(sale.sales_end is None or now < sale.sales_end for sale in selling)
        items += [
            _blocker("capacity", in_stock, "Say how many tickets there are.", "tickets"),
            _blocker("sale_window", open_ended, "The sale of every ticket has ended.", "tickets"),
        ]
    return [*items, *_where(event)]


def _where(event: EventFacts) -> list[Item]:
    items: list[Item] = []
    if event.format != "online":
        place = bool(event.venue_name and event.city)
        items.append(_blocker("place", place, "Name the venue and its city.", "where"))
    if event.format != "in_person":
        link = bool(event.online_url or event.website)
        items.append(
            _blocker("online_link", link, "Give the link that ticket holders join by.", "where")
        )
    return items


def _advice(event: EventFacts) -> list[Item]:
    described = bool(event.description or event.summary)
    return [
        _advised("description", described, "Say in a few words what to expect.", "about"),
        _advised("cover", event.has_cover, "Add a cover picture.", "cover"),
    ]


def _blocker(code: str, done: object, text: str, section: str) -> Item:
    return Item(code=code, done=bool(done), weight="blocks", text=text, section=section)


def _advised(code: str, done: object, text: str, section: str) -> Item:
    return Item(code=code, done=bool(done), weight="advises", text=text, section=section)
