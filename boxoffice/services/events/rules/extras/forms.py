"""The form of a ticket type's extras: consistent with the rest of its event, or every mistake."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

import msgspec

from boxoffice.kernel.refusals import FieldError
from boxoffice.services.events.rules import texts
from boxoffice.services.events.rules.extras.extras import AddOnGroup, Content, Extras
from boxoffice.services.events.rules.forms import Checker

MAX_GROUPS = 20
MAX_ADD_ONS = 50
MAX_CONTENTS = 20
# Of all contents of one bundle together.
MAX_UNITS = 20


class Other(msgspec.Struct, frozen=True, kw_only=True):
    """Another ticket type of the event, as far as extras care."""

    variation_ids: frozenset[UUID] = frozenset()
    is_bundle: bool = False
    is_seated: bool = False


def check_extras(
    extras: Extras, own_id: UUID, others: Mapping[UUID, Other], *, is_part: bool
) -> Extras:
    """The extras, cleaned. `is_part`: another type has this one among its own extras."""
    check = Checker()
    if is_part and extras.contents:
        check(_nested, None)
    units = sum(one.units for one in extras.contents)
    if len(extras.groups) > MAX_GROUPS or len(extras.contents) > MAX_CONTENTS or units > MAX_UNITS:
        check(_too_many, None)
    groups = tuple(
        check(lambda g=group, n=number: _group(g, n), group)
        for number, group in enumerate(extras.groups)
    )
    for number, group in enumerate(extras.groups):
        for place, one in enumerate(group.add_ons):
            pointer = f"/add_on_groups/{number}/add_ons/{place}/ticket_type_id"
            check(lambda o=one, p=pointer: _part(o.ticket_type_id, own_id, others, p), None)
    check(lambda: _once(extras), None)
    for number, content in enumerate(extras.contents):
        check(lambda c=content, n=number: _content(c, n, own_id, others), None)
    check.finish()
    return msgspec.structs.replace(extras, groups=groups)


def _nested() -> None:
    raise FieldError("/contents", "nested", "What comes with another ticket cannot be a bundle.")


def _too_many() -> None:
    raise FieldError(
        "/", "too_many", f"At most {MAX_GROUPS} groups, and {MAX_UNITS} units in a bundle."
    )


def _group(group: AddOnGroup, number: int) -> AddOnGroup:
    at = f"/add_on_groups/{number}"
    name = texts.line(f"{at}/name", group.name, most=texts.MAX_NAME, least=1)
    if group.most < max(1, group.least):
        raise FieldError(f"{at}/maximum", "out_of_range", "At least 1 and at least `minimum`.")
    if group.included > group.most:
        raise FieldError(f"{at}/included", "out_of_range", "At most `maximum`.")
    if not 1 <= len(group.add_ons) <= MAX_ADD_ONS:
        raise FieldError(f"{at}/add_ons", "missing", f"Name from 1 to {MAX_ADD_ONS} add-ons.")
    return msgspec.structs.replace(group, name=name)


def _part(part: UUID, own_id: UUID, others: Mapping[UUID, Other], pointer: str) -> None:
    if part == own_id or part not in others:
        raise FieldError(pointer, "unknown_ticket_type", "Name another type of this event.")
    if others[part].is_bundle:
        raise FieldError(pointer, "nested", "A bundle cannot come with another ticket.")
    if others[part].is_seated:
        raise FieldError(pointer, "seated", "Numbered seats cannot come with another ticket.")


def _once(extras: Extras) -> None:
    counts = Counter(one.ticket_type_id for group in extras.groups for one in group.add_ons)
    if any(count > 1 for count in counts.values()):
        raise FieldError("/add_on_groups", "twice", "Name each add-on in one group only, once.")


def _content(content: Content, number: int, own_id: UUID, others: Mapping[UUID, Other]) -> None:
    at = f"/contents/{number}"
    _part(content.ticket_type_id, own_id, others, f"{at}/ticket_type_id")
    known = others[content.ticket_type_id].variation_ids
    if content.variation_id not in (known or {None}):
        raise FieldError(
            f"{at}/variation_id", "choose_variation", "Name a variation where the type has some."
        )
