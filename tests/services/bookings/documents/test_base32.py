"""Our base32 against Python's."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.services.bookings.documents.base32 import b32encode


@given(groups=st.lists(st.binary(min_size=5, max_size=5), max_size=40))
def test_whole_groups_read_as_pythons_own_base32_writes_them(groups: list[bytes]) -> None:
    raw = b"".join(groups)
    assert b32encode(raw) == base64.b32encode(raw).decode()


@pytest.mark.parametrize("size", [1, 4, 6, 134])
def test_what_would_need_padding_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="whole groups"):
        b32encode(bytes(size))
