"""Series become views."""

from datetime import datetime, timedelta
from itertools import takewhile

from boxoffice.services.events.dates.patterns import actual, of_series, pattern_of
from boxoffice.services.events.dates.views import (
    DriftView,
    PlannedDateView,
    SeriesPreview,
    SeriesView,
)
from boxoffice.services.events.reading import SCHEDULED, WholeEvent
from boxoffice.services.events.rules import series
from boxoffice.services.events.rules.recurrence import rule_text
from boxoffice.services.events.rules.series import (
    HORIZON,
    MOST_AHEAD,
    DateOf,
    Pattern,
    slot_text,
)
from boxoffice.services.events.tables import OccurrenceRow, SeriesRow


def series_view(whole: WholeEvent, row: SeriesRow, now: datetime) -> SeriesView:
    """The series as it stands."""
    pattern = pattern_of(row, whole.event.timezone)
    dates = of_series(whole.occurrences, row.id)
    coming = [one for one in dates if one.ends_at > now and one.status == SCHEDULED]
    doors = pattern.doors_minutes
    return SeriesView(
        id=row.id,
        rule=row.rule,
        starts_at=slot_text(row.starts),
        ends_at=slot_text(row.starts + timedelta(minutes=row.minutes)),
        doors_at=None if doors is None else slot_text(row.starts - timedelta(minutes=doors)),
        excepted=row.excepted,
        added=row.added,
        coming=len(coming),
        last_at=max((one.starts_at for one in coming), default=None),
        drifted=_drifted(pattern, coming),
    )


def preview_view(pattern: Pattern, now: datetime) -> SeriesPreview:
    """What would be set up at `now`."""
    dates = series.dates(pattern, after=now, through=now + HORIZON, most=MOST_AHEAD)
    last = dates[-1].slot if dates else pattern.start
    return SeriesPreview(
        rule=rule_text(pattern.rule),
        timezone=pattern.zone,
        dates=[_planned(pattern, one) for one in dates],
        endless=any(slot > last for slot in series.slots(pattern)),
    )


def _planned(pattern: Pattern, date: DateOf) -> PlannedDateView:
    return PlannedDateView(
        slot=slot_text(date.slot),
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        shifted=date.is_shifted(pattern.zone),
    )


def _drifted(pattern: Pattern, coming: list[OccurrenceRow]) -> list[DriftView]:
    if not coming:
        return []
    last = max(actual(one).slot for one in coming)
    by_rule = set(takewhile(lambda slot: slot <= last, series.slots(pattern)))
    found = [(one, _differences(pattern, one, by_rule)) for one in coming]
    return [
        DriftView(
            occurrence_id=one.id,
            slot=slot_text(actual(one).slot),
            starts_at=one.starts_at,
            fields=fields,
        )
        for one, fields in found
        if fields
    ]


def _differences(pattern: Pattern, one: OccurrenceRow, by_rule: set[datetime]) -> list[str]:
    date = actual(one)
    beside = [] if date.slot in by_rule else ["rule"]
    return [*beside, *series.drift(pattern, date)]
