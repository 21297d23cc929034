"""The stage that two transactions meet on: an event of its own with the orders that they need."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from boxoffice.app.services import Services
from boxoffice.kernel.actors import Actor, Membership
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.permissions import ORGANIZER_PERMISSIONS
from boxoffice.services.bookings.asking_money import PayRequest
from boxoffice.services.bookings.requests import OrderRequest
from boxoffice.services.bookings.transfers.giving import Wish
from boxoffice.services.bookings.views import BuyerView, OrderView
from boxoffice.services.events.api import WantedLine
from boxoffice.services.events.rules.seats.choosing import seat_prefix
from boxoffice.services.events.rules.seats.plans import exported
from boxoffice.services.events.seating.bodies import AttachSeatMapBody, ImportSeatMapBody
from boxoffice.services.payments.gift_cards.bodies import CardValueBody, GiftCardBody
from tests.support.bank import OK, SLOW, Bank
from tests.support.halls import plan_of
from tests.support.stage import Stage, set_stage

PRICE, LESS = 1500, 500
ADA = BuyerView(email="ada@example.org", name="Ada Lovelace")
WHOLE, HALF, SIDE, SEAT = range(4)
# Everybody's: full price, a cheaper type of the same hall, a type of the gallery, and of the box.
_SHARES = [[0], [0], [1], [2]]
_VOUCHER = """
INSERT INTO events.vouchers (organizer_id, id, event_id, code, code_key, effect, value, max_uses)
VALUES ($1, $2, $3, 'SPRING', 'SPRING', 'percent', 100000, $4)
"""
_WAITING = """
WITH open AS (
    UPDATE events.events SET waitlist_open = true WHERE organizer_id = $1 AND id = $3)
INSERT INTO events.waiting (organizer_id, id, event_id, occurrence_id, units, ticket_type_ids, rank)
VALUES ($1, $2, $3, $4, 1, ARRAY[$5]::uuid[], 1)
"""
# Another event, one of whose tickets is left.
_TOUR = """
WITH event AS (
    INSERT INTO events.events (organizer_id, id, slug, title, status, timezone, currency,
        published_at)
    SELECT organizer_id, $2, 'tour', 'The tour', status, timezone, currency, published_at
    FROM events.events WHERE organizer_id = $1),
day AS (
    INSERT INTO events.occurrences (organizer_id, id, event_id, starts_at, ends_at)
    SELECT organizer_id, $3, $2, starts_at, ends_at FROM events.occurrences
    WHERE organizer_id = $1),
bus AS (
    INSERT INTO events.quotas (organizer_id, id, event_id, occurrence_id, name, capacity, ceiling)
    VALUES ($1, $4, $2, $3, 'Bus', 1, 1)),
kind AS (
    INSERT INTO events.ticket_types (organizer_id, id, event_id, name, price_amount)
    VALUES ($1, $5, $2, 'Standard', 900))
INSERT INTO events.quota_ticket_types (organizer_id, quota_id, ticket_type_id) VALUES ($1, $4, $5)
"""
_POLICY = """
WITH hall AS (
    UPDATE events.quotas SET capacity = $4, ceiling = $4 WHERE organizer_id = $1 AND id = $3)
UPDATE events.ticket_types SET price_amount = $5 WHERE organizer_id = $1 AND id = $2
"""
_LAPSE = """
WITH orders AS (
    UPDATE bookings.orders SET hold_expires_at = clock_timestamp() - interval '2 minutes'
    WHERE organizer_id = $1 AND hold_expires_at IS NOT NULL AND id <> ALL($2::uuid[])),
uses AS (
    UPDATE events.voucher_uses SET expires_at = clock_timestamp() - interval '2 minutes'
    WHERE organizer_id = $1 AND expires_at IS NOT NULL)
UPDATE events.claims SET expires_at = clock_timestamp() - interval '2 minutes'
WHERE organizer_id = $1 AND expires_at IS NOT NULL AND holder <> ALL($2::uuid[])
"""


class Scene(msgspec.Struct, kw_only=True):
    """What is there: `sold` two tickets that are paid for, `held` one that a voucher pays for,
    `pending` one whose card ponders, `owing` one that two gift cards could pay for.
    """

    stage: Stage
    bank: Bank
    buyer: Actor
    staff: Actor
    sold: OrderView | None = None
    held: OrderView | None = None
    pending: OrderView | None = None
    owing: OrderView | None = None
    cards: list[str] = []
    tour: tuple[UUID, UUID] | None = None
    payment: UUID | None = None
    transfer_id: UUID | None = None
    transfer: str = ""
    taken: int = 0
    shows_codes: bool = False

    @property
    def organizer(self) -> UUID:
        return self.stage.organizer_id


async def set_scene(hand: Services, bank: Bank, needs: frozenset[str]) -> Scene:
    """A scene of a new organizer with what is needed. One unit of the hall is left; none with a
    `line`, but somebody waits for it. `late`: open orders have lapsed.
    """
    stage = await set_stage(hand.db, capacities=[100, 10, 2], shares=_SHARES, price=PRICE)
    scene = Scene(
        stage=stage, bank=bank, buyer=Actor(visitor_id=new_id()), staff=staff_of(stage),
        shows_codes="codes" in needs,
    )  # fmt: skip
    await _run(hand, scene, _VOUCHER, new_id(), stage.event_id, 2 if "held" in needs else 1)
    for need, bring in _BRING.items():
        if need in needs:
            await bring(hand, scene)
    capacity = scene.taken if "line" in needs else scene.taken + 1
    await _run(hand, scene, _POLICY, stage.types[HALF], stage.quotas[0], capacity, LESS)
    if "line" in needs:
        where = (stage.event_id, stage.occurrence_id, stage.types[WHOLE])
        await _run(hand, scene, _WAITING, new_id(), *where)
    if "late" in needs:
        await _run(hand, scene, _LAPSE, [scene.owing.id] if scene.owing else [])
    return scene


def staff_of(stage: Stage) -> Actor:
    """Somebody of the team."""
    member = Membership(
        organizer_id=stage.organizer_id, slug=stage.slug, role="owner",
        permissions=ORGANIZER_PERMISSIONS,
    )  # fmt: skip
    return Actor(user_id=new_id(), memberships=(member,))


async def tokens_of(hand: Services, scene: Scene) -> None:
    """What its organizer has signed: tickets' codes, and the link to the one that is offered."""
    if scene.sold is not None and scene.shows_codes:
        scene.sold = await hand.bookings.holds.view(scene.buyer, scene.organizer, scene.sold.id)
    if scene.transfer_id is not None:
        news = await hand.bookings.transfer(scene.organizer, scene.transfer_id)
        assert news is not None
        scene.transfer = news.token


