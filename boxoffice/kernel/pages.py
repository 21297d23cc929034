"""Cursor pages: stable under inserts, unlike offsets."""

import base64
import binascii
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from boxoffice.kernel.refusals import Invalid

T = TypeVar("T")
MAX_LIMIT = 100
DEFAULT_LIMIT = 25


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """Some items and how to get the next ones: pass `next_cursor` back as `cursor`."""

    items: list[T]
    has_more: bool
    next_cursor: str | None


class BadCursor(Invalid):
    code = "bad_cursor"
    message = "This cursor is not one of ours; start again without `cursor`."


class BadLimit(Invalid):
    code = "bad_limit"
    message = f"`limit` goes from 1 to {MAX_LIMIT}."


def check_limit(limit: int) -> int:
    """`limit` itself, or `BadLimit`."""
    if not 1 <= limit <= MAX_LIMIT:
        raise BadLimit
    return limit


def encode_cursor(position: tuple[Any, ...]) -> str:
    """An opaque, URL-safe cursor for the sort position of the last item shown."""
    return base64.urlsafe_b64encode(msgspec.json.encode(position)).decode().rstrip("=")


def decode_cursor(cursor: str, shape: Any) -> Any:
    """The position back, of the tuple type `shape`; `BadCursor` for anything else."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=shape)
    except (binascii.Error, ValueError, msgspec.DecodeError) as error:
        raise BadCursor from error


def page_of(rows: list[T], *, limit: int, position: Callable[[T], tuple[Any, ...]]) -> Page[T]:
    """The page of up to `limit` items from `limit + 1` fetched rows; `position(row)` is its sort
    position.
    """
    items, has_more = rows[:limit], len(rows) > limit
    cursor = encode_cursor(position(items[-1])) if has_more and items else None
    return Page(items=items, has_more=has_more, next_cursor=cursor)
