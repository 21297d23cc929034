"""Whoever moves the money: `port` says what payments needs, the others each speak to one."""

from boxoffice.services.payments.providers.nobody import Nobody
from boxoffice.services.payments.providers.port import CardProvider
from boxoffice.services.payments.providers.practice import PracticeProvider
from boxoffice.services.payments.settings import PaymentSettings


class UnknownProvider(ValueError):
    """The settings name a provider that we do not speak to."""


def provider_for(settings: PaymentSettings) -> CardProvider:
    """The provider that new payments go to: the first one named. Close it when done."""
    match settings.providers:
        case ():
            return Nobody()
        case ("practice", *_):
            return _practice(settings)
        case _:
            raise UnknownProvider(
                f"There is no payment provider {settings.providers[0]!r}; `practice` is one."
            )


def _practice(settings: PaymentSettings) -> CardProvider:
    if not (settings.practice_url and settings.practice_key):
        raise UnknownProvider(
            "The practice provider needs BOXOFFICE_PRACTICE_URL and BOXOFFICE_PRACTICE_KEY."
        )
    return PracticeProvider(
        settings.practice_url,
        key=settings.practice_key,
        webhook_secrets=settings.practice_webhook_secrets,
    )
