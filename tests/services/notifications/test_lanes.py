"""Several mails travel at a time, over no more connections than that takes."""

import asyncio
from email.message import EmailMessage

from boxoffice.services.notifications.lanes import LANES, MailLanes
from boxoffice.services.notifications.mail.smtp_url import SmtpServer
from tests.services.notifications.mail_server import MailServer


def a_message(number: int) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "tickets@boxoffice.test"
    message["To"] = f"buyer-{number}@example.org"
    message.set_content("Hello.")
    return message


async def test_a_slow_answer_holds_up_one_lane_only(mail_server: MailServer) -> None:
    lanes = MailLanes(SmtpServer.parse(mail_server.url))
    mail_server.yes.clear()
    sending = asyncio.gather(*(lanes.send(a_message(number)) for number in range(LANES + 4)))
    while len(mail_server.taken) < LANES:  # noqa: ASYNC110  # the server tells nobody
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    assert (len(mail_server.taken), mail_server.connections) == (LANES, LANES)
    mail_server.yes.set()
    await sending
    assert sum(mail_server.recipients.values()) == LANES + 4
    await lanes.close()


async def test_mail_after_mail_keeps_to_one_connection(mail_server: MailServer) -> None:
    lanes = MailLanes(SmtpServer.parse(mail_server.url))
    for number in range(5):
        await lanes.send(a_message(number))
    assert mail_server.connections == 1
    await lanes.close()
