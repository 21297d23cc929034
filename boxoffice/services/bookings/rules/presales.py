"""Who of those that have registered gets early access; and what somebody is told about it."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.kernel.refusals import Conflict, FieldError, Invalid, NotFound

RegistrationState = Literal["unconfirmed", "registered", "won", "lost", "withdrawn", "removed"]
WindowState = Literal["to_come", "open", "over", "used_up"]


class PresaleNotOpen(Conflict):
    code = "presale_not_open"
    message = "Nobody can register for early access at this time; look at the event's page."


class PresaleTooSoon(Conflict):
    code = "presale_too_soon"
    message = "Registration has not opened yet, so there is nobody to give early access to."


class NotRegistered(NotFound):
    code = "not_registered"
    message = "No such registration, or it is not yours to see."


class RegistrationOver(Conflict):
    code = "registration_over"
    message = "This registration is over; load it again."


class Entrant(msgspec.Struct, frozen=True, kw_only=True):
    """A confirmed registration for `units` tickets."""

    id: UUID
    units: int
    at: datetime


def draw(
    entrants: Iterable[Entrant],
    *,
    mode: Literal["first_come", "draw"],
    seed: str,
    total: int | None,
) -> list[Entrant]:
    """Who gets early access, in their order: each in full or not at all, at most `total` units.

    `first_come` asks in the order of registration, `draw` in one that follows from the seed and the
    registrations' ids alone. Who does not fit any more is passed over.
    """
    ranked = sorted(entrants, key=lambda one: _rank(one, mode=mode, seed=seed))
    winners: list[Entrant] = []
    left = total
    for one in ranked:
        if left is not None and one.units > left:
            continue
        winners.append(one)
        left = None if left is None else left - one.units
    return winners


def check_quantity(quantity: int, *, most: int) -> None:
    """`Invalid` for more than one person may ask for."""
    if not 1 <= quantity <= most:
        sentence = f"Between 1 and {most} tickets for each person."
        raise Invalid(errors=[FieldError("/quantity", "out_of_range", sentence)])


def window_state(
    starts_at: datetime, ends_at: datetime, *, left: int, now: datetime
) -> WindowState:
    """Whether somebody may buy early now."""
    if now < starts_at:
        return "to_come"
    if now >= ends_at:
        return "over"
    return "open" if left else "used_up"


def _rank(one: Entrant, *, mode: str, seed: str) -> tuple[object, ...]:
    if mode == "first_come":
        return one.at, one.id
    return sha256(f"{seed}:{one.id}".encode()).digest(), one.id
