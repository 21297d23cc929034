"""Add-ons, bundles, and things that admit nobody: the extras of a ticket type."""

from functools import lru_cache
from uuid import UUID

import msgspec


class AddOn(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket type that can be had with another; `price` of one unit instead of its own."""

    ticket_type_id: UUID
    price: int | None = None


class Demanded(msgspec.Struct, frozen=True, kw_only=True):
    """With a ticket at least so many are had of that group of add-ons."""

    group_id: UUID
    least: int


class AddOnGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Of these, each base ticket takes from `least` to `most`; the dearest `included` are free."""

    id: UUID
    name: str
    least: int = 0
    most: int = 1
    included: int = 0
    add_ons: tuple[AddOn, ...] = ()

    @property
    def demanded(self) -> Demanded | None:
        """What each base ticket must have of it, if anything."""
        return Demanded(group_id=self.id, least=self.least) if self.least else None


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """So many units of another type that come with each ticket, at this price for one of them."""

    ticket_type_id: UUID
    variation_id: UUID | None = None
    units: int = 1
    price: int = 0


class Extras(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`admits`: whoever buys it gets a ticket; merchandise gives none."""

    admits: bool = True
    groups: tuple[AddOnGroup, ...] = ()
    contents: tuple[Content, ...] = ()

    @property
    def demands(self) -> bool:
        """Whether something always comes with it: it is a bundle, or some add-on must be chosen."""
        return bool(self.contents) or any(group.least for group in self.groups)

    def needed(self) -> set[UUID]:
        """Every ticket type of which something must or may have to come with this one: what a
        bundle contains, and the add-ons of groups from which some must be chosen.
        """
        return {
            *(one.ticket_type_id for one in self.contents),
            *(one.ticket_type_id for group in self.groups if group.least for one in group.add_ons),
        }

    def named(self) -> set[UUID]:
        """Every ticket type that comes or can be had with this one."""
        return {
            *(one.ticket_type_id for one in self.contents),
            *(one.ticket_type_id for group in self.groups for one in group.add_ons),
        }


NO_EXTRAS = Extras()


@lru_cache(maxsize=1024)
def read_extras(text: str | None) -> Extras:
    """The extras as the database tells them; None for a plain ticket type."""
    return NO_EXTRAS if text is None else msgspec.json.decode(text, type=Extras)
