"""Wall-clock times: what an organizer types is local to the event, what is stored is an instant."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_EARLIEST, _LATEST = datetime(1990, 1, 1), datetime(2199, 12, 31)  # noqa: DTZ001  # wall-clock
# Names of the time zone database that describe a machine or a build, not a place.
_NOT_PLACES = {"localtime", "Factory", "posixrules"}


@cache
def known_zones() -> frozenset[str]:
    """Every IANA name that an event may have."""
    return frozenset(
        name
        for name in available_timezones() - _NOT_PLACES
        if not name.startswith(("posix", "right"))
    )


def is_in_reach(moment: datetime) -> bool:
    """Whether an event or a sale may be at that instant, which has an offset."""
    return _EARLIEST < moment.replace(tzinfo=None) < _LATEST


def is_zone(name: str) -> bool:
    """Whether `name` is an IANA time zone, like `Europe/Berlin`."""
    return name in known_zones()


def parse_wall_clock(text: str) -> datetime | None:
    """`2027-03-14T19:00` as a time without zone; None for anything else, also with an offset."""
    if "T" not in text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is not None or not _EARLIEST <= moment <= _LATEST:
        return None
    return moment.replace(second=0, microsecond=0)


def instant_of(wall_clock: datetime, zone: str) -> datetime:
    """The instant, in UTC, at which clocks in `zone` show `wall_clock`.

    A time that the change to summer time skips moves forward by what was skipped; one that happens
    twice means the first.
    """
    return wall_clock.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def wall_clock_of(instant: datetime, zone: str) -> datetime:
    """What clocks in `zone` show at `instant`, without zone."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
