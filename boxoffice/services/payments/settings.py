"""What payments is told from outside."""

import msgspec


class PaymentSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`providers` in the order they are offered; none of them: only free orders can be made.

    `practice_webhook_secrets` are `whsec_…`; webhooks signed with any of them are believed, so that
    they can be rotated.
    """

    providers: tuple[str, ...] = ()
    practice_url: str = ""
    practice_key: str = ""
    practice_webhook_secrets: tuple[str, ...] = ()
