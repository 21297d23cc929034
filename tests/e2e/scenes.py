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


async def days_with_extras(seller: Seller) -> Show:
    """A day pass with meals to choose and a shirt, and a bundle with the dinner in it."""
    show = await seller.show(Kind("Day pass", 9000), Kind("Weekend", 16000), title="Two days of it")
    types = f"/events/{show.id}/ticket-types"
    sold_with = {"price": 1800, "quantity": 60, "visibility": "add_on"}
    for more in (
        {"name": "Lunch", "description": "Soup, bread and fruit."},
        {"name": "Dinner", "price": 4200},
        {"name": "Shirt", "admits": False},
    ):
        made = await seller.send("POST", types, sold_with | more)
    day, weekend, lunch, dinner, shirt = (kind["id"] for kind in made["ticket_types"])
    for size in ("S", "M"):
        await seller.send("POST", f"{types}/{shirt}/variations", {"name": size})
    meals = {"name": "Meals", "minimum": 1, "maximum": 3, "included": 1,
             "add_ons": [{"ticket_type_id": lunch}, {"ticket_type_id": dinner}]}  # fmt: skip
    shop = {"name": "Shirt", "add_ons": [{"ticket_type_id": shirt, "price": 1500}]}
    await seller.send("PUT", f"{types}/{day}/extras", {"add_on_groups": [meals, shop]})
    contents = [{"ticket_type_id": dinner, "units": 2, "price": 3000}]
    await seller.send("PUT", f"{types}/{weekend}/extras", {"contents": contents})
    return show


async def desk(visitor: Visitor, seller: Seller, path: str = "") -> Page:
    """A page of the organizer's area, signed in as its owner."""
    await visitor.sign_in(seller.owner)
    await visitor.open(f"/organizer/{seller.slug}{path}")
    return visitor.page
