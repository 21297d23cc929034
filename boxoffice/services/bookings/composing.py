"""Snapshots become views: joined with what events and users know, signed and linked."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from boxoffice.kernel.refusals import NotFound
from boxoffice.services.bookings.bills import (
    costs_of,
    discount_of,
    reduction_views,
    tender_of,
)
from boxoffice.services.bookings.documents.codes import TicketClaims, TicketSigner
from boxoffice.services.bookings.links import OrderLink, OrderLinks
from boxoffice.services.bookings.rules import MAX_EXTENSIONS, OrderStatus, shown_status
from boxoffice.services.bookings.snapshots import (
    OrderCharges,
    OrderSnapshot,
    PositionSnapshot,
    TicketSnapshot,
)
from boxoffice.services.bookings.views import (
    CardHoldView,
    CustomerView,
    OrderDateView,
    OrderPositionView,
    OrderView,
    TicketView,
)
from boxoffice.services.events.api import Events, EventSummary
from boxoffice.services.users.api import OrganizerRef, Users


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What other services say about the orders at hand, fetched before a transaction begins."""

    organizer: OrganizerRef
    events: dict[UUID, EventSummary]


class Composer:
    """Makes `OrderView`s. Event and organizer come from their services' short-lived memory."""

    def __init__(
        self, *, events: Events, users: Users, links: OrderLinks, signer: TicketSigner
    ) -> None:
        self._events = events
        self._users = users
        self._links = links
        self._signer = signer

    async def known(
        self,
        organizer_id: UUID,
        event_ids: Iterable[UUID],
        *,
        dates: Iterable[tuple[UUID, UUID | None]] = (),
    ) -> Known:
        """Fetch what `view` needs; an unknown event is left out.

        `dates` (event, occurrence) may be younger than what is remembered of their events.
        """
        wanted: dict[UUID, set[UUID]] = {event_id: set() for event_id in event_ids}
        for event_id, occurrence_id in dates:
            wanted.setdefault(event_id, set()).update([occurrence_id] if occurrence_id else [])
        events = await self._summaries(organizer_id, wanted)
        return Known(organizer=await self._users.organizer(organizer_id), events=events)

    async def _summaries(
        self, organizer_id: UUID, wanted: Mapping[UUID, Collection[UUID]]
    ) -> dict[UUID, EventSummary]:
        """Most flushes are about one event: whoever asks for it meanwhile waits for one reading."""
        if len(wanted) != 1:
            return await self._events.summaries(organizer_id, wanted)
        [(event_id, dates)] = wanted.items()
        with suppress(NotFound):
            return {event_id: await self._events.summary(organizer_id, event_id, with_dates=dates)}
        return {}

    async def one(self, organizer_id: UUID, order: OrderSnapshot, *, now: datetime) -> OrderView:
        """`view` for a single order, outside any transaction."""
        known = await self.known(organizer_id, [], dates=dates_of(order))
        return self.view(known, order, now=now)

    def view(self, known: Known, order: OrderSnapshot, *, now: datetime) -> OrderView:
        """The order as its buyer sees it at `now`."""
        event = known.events[order.event_id]
        occurrence = event.occurrence(order.occurrence_id)
        confirmed = order.status is OrderStatus.CONFIRMED
        costs = costs_of(order.positions, order.charges, currency=order.total.currency)
        return OrderView(
            id=order.id,
            code=order.code,
            organizer_slug=known.organizer.slug,
            event_id=order.event_id,
            event_slug=event.slug,
            event_title=event.title,
            occurrence_id=order.occurrence_id,
            starts_at=occurrence.starts_at,
            ends_at=occurrence.ends_at,
            timezone=event.timezone,
            venue=event.venue,
            online_url=event.online_url if confirmed else None,
            status=shown_status(order.status, hold_expires_at=order.hold_expires_at, now=now),
            payment_status=order.payment_status,
            refund_status=order.refund_status,
            total=order.total,
            net=costs.net,
            tax=costs.tax,
            fees=costs.fees,
            taxes=costs.taxes,
            reductions=costs.reductions,
            positions=[_position_view(position, event) for position in order.positions],
            cancelled_positions=[_position_view(position, event) for position in order.cancelled],
            tickets=[
                self._ticket_view(known.organizer.id, order, ticket, event)
                for ticket in (order.tickets if confirmed else [])
            ],
            buyer=order.buyer,
            hold_expires_at=order.hold_expires_at,
            server_time=now,
            extensions_left=MAX_EXTENSIONS - order.extensions,
            created_at=order.created_at,
            confirmed_at=order.confirmed_at,
            token=self.token(known.organizer, order),
            asks=True if event.questions else UNSET,
            **_kept(order),
        )

    def token(self, organizer: OrganizerRef, order: OrderSnapshot) -> str:
        """The order's capability link in its present version."""
        return self._links.token(
            organizer_slug=organizer.slug,
            organizer_id=organizer.id,
            order_id=order.id,
            version=order.link_version,
        )

    def opens(self, link: OrderLink, organizer: OrganizerRef, order: OrderSnapshot) -> bool:
        """Whether the capability link opens this order."""
        return self._links.opens(
            link, organizer_id=organizer.id, order_id=order.id, version=order.link_version
        )

    def code(self, organizer_id: UUID, order: OrderSnapshot, ticket: TicketSnapshot) -> str:
        """The signed text that lets in whoever has the ticket now."""
        return self._signer.sign(
            TicketClaims(
                organizer_id=organizer_id,
                event_id=order.event_id,
                occurrence_id=ticket.occurrence_id or order.occurrence_id,
                ticket_id=ticket.id,
                code_version=ticket.code_version,
            )
        )

    def _ticket_view(
        self, organizer_id: UUID, order: OrderSnapshot, ticket: TicketSnapshot, event: EventSummary
    ) -> TicketView:
        given_on = ticket.transfer_id is not None
        code = "" if given_on else self.code(organizer_id, order, ticket)
        return TicketView(
            id=ticket.id,
            number=ticket.number,
            ticket_type_name=ticket.ticket_type_name,
            attendee_name=ticket.attendee_name,
            status=ticket.status,
            code=code,
            given_on=given_on,
            variation_name=ticket.variation_name,
            seat=ticket.seat,
            date=_date_view(event, ticket.occurrence_id),
        )


