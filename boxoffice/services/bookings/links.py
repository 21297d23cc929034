"""Capability links: whoever holds one may see and finish the order, with no account.

A token is derived, never stored: organizer, order, version and a MAC of 128 bits. Raising the
order's `link_version` revokes every link handed out before.
"""

import base64
import re
from uuid import UUID

import msgspec

from boxoffice.kernel.keyring import Keyring
from boxoffice.services.bookings.rules import OrderNotFound

PURPOSE = "order-links"
_MAC_BYTES = 16
_TOKEN = re.compile(
    r"(?P<slug>[a-z0-9-]{1,100})\.(?P<order>[0-9a-f]{32})\.(?P<version>[1-9][0-9]{0,8})"
    r"\.(?P<mac>[A-Za-z0-9_-]{22})"
)


class OrderLink(msgspec.Struct, frozen=True, kw_only=True):
    """What a token says, not yet believed: check it with `OrderLinks.opens`."""

    organizer_slug: str
    order_id: UUID
    version: int
    mac: bytes


class OrderLinks:
    """Makes and checks the tokens; those of one `purpose` are nothing for another."""

    def __init__(self, keyring: Keyring, purpose: str = PURPOSE) -> None:
        self._keyring = keyring
        self._purpose = purpose

    def token(
        self, *, organizer_slug: str, organizer_id: UUID, order_id: UUID, version: int
    ) -> str:
        """`organizer-slug.order.version.mac`, safe in URLs and headers."""
        mac = self._keyring.mac(self._purpose, _message(organizer_id, order_id, version))[
            :_MAC_BYTES
        ]
        return f"{organizer_slug}.{order_id.hex}.{version}.{_encode(mac)}"

    def opens(self, link: OrderLink, *, organizer_id: UUID, order_id: UUID, version: int) -> bool:
        """Whether the link is ours and opens this order in its present version; constant time."""
        return (
            link.order_id == order_id
            and link.version == version
            and len(link.mac) == _MAC_BYTES
            and self._keyring.verifies(
                self._purpose, _message(organizer_id, order_id, version), link.mac
            )
        )


def read_token(token: str) -> OrderLink:
    """The token's parts; `OrderNotFound` for anything that we would not have written exactly so."""
    parts = _TOKEN.fullmatch(token)
    if parts is None or _encode(_decode(parts["mac"])) != parts["mac"]:
        raise OrderNotFound
    return OrderLink(
        organizer_slug=parts["slug"],
        order_id=UUID(hex=parts["order"]),
        version=int(parts["version"]),
        mac=_decode(parts["mac"]),
    )


def _message(organizer_id: UUID, order_id: UUID, version: int) -> bytes:
    return organizer_id.bytes + order_id.bytes + version.to_bytes(4, "big")


def _encode(mac: bytes) -> str:
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
