"""What notifications is told from outside."""

import msgspec


class MailSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Without `smtp_url` mail is caught instead of sent. `sender` is the From of every mail."""

    smtp_url: str | None
    sender: str
