"""What is told about series."""

from datetime import datetime
from uuid import UUID

from boxoffice.services.events.views import View


class DriftView(View, frozen=True, kw_only=True):
    """A date that is not as the rule says. `fields` names what differs; `rule`: the date itself."""

    occurrence_id: UUID
    slot: str
    starts_at: datetime
    fields: list[str]


class SeriesView(View, frozen=True, kw_only=True):
    """`starts_at` … `doors_at` are wall-clock times of its first date; `coming` dates are set up,
    the last of them at `last_at`.
    """

    id: UUID
    rule: str
    starts_at: str
    ends_at: str
    doors_at: str | None
    excepted: list[str]
    added: list[str]
    coming: int
    last_at: datetime | None
    drifted: list[DriftView]


class PlannedDateView(View, frozen=True, kw_only=True):
    """A date that the rule makes. `shifted`: clocks skip that time, so it begins later."""

    slot: str
    starts_at: datetime
    ends_at: datetime
    shifted: bool


class SeriesPreview(View, frozen=True, kw_only=True):
    """The dates that would be set up now; `endless`: more follow as these pass."""

    rule: str
    timezone: str
    dates: list[PlannedDateView]
    endless: bool
