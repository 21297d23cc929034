"""Idempotency keys as requests bring them; `data.idempotency` does the keeping."""

import math
import re
from hashlib import sha256

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.gateway.refusals import BadIdempotencyKey, WeakIdempotencyKey
from boxoffice.gateway.visit import Visit

HEADER = b"idempotency-key"
REPLAYED = (b"idempotency-replayed", b"true")
UNGUESSABLE_BITS = 122
_VISIBLE = re.compile(rb"[\x21-\x7e]{1,255}")
_UUID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE
)
_ALPHABETS = (
    (re.compile(r"[0-9]+"), 10),
    (re.compile(r"[0-9a-f]+", re.IGNORECASE), 16),
    (re.compile(r"[0-9a-z]+|[0-9A-Z]+"), 36),
)


def key_of(visit: Visit) -> str | None:
    """The request's key, without the quotes that structured headers put around it."""
    raw = visit.headers.get(HEADER)
    if raw is None:
        return None
    raw = raw[1:-1] if len(raw) >= 2 and raw[:1] == raw[-1:] == b'"' else raw
    if not _VISIBLE.fullmatch(raw):
        raise BadIdempotencyKey
    return raw.decode("ascii")


def once(visit: Visit, *, key: str, target: bytes, body: bytes) -> IdempotencyKey:
    """The key with its scope and the fingerprint of what is asked.

    The scope is the account, else the visitor. Whoever is neither must bring a key nobody can
    guess.
    """
    fingerprint = sha256(b"\n".join((visit.method.encode(), target, body))).digest()
    return IdempotencyKey(scope=_scope(visit, key), key=key, fingerprint=fingerprint)


def _scope(visit: Visit, key: str) -> str:
    actor = visit.actor
    if actor.user_id or actor.visitor_id:
        return actor.label
    demand_unguessable(key)
    return "anonymous"


def demand_unguessable(key: str) -> None:
    """`WeakIdempotencyKey` unless the key can hold 122 random bits: a random UUID, or long text."""
    uuid = _UUID.fullmatch(key)
    if uuid is not None:
        strong = uuid[1] == "4"
    else:
        strong = _bits(key) >= UNGUESSABLE_BITS and len(set(key)) >= 10
    if not strong:
        raise WeakIdempotencyKey


def _bits(key: str) -> float:
    """The most randomness that text of this alphabet and length can carry."""
    size = next((size for pattern, size in _ALPHABETS if pattern.fullmatch(key)), 64)
    return len(key) * math.log2(size)
