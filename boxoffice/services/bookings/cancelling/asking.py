"""What is asked for: which tickets, on whose word, on what terms."""

from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.kernel.actors import SYSTEM, Actor
from boxoffice.services.bookings.cancelling.figures import Terms
from boxoffice.services.bookings.cancelling.views import By
from boxoffice.services.bookings.rules import CancellationTerms, FeeStep
from boxoffice.services.events.api import KeepBack

# On what terms staff cancel: everything comes back, or what the event's policy says, or nothing.
StaffTerms = Literal["full", "policy", "nothing"]


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody was shown, in minor units: another outcome is refused."""

    refund: int
    new_total: int


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """`position_ids` None: all that are left. `terms` None: as the event's policy lets buyers.

    `expected` None takes whatever it comes to. With `block` the staff keeps what the tickets had.
    """

    actor: Actor = SYSTEM
    order_id: UUID
    position_ids: tuple[UUID, ...] | None = None
    terms: StaffTerms | None = None
    discounts: Literal["keep", "charge", "forbid"] | None = None
    because: str = ""
    expected: Expected | None = None
    block: KeepBack | None = None

    @property
    def is_of_staff(self) -> bool:
        """Whether it says what staff alone may."""
        return any(one is not None for one in (self.terms, self.discounts, self.block))


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """Who cancels, and on what terms."""

    by: By
    terms: Terms


def terms_of(policy: CancellationTerms, step: FeeStep) -> Terms:
    """What the policy keeps while this step counts."""
    return Terms(
        percent=step.percent,
        fixed=step.fixed,
        keep_fees=policy.keep_fees,
        discounts=policy.discounts,
    )


def staff_terms(ask: Ask, policy: CancellationTerms, step: FeeStep | None) -> Terms:
    """Terms of staff; past its last step the policy keeps everything."""
    nothing = Terms(percent=100_000, keep_fees=True)
    if ask.terms == "nothing":
        terms = nothing
    elif ask.terms == "policy":
        terms = terms_of(policy, step) if step else nothing
    else:
        terms = Terms()
    return msgspec.structs.replace(terms, discounts=ask.discounts or policy.discounts)
