"""Bookings' clockwork: it tidies, and goes on with work whose worker has died."""

from boxoffice.data.deliveries import Periodic
from boxoffice.services.bookings.api import Bookings


def periodic(bookings: Bookings) -> list[Periodic]:
    """Runs in one worker at a time."""
    return [
        Periodic(
            name="bookings.forget_link_requests",
            schedule="17 * * * *",
            run=bookings.finding.forget_requests,
        ),
        Periodic(
            name="bookings.forget_left_over_files",
            schedule="23 * * * *",
            run=bookings.answer_files.forget_left_over,
        ),
        Periodic(
            name="bookings.resume_date_changes",
            schedule="* * * * *",
            run=bookings.change_work.resume,
        ),
        Periodic(
            name="bookings.expire_changes",
            schedule="* * * * *",
            run=bookings.changing.expiry.mark_expired,
        ),
        Periodic(
            name="bookings.offer_due_places",
            schedule="* * * * * */10",
            run=bookings.offer_due_places,
        ),
        Periodic(
            name="bookings.offer_returned_tickets",
            schedule="* * * * * */10",
            run=bookings.returned_tickets.serve_due,
        ),
        Periodic(
            name="bookings.draw_presales",
            schedule="* * * * * */10",
            run=bookings.presales.drawing.run_due,
        ),
        Periodic(
            name="bookings.mark_expired", schedule="* * * * *", run=bookings.expiry.mark_expired
        ),
        Periodic(
            name="bookings.remind_of_payment",
            schedule="* * * * *",
            run=bookings.reminding.remind,
        ),
    ]
