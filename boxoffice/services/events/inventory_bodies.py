"""What organizers send about the categories and variations of ticket types, and their order."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from boxoffice.services.events.bodies import Body, MinorUnits, Units

OwnPrice = Annotated[
    MinorUnits,
    Meta(
        description="In minor units; without one it costs what its type costs. Of a type with open"
        " pricing, the least that buyers may give."
    ),
]


class TicketCategoryBody(Body, frozen=True, kw_only=True):
    """A heading on the event's page."""

    name: Annotated[str, Meta(examples=["Day tickets"])]


class VariationBody(Body, frozen=True, kw_only=True):
    """`quantity` makes a quota of the variation's own; it may count against `quota_ids` as well.

    Either way it counts against the quotas of its type, and all must fit.
    """

    name: Annotated[str, Meta(examples=["Under 18"])]
    price: OwnPrice | None = None
    quantity: Units | None = None
    quota_ids: list[UUID] = field(default_factory=list[UUID])


class ChangeVariationBody(Body, frozen=True, kw_only=True):
    """What is absent stays; `price` null means that of the type."""

    name: str | UnsetType = UNSET
    price: OwnPrice | UnsetType | None = UNSET
    on_sale: bool | UnsetType = UNSET


class OrderBody(Body, frozen=True, kw_only=True):
    """All of them, each once, the first first."""

    ids: Annotated[list[UUID], Meta(max_length=1_000)]
