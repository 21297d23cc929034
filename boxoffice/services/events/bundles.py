"""What bundles contain, remembered so that a sale locks all their quotas in order."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from boxoffice.data.transience import RetryBatch
from boxoffice.services.events.rules.shelf import Shelf, TicketTypeFacts, Want

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

    def check(self, shelf: Shelf, wants: Iterable[Want]) -> None:
        """Pass if whatever comes with the wants is locked; else `RetryBatch`, remembering it."""
        if shelf.unlocked and any(want.asks for want in wants):
            self._contents.update(shelf.unlocked)
            raise RetryBatch("a ticket type is a bundle")


def unlocked(types: Mapping[UUID, TicketTypeFacts], type_ids: Collection[UUID]) -> Unlocked:
    """Of these types the bundles that contain what is not among the types read."""
    contents = {
        one: frozenset(part.ticket_type_id for part in types[one].extras.contents)
        for one in type_ids
        if one in types
    }
    return {one: parts for one, parts in contents.items() if not parts <= types.keys()}
