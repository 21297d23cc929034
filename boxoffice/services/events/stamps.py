"""What is polled: an ETag that changes only when what is said does, and how long it is current."""

from hashlib import blake2b
from typing import Generic, TypeVar

import msgspec

from boxoffice.kernel.freshness import IsCurrent

V = TypeVar("V")


class Stamped(msgspec.Struct, Generic[V], frozen=True, kw_only=True):
    """`is_current` while asking again would give the same view."""

    etag: str
    view: V
    is_current: IsCurrent


def etag_of(content: bytes) -> str:
    """The strong ETag of what `content` says."""
    return f'"{blake2b(content, digest_size=12).hexdigest()}"'
