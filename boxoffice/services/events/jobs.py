"""Events' clockwork."""

from boxoffice.data.deliveries import Periodic
from boxoffice.services.events.api import Events


def periodic(events: Events) -> list[Periodic]:
    """Series grow hourly; listings show the next date within a minute."""
    growing = events.growing
    return [
        Periodic(name="events.grow_series", schedule="23 * * * *", run=growing.grow),
        Periodic(
            name="events.refresh_listings", schedule="* * * * *", run=growing.refresh_listings
        ),
    ]
