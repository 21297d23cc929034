"""Shapes in which extras of ticket types are shown."""

from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money


class ContentView(msgspec.Struct, frozen=True, kw_only=True):
    """What comes with each ticket of a bundle."""

    ticket_type_id: UUID
    name: str
    variation_name: str | None
    units: int


class AddOnRuleView(msgspec.Struct, frozen=True, kw_only=True):
    """`price` null: the type's own."""

    ticket_type_id: UUID
    price: Money | None


class AddOnGroupRuleView(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    minimum: int
    maximum: int
    included: int
    add_ons: list[AddOnRuleView]


class ContentRuleView(msgspec.Struct, frozen=True, kw_only=True):
    ticket_type_id: UUID
    variation_id: UUID | None
    units: int
    price: Money
