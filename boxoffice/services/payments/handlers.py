"""What payments does when it is told: only by itself, for nobody is below it."""

from boxoffice.data.deliveries import Delivery, Listener
from boxoffice.services.payments.api import Payments
from boxoffice.services.payments.facts import HoldDecided


def listeners(payments: Payments) -> list[Listener]:
    """Payments' listeners. Whoever decided about held money may have died before asking."""

    async def carry_out(fact: HoldDecided, _: Delivery) -> None:
        await payments.authorisations.carry_out(fact.organizer_id, fact.payment_id)

    return [
        Listener(name="payments.end_hold", fact=HoldDecided, handle=carry_out, urgent=True),
    ]
