"""Fifty parallel, identical requests on every route of bookings that changes anything."""

from collections.abc import AsyncIterator
from typing import NamedTuple

import httpx2
import pytest
from msgspec import structs

from boxoffice.app.invariants import INVARIANTS
from boxoffice.data.invariants import sweep
from boxoffice.data.postgres import Database
from tests.races.ledger import ledger
from tests.races.recipes import RECIPES, changing_routes
from tests.races.ring import AT_ONCE, Answered, Ring, another_event, salvo
from tests.support.product import Product
from tests.support.shop import Shop, open_shop
from tests.support.soundness import told

ROUTES = {name: route for name, route in changing_routes().items() if name in RECIPES}


@pytest.fixture(scope="module")
async def ring_shop(db: Database, paying_product: Product) -> AsyncIterator[Shop]:
    """The shop that all recipes share."""
    async with open_shop(paying_product, db) as shop:
        yield shop


@pytest.fixture
async def ring(ring_shop: Shop, buyer: httpx2.AsyncClient) -> Ring:
    await buyer.get("/api/v1/me/orders")  # a browser has its cookie before it hurries
    return Ring(shop=ring_shop, ada=buyer)


@pytest.mark.parametrize("operation_id", sorted(ROUTES))
async def test_fifty_at_once_leave_what_one_leaves(operation_id: str, ring: Ring) -> None:
    takes_keys = ROUTES[operation_id]
    one = await _race(ring, operation_id, times=1, takes_keys=takes_keys)
    many = await _race(ring, operation_id, times=AT_ONCE, takes_keys=takes_keys)
    assert one.answers[0].answer.is_success, one.answers[0].answer.text
    assert max(each.answer.status_code for each in many.answers) < 500
    assert many.left == {what: one.wins * amount for what, amount in one.left.items()}
    keyed = [one.answer for one in many.answers if one.keyed and one.answer.is_success]
    assert len({_what_is_told(answer) for answer in keyed}) <= 1


def _what_is_told(answer: httpx2.Response) -> str:
    """Of a payment which; its order goes on meanwhile."""
    told = answer.json()
    return told["payment"]["id"] if "payment" in told else answer.text


class Outcome(NamedTuple):
    """`left`: by how much what the ledger counts is more or less than before."""

    wins: int
    left: dict[str, int]
    answers: list[Answered]


async def _race(ring: Ring, operation_id: str, *, times: int, takes_keys: bool) -> Outcome:
    organizer, db = ring.shop.stage.organizer_id, ring.shop.db
    fresh = structs.replace(ring, shop=await another_event(ring.shop))
    shot = await RECIPES[operation_id](fresh)
    before = await ledger(db, organizer)
    answers = await salvo(shot, times=times, takes_keys=takes_keys)
    after = await ledger(db, organizer)
    broken = await sweep(db, INVARIANTS, organizers=[organizer])
    assert not broken.violations, told(broken)
    left = {what: after[what] - before[what] for what in after if what not in shot.notes}
    return Outcome(shot.wins, {what: many for what, many in left.items() if many}, answers)
