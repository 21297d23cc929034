"""Where a request comes from, believing only the proxies we were told to trust."""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

REMEMBERED = 8192


class Networks:
    """A set of CIDR networks."""

    def __init__(self, networks: Sequence[str]) -> None:
        self._networks = [ip_network(network, strict=False) for network in networks]
        self.contains = lru_cache(REMEMBERED)(self._contains)

    def _contains(self, address: str) -> bool:
        parsed = parse(address)
        return parsed is not None and any(parsed in network for network in self._networks)


def client_address(peer: str, forwarded: bytes | None, trusted: Networks) -> str:
    """The address of the client: the rightmost of X-Forwarded-For that no trusted proxy vouches
    for.

    Without a trusted peer the header is ignored: anybody can write it.
    """
    client = peer
    if forwarded is None or not trusted.contains(peer):
        return client
    for hop in reversed(forwarded.decode("latin-1").split(",")):
        address = _address_of_hop(hop)
        if address is None:
            return client
        client = address
        if not trusted.contains(client):
            return client
    return client


@lru_cache(REMEMBERED)
def _address_of_hop(hop: str) -> str | None:
    """The bare address of `1.2.3.4`, `1.2.3.4:5678`, `2001:db8::1` or `[2001:db8::1]:5678`."""
    hop = hop.strip()
    if hop.startswith("["):
        hop = hop[1:].partition("]")[0]
    elif hop.count(":") == 1:
        hop = hop.partition(":")[0]
    parsed = parse(hop)
    return None if parsed is None else str(parsed)


@lru_cache(REMEMBERED)
def household(address: str) -> str:
    """What limits count by: an IPv4 address, or the /64 that one IPv6 customer owns."""
    parsed = parse(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, 64), strict=False).network_address)
    return address


def parse(address: str) -> IPv4Address | IPv6Address | None:
    """The parsed address, an IPv4-mapped one as IPv4; None if it is none."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    return parsed.ipv4_mapped or parsed if isinstance(parsed, IPv6Address) else parsed
