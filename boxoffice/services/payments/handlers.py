"""What payments does when another service reports a fact: nothing, for nobody is below it."""

from boxoffice.data.deliveries import Listener
from boxoffice.services.payments.api import Payments


def listeners(_: Payments) -> list[Listener]:
    """Payments' listeners."""
    return []
