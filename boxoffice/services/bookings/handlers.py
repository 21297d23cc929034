"""What bookings does when events and payments report, and what it put down for a worker to do.

Each handler may run twice: offering what is free, confirming, labelling and refunding are the same
the second time.
"""

from contextlib import suppress

from boxoffice.data.deliveries import Delivery, Listener
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.facts import DateChangeStarted, ReturnMoved, WaitlistJoined
from boxoffice.services.bookings.rules import OrderNotFound, ReturnStatus
from boxoffice.services.events.facts import DatesCancelled, DatesPostponed, PlacesFreed
from boxoffice.services.payments.facts import (
    PaymentAuthorised,
    PaymentFailed,
    PaymentSucceeded,
    PaymentVoided,
    RefundSucceeded,
)


def listeners(bookings: Bookings) -> list[Listener]:
    """The safety net under `Checkout.pay`: whoever dies, money confirms the order or goes back."""
    checkout = bookings.checkout

    async def confirm(fact: PaymentSucceeded, _: Delivery) -> None:
        await _take_money(bookings, fact)

    async def note_failure(fact: PaymentFailed, _: Delivery) -> None:
        await _nothing_came(bookings, fact)
        if fact.organizer_id is not None and fact.purpose is None:
            await bookings.purchases.paying.failed(fact.organizer_id, fact.reference)

    async def note_refund(fact: RefundSucceeded, _: Delivery) -> None:
        if fact.organizer_id is not None:
            await checkout.money_went_back(fact.organizer_id, fact.reference)

    async def carry_through(fact: DateChangeStarted, _: Delivery) -> None:
        await bookings.change_work.run(fact.organizer_id, fact.date_change_id)

    return [
        *_offering(bookings),
        *_presales(bookings),
        *_holding(bookings),
        Listener(
            name="bookings.carry_date_change_through", fact=DateChangeStarted, handle=carry_through
        ),
        Listener(
            name="bookings.confirm_on_payment", fact=PaymentSucceeded, handle=confirm, urgent=True
        ),
        Listener(
            name="bookings.note_failed_payment",
            fact=PaymentFailed,
            handle=note_failure,
            urgent=True,
        ),
        Listener(
            name="bookings.note_refund", fact=RefundSucceeded, handle=note_refund, urgent=True
        ),
    ]


def _holding(bookings: Bookings) -> list[Listener]:
    """A card holds the money of an application, or no longer."""

    async def note_hold(fact: PaymentAuthorised, _: Delivery) -> None:
        if fact.organizer_id is not None and fact.purpose is None:
            await bookings.cards.authorised(fact.organizer_id, fact.reference, fact.payment_id)

    async def note_release(fact: PaymentVoided, _: Delivery) -> None:
        await _nothing_came(bookings, fact)

    return [
        Listener(name="bookings.note_hold", fact=PaymentAuthorised, handle=note_hold, urgent=True),
        Listener(
            name="bookings.note_release", fact=PaymentVoided, handle=note_release, urgent=True
        ),
    ]


async def _nothing_came(bookings: Bookings, fact: PaymentFailed | PaymentVoided) -> None:
    """It was for an order, or for a purchase, which the order's rooms do not know."""
    if fact.organizer_id is not None and fact.purpose is None:
        with suppress(OrderNotFound):
            await bookings.cards.nothing_came(fact.organizer_id, fact.reference, fact.payment_id)


async def _take_money(bookings: Bookings, fact: PaymentSucceeded) -> None:
    """It is for an order, for a change of one, or for a purchase."""
    if fact.organizer_id is None:
        return
    if fact.purpose is None:
        try:
            await bookings.checkout.payment_succeeded(
                fact.organizer_id, fact.reference, fact.payment_id
            )
        except OrderNotFound:
            await bookings.purchases.paying.succeeded(
                fact.organizer_id, fact.reference, fact.payment_id
            )
    else:
        await bookings.changing.payments.succeeded(
            fact.organizer_id, fact.reference, fact.purpose, fact.payment_id
        )


def _offering(bookings: Bookings) -> list[Listener]:
    """What came free or is offered back goes to those who wait."""

    async def offer_places(fact: PlacesFreed, _: Delivery) -> None:
        await bookings.offer_places(fact.organizer_id, fact.quota_id)

    async def return_ticket(fact: ReturnMoved, _: Delivery) -> None:
        if fact.status is ReturnStatus.TAKEN:
            await bookings.returning.send_money(fact.organizer_id, fact.return_id)
        else:
            await bookings.returned_tickets.serve_return(fact.organizer_id, fact.return_id)

    async def welcome(fact: WaitlistJoined, _: Delivery) -> None:
        entry = await bookings.waitlist_entry(fact.organizer_id, fact.entry_id)
        await bookings.returned_tickets.serve_date(fact.organizer_id, entry.occurrence_id)

    return [
        Listener(name="bookings.offer_places", fact=PlacesFreed, handle=offer_places, urgent=True),
        Listener(
            name="bookings.return_ticket", fact=ReturnMoved, handle=return_ticket, urgent=True
        ),
        Listener(name="bookings.offer_returned", fact=WaitlistJoined, handle=welcome, urgent=True),
    ]


def _presales(bookings: Bookings) -> list[Listener]:
    """Who waits for early access hears of dates that are cancelled or move."""

    async def call_presale_off(fact: DatesCancelled, _: Delivery) -> None:
        await bookings.presales.drawing.call_off(fact.organizer_id, fact.event_id)

    async def tell_presale(fact: DatesPostponed, delivery: Delivery) -> None:
        await bookings.presales.drawing.postponed(
            fact.organizer_id, fact.event_id, delivery.fact_id
        )

    return [
        Listener(name="bookings.call_presale_off", fact=DatesCancelled, handle=call_presale_off),
        Listener(name="bookings.tell_presale", fact=DatesPostponed, handle=tell_presale),
    ]
