"""Notifications' clockwork."""

from boxoffice.data.deliveries import Periodic
from boxoffice.services.notifications.api import Notifications


def periodic(notifications: Notifications) -> list[Periodic]:
    """Forgetting, at night."""
    caught = notifications.caught_mail
    jobs = [
        Periodic(
            name="notifications.forget_deliveries",
            schedule="41 3 * * *",
            run=notifications.deliveries.forget_old,
        )
    ]
    if caught is not None:
        jobs.append(
            Periodic(
                name="notifications.forget_caught_mail",
                schedule="43 * * * *",
                run=caught.forget_old,
            )
        )
    return jobs
