"""What is told about a presale."""

from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.services.events.presales.shapes import PresaleSettingsView, PresaleView
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules.presales import (
    PresaleMode,
    PresaleState,
    Terms,
    state_at,
    window,
)
from boxoffice.services.events.tables_presales import PresaleRow


class Presale(msgspec.Struct, frozen=True, kw_only=True):
    """A presale as it stands at `now`; `published`: its event is. `sale_starts_at`: when the first
    of its types is sold to everybody.
    """

    event_id: UUID
    terms: Terms
    published: bool
    sale_starts_at: datetime | None
    drawn_at: datetime | None
    seed: str | None
    now: datetime

    @property
    def state(self) -> PresaleState:
        """Where it stands."""
        return state_at(self.terms.opens_at, self.terms.closes_at, self.drawn_at, now=self.now)

    @property
    def window(self) -> tuple[datetime, datetime]:
        """From when to when those who got early access may buy."""
        terms = self.terms
        return window(terms.window_starts_at, terms.window_minutes, drawn_at=self.drawn_at)


class Pass(msgspec.Struct, frozen=True, kw_only=True):
    """One person's early access: `used` of `units` tickets are bought or held."""

    code: str
    starts_at: datetime
    ends_at: datetime
    units: int
    used: int


def terms_of(row: PresaleRow) -> Terms:
    """What the row says."""
    mode: PresaleMode = "draw" if row.mode == "draw" else "first_come"
    return Terms(
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        mode=mode,
        max_tickets=row.max_tickets,
        total_tickets=row.total_tickets,
        window_starts_at=row.window_starts_at,
        window_minutes=row.window_minutes,
        ticket_type_ids=tuple(row.ticket_type_ids),
    )


def presale_view(row: PresaleRow | None, *, now: datetime) -> PresaleView | None:
    """The presale for everybody."""
    if row is None:
        return None
    starts_at, ends_at = window(row.window_starts_at, row.window_minutes, drawn_at=row.drawn_at)
    return PresaleView(
        state=state_at(row.opens_at, row.closes_at, row.drawn_at, now=now),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        mode=terms_of(row).mode,
        max_tickets=row.max_tickets,
        window_starts_at=starts_at,
        window_ends_at=ends_at,
        ticket_type_ids=list(row.ticket_type_ids),
    )


def settings_view(whole: WholeEvent, *, now: datetime) -> PresaleSettingsView | None:
    """The presale for the event's team."""
    row = whole.presale
    if row is None:
        return None
    terms = terms_of(row)
    return PresaleSettingsView(
        state=state_at(row.opens_at, row.closes_at, row.drawn_at, now=now),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        mode=terms.mode,
        max_tickets=row.max_tickets,
        total_tickets=row.total_tickets,
        window_starts_at=row.window_starts_at,
        window_minutes=row.window_minutes,
        ticket_type_ids=list(row.ticket_type_ids),
        drawn_at=row.drawn_at,
        seed=row.seed,
        on_sale_already=_on_sale_already(whole, row),
    )


def _on_sale_already(whole: WholeEvent, row: PresaleRow) -> list[UUID]:
    """The types of which early access is worth nothing: everybody can buy them by then."""
    chosen = row.ticket_type_ids or [
        kind.id for kind in whole.ticket_types if kind.visibility == "public"
    ]
    return [
        kind.id
        for kind in whole.ticket_types
        if kind.id in chosen
        and (kind.sales_start is None or kind.sales_start <= row.window_starts_at)
        and kind.opens_after_id is None
    ]
