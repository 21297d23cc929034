"""Why a gift card cannot be had, changed, or paid with."""

from boxoffice.kernel.refusals import Conflict, Invalid, NotFound


class GiftCardNotFound(NotFound):
    code = "gift_card_not_found"
    message = "This organizer has no such gift card; go back to the list."


class GiftCardUnknown(Invalid):
    code = "gift_card_unknown"
    message = "No gift card of this organizer has this code; check it and try again."


class GiftCardExpired(Conflict):
    code = "gift_card_expired"
    message = "This gift card has expired; use another one, or ask the organizer."


class GiftCardVoid(Conflict):
    code = "gift_card_void"
    message = "This gift card was voided; use another one, or ask the organizer."


class GiftCardEmpty(Conflict):
    code = "gift_card_empty"
    message = "Nothing is left on this gift card; use another one."


class GiftCardCurrency(Conflict):
    """`currency` is the card's."""

    code = "gift_card_currency"
    message = "This gift card is in another currency than the order; use another one."


class GiftCardForTests(Conflict):
    code = "gift_card_for_tests"
    message = "This gift card is for the organizer's own tests; use another one."


class GiftCardUsedHere(Conflict):
    code = "gift_card_used_here"
    message = "This gift card pays for the order already; use another one."


class GiftCardNotUsedHere(Conflict):
    code = "gift_card_not_used_here"
    message = "This gift card does not pay for the order; load it again."


class TooManyGiftCards(Conflict):
    code = "too_many_gift_cards"
    message = "No more gift cards can pay for one order; remove one first."


class GiftCardTooLow(Conflict):
    """`balance` is what is left on it, in minor units."""

    code = "gift_card_too_low"
    message = "No more can be taken off a gift card than is left on it."


class GiftCardCodeLost(Conflict):
    """The code of this card was derived from a secret that is not configured any more."""

    code = "gift_card_code_lost"
    message = "This card's code cannot be shown any more; void it and issue a new one."
