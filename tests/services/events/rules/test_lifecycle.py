"""What may follow what."""

from datetime import UTC, datetime, timedelta

import pytest

from boxoffice.services.events.rules.lifecycle import (
    EventCancelled,
    EventStatus,
    is_public,
    move,
    shown_status,
)

NOW = datetime(2027, 3, 1, tzinfo=UTC)
DRAFT, PUBLISHED, CANCELLED = EventStatus


@pytest.mark.parametrize("to", EventStatus)
@pytest.mark.parametrize("status", [DRAFT, PUBLISHED])
def test_a_living_event_may_become_anything(status: EventStatus, to: EventStatus) -> None:
    assert move(status, to) == to


@pytest.mark.parametrize("to", [DRAFT, PUBLISHED])
def test_a_cancelled_one_stays_so(to: EventStatus) -> None:
    assert move(CANCELLED, CANCELLED) == CANCELLED
    with pytest.raises(EventCancelled):
        move(CANCELLED, to)


@pytest.mark.parametrize(
    ("status", "ends_in", "shown"),
    [
        (DRAFT, -1, "draft"),
        (PUBLISHED, 1, "published"),
        (PUBLISHED, 0, "ended"),
        (CANCELLED, -1, "cancelled"),
    ],
)
def test_ended_is_a_published_event_in_the_past(
    status: EventStatus, ends_in: int, shown: str
) -> None:
    over_at = NOW + timedelta(hours=ends_in)
    assert shown_status(status, over_at=over_at, now=NOW) == shown


def test_whoever_is_no_draft_has_a_page() -> None:
    assert [is_public(status) for status in EventStatus] == [False, True, True]
