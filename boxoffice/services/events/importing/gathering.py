"""All files together: every event once, and all that is to be said about them. Pure."""

from collections.abc import Iterable

import msgspec

from boxoffice.services.events.importing.files import read
from boxoffice.services.events.importing.merging import merge
from boxoffice.services.events.importing.records import ImportedEvent, Problem, Trouble
from boxoffice.services.events.importing.settling import Defaults, settle


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """What the files say. `rows` counts all that stood for an event, also what is skipped."""

    files: int
    rows: int
    events: list[ImportedEvent]
    problems: list[Problem]


def gather(files: Iterable[tuple[str, bytes]], defaults: Defaults) -> Gathered:
    """Read files, given as name and content. Whatever is in them, this does not fail."""
    events: list[ImportedEvent] = []
    problems: list[Problem] = []
    count = rows = 0
    for name, data in files:
        count += 1
        for found in read(name, data):
            rows += 1
            if isinstance(found, Trouble):
                problems.append(Problem.of(name, found))
                continue
            event, said = settle(name, found, defaults)
            problems += said
            events += [event] if event is not None else []
    merged, repeats = merge(events)
    return Gathered(files=count, rows=rows, events=merged, problems=[*problems, *repeats])
