"""The parts of purchases, put together."""

from boxoffice.services.bookings.purchases.confirming import PurchaseConfirming
from boxoffice.services.bookings.purchases.holding import PurchaseHolds
from boxoffice.services.bookings.purchases.opening import PurchaseOpening
from boxoffice.services.bookings.purchases.parts import Parts
from boxoffice.services.bookings.purchases.paying import PurchasePaying

__all__ = ["PURCHASE_LINKS", "Parts", "Purchases"]

PURCHASE_LINKS = "purchase-links"


class Purchases:
    """`opening`, `holds`, `confirming` for what is free, `paying` for all else."""

    def __init__(self, parts: Parts) -> None:
        self.opening = PurchaseOpening(parts)
        self.holds = PurchaseHolds(parts)
        self.confirming = PurchaseConfirming(parts)
        self.paying = PurchasePaying(parts, self.holds)
