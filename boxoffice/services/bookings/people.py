"""Names and addresses as people write them: any script, no title-casing, no control characters."""

import re
import unicodedata

from boxoffice.kernel.refusals import FieldError, Invalid
from boxoffice.services.bookings.views import BuyerView

# Deliverability is learnt by sending; this refuses what cannot be an address (RFC 5321).
_LABEL = r"[a-z0-9\u00a1-\uffff](?:[a-z0-9\u00a1-\uffff-]{0,61}[a-z0-9\u00a1-\uffff])?"
_ADDRESS = re.compile(
    rf"[^@\s\x00-\x1f\x7f<>\",;:\\()\[\]]{{1,64}}@(?:{_LABEL}\.)+{_LABEL}", re.IGNORECASE
)
# Line and paragraph separators and control characters would break mail headers and file names.
_UNPRINTABLE = {"Cc", "Zl", "Zp"}
MAX_ADDRESS = 254
MAX_NAME = 200
MAX_MESSAGE = 2_000


def checked_address(address: str, *, pointer: str) -> str:
    """The address trimmed and in NFC; `Invalid` naming `pointer` otherwise."""
    clean = unicodedata.normalize("NFC", address.strip())
    if len(clean) > MAX_ADDRESS or not _ADDRESS.fullmatch(clean):
        raise Invalid(
            errors=[
                FieldError(pointer, "bad_email", "Write an e-mail address like name@example.org.")
            ]
        )
    return clean


def checked_name(name: str, *, pointer: str) -> str:
    """The name trimmed and in NFC, 1 to 200 characters, one line."""
    clean = unicodedata.normalize("NFC", name.strip())
    if not 1 <= len(clean) <= MAX_NAME or any(
        unicodedata.category(c) in _UNPRINTABLE for c in clean
    ):
        raise Invalid(
            errors=[FieldError(pointer, "bad_name", f"Write a name of 1 to {MAX_NAME} characters.")]
        )
    return clean


def checked_buyer(buyer: BuyerView, *, pointer: str = "") -> BuyerView:
    """Both fields checked; `pointer` is the JSON pointer of the object that holds them."""
    return BuyerView(
        email=checked_address(buyer.email, pointer=f"{pointer}/email"),
        name=checked_name(buyer.name, pointer=f"{pointer}/name"),
    )


def checked_message(text: str, *, pointer: str) -> str:
    """A few paragraphs in NFC, trimmed; what cannot be printed is left out."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").split("\n")
    clean = "\n".join(
        "".join(c for c in line if unicodedata.category(c) not in _UNPRINTABLE) for line in lines
    ).strip()
    if len(clean) > MAX_MESSAGE:
        raise Invalid(
            errors=[FieldError(pointer, "too_long", f"Write at most {MAX_MESSAGE} characters.")]
        )
    return clean
