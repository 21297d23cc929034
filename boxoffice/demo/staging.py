"""One event from its data to its page, each step only where it is missing.

So a load that was interrupted is finished by the next one.
"""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from boxoffice.app.services import Services
from boxoffice.demo.art import draw
from boxoffice.demo.show import Show
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.services.bookings.api import BuyerView, OrderRequest
from boxoffice.services.events.api import ManagedEvent, QuotaBody, WantedLine

_GUESTS = ("Noor", "Emil", "Saba", "Joost", "Inés", "Tomoko", "Kwame", "Liv")


class Stagehand(msgspec.Struct, frozen=True):
    """Who brings the shows of one organizer onto their pages."""

    services: Services
    actor: Actor
    organizer_id: UUID

    async def stage(self, show: Show, event_id: UUID | None) -> None:
        """Make the show, or what is missing of the event that it already is."""
        events = self.services.events
        if event_id is None:
            today = datetime.now(UTC).date()
            event = await events.editing.create(self.actor, self.organizer_id, show.body(today))
        else:
            event = await events.editing.get(self.organizer_id, event_id)
        await self._sell(show, event)
        await self._decorate(show, event)
        if not show.draft:
            await events.publishing.publish(self.actor, self.organizer_id, event.id)
        await self._give_away(show, event.id)

    async def _sell(self, show: Show, event: ManagedEvent) -> None:
        hall_id, now = await self._hall(show, event), datetime.now(UTC)
        there = {kind.name for kind in event.ticket_types}
        for ticket in show.tickets:
            if ticket.name not in there:
                await self.services.events.ticket_types.create(
                    self.actor, self.organizer_id, event.id, ticket.body(hall_id, now)
                )

    async def _hall(self, show: Show, event: ManagedEvent) -> UUID | None:
        if show.hall is None:
            return None
        for quota in event.quotas:
            if quota.name == show.hall.name:
                return quota.id
        body = QuotaBody(name=show.hall.name, capacity=show.hall.capacity)
        made = await self.services.events.quotas.create(
            self.actor, self.organizer_id, event.id, body
        )
        return made.quotas[0].id

    async def _decorate(self, show: Show, event: ManagedEvent) -> None:
        if show.cover is not None and event.cover is None:
            picture = await asyncio.to_thread(draw, show.cover)
            await self.services.events.covers.put(self.actor, self.organizer_id, event.id, picture)

    async def _give_away(self, show: Show, event_id: UUID) -> None:
        event = await self.services.events.editing.get(self.organizer_id, event_id)
        missing = show.given_away - sum(quota.sold for quota in event.quotas)
        guest = 0
        while missing > 0:
            kind = event.ticket_types[0]
            quantity = min(missing, kind.max_per_order)
            await self._order(event_id, kind.id, quantity, _GUESTS[guest % len(_GUESTS)])
            missing, guest = missing - quantity, guest + 1

    async def _order(self, event_id: UUID, kind_id: UUID, quantity: int, name: str) -> None:
        await self.services.bookings.open(
            Actor(visitor_id=new_id()),
            self.organizer_id,
            OrderRequest(
                event_id=event_id,
                occurrence_id=None,
                lines=[WantedLine(ticket_type_id=kind_id, quantity=quantity)],
                buyer=BuyerView(email=f"{new_id().hex[-8:]}@guests.boxoffice.test", name=name),
                locale="en",
            ),
            once=None,
        )
