"""What is told about a place in line."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.services.events.rules.waiting import Mode

PlaceState = Literal["waiting", "offered", "expired", "over"]


class PlaceOffer(msgspec.Struct, frozen=True, kw_only=True):
    """Units of one ticket type, kept until `ends_at`."""

    ticket_type_id: UUID
    variation_id: UUID | None
    units: int
    ends_at: datetime


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place in line. `position` counts from 1 where the order is that of joining; where it is
    drawn there is none. `waiting` are all who wait for that date.
    """

    id: UUID
    occurrence_id: UUID
    units: int
    ticket_type_ids: list[UUID]
    variation_ids: list[UUID]
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
