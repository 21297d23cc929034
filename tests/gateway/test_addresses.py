"""Only proxies we trust may say where a request comes from."""

import pytest

from boxoffice.gateway.addresses import Networks, client_address, household

TRUSTED = Networks(["10.0.0.0/8", "2001:db8:ffff::/48"])

CASES = [
    ("203.0.113.9", None, "203.0.113.9"),
    ("203.0.113.9", b"198.51.100.1", "203.0.113.9"),
    ("10.0.0.1", None, "10.0.0.1"),
    ("10.0.0.1", b"198.51.100.1", "198.51.100.1"),
    ("10.0.0.1", b"6.6.6.6, 198.51.100.1", "198.51.100.1"),
    ("10.0.0.1", b"6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
    ("10.0.0.1", b"10.0.0.3, 10.0.0.2", "10.0.0.3"),
    ("10.0.0.1", b"198.51.100.1:50123", "198.51.100.1"),
    ("10.0.0.1", b"[2001:db8::1]:50123", "2001:db8::1"),
    ("10.0.0.1", b"2001:db8::1", "2001:db8::1"),
    ("2001:db8:ffff::1", b"198.51.100.1", "198.51.100.1"),
    ("::ffff:10.0.0.1", b"198.51.100.1", "198.51.100.1"),
    ("10.0.0.1", b"evil, 198.51.100.1", "198.51.100.1"),
    ("10.0.0.1", b"198.51.100.1, evil", "10.0.0.1"),
    ("10.0.0.1", b"", "10.0.0.1"),
    ("10.0.0.1", b"\xff\xfe", "10.0.0.1"),
    ("", b"198.51.100.1", ""),
    ("/run/socket", b"198.51.100.1", "/run/socket"),
]


@pytest.mark.parametrize(("peer", "forwarded", "client"), CASES)
def test_the_client_is_the_last_hop_nobody_we_trust_vouches_for(
    peer: str, forwarded: bytes | None, client: str
) -> None:
    assert client_address(peer, forwarded, TRUSTED) == client


def test_an_ipv6_customer_is_one_household() -> None:
    assert household("2001:db8:1:2:3:4:5:6") == household("2001:db8:1:2::")
    assert household("2001:db8:1:3::") != household("2001:db8:1:2::")
    assert household("198.51.100.1") == "198.51.100.1"
    assert household("testclient") == "testclient"
