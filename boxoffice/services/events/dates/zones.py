"""What the event's own form may not do to its dates: move what people have tickets for."""

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.dates.patterns import take_times
from boxoffice.services.events.dates.quotas import lock_quotas_of_dates, sold
from boxoffice.services.events.dates.refusals import DateHasOrders
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules.forms import EventFields
from boxoffice.services.events.rules.localtime import instant_of, wall_clock_of
from boxoffice.services.events.rules.series import DateOf
from boxoffice.services.events.tables import OccurrenceRow


async def keep_promises(tx: Transaction, whole: WholeEvent, fields: EventFields) -> None:
    """Refuse to move dates that orders stand for; another zone keeps all their clock times."""
    first, zone = whole.first, whole.event.timezone
    others = whole.occurrences[1:] if fields.timezone != zone else []
    moved = (first.starts_at, first.ends_at) != (fields.starts_at, fields.ends_at)
    concerned = [one.id for one in ([first] if moved else []) + others]
    if not concerned:
        return
    await lock_quotas_of_dates(tx, concerned)
    if await sold(tx, concerned):
        raise DateHasOrders
    for one in others:
        take_times(one, _in_zone(one, zone, fields.timezone))


def _in_zone(date: OccurrenceRow, old: str, new: str) -> DateOf:
    times = [date.starts_at, date.ends_at, date.doors_at]
    starts_at, ends_at, doors_at = (
        None if one is None else instant_of(wall_clock_of(one, old), new) for one in times
    )
    assert starts_at is not None  # noqa: S101  # every date begins
    length = date.ends_at - date.starts_at
    return DateOf(
        slot=date.slot or wall_clock_of(date.starts_at, old),
        starts_at=starts_at,
        ends_at=ends_at if ends_at and ends_at > starts_at else starts_at + length,
        doors_at=min(doors_at, starts_at) if doors_at else None,
    )
