"""Registrations become views: joined with what events and users know, and linked."""

from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.links import OrderLinks
from boxoffice.services.bookings.presales.reading import state_of
from boxoffice.services.bookings.presales.views import EarlyAccessView, PresaleRegistrationView
from boxoffice.services.bookings.rules.presales import window_state
from boxoffice.services.bookings.tables_presales import PresaleRegistration
from boxoffice.services.events.api import Events, Pass, Presale


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A registration with its presale, and its pass if it won."""

    registration: PresaleRegistration
    presale: Presale
    own: Pass | None


class RegistrationComposer:
    """Makes the views; `links` are those of registrations."""

    def __init__(self, events: Events, composer: Composer, links: OrderLinks) -> None:
        self._events = events
        self._composer = composer
        self._links = links

    async def found(self, tx: Transaction, one: PresaleRegistration) -> Found:
        """What the view is made of, as it is in this transaction."""
        presale = await self._events.presales.read(tx, one.event_id)
        own = None
        if one.outcome == "won" and one.pass_id is not None:
            own = (await self._events.presales.passes(tx, [one.pass_id])).get(one.pass_id)
        return Found(registration=one, presale=presale, own=own)

    async def view(self, organizer_id: UUID, found: Found) -> PresaleRegistrationView:
        """The registration for whoever has it; outside any transaction."""
        one, presale = found.registration, found.presale
        known = await self._composer.known(organizer_id, [one.event_id])
        event = known.events[one.event_id]
        starts_at, ends_at = presale.window
        return PresaleRegistrationView(
            id=one.id,
            organizer_slug=known.organizer.slug,
            organizer_name=known.organizer.name,
            event_id=event.id,
            event_slug=event.slug,
            event_title=event.title,
            timezone=event.timezone,
            on_sale=event.status == "published",
            cancelled=presale.cancelled,
            name=one.name,
            email=one.email,
            quantity=one.quantity,
            state=state_of(one),
            presale=presale.state,
            mode=presale.terms.mode,
            closes_at=presale.terms.closes_at,
            window_starts_at=starts_at,
            window_ends_at=ends_at,
            ticket_type_ids=list(presale.terms.ticket_type_ids),
            sale_starts_at=presale.sale_starts_at,
            early_access=_early_access(found.own, now=presale.now),
            registered_at=one.created_at,
            server_time=presale.now,
            token=self._links.token(
                organizer_slug=known.organizer.slug,
                organizer_id=known.organizer.id,
                order_id=one.id,
                version=one.link_version,
            ),
        )


def _early_access(own: Pass | None, *, now: datetime) -> EarlyAccessView | None:
    if own is None:
        return None
    left = max(0, own.units - own.used)
    return EarlyAccessView(
        code=own.code,
        state=window_state(own.starts_at, own.ends_at, left=left, now=now),
        starts_at=own.starts_at,
        ends_at=own.ends_at,
        left=left,
    )
