"""Mail to people who wait: their place, an offer, and an offer that they missed."""

from email.message import EmailMessage

from tests.services.notifications.post_office import PostOffice
from tests.services.notifications.test_other_mail import found, text_of
from tests.support.product import once, order_of
from tests.support.stage import Stage, set_stage

ADA = "ada@example.org"
API = "/api/v1"


class Ada:
    """Somebody who waits for the only ticket of a stage, which somebody else holds."""

    def __init__(self, office: PostOffice, stage: Stage) -> None:
        self.office = office
        self.stage = stage
        self.browser = office.product.visitor()
        self.path = f"{API}/organizers/{stage.slug}"

    async def wait(self) -> None:
        held = await self.browser.post(
            f"{self.path}/orders", json=order_of(self.stage, buyer=False), headers=once()
        )
        self.held = held.json()["id"]
        await self.office.rows(
            "UPDATE events.events SET waitlist_open = true WHERE organizer_id = $1",
            self.stage.organizer_id,
        )
        body = {"event_id": str(self.stage.event_id), "email": ADA, "name": "Ada", "quantity": 1}
        joined = await self.browser.post(f"{self.path}/waitlist", json=body)
        assert joined.status_code == 202, joined.text

    async def is_offered_it(self) -> None:
        release = await self.browser.post(f"{self.path}/orders/{self.held}/release")
        assert release.status_code == 200
        await self.offers_are_made()

    async def misses_it(self) -> None:
        for table, column in (("waiting", "offer_ends_at"), ("claims", "expires_at")):
            await self.office.rows(
                f"UPDATE events.{table} SET {column} = clock_timestamp() - interval '1 second' "  # noqa: S608
                f"WHERE organizer_id = $1 AND {column} > clock_timestamp()",
                self.stage.organizer_id,
            )
        await self.offers_are_made()

    async def offers_are_made(self) -> None:
        for _ in range(2):
            await self.office.product.services.bookings.offer_due_places()

    async def mail(self) -> EmailMessage:
        """The one message that came since."""
        await self.office.deliver_again()
        await self.office.work()
        (message,) = self.office.mail_server.to(ADA)
        self.office.mail_server.taken.clear()
        return message


async def test_who_waits_is_mailed_their_place_an_offer_and_its_end_each_once(
    office: PostOffice,
) -> None:
    ada = Ada(office, await set_stage(office.db, capacities=[1]))
    await ada.wait()
    message = await ada.mail()
    assert message["Subject"] == "You are on the waiting list for The show"
    assert "1 ticket: Standard" in text_of(message)
    (token,) = found(r"/waitlist/(\S+)", message)
    shown = await ada.browser.get(f"{API}/waitlist-links/{token}")
    assert shown.json()["state"] == "waiting"
    await ada.is_offered_it()
    message = await ada.mail()
    assert message["Subject"] == "Your turn: tickets for The show"
    assert "We keep them for you until" in text_of(message)
    assert found(r"/waitlist/(\S+)", message) == [token]
    await ada.misses_it()
    message = await ada.mail()
    assert message["Subject"] == "Your offer for The show has ended"