def dates_of(order: OrderSnapshot) -> list[tuple[UUID, UUID | None]]:
    """The order's dates, for `Composer.known`."""
    return [(order.event_id, date) for date in order.dates]


def _date_view(event: EventSummary, occurrence_id: UUID | None) -> OrderDateView | None:
    if occurrence_id is None:
        return None
    date = event.occurrence(occurrence_id)
    return OrderDateView(
        occurrence_id=occurrence_id, starts_at=date.starts_at, ends_at=date.ends_at
    )


def _position_view(position: PositionSnapshot, event: EventSummary) -> OrderPositionView:
    return OrderPositionView(
        id=position.id,
        number=position.number,
        ticket_type_id=position.ticket_type_id,
        ticket_type_name=position.ticket_type_name,
        price=position.price,
        list_price=position.list_price,
        discount=discount_of(position),
        tax=position.tax,
        reductions=reduction_views(position),
        attendee_name=position.attendee_name,
        variation_id=position.variation_id,
        variation_name=position.variation_name,
        seat=position.seat,
        date=_date_view(event, position.occurrence_id),
        parent_id=position.parent_id or UNSET,
        bundled=position.bundled or UNSET,
        admits=UNSET if position.admits else False,
    )


def card_hold_of(order: OrderSnapshot) -> CardHoldView | None:
    """What the card that was given with its application holds, or held."""
    hold = order.hold
    if hold is None or hold.payment_id is None or hold.until is None:
        return None
    return CardHoldView(amount=hold.amount or order.due, until=hold.until)


def _kept(order: OrderSnapshot) -> dict[str, Any]:
    """What only some orders remember."""
    charges = order.charges
    if charges is None:
        return {}
    kept: dict[str, Any] = _of_money(order, charges)
    if charges.access_code:
        kept["access_code"] = charges.access_code
    if charges.book is not None and charges.book.asks_who:
        kept["needs_customer"] = True
    if charges.purchase_id:
        kept["purchase_id"] = charges.purchase_id
    if charges.needs_approval:
        kept["needs_approval"] = True
    if charges.customer is not None:
        kept["customer"] = CustomerView(
            country=charges.customer.country, vat_id=charges.customer.vat_id
        )
    return kept


def _of_money(order: OrderSnapshot, charges: OrderCharges) -> dict[str, Any]:
    """What pays for it, or is held to."""
    kept: dict[str, Any] = {}
    if hold := card_hold_of(order):
        kept["card_hold"] = hold
    if charges.gift_cards:
        kept["gift_cards"], kept["due"] = tender_of(order.total, charges.gift_cards)
    return kept
