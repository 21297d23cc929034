"""What a gift card may do. Pure; everything is in minor units of the card's currency."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import FieldError, Invalid
from boxoffice.services.payments.gift_cards.refusals import (
    GiftCardCurrency,
    GiftCardEmpty,
    GiftCardExpired,
    GiftCardForTests,
    GiftCardTooLow,
    GiftCardUsedHere,
    GiftCardVoid,
    TooManyGiftCards,
)
from boxoffice.services.payments.refusals import NothingToPay

MOST_PER_ORDER = 5
MOST_VALUE = 10**9
# What comes back to a card that has expired, or is about to, can be spent at least this long.
LASTS_AT_MOST = timedelta(days=36525)
LASTS_AFTER_REFUND = timedelta(days=90)
# Letters that are no part of a code, read as those that they are taken for.
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


class EntryKind(StrEnum):
    """Why money came onto a card, or left it."""

    ISSUED = "issued"
    SPENT = "spent"
    GIVEN_BACK = "given_back"
    ADJUSTED = "adjusted"
    EXPIRED = "expired"
    VOIDED = "voided"


class GiftCardStatus(StrEnum):
    """Where a card stands: it follows from its row and the time."""

    ACTIVE = "active"
    EMPTY = "empty"
    EXPIRED = "expired"
    VOID = "void"


class CardState(msgspec.Struct, frozen=True, kw_only=True):
    """What is decided on."""

    id: UUID
    currency: str
    balance: int
    expires_at: datetime | None = None
    voided: bool = False
    for_tests: bool = False


def code_key(code: str) -> str:
    """Codes are compared without regard to case, width, blanks, hyphens and misread letters."""
    plain = unicodedata.normalize("NFKC", code).upper().replace("-", " ")
    return "".join(plain.split()).translate(_MISREAD)


def status_of(card: CardState, *, now: datetime) -> GiftCardStatus:
    """Where the card stands at `now`."""
    if card.voided:
        return GiftCardStatus.VOID
    if card.expires_at is not None and card.expires_at <= now:
        return GiftCardStatus.EXPIRED
    return GiftCardStatus.ACTIVE if card.balance > 0 else GiftCardStatus.EMPTY


def check_spendable(card: CardState, *, due: Money, tests: bool, now: datetime) -> None:
    """Pass if the card can pay a part of what is `due`; `tests`: staff are trying it out."""
    match status_of(card, now=now):
        case GiftCardStatus.VOID:
            raise GiftCardVoid
        case GiftCardStatus.EXPIRED:
            raise GiftCardExpired
        case _:
            pass
    if card.for_tests and not tests:
        raise GiftCardForTests
    if card.currency != due.currency:
        raise GiftCardCurrency(currency=card.currency)
    if card.balance <= 0:
        raise GiftCardEmpty
    if due.amount <= 0:
        raise NothingToPay


def check_another(used: Sequence[UUID], card_id: UUID) -> None:
    """Pass if the card can be added to those that pay for an order already."""
    if card_id in used:
        raise GiftCardUsedHere
    if len(used) >= MOST_PER_ORDER:
        raise TooManyGiftCards(most=MOST_PER_ORDER)


def split(total: int, balances: Sequence[int]) -> list[int]:
    """What each card pays of `total`: the first as much as it can, then the next."""
    parts: list[int] = []
    left = max(0, total)
    for balance in balances:
        parts.append(min(left, max(0, balance)))
        left -= parts[-1]
    return parts


def check_adjustment(amount: int, *, balance: int) -> None:
    """Pass if the card can be changed by `amount` and its balance is not below nothing."""
    if amount == 0 or abs(amount) > MOST_VALUE:
        raise _wrong("/amount", "bad_amount", "Say by how much: more or less than nothing.")
    if balance + amount < 0:
        raise GiftCardTooLow(balance=balance)


def check_issue(*, expires_at: datetime | None, now: datetime) -> None:
    """Pass if a card that ends then is worth anything."""
    if expires_at is not None and expires_at <= now:
        raise _wrong("/expires_at", "in_the_past", "Choose an end that is still to come.")
    # No end at all is what somebody means who says the year 9999, and no database stores that
    # year's last hours of every time zone.
    if expires_at is not None and expires_at > now + LASTS_AT_MOST:
        raise _wrong("/expires_at", "out_of_range", "Choose an end in the next hundred years.")


def expires_after_refund(expires_at: datetime | None, *, now: datetime) -> datetime | None:
    """When a card ends that money came back to: never too soon to spend it."""
    return None if expires_at is None else max(expires_at, now + LASTS_AFTER_REFUND)


def _wrong(pointer: str, code: str, message: str) -> Invalid:
    return Invalid(errors=[FieldError(pointer, code, message)])
