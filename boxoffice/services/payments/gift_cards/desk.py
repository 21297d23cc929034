"""Gift cards as the other rooms see them."""

from boxoffice.data.postgres import Database
from boxoffice.kernel.keyring import Keyring
from boxoffice.services.payments.gift_cards.codes import CardCodes
from boxoffice.services.payments.gift_cards.expiring import ExpiringGiftCards
from boxoffice.services.payments.gift_cards.managing import ManagingGiftCards
from boxoffice.services.payments.gift_cards.spending import SpendingGiftCards


class GiftCards:
    """`staff` issues and watches them, `spending` pays orders with them, `clock` books out."""

    def __init__(self, db: Database, keyring: Keyring) -> None:
        self.codes = CardCodes(keyring)
        self.staff = ManagingGiftCards(db, self.codes)
        self.spending = SpendingGiftCards()
        self.clock = ExpiringGiftCards(db)
