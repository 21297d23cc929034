"""What organizers send about add-ons and bundles."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, field

from boxoffice.kernel.ids import new_id
from boxoffice.services.events.bodies import Body, MinorUnits
from boxoffice.services.events.rules.extras.extras import AddOn, AddOnGroup, Content

Few = Annotated[int, Meta(ge=0, le=100)]


class AddOnBody(Body, frozen=True, kw_only=True):
    """A ticket type that can be had with this one; `price` of one instead of its own."""

    ticket_type_id: UUID
    price: MinorUnits | None = None


class AddOnGroupBody(Body, frozen=True, kw_only=True):
    """Of these, each ticket takes from `minimum` to `maximum`; the dearest `included` are free."""

    name: Annotated[str, Meta(examples=["Meals"])]
    minimum: Few = 0
    maximum: Few = 1
    included: Few = 0
    add_ons: Annotated[list[AddOnBody], Meta(max_length=50)]

    def rule(self) -> AddOnGroup:
        return AddOnGroup(
            id=new_id(),
            name=self.name,
            least=self.minimum,
            most=self.maximum,
            included=self.included,
            add_ons=tuple(
                AddOn(ticket_type_id=one.ticket_type_id, price=one.price) for one in self.add_ons
            ),
        )


class ContentBody(Body, frozen=True, kw_only=True):
    """So many units of another type come with each ticket, at `price` for one of them."""

    ticket_type_id: UUID
    variation_id: UUID | None = None
    units: Annotated[int, Meta(ge=1, le=20)] = 1
    price: MinorUnits = 0

    def rule(self) -> Content:
        return Content(
            ticket_type_id=self.ticket_type_id,
            variation_id=self.variation_id,
            units=self.units,
            price=self.price,
        )


class ExtrasBody(Body, frozen=True, kw_only=True):
    """Everything that can be had with, or comes with, the ticket type; replaces what was set."""

    add_on_groups: Annotated[list[AddOnGroupBody], Meta(max_length=20)] = field(
        default_factory=list[AddOnGroupBody]
    )
    contents: Annotated[list[ContentBody], Meta(max_length=20)] = field(
        default_factory=list[ContentBody]
    )
