"""What is shown of a registration for early access."""

from datetime import datetime
from uuid import UUID

from boxoffice.kernel.pages import Page
from boxoffice.services.bookings.rules.presales import RegistrationState, WindowState
from boxoffice.services.bookings.views import View
from boxoffice.services.events.api import PresaleMode, PresaleState


class EarlyAccessView(View, frozen=True, kw_only=True):
    """When whoever won may buy, and how many tickets they have `left` of theirs. `code` is named
    with the order, among its vouchers.
    """

    code: str
    state: WindowState
    starts_at: datetime
    ends_at: datetime
    left: int


class PresaleRegistrationView(View, frozen=True, kw_only=True):
    """A registration, for whoever has it; `early_access` once they have won. No `ticket_type_ids`:
    all types, of which the first is sold to everybody from `sale_starts_at`. `on_sale`: the event
    has not been cancelled, and is not over.
    """

    id: UUID
    organizer_slug: str
    organizer_name: str
    event_id: UUID
    event_slug: str
    event_title: str
    timezone: str
    on_sale: bool
    cancelled: bool
    name: str
    email: str
    quantity: int
    state: RegistrationState
    presale: PresaleState
    mode: PresaleMode
    closes_at: datetime
    window_starts_at: datetime
    window_ends_at: datetime
    ticket_type_ids: list[UUID]
    sale_starts_at: datetime | None
    early_access: EarlyAccessView | None
    registered_at: datetime
    server_time: datetime
    token: str


class RegistrationRow(View, frozen=True, kw_only=True):
    """Somebody who has registered, for the event's team; `used` tickets are bought or held."""

    id: UUID
    name: str
    email: str
    quantity: int
    state: RegistrationState
    used: int
    registered_at: datetime


class RegistrationCounts(View, frozen=True, kw_only=True):
    """`registered` people, of whom `confirmed` have done so for `units` tickets; `drawn` of them
    got early access to `drawn_units`, of which `bought` are bought.
    """

    registered: int
    confirmed: int
    units: int
    drawn: int
    drawn_units: int
    bought: int


class RegistrationsView(View, frozen=True, kw_only=True):
    """One page of an event's registrations, and all of them counted."""

    registrations: Page[RegistrationRow]
    counts: RegistrationCounts
