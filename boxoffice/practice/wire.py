"""What travels over the wire. Amounts are minor units, times are Unix seconds."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

ChargeStatus = Literal["processing", "authorised", "succeeded", "failed", "voided"]
Name = Annotated[str, Meta(min_length=1, max_length=255)]
Seconds = Annotated[float, Meta(ge=0, le=3600)]
WEEK = 7 * 24 * 3600


class ChargeRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Creates and confirms a charge in one step. `metadata` comes back with the charge, unread.
    Without `capture` the card only holds the money, until it is captured or voided.
    """

    merchant: Name
    amount: Annotated[int, Meta(ge=1, le=10**12)]
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$")]
    source: Name
    reference: str = ""
    metadata: dict[str, str] = {}
    capture: bool = True


class RefundRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`amount` None gives back whatever is left of the charge."""

    charge: Name
    amount: Annotated[int, Meta(ge=1)] | None = None


class Behaviour(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the company treats one merchant; the defaults are what a well-behaved one does.

    `duplicates`: further copies of each webhook. `delay_seconds`: before a webhook is first sent.
    `reordered`: the first webhook about a charge waits until a later one about it has arrived.
    `slow_seconds`: how long a slow card takes. `late_seconds`: how late an answer comes.
    `hold_seconds`: how long cards hold money that is not captured; then it is voided.
    """

    duplicates: Annotated[int, Meta(ge=0, le=20)] = 0
    delay_seconds: Seconds = 0
    reordered: bool = False
    slow_seconds: Seconds = 3
    late_seconds: Seconds = 20
    hold_seconds: Annotated[float, Meta(ge=0, le=5 * WEEK)] = WEEK


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    """`authorised_until`: of one that the card was to hold, until when it does. `amount_captured`
    is what has come of it: nothing while it is held, or once it is voided.
    """

    id: str
    object: Literal["charge"] = "charge"
    merchant: str
    status: ChargeStatus
    amount: int
    amount_captured: int
    amount_refunded: int
    currency: str
    source: str
    reference: str
    metadata: dict[str, str]
    decline_code: str | None
    message: str | None
    idempotency_key: str
    created: int
    authorised_until: int | None


class Refund(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    object: Literal["refund"] = "refund"
    charge: str
    merchant: str
    status: Literal["succeeded"] = "succeeded"
    amount: int
    currency: str
    idempotency_key: str
    created: int


class ChargeList(msgspec.Struct, frozen=True, kw_only=True):
    """Newest first; pass the last id as `starting_after` while `has_more`."""

    data: list[Charge]
    has_more: bool


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a webhook: `object` as it was then, not as it is when this arrives."""

    id: str
    type: str
    merchant: str
    created: int
    object: Charge | Refund


class Problem(Exception):
    """Any answer but success. `charge` is there when a card was refused."""

    def __init__(self, status: int, code: str, message: str, charge: Charge | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.charge = (
            status,
            code,
            message,
            charge,
        )

    @property
    def body(self) -> bytes:
        """The JSON that says so."""
        error = {"code": self.code, "message": self.message}
        if self.charge is None:
            return msgspec.json.encode({"error": error})
        declined = error | {
            "decline_code": self.charge.decline_code,
            "charge": self.charge,
        }
        return msgspec.json.encode({"error": declined})
