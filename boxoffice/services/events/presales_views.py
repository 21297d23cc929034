"""Rows of presales become views."""

from datetime import datetime
from uuid import UUID

from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules.presales import PresaleMode, Terms, state_at, window
from boxoffice.services.events.settings_shapes import PresaleSettingsView, PresaleView
from boxoffice.services.events.tables_presales import PresaleRow


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
