"""Lines that name dates: told apart once, before anything is locked."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec import structs

from boxoffice.services.events.rules.shelf import WantedLine


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """Lines for the `first` date name none any more; those for `others` do."""

    first: UUID | None
    lines: tuple[WantedLine, ...]
    others: frozenset[UUID] = frozenset()


def by_first_date(lines: Sequence[WantedLine], occurrence_id: UUID | None) -> Dated:
    """The lines by the date of the first; a line without a date is for `occurrence_id`.

    A line that leaves its date open beside others that name one is for the first date.
    """
    dates = [line.occurrence_id or occurrence_id for line in lines]
    first = next(filter(None, dates), None)
    if all(line.occurrence_id is None for line in lines):
        return Dated(first=first, lines=tuple(lines))
    return Dated(
        first=first,
        lines=tuple(
            structs.replace(line, occurrence_id=None if date in {first, None} else date)
            for line, date in zip(lines, dates, strict=True)
        ),
        others=frozenset(date for date in dates if date not in {first, None} and date is not None),
    )
