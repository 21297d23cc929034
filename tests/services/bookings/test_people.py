"""Names and addresses as people write them."""

import pytest

from boxoffice.kernel.refusals import Invalid
from boxoffice.services.bookings.people import checked_address, checked_name


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.org",
        " ada@example.org ",
        "o'neil+tickets@mail.example.co.uk",
        "名前@例え.テスト",
    ],
)
def test_addresses_that_can_receive_mail_pass(address: str) -> None:
    assert checked_address(address, pointer="/email") == address.strip()


@pytest.mark.parametrize(
    "address",
    ["", "ada", "ada@", "@example.org", "ada@example", "a b@example.org", "ada@exa_mple.org",
     "ada@example..org", "ada@-example.org", "ada@example.org\r\nBcc: eve@example.org",
     "<ada@example.org>", "ada@example.org,eve@example.org", "a" * 65 + "@example.org",
     "ada@" + "a" * 250 + ".org"],
)  # fmt: skip
def test_what_cannot_be_an_address_is_refused_by_field(address: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked_address(address, pointer="/buyer/email")
    assert [error.pointer for error in refused.value.errors] == ["/buyer/email"]


@pytest.mark.parametrize("name", ["Ada", "X Æ A-12", "李小龍", "O'Brien-Smith", "ﷺ", "A" * 200])
def test_any_script_and_a_single_name_pass(name: str) -> None:
    assert checked_name(name, pointer="/name")


@pytest.mark.parametrize("name", ["", "  ", "A" * 201, "a\nb", "a\u2028b", "a\u2029b", "a\x00b"])
def test_no_name_too_long_a_name_and_broken_lines_are_refused(name: str) -> None:
    with pytest.raises(Invalid):
        checked_name(name, pointer="/name")
