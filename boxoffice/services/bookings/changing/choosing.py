"""What a buyer may choose for the tickets of a bought order, so that pages offer nothing that would
be refused.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.data.postgres import Database
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.money import Money
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.bookings.changing.doors import ChangeDoor, own_goods
from boxoffice.services.bookings.changing.prices import (
    check_sold,
    own_price,
    variation_price,
    was_let_in,
)
from boxoffice.services.bookings.composing import Known
from boxoffice.services.bookings.policies import policy_of
from boxoffice.services.bookings.rules import ChangeTerms, OrderStatus, changeable_until
from boxoffice.services.bookings.snapshots import OrderSnapshot, PositionSnapshot
from boxoffice.services.bookings.views import View, full_name
from boxoffice.services.events.api import Stock, TicketTypeFacts, Want, WantedLine


class VariationChoiceView(View, frozen=True, kw_only=True):
    """A variation the ticket could come in, and what it costs then before discounts and fees."""

    variation_id: UUID
    name: str
    price: Money


class AddOnChoiceView(View, frozen=True, kw_only=True):
    """One more of these can be had with the ticket. `price` is what one costs that is not free."""

    ticket_type_id: UUID
    variation_id: UUID | None
    name: str
    price: Money


class AddOnGroupChoicesView(View, frozen=True, kw_only=True):
    """Each ticket takes from `minimum` to `maximum` of it; the dearest `included` are free.
    `chosen` are the positions that it has of it.
    """

    name: str
    minimum: int
    maximum: int
    included: int
    chosen: list[UUID]
    choices: list[AddOnChoiceView]


class ChangeChoicesView(View, frozen=True, kw_only=True):
    """What may be chosen for one ticket or thing of an order."""

    position_id: UUID
    name: str
    price: Money
    variations: list[VariationChoiceView]
    add_ons: list[AddOnGroupChoicesView]


class ChangeChoices:
    """For one order."""

    def __init__(self, db: Database, stock: Stock, door: ChangeDoor) -> None:
        self._db = db
        self._stock = stock
        self._door = door

    async def of(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> list[ChangeChoicesView]:
        """What the policy lets a buyer choose now; positions without a choice are left out."""
        known = await self._door.known(actor, organizer_id, order_id)
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
            if order.status is not OrderStatus.CONFIRMED or not order.positions:
                return []
            terms = (await policy_of(tx, order.event_id)).changes
            shelf = await self._stock.look(tx, _want(order))
            named = {one for kind in shelf.types.values() for one in kind.extras.named()}
            if not named <= shelf.types.keys():
                shelf = await self._stock.look(tx, _want(order, named))
            now = await tx.now()
        looking = _Looking(order=order, terms=terms, types=shelf.types, known=known, now=now)
        choices = [looking.at(one) for one in order.positions]
        return [one for one in choices if one and (one.variations or one.add_ons)]


class _Looking(msgspec.Struct, frozen=True, kw_only=True):
    order: OrderSnapshot
    terms: ChangeTerms
    types: Mapping[UUID, TicketTypeFacts]
    known: Known
    now: datetime

    def at(self, position: PositionSnapshot) -> ChangeChoicesView | None:
        kind = self.types.get(position.ticket_type_id)
        if kind is None or not self._is_own(position):
            return None
        return ChangeChoicesView(
            position_id=position.id,
            name=full_name(position.ticket_type_name, position.variation_name),
            price=position.price,
            variations=self._variations(position, kind)
            if self._is_open(position, what=self.terms.variations)
            else [],
            add_ons=self._groups(position, kind)
            if self._is_open(position, what=self.terms.add_ons)
            else [],
        )

    def _is_own(self, position: PositionSnapshot) -> bool:
        try:
            own_goods(self.order, position.id)
        except Refusal:
            return False
        return True

    def _is_open(self, position: PositionSnapshot, *, what: bool) -> bool:
        event = self.known.events[self.order.event_id]
        date = event.occurrence(position.occurrence_id or self.order.occurrence_id)
        try:
            changeable_until(self.terms, what=what, starts_at=date.starts_at, now=self.now)
        except Refusal:
            return False
        return True

    def _variations(
        self, position: PositionSnapshot, kind: TicketTypeFacts
    ) -> list[VariationChoiceView]:
        cuts = position.charges.reductions if position.charges else ()
        if any(cut.kind == "voucher" for cut in cuts) or kind.extras.demands:
            return []
        let_in = was_let_in(self.order, position)
        return [
            VariationChoiceView(
                variation_id=one.id,
                name=one.name,
                price=self._money(variation_price(kind, position, one)),
            )
            for one in kind.variations
            if one.id != position.variation_id and self._is_sold(kind, one.id, let_in=let_in)
        ]

    def _groups(
        self, position: PositionSnapshot, kind: TicketTypeFacts
    ) -> list[AddOnGroupChoicesView]:
        mine = [one for one in self.order.positions if one.parent_id == position.id]
        return [
            AddOnGroupChoicesView(
                name=group.name,
                minimum=group.least,
                maximum=group.most,
                included=group.included,
                chosen=[
                    one.id
                    for one in mine
                    if not one.bundled
                    and one.ticket_type_id in {part.ticket_type_id for part in group.add_ons}
                ],
                choices=[
                    choice
                    for part in group.add_ons
                    for choice in self._choices(part.ticket_type_id, part.price)
                ],
            )
            for group in kind.extras.groups
        ]

    def _choices(self, type_id: UUID, override: int | None) -> list[AddOnChoiceView]:
        kind = self.types.get(type_id)
        if kind is None or kind.extras.demands:
            return []
        return [
            AddOnChoiceView(
                ticket_type_id=kind.id,
                variation_id=one.id if one else None,
                name=full_name(kind.name, one.name if one else None),
                price=self._money(own_price(kind, one) if override is None else override),
            )
            for one in kind.variations or (None,)
            if self._is_sold(kind, one.id if one else None)
        ]

    def _is_sold(
        self, kind: TicketTypeFacts, variation_id: UUID | None, *, let_in: bool = False
    ) -> bool:
        variation = next((one for one in kind.variations if one.id == variation_id), None)
        try:
            check_sold(kind, variation, now=self.now, let_in=let_in)
        except Refusal:
            return False
        return True

    def _money(self, amount: int) -> Money:
        return Money(amount=amount, currency=self.order.total.currency)


def _want(order: OrderSnapshot, more: set[UUID] | None = None) -> Want:
    """All types of the order and `more`, as a question about them."""
    kinds = {one.ticket_type_id for one in order.positions} | (more or set())
    return Want(
        holder=order.id,
        event_id=order.event_id,
        occurrence_id=order.occurrence_id,
        lines=tuple(WantedLine(ticket_type_id=one, quantity=1) for one in sorted(kinds)),
        expires_at=None,
        late=True,
    )
