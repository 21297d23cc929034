"""The transactions that meet: the critical ones, each as its use case, by a process of its own."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from boxoffice.app.services import Services
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.cancelling.asking import Ask
from boxoffice.services.bookings.changes.policy import Policy
from boxoffice.services.bookings.changing.wishes import ChangeWish, TicketWish
from boxoffice.services.bookings.splitting.views import SplitWish
from boxoffice.services.events.api import WantedLine
from boxoffice.services.events.bodies import ChangeQuotaBody
from boxoffice.services.events.rules.seats.choosing import BestAvailable
from boxoffice.services.payments.rules import PaymentStatus
from tests.interleavings.stages import (
    HALF,
    LESS,
    PRICE,
    SEAT,
    SIDE,
    WHOLE,
    Scene,
    asked_of,
    open_lines,
    open_order,
    seat_of,
    wanted_of,
)

Do = Callable[[Services, Scene], Awaitable[Any]]


class Move(NamedTuple):
    """`needs` are what the scene must have."""

    name: str
    needs: frozenset[str]
    do: Do


MOVES: dict[str, Move] = {}


def move(*needs: str) -> Callable[[Do], Do]:
    """Add a move of the function's name."""

    def add(do: Do) -> Do:
        name = do.__name__.replace("_", " ")
        MOVES[name] = Move(name, frozenset(needs), do)
        return do

    return add


@move()
async def hold(services: Services, scene: Scene) -> None:
    """With the voucher."""
    await open_order(services, scene, WHOLE, codes=("SPRING",), buyer=False)


@move()
async def take(services: Services, scene: Scene) -> None:
    """A hold without a voucher."""
    await open_order(services, scene, WHOLE, buyer=False)


@move()
async def redeem(services: Services, scene: Scene) -> None:
    """The same voucher, for another quota."""
    await open_order(services, scene, SIDE, codes=("SPRING",), buyer=False)


@move("seats")
async def seat(services: Services, scene: Scene) -> None:
    """The first of the two in the box."""
    wanted = WantedLine(
        ticket_type_id=scene.stage.types[SEAT], quantity=1, seats=(seat_of(scene, 0),)
    )
    await open_lines(services, scene, [wanted])


@move("seats")
async def best(services: Services, scene: Scene) -> None:
    """The best seat of the box that is left."""
    wanted = WantedLine(ticket_type_id=scene.stage.types[SEAT], quantity=1, best=BestAvailable())
    await open_lines(services, scene, [wanted])


@move("tour")
async def purchase(services: Services, scene: Scene) -> None:
    """A ticket for the hall, and one for another event."""
    await _purchase(services, scene, opposite=False)


@move("tour")
async def opposite_purchase(services: Services, scene: Scene) -> None:
    """The same, the other one first."""
    await _purchase(services, scene, opposite=True)


async def _purchase(services: Services, scene: Scene, *, opposite: bool) -> None:
    assert scene.tour is not None
    tour, kind = scene.tour
    wanted = [
        asked_of(scene.stage.event_id, [wanted_of(scene, WHOLE)]),
        asked_of(tour, [WantedLine(ticket_type_id=kind, quantity=1)]),
    ]
    await services.bookings.purchases.opening.open(
        scene.buyer, scene.organizer, wanted[::-1] if opposite else wanted, [], once=None
    )


@move("held")
async def extend(services: Services, scene: Scene) -> None:
    holds = services.bookings.holds
    await holds.extend(scene.buyer, scene.organizer, _id(scene.held), once=None)


@move("held")
async def release(services: Services, scene: Scene) -> None:
    holds = services.bookings.holds
    await holds.release(scene.buyer, scene.organizer, _id(scene.held), once=None)


@move("held")
async def confirm(services: Services, scene: Scene) -> None:
    await services.bookings.confirm(scene.buyer, scene.organizer, _id(scene.held))


@move("held")
async def voucher(services: Services, scene: Scene) -> None:
    """The order goes on without it."""
    vouchers = services.bookings.vouchers
    await vouchers.set(scene.buyer, scene.organizer, _id(scene.held), [], once=None)


@move("owing")
async def gift_card(services: Services, scene: Scene) -> None:
    """Each a card of its own, which is worth all that is due."""
    adding = services.bookings.paying_by_card
    code = scene.cards.pop()
    await adding.add(scene.buyer, scene.organizer, _id(scene.owing), code, once=None)


