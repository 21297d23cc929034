"""What the composition root builds. No service calls notifications: they listen."""

from boxoffice.data.postgres import Database
from boxoffice.kernel.keyring import Keyring
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.notifications.account_mails import AccountMails
from boxoffice.services.notifications.application_mails import ApplicationMails
from boxoffice.services.notifications.caught import CaughtMailer
from boxoffice.services.notifications.conversation_mails import ConversationMails
from boxoffice.services.notifications.date_mails import DateMails
from boxoffice.services.notifications.deliveries import Deliveries
from boxoffice.services.notifications.gift_card_mails import GiftCardMails
from boxoffice.services.notifications.lanes import MailLanes
from boxoffice.services.notifications.mail.addresses import Mailbox
from boxoffice.services.notifications.mail.smtp_url import BadSmtpUrl, SmtpServer
from boxoffice.services.notifications.mail.transport import Mailer
from boxoffice.services.notifications.order_mails import OrderMails
from boxoffice.services.notifications.order_news import OrderNews
from boxoffice.services.notifications.post import Post
from boxoffice.services.notifications.presale_mails import PresaleMails
from boxoffice.services.notifications.settings import MailSettings
from boxoffice.services.notifications.waitlist_mails import WaitlistMails
from boxoffice.services.payments.api import Payments
from boxoffice.services.support.api import Support
from boxoffice.services.users.api import Users

__all__ = ["BadSmtpUrl", "CaughtMailer", "MailSettings", "Mailer", "Notifications", "mailer_for"]


class Notifications:
    """Tells people by mail what happened. `sender` is the From of every mail."""

    def __init__(  # noqa: PLR0913  # what it is built of, all by name
        self,
        *,
        db: Database,
        keyring: Keyring,
        mailer: Mailer,
        users: Users,
        bookings: Bookings,
        payments: Payments,
        support: Support,
        sender: str,
        public_url: str,
    ) -> None:
        mailbox = Mailbox.parse(sender)
        domain = mailbox.address.rpartition("@")[2]
        self.deliveries = Deliveries(db, keyring, domain=domain)
        post = Post(self.deliveries, mailer, sender=mailbox)
        self.accounts = AccountMails(post, users, public_url=public_url)
        self.orders = OrderMails(post, bookings, public_url=public_url)
        self.dates = DateMails(post, bookings, public_url=public_url)
        self.news = OrderNews(
            post, users=users, bookings=bookings, orders=self.orders, public_url=public_url
        )
        self.applications = ApplicationMails(
            post, users=users, bookings=bookings, public_url=public_url
        )
        self.gift_cards = GiftCardMails(
            post, users=users, bookings=bookings, payments=payments, public_url=public_url
        )
        self.presales = PresaleMails(post, bookings, public_url=public_url)
        self.waitlists = WaitlistMails(post, bookings, public_url=public_url)
        self.conversations = ConversationMails(
            post, users=users, bookings=bookings, support=support, public_url=public_url
        )
        self.caught_mail = mailer if isinstance(mailer, CaughtMailer) else None


def mailer_for(settings: MailSettings, db: Database) -> MailLanes | CaughtMailer:
    """The way out that the settings name; without a mail server, mail is caught.

    Close it at the end. `BadSmtpUrl` for an address that is none.
    """
    if settings.smtp_url is None:
        return CaughtMailer(db)
    return MailLanes(SmtpServer.parse(settings.smtp_url))
