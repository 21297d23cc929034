"""The same event in several places is one event."""

from collections.abc import Iterable

from msgspec import structs

from boxoffice.services.events.importing.records import ImportedEvent, Problem


def merge(events: Iterable[ImportedEvent]) -> tuple[list[ImportedEvent], list[Problem]]:
    """Each event once, as it was said first, with the topics of all; the others are noted."""
    first: dict[str, ImportedEvent] = {}
    known: dict[str, str] = {}
    repeats: list[Problem] = []
    for event in events:
        key = known.get(event.key) or known.get(event.alias)
        if key is None:
            first[event.key] = event
            known[event.key] = known[event.alias] = event.key
            continue
        earlier = first[key]
        topics = tuple(dict.fromkeys((*earlier.topics, *event.topics)))
        first[key] = structs.replace(earlier, topics=topics)
        repeats.append(_repeat(event, earlier))
    return list(first.values()), repeats


def _repeat(event: ImportedEvent, earlier: ImportedEvent) -> Problem:
    return Problem(
        file=event.file,
        line=event.line,
        code="duplicate",
        text=f"{event.fields.title!r:.60} was read in {earlier.file}:{earlier.line} already.",
        severity="note",
    )
