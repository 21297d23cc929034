"""Whoever moves the money: `port` says what payments needs, the other modules each speak to one."""

from boxoffice.kernel.keyring import Keyring
from boxoffice.services.payments.providers.nobody import Nobody
from boxoffice.services.payments.providers.port import CardProvider
from boxoffice.services.payments.providers.practice import PracticeProvider
from boxoffice.services.payments.settings import PaymentsSettings, practice_access


def provider_for(settings: PaymentsSettings, keyring: Keyring) -> CardProvider:
    """The provider the settings name; close it when done."""
    if settings.provider == "none" or not settings.practice_url:
        return Nobody()
    return PracticeProvider(settings.practice_url, practice_access(settings, keyring))
