"""The codes of gift cards: derived from the root secret, so that no table holds them.

Eighty bits in Crockford's alphabet. A card is found by the hash of its code, which stays valid
whatever becomes of the secret; with the secret it was made from, its code can be shown again.
"""

import hmac
from hashlib import sha256
from uuid import UUID

from boxoffice.kernel.keyring import Keyring
from boxoffice.services.payments.gift_cards.refusals import GiftCardCodeLost
from boxoffice.services.payments.gift_cards.rules import code_key

_PURPOSE = "gift-cards"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 16
SHOWN = 4


class CardCodes:
    """Makes codes, and makes them again."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def new(self, organizer_id: UUID, card_id: UUID) -> str:
        """The code of a new card: `7QZK-M2XV-9RTB-4WCE`."""
        return _code(self._keyring.key(_PURPOSE), organizer_id, card_id)

    def of(self, organizer_id: UUID, card_id: UUID, hashed: bytes) -> str:
        """The code of a card that was issued; `GiftCardCodeLost` if its secret is gone."""
        for key in self._keyring.keys(_PURPOSE):
            code = _code(key, organizer_id, card_id)
            if code_hash(organizer_id, code) == hashed:
                return code
        raise GiftCardCodeLost


def code_hash(organizer_id: UUID, code: str) -> bytes:
    """By which a card is found, in this organizer alone."""
    return sha256(organizer_id.bytes + code_key(code).encode()).digest()


def _code(key: bytes, organizer_id: UUID, card_id: UUID) -> str:
    made = hmac.digest(key, organizer_id.bytes + card_id.bytes, sha256)
    number = int.from_bytes(made[: _LENGTH * 5 // 8], "big")
    letters = [_ALPHABET[(number >> shift) & 31] for shift in range(0, _LENGTH * 5, 5)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, _LENGTH, 4))