def seat_of(scene: Scene, ordinal: int) -> UUID:
    """A seat of the box, from 0."""
    return UUID(bytes=seat_prefix(scene.stage.occurrence_id) + ordinal.to_bytes(4, "big"))


def wanted_of(scene: Scene, kind: int, units: int = 1) -> WantedLine:
    """So many of a type of the first event."""
    return WantedLine(ticket_type_id=scene.stage.types[kind], quantity=units)


def asked_of(event: UUID, lines: Sequence[WantedLine]) -> OrderRequest:
    """An order of that event, whose buyer is not named yet."""
    return OrderRequest(
        event_id=event, occurrence_id=None, lines=lines, buyer=None, locale="en"
    )  # fmt: skip


async def open_lines(
    services: Services, scene: Scene, lines: Sequence[WantedLine], **more: Any
) -> OrderView:
    """As anybody opens an order."""
    asked = msgspec.structs.replace(asked_of(scene.stage.event_id, lines), **more)
    return await services.bookings.open(scene.buyer, scene.organizer, asked, once=None)


async def open_order(
    services: Services, scene: Scene, kind: int, units: int = 1, *, buyer: bool = True,
    codes: tuple[str, ...] = (),
) -> OrderView:  # fmt: skip
    """The same, of one type."""
    lines, named = [wanted_of(scene, kind, units)], ADA if buyer else None
    return await open_lines(services, scene, lines, buyer=named, voucher_codes=codes)


async def _sold(hand: Services, scene: Scene) -> None:
    order = await open_order(hand, scene, WHOLE, 2)
    paid = await hand.bookings.checkout.pay(
        scene.buyer, scene.organizer, order.id, PayRequest(source=OK, once=None)
    )
    scene.sold, scene.taken = paid.order, scene.taken + 2


async def _offered(hand: Services, scene: Scene) -> None:
    """The first of the tickets that are sold is offered to somebody."""
    assert scene.sold is not None
    order, ticket = scene.sold.id, scene.sold.tickets[0].id
    wish = Wish(to_email="eve@example.org", message="")
    made = await hand.bookings.giving.offer(
        scene.buyer, scene.organizer, order, ticket, wish, once=None
    )
    scene.transfer_id = made.id


async def _held(hand: Services, scene: Scene) -> None:
    order = await open_order(hand, scene, WHOLE, buyer=False, codes=("SPRING",))
    scene.held = await hand.bookings.holds.set_buyer(
        scene.buyer, scene.organizer, order.id, ADA, once=None
    )
    scene.taken += 1


async def _pending(hand: Services, scene: Scene) -> None:
    order = await open_order(hand, scene, WHOLE)
    paid = await hand.bookings.checkout.pay(
        scene.buyer, scene.organizer, order.id, PayRequest(source=SLOW, once=None)
    )
    scene.pending, scene.payment, scene.taken = paid.order, paid.payment.id, scene.taken + 1


async def _owing(hand: Services, scene: Scene) -> None:
    scene.owing, scene.taken = await open_order(hand, scene, WHOLE), scene.taken + 1
    value = CardValueBody(amount=PRICE, currency="EUR")
    for _ in range(2):
        made = await hand.payments.gift_cards.staff.issue(
            scene.staff, scene.organizer, GiftCardBody(value=value), once=None
        )
        scene.cards.append(made.code)


async def _seats(hand: Services, scene: Scene) -> None:
    """The box has two numbered seats."""
    made = await hand.events.seat_maps.import_(
        scene.staff, scene.organizer, ImportSeatMapBody(plan=exported(plan_of([".."]))), once=None
    )
    body = AttachSeatMapBody(seat_map_id=made.id, categories={"A": scene.stage.types[SEAT]})
    await hand.events.seating.attach(
        scene.staff, scene.organizer, scene.stage.event_id, body, once=None
    )


async def _tour(hand: Services, scene: Scene) -> None:
    event, kind = new_id(), new_id()
    await _run(hand, scene, _TOUR, event, new_id(), new_id(), kind)
    scene.tour = (event, kind)


_BRING = {
    "seats": _seats,
    "tour": _tour,
    "owing": _owing,
    "sold": _sold,
    "offered": _offered,
    "held": _held,
    "pending": _pending,
}


async def _run(hand: Services, scene: Scene, statement: str, *values: Any) -> None:
    async with hand.db.begin(scene.organizer) as tx:
        await tx.connection.exec_driver_sql(statement, (scene.organizer, *values))
