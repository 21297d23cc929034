"""What staff send about gift cards."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from boxoffice.services.payments.gift_cards.rules import MOST_VALUE

Note = Annotated[str, Meta(max_length=200, description="For the team only.")]
Because = Annotated[str, Meta(min_length=1, max_length=200, description="Why; for the team only.")]
End = Annotated[datetime, Meta(tz=True)]


class CardValueBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`amount` minor units of an ISO 4217 `currency`."""

    amount: Annotated[int, Meta(ge=1, le=MOST_VALUE, examples=[5000])]
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$", examples=["EUR"])]


class GiftCardBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With `for_tests` it pays for orders of the organizer's own staff alone."""

    value: CardValueBody
    expires_at: End | None = None
    note: Note = ""
    for_tests: bool = False


class ChangeGiftCardBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is absent stays; `expires_at` null: it does not expire."""

    note: Note | UnsetType = UNSET
    expires_at: End | UnsetType | None = UNSET


class AdjustGiftCardBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many minor units more, or less."""

    amount: Annotated[int, Meta(ge=-MOST_VALUE, le=MOST_VALUE, examples=[-500])]
    because: Because


class VoidGiftCardBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    because: Because
