"""What the team may send about seats."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from boxoffice.services.events.bodies import Body, Units
from boxoffice.services.events.rules.seats.generating import SectionForm
from boxoffice.services.events.rules.seats.plans import Point


class ImportSeatMapBody(Body, frozen=True, kw_only=True):
    """`plan` is a seating plan: name, zones with rows of seats, areas, categories, size."""

    plan: dict[str, Any]
    name: str | None = None


class GenerateSeatMapBody(Body, frozen=True, kw_only=True):
    """Sections of rows; with a `stage` that is where everybody looks."""

    name: Annotated[str, Meta(examples=["Great hall"])]
    sections: Annotated[list[SectionForm], Meta(min_length=1, max_length=100)]
    stage: Point | None = None


class AttachSeatMapBody(Body, frozen=True, kw_only=True):
    """`categories` says which ticket type each category of the map is sold as; the latest version
    unless `version` names one, the first date unless `occurrence_id` does.
    """

    seat_map_id: UUID
    categories: Annotated[dict[str, UUID], Meta(max_length=100)]
    version: int | None = None
    occurrence_id: UUID | None = None


class BlockBody(Body, frozen=True, kw_only=True):
    """Either `seats`, or `units` of the quota `quota_id`; free again at `expires_at`."""

    reason: Annotated[str, Meta(examples=["Press"])]
    seats: Annotated[tuple[UUID, ...], Meta(max_length=5_000)] = ()
    quota_id: UUID | None = None
    units: Units | None = None
    expires_at: datetime | None = None
    occurrence_id: UUID | None = None
