"""Facts: what a service reports has happened, in the past tense, for higher services to hear.

A fact carries ids only, never personal data or secrets. Its `name` is versioned; a changed shape is
a new version. Facts are committed with the change they report and delivered at least once.
"""

from typing import Any, ClassVar
from uuid import UUID

import msgspec


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all facts. `organizer_id` is the tenant it happened in; None for the platform."""

    name: ClassVar[str] = ""
    organizer_id: UUID | None


def encode_fact(fact: Fact) -> str:
    """The fact as JSON text."""
    return msgspec.json.encode(fact).decode()


def decode_fact(kind: type[Fact], payload: str | bytes) -> Any:
    """The fact of type `kind` back from its JSON; raises msgspec.ValidationError if it does not
    fit.
    """
    return msgspec.json.decode(payload, type=kind)
