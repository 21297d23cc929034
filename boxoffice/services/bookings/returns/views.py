"""What a return shows, to the buyer and to the team."""

from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.rules import ReturnStatus
from boxoffice.services.bookings.views import OrderView, View


class ReturnView(View, frozen=True, kw_only=True):
    """A ticket that is or was offered back. `face_value` is what comes back once somebody has
    bought it; `promised`: somebody is being offered it, and it cannot be kept before their time is
    over.
    """

    id: UUID
    ticket_id: UUID
    ticket_number: int
    ticket_name: str
    face_value: Money
    status: ReturnStatus
    promised: bool
    expires_at: datetime
    created_at: datetime
    settled_at: datetime | None


class ReturnNews(msgspec.Struct, frozen=True, kw_only=True):
    """For whoever tells the buyer."""

    made: ReturnView
    order: OrderView
