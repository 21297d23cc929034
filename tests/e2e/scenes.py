"""What a scene is, and the show that most scenes are about."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from playwright.async_api import Page

from tests.support.sellers import Kind, Seller, Show
from tests.support.visitors import Visitor

Going = Callable[[Visitor, Seller], Awaitable[Page]]


class Scene(NamedTuple):
    """`expecting` are the statuses of 400 and above that the page is about."""

    go: Going
    expecting: frozenset[int] = frozenset()


async def long_evening(seller: Seller) -> Show:
    """Three kinds of tickets, one of them nearly gone, and words to read."""
    return await seller.show(
        Kind("Balcony", 6450, 30), Kind("Standing", 4000, 4), Kind("Under 12", 0),
        title="The long quiet evening", summary="Two hours of very little, played well.",
        description="Doors open at six.\n\nBring a cushion.", category="music",
    )  # fmt: skip
