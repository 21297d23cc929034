"""What bundles contain, remembered so that a sale locks all their quotas in order."""

from collections.abc import Collection, Mapping
from uuid import UUID

from boxoffice.services.events.rules.shelf import TicketTypeFacts

Unlocked = Mapping[UUID, frozenset[UUID]]


class Bundles:
    """What each bundle was last seen to contain. A sale that finds something else decides nothing
    and begins again.
    """

    def __init__(self) -> None:
        self._contents: dict[UUID, frozenset[UUID]] = {}

    def with_contents(self, type_ids: Collection[UUID]) -> list[UUID]:
        """The types, and those that are known to come in bundles of them."""
        if not self._contents:
            return list(type_ids)
        contents = (part for one in type_ids for part in self._contents.get(one, ()))
        return list({*type_ids, *contents})

    def remember(self, unlocked: Unlocked) -> None:
        self._contents.update(unlocked)


def unlocked(types: Mapping[UUID, TicketTypeFacts], type_ids: Collection[UUID]) -> Unlocked:
    """Of these types the bundles that contain what is not among the types read."""
    contents = {
        one: frozenset(part.ticket_type_id for part in types[one].extras.contents)
        for one in type_ids
        if one in types
    }
    return {one: parts for one, parts in contents.items() if not parts <= types.keys()}
