"""What is told about seats."""

from datetime import datetime
from uuid import UUID

from boxoffice.services.events.rules.seats.checking import Finding
from boxoffice.services.events.rules.seats.choosing import ChosenSeat
from boxoffice.services.events.views import View


class SeatCategoryView(View, frozen=True, kw_only=True):
    """A category with how many sit and how many stand in it."""

    name: str
    color: str | None
    seats: int
    standing: int


class SeatMapView(View, frozen=True, kw_only=True):
    """A map in its latest version. `notes` tell what of an imported file was passed over."""

    id: UUID
    name: str
    version: int
    seats: int
    standing: int
    accessible: int
    categories: list[SeatCategoryView]
    created_at: datetime
    notes: tuple[Finding, ...] = ()


class SeatMapRowView(View, frozen=True, kw_only=True):
    id: UUID
    name: str
    version: int
    seats: int
    standing: int
    created_at: datetime


class SoldCategoryView(View, frozen=True, kw_only=True):
    """A category and the ticket type it is sold as on this date."""

    name: str
    color: str | None
    seats: int
    standing: int
    ticket_type_id: UUID


class SeatingView(View, frozen=True, kw_only=True):
    """The map that a date uses. A seat's id is `seat_prefix` and its ordinal in 8 hex digits."""

    occurrence_id: UUID
    seat_map_id: UUID
    name: str
    version: int
    version_id: UUID
    seat_prefix: str
    categories: list[SoldCategoryView]


class BlockedTypeView(View, frozen=True, kw_only=True):
    """So many of a ticket type, in one variation if it has any."""

    ticket_type_id: UUID
    variation_id: UUID | None
    units: int


class BlockView(View, frozen=True, kw_only=True):
    """What the staff keeps from the sale: `units` in all, of these `types`, with these `seats`.
    Units that were blocked by their number are of the quota and of no type.
    """

    id: UUID
    occurrence_id: UUID
    reason: str
    expires_at: datetime | None
    created_at: datetime
    quota_id: UUID | None
    units: int
    seats: list[ChosenSeat]
    types: tuple[BlockedTypeView, ...] = ()


class VoucherSeats(View, frozen=True, kw_only=True):
    """Seats that a voucher has set aside: taken for everybody but who names it."""

    seat_ids: list[UUID]


class CategoryOnSale(View, frozen=True, kw_only=True):
    name: str
    ticket_type_id: UUID


class SeatAvailability(View, frozen=True, kw_only=True):
    """What is not free, one bit a seat in the drawing's order, the lowest bit of each byte first,
    in Base64. `held` seats may come back. A seat's id is `seat_prefix` and its ordinal in 8 hex
    digits. `drawing` is the path of the map, which never changes; the team has its own way there.
    """

    occurrence_id: UUID
    as_of: datetime
    drawing: str
    seat_prefix: str
    seats: int
    gone: str
    held: str
    categories: list[CategoryOnSale]