@move("owing")
async def abandon(services: Services, scene: Scene) -> None:
    holds = services.bookings.holds
    await holds.release(scene.buyer, scene.organizer, _id(scene.owing), once=None)


@move("held", "pending", "late")
async def expire(services: Services, scene: Scene) -> None:
    orders = sorted([_id(scene.held), _id(scene.pending)])
    await services.bookings.expiry.mark(scene.organizer, orders)


@move("pending")
async def money(services: Services, scene: Scene) -> None:
    """The card that pondered has paid: webhook, and what hears of it."""
    assert scene.payment is not None
    body = scene.bank.settle(scene.payment, PaymentStatus.SUCCEEDED)
    receive = services.payments.webhooks.receive
    await receive(scene.organizer, scene.bank.name, {}, body)
    checkout = services.bookings.checkout
    await checkout.payment_succeeded(scene.organizer, _id(scene.pending), scene.payment)


@move("sold")
async def cancel(services: Services, scene: Scene) -> None:
    """One of the two tickets."""
    position = _sold(scene).positions[0].id
    ask = Ask(actor=scene.staff, order_id=_id(scene.sold), position_ids=(position,))
    await services.bookings.cancellations.cancel(scene.organizer, ask)


@move("sold")
async def refund(services: Services, scene: Scene) -> None:
    """More than half of what was paid."""
    await services.payments.refund(
        scene.organizer, reference=_id(scene.sold), key=str(new_id()),
        amount=Money(amount=PRICE + 500, currency="EUR"),
    )  # fmt: skip


@move("sold", "offered")
async def transfer(services: Services, scene: Scene) -> None:
    """Who was offered the first ticket takes it."""
    await services.bookings.receiving.accept(scene.buyer, scene.transfer, "Eve Adams")


@move("sold", "codes")
async def scan(services: Services, scene: Scene) -> str:
    """The first ticket, by the code that its buyer has."""
    said = await services.bookings.scan(
        scene.staff, scene.organizer, nonce=new_id(), code=_sold(scene).tickets[0].code,
        event_id=scene.stage.event_id, gate="North", scanned_at=None,
    )  # fmt: skip
    return said.reason.value


@move("sold")
async def split(services: Services, scene: Scene) -> None:
    """The first ticket gets an order of its own."""
    wish = SplitWish(position_ids=(_sold(scene).positions[0].id,))
    await services.bookings.splitting.split(
        scene.staff, scene.organizer, _id(scene.sold), wish, expected_total=PRICE, once=None
    )


@move("sold")
async def change(services: Services, scene: Scene) -> None:
    """Staff make the first ticket a cheaper one."""
    wish = TicketWish(
        position_id=_sold(scene).positions[0].id, ticket_type_id=scene.stage.types[HALF]
    )
    changing, wishes = (
        services.bookings.changing.orders,
        ChangeWish(tickets=(wish,), expected_total=PRICE + LESS),
    )
    await changing.change(
        scene.staff, scene.organizer, _id(scene.sold), wishes, pay_within_hours=72, once=None
    )


@move()
async def capacity(services: Services, scene: Scene) -> None:
    """The hall is as small as what is sold of it."""
    body = ChangeQuotaBody(capacity=max(1, scene.taken))
    event, hall = scene.stage.event_id, scene.stage.quotas[0]
    await services.events.quotas.change(scene.staff, scene.organizer, event, hall, body)


@move("sold")
async def cancel_event(services: Services, scene: Scene) -> None:
    """And what a worker does then."""
    begun = await services.bookings.changes.cancel(
        scene.staff, scene.organizer, scene.stage.event_id, occurrence_ids=None,
        policy=Policy(), message="Ill", once=None,
    )  # fmt: skip
    await services.bookings.change_work.run(scene.organizer, begun.id)


@move("line")
async def offer(services: Services, scene: Scene) -> None:
    """What is free goes to whoever waits."""
    await services.events.offers.serve_date(scene.organizer, scene.stage.occurrence_id)


def _sold(scene: Scene) -> Any:
    assert scene.sold is not None
    return scene.sold


def _id(order: Any) -> Any:
    assert order is not None
    return order.id
