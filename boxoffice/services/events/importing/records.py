"""What a file says about one event, and what is wrong with it."""

from datetime import date, datetime
from typing import Literal

import msgspec

from boxoffice.services.events.rules.forms import EventFields

Severity = Literal["skipped", "note"]


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """Something is wrong in this line: the row is skipped, or imported with a note."""

    line: int
    code: str
    text: str
    severity: Severity = "skipped"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A trouble and the file it is in; as text, `file:line: code: sentence`."""

    file: str
    line: int
    code: str
    text: str
    severity: Severity

    @classmethod
    def of(cls, file: str, trouble: Trouble) -> "Problem":
        return cls(
            file=file,
            line=trouble.line,
            code=trouble.code,
            text=trouble.text,
            severity=trouble.severity,
        )

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code}: {self.text}"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One event as a file has it. A bare date lasts the whole day, the last day included.

    Times without zone are local to `zone`, else to the place. `uid` is the file's own name for it.
    """

    line: int
    title: str
    start: date | datetime
    end: date | datetime | None = None
    zone: str | None = None
    venue: str | None = None
    address: str | None = None
    city: str | None = None
    country: str | None = None
    online: bool = False
    online_url: str | None = None
    website: str | None = None
    category: str = "other"
    summary: str = ""
    description: str = ""
    topics: tuple[str, ...] = ()
    uid: str | None = None
    troubles: tuple[Trouble, ...] = ()


class ImportedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event ready to be written. `key` recognises it in the next import; `alias`, its folded
    name and first day, in another file.
    """

    file: str
    line: int
    key: str
    alias: str
    fields: EventFields
    topics: tuple[str, ...] = ()
