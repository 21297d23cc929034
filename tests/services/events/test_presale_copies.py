"""Copies of a presale. Pure."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from boxoffice.services.events.dates.copying import Copy
from boxoffice.services.events.tables_presales import PresaleRow

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)


def test_a_copied_presale_is_its_events_and_leads_nothing_else_astray() -> None:
    event, other = UUID(int=2), UUID(int=3)
    row = PresaleRow(
        organizer_id=UUID(int=1), id=event, opens_at=NOW, closes_at=NOW, mode="draw",
        max_tickets=2, total_tickets=None, window_starts_at=NOW, window_minutes=60,
        ticket_type_ids=[], drawn_at=NOW, seed="5eed",
    )  # fmt: skip
    copy = Copy("UTC", timedelta(days=1))
    copied = copy.presale_of(row, other)
    assert (copied.id, copied.drawn_at, copied.seed) == (other, None, None)
    assert copied.opens_at == NOW + timedelta(days=1)
    assert copy.mapped(event) == event
