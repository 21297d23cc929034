"""The states of an event and what may follow what."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from boxoffice.kernel.refusals import Conflict

ShownStatus = Literal["draft", "published", "cancelled", "ended"]


class EventStatus(StrEnum):
    """What is stored; `ended` is a published event whose last occurrence is over."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class EventCancelled(Conflict):
    code = "event_cancelled"
    message = "The event is cancelled; create a new one instead."


_MAY_BECOME = {
    EventStatus.DRAFT: {EventStatus.PUBLISHED, EventStatus.CANCELLED},
    EventStatus.PUBLISHED: {EventStatus.DRAFT, EventStatus.CANCELLED},
    EventStatus.CANCELLED: set[EventStatus](),
}


def move(status: EventStatus, to: EventStatus) -> EventStatus:
    """`to`, if an event may go there from `status` or already is there; else `EventCancelled`."""
    if to == status or to in _MAY_BECOME[status]:
        return to
    raise EventCancelled


def shown_status(status: str, *, over_at: datetime, now: datetime) -> ShownStatus:
    """The state as people see it at `now`."""
    if status == EventStatus.PUBLISHED:
        return "ended" if now >= over_at else "published"
    return "draft" if status == EventStatus.DRAFT else "cancelled"


def is_public(status: str) -> bool:
    """Whether the event has a page that anybody can open."""
    return status != EventStatus.DRAFT
