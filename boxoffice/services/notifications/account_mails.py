"""Mail about accounts."""

from datetime import timedelta
from uuid import UUID

from boxoffice.services.notifications.mail import letters
from boxoffice.services.notifications.mail.addresses import Mailbox
from boxoffice.services.notifications.post import Draft, Post
from boxoffice.services.users.api import Users
from boxoffice.services.users.facts import RegistrationRepeated, UserRegistered


class AccountMails:
    """To whoever registers."""

    def __init__(self, post: Post, users: Users, *, public_url: str) -> None:
        self._post = post
        self._users = users
        self._public_url = public_url

    async def send_verification(self, fact: UserRegistered, fact_id: UUID) -> None:
        """The link that proves the address; nothing if it is proved already."""
        data = await self._users.verification_mail_data(fact.user_id)
        if data is None:
            return
        await self._post.send(
            Draft(
                organizer_id=None,
                fact_id=fact_id,
                recipient=Mailbox(data.email, data.name),
                template="verify_email",
                letter=letters.VerifyEmail(
                    name=data.name,
                    verify_url=f"{self._public_url}/verify-email?token={data.token}",
                    valid_for=in_words(self._users.settings.verification_lasts),
                ),
            )
        )

    async def send_reminder(self, fact: RegistrationRepeated, fact_id: UUID) -> None:
        """That there is an account already; to its owner, who alone may know."""
        address = await self._users.email_of(fact.user_id)
        if address is None:
            return
        await self._post.send(
            Draft(
                organizer_id=None,
                fact_id=fact_id,
                recipient=Mailbox(address),
                template="registration_repeated",
                letter=letters.RegistrationRepeated(
                    address=address, sign_in_url=f"{self._public_url}/signin"
                ),
            )
        )


def in_words(span: timedelta) -> str:
    """`24 hours`, `1 hour`, `30 minutes`: whole hours where there are any."""
    minutes = round(span.total_seconds() / 60)
    count, unit = (minutes // 60, "hour") if minutes % 60 == 0 else (minutes, "minute")
    return f"{count} {unit}" + ("" if count == 1 else "s")
