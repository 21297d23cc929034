"""Payments' clockwork."""

from boxoffice.data.deliveries import Periodic
from boxoffice.services.payments.api import Payments


def periodic(payments: Payments) -> list[Periodic]:
    """Doubts are settled within a minute; the books are compared every ten; what has expired on
    gift cards is booked out every five.
    """
    return [
        Periodic(
            name="payments.book_expired_gift_cards",
            schedule="*/5 * * * *",
            run=payments.gift_cards.clock.book_expired,
        ),
        Periodic(
            name="payments.settle_doubtful",
            schedule="* * * * * */15",
            run=payments.books.settle_doubtful,
        ),
        Periodic(
            name="payments.compare_books", schedule="*/10 * * * *", run=payments.books.compare
        ),
    ]
