"""What gift cards may do, without a database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.keyring import Keyring
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Invalid, Refusal
from boxoffice.services.payments.gift_cards.codes import CardCodes, code_hash
from boxoffice.services.payments.gift_cards.refusals import GiftCardCodeLost
from boxoffice.services.payments.gift_cards.rules import (
    LASTS_AFTER_REFUND,
    MOST_PER_ORDER,
    CardState,
    check_adjustment,
    check_another,
    check_issue,
    check_spendable,
    expires_after_refund,
    split,
)
from boxoffice.services.payments.rules import Balance, spread

NOW = datetime(2027, 3, 1, tzinfo=UTC)
AMOUNTS = st.integers(min_value=0, max_value=10**9)
CARD = CardState(id=UUID(int=1), currency="EUR", balance=500)
OLD_ROOT = "an old root secret that is long enough"
NEW_ROOT = "a new root secret that is long enough"


@given(AMOUNTS, st.lists(AMOUNTS, max_size=6))
def test_what_cards_pay_is_never_more_than_they_have_or_than_is_due(
    total: int, balances: list[int]
) -> None:
    parts = split(total, balances)
    assert sum(parts) == min(total, sum(balances))
    assert all(0 <= part <= balance for part, balance in zip(parts, balances, strict=True))


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS, st.booleans()), min_size=1, max_size=5), st.data())
def test_m8_a_mixed_refund_takes_money_first_and_gift_cards_last(
    sums: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    """What a card gets is only what the other payments do not hold any more."""
    balances = [
        Balance(UUID(int=number), max(a, b), min(a, b), by_gift_card=card)
        for number, (a, b, card) in enumerate(sums)
    ]
    held = sum(one.captured - one.refunded for one in balances)
    money = sum(one.captured - one.refunded for one in balances if not one.by_gift_card)
    if not held:
        return
    amount = data.draw(st.integers(1, held))
    parts = spread(amount, balances)
    cards = {one.payment_id for one in balances if one.by_gift_card}
    to_cards = sum(part.amount for part in parts if part.payment_id in cards)
    assert sum(part.amount for part in parts) == amount
    assert to_cards == max(0, amount - money)


def card(**more: object) -> CardState:
    return structs.replace(CARD, **more)


EUR = Money(amount=1, currency="EUR")


@pytest.mark.parametrize(
    ("given_card", "due", "tests", "code"),
    [
        (CARD, EUR, False, None),
        (CARD, Money(amount=1, currency="USD"), False, "gift_card_currency"),
        (CARD, Money(amount=0, currency="EUR"), False, "nothing_to_pay"),
        (card(balance=0), EUR, False, "gift_card_empty"),
        (card(voided=True), EUR, False, "gift_card_void"),
        (card(expires_at=NOW), EUR, False, "gift_card_expired"),
        (card(for_tests=True), EUR, False, "gift_card_for_tests"),
        (card(for_tests=True), EUR, True, None),
    ],
)
def test_a_card_that_cannot_pay_says_why(
    given_card: CardState, due: Money, tests: bool, code: str | None
) -> None:
    refusal = None
    try:
        check_spendable(given_card, due=due, tests=tests, now=NOW)
    except Refusal as refused:
        refusal = refused.code
    assert refusal == code


def test_one_order_takes_a_few_cards_and_none_of_them_twice() -> None:
    used = [UUID(int=number) for number in range(MOST_PER_ORDER)]
    check_another(used[:-1], used[-1])
    for cards, another in ((used, UUID(int=99)), (used[:2], used[0])):
        with pytest.raises(Refusal):
            check_another(cards, another)


@given(AMOUNTS, st.integers(-(10**9), 10**9))
def test_no_adjustment_leaves_less_than_nothing(balance: int, amount: int) -> None:
    try:
        check_adjustment(amount, balance=balance)
    except Refusal:
        assert amount == 0 or balance + amount < 0
    else:
        assert balance + amount >= 0


def test_money_that_comes_back_to_an_old_card_can_still_be_spent() -> None:
    assert expires_after_refund(None, now=NOW) is None
    assert expires_after_refund(NOW - timedelta(days=9), now=NOW) == NOW + LASTS_AFTER_REFUND
    later = NOW + LASTS_AFTER_REFUND + timedelta(days=1)
    assert expires_after_refund(later, now=NOW) == later
    with pytest.raises(Refusal):
        check_issue(expires_at=NOW, now=NOW)


def test_a_card_ends_in_a_time_that_can_be_stored() -> None:
    far = datetime.fromisoformat("9999-12-31T23:59:59-14:00")
    with pytest.raises(Invalid):
        check_issue(expires_at=far, now=NOW)
    check_issue(expires_at=NOW + timedelta(days=36525), now=NOW)


def test_a_code_is_read_as_people_write_it_and_counts_at_its_organizer_alone() -> None:
    organizer, other = new_id(), new_id()
    written = code_hash(organizer, "10ab-cdef-gh23-4567")
    assert written == code_hash(organizer, " 1O AB cdef gh23 4567 ")
    assert written == code_hash(organizer, "lOABCDEFGH234567")
    assert written != code_hash(other, "10ABCDEFGH234567")


def test_a_code_is_shown_again_while_the_secret_it_was_made_from_is_known() -> None:
    organizer, card_id = new_id(), new_id()
    code = CardCodes(Keyring(OLD_ROOT)).new(organizer, card_id)
    hashed = code_hash(organizer, code)
    rotated = CardCodes(Keyring(f"{NEW_ROOT},{OLD_ROOT}"))
    assert rotated.of(organizer, card_id, hashed) == code
    assert rotated.new(organizer, card_id) != code
    with pytest.raises(GiftCardCodeLost):
        CardCodes(Keyring(NEW_ROOT)).of(organizer, card_id, hashed)
