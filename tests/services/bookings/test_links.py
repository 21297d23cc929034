"""Capability links: derived, revocable, and useless when altered."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.keyring import Keyring
from boxoffice.services.bookings.links import OrderLinks, read_token
from boxoffice.services.bookings.rules import OrderNotFound

ORGANIZER, ORDER = new_id(), new_id()
LINKS = OrderLinks(Keyring("a" * 40))


def token(*, version: int = 1, links: OrderLinks = LINKS, order: UUID = ORDER) -> str:
    return links.token(
        organizer_slug="demo", organizer_id=ORGANIZER, order_id=order, version=version
    )


def opens(text: str, *, links: OrderLinks = LINKS, version: int = 1) -> bool:
    link = read_token(text)
    return links.opens(link, organizer_id=ORGANIZER, order_id=ORDER, version=version)


def test_a_token_opens_its_order_and_names_its_organizer() -> None:
    assert opens(token())
    assert read_token(token()).organizer_slug == "demo"


def test_raising_the_version_revokes_what_was_handed_out() -> None:
    assert not opens(token(version=1), version=2)
    assert opens(token(version=2), version=2)


def test_a_token_of_another_order_or_installation_opens_nothing() -> None:
    assert not opens(token(order=new_id()))
    assert not opens(token(links=OrderLinks(Keyring("b" * 40))))


def test_a_rotated_root_secret_still_opens_old_links() -> None:
    rotated = OrderLinks(Keyring("b" * 40 + "," + "a" * 40))
    assert opens(token(), links=rotated)


@given(st.text(max_size=120))
def test_any_other_text_is_not_found(text: str) -> None:
    with pytest.raises(OrderNotFound):
        read_token(text)


@given(st.integers(0, 200), st.characters(min_codepoint=33, max_codepoint=126))
def test_a_changed_character_opens_nothing(position: int, character: str) -> None:
    text = token()
    start = text.index(".")  # The slug only says where to look.
    position = start + position % (len(text) - start)
    altered = text[:position] + character + text[position + 1 :]
    try:
        assert opens(altered) is (altered == text)
    except OrderNotFound:
        assert altered != text
