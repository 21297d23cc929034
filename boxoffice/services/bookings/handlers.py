"""What bookings does when payments reports."""

from boxoffice.data.deliveries import Delivery, Listener
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.confirming import TooLate
from boxoffice.services.payments.facts import PaymentSucceeded


def listeners(bookings: Bookings) -> list[Listener]:
    """The safety net under `Checkout.pay`: whoever dies, the money confirms the order."""

    async def confirm(fact: PaymentSucceeded, _: Delivery) -> None:
        if fact.organizer_id is None:
            return
        try:
            await bookings.checkout.payment_succeeded(
                fact.organizer_id, fact.reference, fact.payment_id
            )
        except TooLate:
            # Not a failure of the delivery: the refund is under way.
            return

    return [Listener(name="bookings.confirm_on_payment", fact=PaymentSucceeded, handle=confirm)]
