"""What is told about a presale."""

from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.services.events.rules.presales import (
    PresaleState,
    Terms,
    state_at,
    window,
)


class Presale(msgspec.Struct, frozen=True, kw_only=True):
    """A presale as it stands at `now`; `published`, `cancelled`: its event is;
    one of which every date was cancelled as well. `sale_starts_at`:
    when the first of its types is sold to everybody.
    """

    event_id: UUID
    terms: Terms
    published: bool
    cancelled: bool
    sale_starts_at: datetime | None
    drawn_at: datetime | None
    seed: str | None
    now: datetime

    @property
    def state(self) -> PresaleState:
        """Where it stands."""
        return state_at(self.terms.opens_at, self.terms.closes_at, self.drawn_at, now=self.now)

    @property
    def window(self) -> tuple[datetime, datetime]:
        """From when to when those who got early access may buy."""
        terms = self.terms
        return window(terms.window_starts_at, terms.window_minutes, drawn_at=self.drawn_at)


class Pass(msgspec.Struct, frozen=True, kw_only=True):
    """One person's early access: `used` of `units` tickets are bought or held."""

    code: str
    starts_at: datetime
    ends_at: datetime
    units: int
    used: int
