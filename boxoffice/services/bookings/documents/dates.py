"""All dates of an order in words."""

from boxoffice.services.bookings.documents.orders import OrderDocument
from boxoffice.services.bookings.documents.when import describe


def all_dates(order: OrderDocument) -> str:
    """On one line, in the order in which they take place."""
    lines = [describe(one.starts_at, one.ends_at, order.timezone).line for one in order.dates]
    return "; ".join(lines)
