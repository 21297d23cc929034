"""What is told about a place in line."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.services.events.rules.along import Kind, offered_lines
from boxoffice.services.events.rules.shelf import TicketTypeFacts, WantedLine
from boxoffice.services.events.rules.waiting import Mode

PlaceState = Literal["waiting", "offered", "expired", "over"]


class Along(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept together with a ticket: so many of another type."""

    ticket_type_id: UUID
    variation_id: UUID | None
    units: int


class PlaceOffer(msgspec.Struct, frozen=True, kw_only=True):
    """Units of one ticket type, kept until `ends_at` with what comes along with all of them."""

    ticket_type_id: UUID
    variation_id: UUID | None
    units: int
    along: list[Along]
    ends_at: datetime

    def lines(self, types: Mapping[UUID, TicketTypeFacts]) -> tuple[WantedLine, ...]:
        """What is offered as lines of an order: without what bundles contain, which follows."""
        first = WantedLine(
            ticket_type_id=self.ticket_type_id,
            variation_id=self.variation_id,
            quantity=self.units,
        )
        own: dict[Kind, int] = {(self.ticket_type_id, self.variation_id): self.units}
        own |= {(one.ticket_type_id, one.variation_id): one.units for one in self.along}
        return offered_lines(types, first, own) or (first,)


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place in line. `position` counts from 1 where the order is that of joining; where it is
    drawn there is none. `waiting` are all who wait for that date.
    """

    id: UUID
    occurrence_id: UUID
    units: int
    ticket_type_ids: list[UUID]
    variation_ids: list[UUID]
    add_on_ids: list[UUID]
    joined_at: datetime
    state: PlaceState
    mode: Mode
    position: int | None
    waiting: int
    offer: PlaceOffer | None


class LineCounts(msgspec.Struct, frozen=True, kw_only=True):
    """An event's line: so many wait for so many units, and so many have offers."""

    waiting: int
    units: int
    offered: int
