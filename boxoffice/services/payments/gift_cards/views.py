"""What is shown of gift cards."""

from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.payments.gift_cards.rules import EntryKind, GiftCardStatus


class GiftCardView(msgspec.Struct, frozen=True, kw_only=True):
    """A card as staff see it: of its code only the end. `reference` is the order that it was made
    for. One that is `for_tests` pays for orders of the organizer's own staff alone.
    """

    id: UUID
    code_end: str
    status: GiftCardStatus
    value: Money
    balance: Money
    note: str
    for_tests: bool
    expires_at: datetime | None
    reference: UUID | None
    created_at: datetime


class IssuedGiftCardView(msgspec.Struct, frozen=True, kw_only=True):
    """A card with its whole code, which pays for whoever has it."""

    card: GiftCardView
    code: str


class GiftCardEntryView(msgspec.Struct, frozen=True, kw_only=True):
    """One movement; `balance` is that after it. `reference` is the order that it is about."""

    id: UUID
    kind: EntryKind
    amount: Money
    balance: Money
    reference: UUID | None
    because: str
    created_at: datetime


class GiftCardDetailView(msgspec.Struct, frozen=True, kw_only=True):
    """A card and its movements, newest first."""

    card: GiftCardView
    entries: list[GiftCardEntryView]


class OutstandingView(msgspec.Struct, frozen=True, kw_only=True):
    """What is owed on `cards` that can still be spent; tests are left out."""

    amount: Money
    cards: int


class CardPart(msgspec.Struct, frozen=True, kw_only=True):
    """What a card is to pay, in minor units; nothing has left it yet."""

    gift_card_id: UUID
    code_end: str
    amount: int


class GiftCardUse(msgspec.Struct, frozen=True, kw_only=True):
    """What a card pays of an order, in minor units. `payment_id` is the payment that stands for
    it.
    """

    gift_card_id: UUID
    payment_id: UUID
    code_end: str
    amount: int
