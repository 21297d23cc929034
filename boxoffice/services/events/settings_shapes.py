"""How waiting lists and early access are set up, as it is answered."""

from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.services.events.rules.presales import PresaleMode, PresaleState
from boxoffice.services.events.rules.waiting import Mode


class PresaleView(msgspec.Struct, frozen=True, kw_only=True):
    """Early access: people register from `opens_at` to `closes_at`; whoever gets it may buy in the
    window, before the sale to everybody begins. No `ticket_type_ids`: all types.
    """

    state: PresaleState
    opens_at: datetime
    closes_at: datetime
    mode: PresaleMode
    max_tickets: int
    window_starts_at: datetime
    window_ends_at: datetime
    ticket_type_ids: list[UUID]


class PresaleSettingsView(msgspec.Struct, frozen=True, kw_only=True):
    """How early access is given, and since when it has been (`drawn_at`, by that `seed`).

    `on_sale_already`: ticket types that everybody can buy by the time the window begins.
    """

    state: PresaleState
    opens_at: datetime
    closes_at: datetime
    mode: PresaleMode
    max_tickets: int
    total_tickets: int | None
    window_starts_at: datetime
    window_minutes: int
    ticket_type_ids: list[UUID]
    drawn_at: datetime | None
    seed: str | None
    on_sale_already: list[UUID]


class WaitlistSettingsView(msgspec.Struct, frozen=True, kw_only=True):
    """`fifo` asks who joined first, `lottery` draws; an offer lasts so many minutes."""

    is_open: bool
    mode: Mode
    offer_minutes: int
